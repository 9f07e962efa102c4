"""The PyTorch side of tests/bench.sh: the same models as the rows in Rows/, written the way PyTorch users write them.

Reads requests from stdin, one a line, and answers each with one line:
    start NAME      builds a row from seed 1                          -> ready
    run N           makes N steps                                     -> <milliseconds of one step> <loss after the last>
    end             forgets the row                                   -> ended
"""

import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


def add():
    """A 10-element add; one step is one call."""
    a, b = torch.rand(10), torch.rand(10)

    def steps(n):
        c = a
        for _ in range(n):
            c = a + b
        return c.sum().item()

    return steps


def training(model, optimizer, batches):
    """Steps of `optimizer` on the mean Bernoulli negative log-likelihood of `batches`, taken in turn."""
    at = 0

    def steps(n):
        nonlocal at
        for _ in range(n):
            x = batches[at % len(batches)]
            at += 1
            optimizer.zero_grad(set_to_none=True)
            loss = F.binary_cross_entropy_with_logits(model(x), x, reduction="sum") / x.shape[0]
            loss.backward()
            optimizer.step()
        return loss.item()

    return steps


def binary_batches(count=10, size=100, pixels=784):
    return [(torch.rand(size, pixels) < 0.2).float() for _ in range(count)]


def mlp():
    batches = binary_batches()
    model = nn.Sequential(nn.Linear(784, 500), nn.ReLU(), nn.Linear(500, 500), nn.ReLU(), nn.Linear(500, 784))
    return training(model, torch.optim.Adam(model.parameters()), batches)


class MaskedLinear(nn.Linear):
    def __init__(self, mask, bias=True):
        super().__init__(mask.shape[1], mask.shape[0], bias)
        self.register_buffer("mask", mask)

    def forward(self, x):
        return F.linear(x, self.weight * self.mask, self.bias)


class Made(nn.Module):
    """Germain et al. 2015 with one hidden layer, one ordering and the direct connection of the authors' code."""

    def __init__(self, pixels, hidden):
        super().__init__()
        order = torch.randperm(pixels) + 1
        degree = torch.randint(1, pixels, (hidden,))
        self.hidden = MaskedLinear((degree[:, None] >= order[None, :]).float())
        self.output = MaskedLinear((order[:, None] > degree[None, :]).float())
        self.direct = MaskedLinear((order[:, None] > order[None, :]).float(), bias=False)
        for layer in (self.hidden, self.output, self.direct):
            nn.init.orthogonal_(layer.weight)
        nn.init.zeros_(self.hidden.bias)
        nn.init.zeros_(self.output.bias)

    def forward(self, x):
        return self.output(F.relu(self.hidden(x))) + self.direct(x)


def made(hidden):
    # Epsilon inside the root, as in the authors' code: a sum of squares that starts at epsilon.
    batches = binary_batches()
    model = Made(784, hidden)
    return training(model, torch.optim.Adagrad(model.parameters(), lr=0.01, initial_accumulator_value=1e-6, eps=0), batches)


class Rbm:
    """784-500 binary units; everything by hand, without gradients, as RBMs are written."""

    def __init__(self):
        self.weight, self.visible, self.hidden = torch.randn(500, 784) * 0.01, torch.zeros(784), torch.zeros(500)

    def up(self, v):
        return F.linear(v, self.weight, self.hidden)

    def down(self, h):
        return F.linear(h, self.weight.t(), self.visible)


def contrastive_divergence(gibbs):
    """Updates of CD-k: batch 100, rate 0.05, momentum 0.5, weight decay 0.0002."""
    batches, model = binary_batches(), Rbm()
    parameters = (model.weight, model.visible, model.hidden)
    speeds = [torch.zeros_like(p) for p in parameters]
    at = 0

    @torch.no_grad()
    def steps(n):
        nonlocal at
        for _ in range(n):
            data = batches[at % len(batches)]
            at += 1
            positive = probability = torch.sigmoid(model.up(data))
            for _ in range(gibbs):
                v = torch.bernoulli(torch.sigmoid(model.down(torch.bernoulli(probability))))
                probability = torch.sigmoid(model.up(v))
            gradients = (
                (positive.t() @ data - probability.t() @ v) / data.shape[0] - 0.0002 * model.weight,
                (data - v).mean(0),
                (positive - probability).mean(0),
            )
            for parameter, speed, gradient in zip(parameters, speeds, gradients):
                speed.mul_(0.5).add_(gradient, alpha=0.05)
                parameter.add_(speed)
        return positive.mean().item()

    return steps


def annealing():
    """Steps of annealed importance sampling with 100 chains; log weights in float64."""
    model = Rbm()
    v, beta = torch.bernoulli(torch.full((100, 784), 0.5)), 0.0
    weights = torch.zeros(100, dtype=torch.float64)

    @torch.no_grad()
    def steps(n):
        nonlocal v, beta
        for _ in range(n):
            last, beta = beta, (beta + 1e-3) % 1
            inputs = model.up(v)
            weights.add_((beta - last) * (v @ model.visible).double())
            weights.add_((F.softplus(beta * inputs).double() - F.softplus(last * inputs).double()).sum(1))
            h = torch.bernoulli(torch.sigmoid(beta * inputs))
            v = torch.bernoulli(torch.sigmoid(beta * model.down(h)))
        return v.mean().item()

    return steps


class MaskedConv(nn.Conv2d):
    """Sees the pixels before; and the pixel itself unless strict."""

    def __init__(self, inputs, outputs, size, strict=False):
        super().__init__(inputs, outputs, size, padding=size // 2)
        mask = torch.zeros(size * size)
        mask[: size * size // 2 + (0 if strict else 1)] = 1
        self.register_buffer("mask", mask.view(size, size))
        nn.init.xavier_uniform_(self.weight)
        nn.init.zeros_(self.bias)

    def forward(self, x):
        return F.conv2d(x, self.weight * self.mask, self.bias, padding=self.padding)


class PixelCnn(nn.Module):
    """van den Oord et al. 2016: blocks of width 2h, each connected to the output."""

    def __init__(self, layers, h, head):
        super().__init__()
        self.first = MaskedConv(1, 2 * h, 7, strict=True)
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.ReLU(), nn.Conv2d(2 * h, h, 1), nn.ReLU(), MaskedConv(h, h, 3), nn.ReLU(), nn.Conv2d(h, 2 * h, 1)) for _ in range(layers)
        )
        self.hidden = nn.ModuleList(nn.Conv2d(2 * h, head, 1, bias=i == layers - 1) for i in range(layers))
        self.logits = nn.Conv2d(head, 1, 1)
        convolutions = [m for m in self.modules() if isinstance(m, nn.Conv2d)]
        for m in convolutions:
            nn.init.xavier_uniform_(m.weight, layers**-0.5 if any(m is c for c in self.hidden) else 1)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x = self.first(2 * x.view(-1, 1, 28, 28) - 1)
        total = 0
        for block, hidden in zip(self.blocks, self.hidden):
            x = x + block(x)
            total = total + hidden(F.relu(x))
        return self.logits(F.relu(total)).flatten(1)


def pixelcnn():
    batches = binary_batches(10, 64)
    model = PixelCnn(15, 32, 32)
    return training(model, torch.optim.Adam(model.parameters()), batches)


ROWS = {
    "add": add,
    "mlp": mlp,
    "made-500": lambda: made(500),
    "made-8000": lambda: made(8000),
    "made-500-fp32": lambda: made(500),
    "made-8000-fp32": lambda: made(8000),
    "rbm-cd1": lambda: contrastive_divergence(1),
    "rbm-cd25": lambda: contrastive_divergence(25),
    "ais": annealing,
    "pixelcnn-mnist": pixelcnn,
    "pixelcnn-mnist-fp32": pixelcnn,
}


def main():
    steps = None
    for line in sys.stdin:
        match line.split():
            case ["start", name]:
                torch.manual_seed(1)
                steps = ROWS[name]()
                print("ready", flush=True)
            case ["run", count]:
                begun = time.perf_counter()
                loss = steps(int(count))
                elapsed = time.perf_counter() - begun
                print(f"{elapsed * 1000 / int(count):.9g} {loss:.9g}", flush=True)
            case ["end"]:
                steps = None
                print("ended", flush=True)


if __name__ == "__main__":
    main()
