#!/usr/bin/env python3
"""Writes the numbers that the tests compare with, from PyTorch itself.

    apt-get install python3-torch && /usr/bin/python3 tests/Torch.Tests/Fixtures/generate.py

Each entry of numbers.json is a name and the values that the expression of that name gives.
"""
import json
import pathlib

import torch

torch.set_num_threads(1)


def values(tensor):
    return {"shape": list(tensor.shape), "values": tensor.double().flatten().tolist()}


def drawn():
    """Random numbers for given seeds; the C# side draws in the same order."""
    torch.manual_seed(1234)
    yield "rand", torch.rand(5)
    yield "randn", torch.randn(20)
    yield "randint", torch.randint(0, 100, (6,))
    yield "randperm", torch.randperm(8)
    yield "bernoulli", torch.bernoulli(torch.full((10,), 0.3))
    yield "multinomial", torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 6, True)
    yield "normal_", torch.empty(3).normal_(1, 2)
    yield "uniform_", torch.empty(3, dtype=torch.float64).uniform_(-1, 1)
    yield "exponential_", torch.empty(3).exponential_(2)
    yield "randn_double", torch.randn(3, dtype=torch.float64)
    yield "poisson", torch.poisson(torch.full((5,), 3.0))
    yield "cauchy_", torch.empty(3).cauchy_(1, 2)
    yield "geometric_", torch.empty(3).geometric_(0.3)
    yield "log_normal_", torch.empty(3).log_normal_(0.5, 0.2)
    yield "random_", torch.empty(4, dtype=torch.int64).random_(3, 50)
    yield "bernoulli_", torch.empty(8).bernoulli_(0.6)
    yield "binomial", torch.binomial(torch.full((4,), 9.0), torch.full((4,), 0.4))
    yield "_standard_gamma", torch._standard_gamma(torch.full((3,), 1.7))
    yield "normal", torch.normal(torch.zeros(3), torch.full((3,), 2.0))
    yield "rand_like", torch.rand_like(torch.zeros(3))
    yield "randn_like", torch.randn_like(torch.zeros(3))
    own = torch.Generator().manual_seed(7)
    yield "own", torch.rand(4, generator=own)
    yield "own_randn", torch.randn(17, generator=own)


def computed():
    """Values where no closed form is short enough to write into a test."""
    x = torch.linspace(0.3, 2.7, 5, dtype=torch.float64)
    yield "lgamma", torch.lgamma(x)
    yield "digamma", torch.digamma(x)
    yield "polygamma1", torch.polygamma(1, x)
    yield "erfinv", torch.erfinv(x / 3)
    yield "i0", torch.i0(x)
    yield "ndtri", torch.special.ndtri(x / 3)
    yield "zeta", torch.special.zeta(x + 1, x)
    a = torch.arange(9, dtype=torch.float64).reshape(3, 3).cos() + 3 * torch.eye(3, dtype=torch.float64)
    yield "slogdet", torch.linalg.slogdet(a)[1]
    yield "cholesky", torch.linalg.cholesky(a @ a.T)
    yield "qr_r", torch.linalg.qr(a)[1]
    yield "solve_triangular", torch.linalg.solve_triangular(a.tril(), a, upper=False)
    yield "matrix_exp", torch.matrix_exp(a)
    yield "logcumsumexp", torch.logcumsumexp(a, 1)
    yield "gelu", torch.nn.functional.gelu(x)
    yield "quantile", torch.quantile(x, torch.tensor(0.4, dtype=torch.float64))
    yield "bfloat16", (x.bfloat16() * x.bfloat16()).float()


if __name__ == "__main__":
    target = pathlib.Path(__file__).with_name("numbers.json")
    found = {name: values(tensor) for name, tensor in [*drawn(), *computed()]}
    text = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in found.items())
    target.write_text("{\n" + text + "\n}\n", encoding="utf-8")
    print(f"{target}: {len(found)} entries from PyTorch {torch.__version__}")
