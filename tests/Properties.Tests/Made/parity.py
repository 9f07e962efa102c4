#!/usr/bin/env python3
"""Makes parity.json: one small MADE in PyTorch, its loss and gradients, and its loss along three updates of each rule.

    python3 tests/Properties.Tests/Made/parity.py        (needs python3-torch)

The update rules are written out as in MADE/update_rules.py of the official code, epsilon inside the root.
"""
import json
import pathlib

import torch

torch.manual_seed(20150706)
torch.set_default_dtype(torch.float64)
D, H, N = 6, 5, 7
degrees = [[3, 1, 6, 2, 5, 4], [1, 4, 2, 5, 3], [3, 5, 1, 2, 4]]  # inputs, then two hidden layers


def mask(outputs, inputs):
    return (torch.tensor(outputs)[:, None] >= torch.tensor(inputs)[None]).double()


strict = [m - 1 for m in degrees[0]]
masks = {
    "hidden.0": mask(degrees[1], degrees[0]),
    "hidden.1": mask(degrees[2], degrees[1]),
    "output": mask(strict, degrees[2]),
    "direct": mask(strict, degrees[0]),
}
shapes = {
    "hidden.0.weight": (H, D), "hidden.0.bias": (H,), "hidden.0.conditioning": (H, D),
    "hidden.1.weight": (H, H), "hidden.1.bias": (H,), "hidden.1.conditioning": (H, H),
    "output.weight": (D, H), "output.bias": (D,), "output.conditioning": (D, H),
    "direct.weight": (D, D),
}
start = {name: torch.randn(shape).float().double() for name, shape in shapes.items()}
x = torch.bernoulli(torch.full((N, D), 0.4))


def loss_of(p):
    h = x
    for layer in ("hidden.0", "hidden.1", "output"):
        m = masks[layer]
        a = h @ (p[layer + ".weight"] * m).T + p[layer + ".bias"] + (p[layer + ".conditioning"] * m).sum(1)
        h = torch.nn.functional.softplus(a)
    a = a + x @ (p["direct.weight"] * masks["direct"]).T
    return torch.nn.functional.binary_cross_entropy_with_logits(a, x, reduction="none").sum(1).mean()


def gradients(p):
    leaves = {n: v.clone().requires_grad_() for n, v in p.items()}
    loss = loss_of(leaves)
    loss.backward()
    return loss.item(), {n: v.grad for n, v in leaves.items()}


def sgd(g, s):
    return -0.01 * g


def adagrad(g, s):
    s["sum"] = s.get("sum", torch.zeros_like(g)) + g ** 2
    return -0.01 * g / torch.sqrt(s["sum"] + 1e-6)


def adadelta(g, s):
    s["g"] = 0.95 * s.get("g", torch.zeros_like(g)) + 0.05 * g ** 2
    delta = -torch.sqrt(s.get("d", torch.zeros_like(g)) + 1e-6) / torch.sqrt(s["g"] + 1e-6) * g
    s["d"] = 0.95 * s.get("d", torch.zeros_like(g)) + 0.05 * delta ** 2
    return delta


def trajectory(rule):
    p, states, losses = dict(start), {n: {} for n in shapes}, []
    for _ in range(4):
        loss, grads = gradients(p)
        losses.append(loss)
        p = {n: v + rule(grads[n], states[n]) for n, v in p.items()}
    return losses


first, grads = gradients(start)
fixture = {
    "degrees": degrees,
    "x": x.int().tolist(),
    "weights": {n: v.flatten().tolist() for n, v in start.items()},
    "loss": first,
    "gradients": {n: v.flatten().tolist() for n, v in grads.items()},
    "trajectories": {"Sgd": trajectory(sgd), "Adagrad": trajectory(adagrad), "Adadelta": trajectory(adadelta)},
}
text = json.dumps(fixture, indent=1)
pathlib.Path(__file__).with_name("parity.json").write_text(text + "\n")
