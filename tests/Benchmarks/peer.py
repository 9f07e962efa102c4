"""The PyTorch side of tests/bench.sh: the same models as the rows in Rows/, written the way PyTorch users write them.

Reads requests from stdin, one a line, and answers each with one line:
    engine                                                            -> <version of torch> <threads>
    start NAME      builds a row from seed 1                          -> ready
    run N           makes N steps                                     -> <milliseconds of one step> <what is compared, see the row>
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
    """Updates of CD-k: batch 100, rate 0.05, momentum 0.5, weight decay 0.0002; compared is how far the chains' pixels are from the data's."""
    batches, model = binary_batches(), Rbm()
    parameters = (model.weight, model.visible, model.hidden)
    speeds = [torch.zeros_like(p) for p in parameters]
    at = 0

    @torch.no_grad()
    def steps(n):
        nonlocal at
        difference = 0
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
            difference += gradients[1].abs().sum().item()
        return difference / n

    return steps


def annealing():
    """Steps of annealed importance sampling with 100 chains, from half-way on; compared is the mean of the log weights, in float64."""
    model = Rbm()
    model.visible.fill_(-1)
    model.hidden.fill_(-1)
    v, beta = torch.bernoulli(torch.full((100, 784), 0.5)), 0.5
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
        return weights.mean().item()

    return steps


class MaskedConv(nn.Conv2d):
    """Sees the pixels before; and the pixel itself unless strict."""

    def __init__(self, inputs, outputs, rows, columns, strict=False):
        super().__init__(inputs, outputs, (rows, columns), padding=(rows // 2, columns // 2))
        mask = torch.zeros(rows * columns)
        mask[: rows * columns // 2 + (0 if strict else 1)] = 1
        self.register_buffer("mask", mask.view(rows, columns))
        nn.init.xavier_uniform_(self.weight)
        nn.init.zeros_(self.bias)

    def forward(self, x):
        return F.conv2d(x, self.weight * self.mask, self.bias, padding=self.padding)


class PixelCnn(nn.Module):
    """van den Oord et al. 2016: blocks of width 2h, each connected to the output."""

    def __init__(self, layers, h, head):
        super().__init__()
        self.first = MaskedConv(1, 2 * h, 7, 7, strict=True)
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.ReLU(), nn.Conv2d(2 * h, h, 1), nn.ReLU(), MaskedConv(h, h, 3, 3), nn.ReLU(), nn.Conv2d(h, 2 * h, 1)) for _ in range(layers)
        )
        self.hidden = nn.ModuleList(nn.Conv2d(2 * h, head, 1, bias=i == layers - 1) for i in range(layers))
        self.logits = nn.Conv2d(head, 1, 1)
        convolutions = [m for m in self.modules() if isinstance(m, nn.Conv2d)]
        for m in convolutions:
            nn.init.xavier_uniform_(m.weight, layers**-0.5 if any(m is c for c in self.hidden) else 1)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
        for block in self.blocks:
            for m, taps, gain in ((block[1], 1, 1), (block[3], 5, 1), (block[5], 1, 0.5)):
                nn.init.normal_(m.weight, 0, gain * (2 / (m.in_channels * taps)) ** 0.5)

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


class GatedLayer(nn.Module):
    """van den Oord et al. 2016b: a vertical stack that has seen the rows above, and a horizontal one."""

    def __init__(self, inputs, p, size, first=False):
        super().__init__()
        self.first, self.reach = first, size // 2
        self.vertical = nn.Conv2d(inputs, 2 * p, (self.reach if first else self.reach + 1, size), padding=(0, self.reach))
        self.across = nn.Conv2d(2 * p, 2 * p, 1)
        self.horizontal = MaskedConv(inputs, 2 * p, 1, size, strict=first)
        self.output = nn.Conv2d(p, p, 1)

    @staticmethod
    def gate(x):
        f, g = x.chunk(2, 1)
        return f.tanh() * g.sigmoid()

    def forward(self, v, h):
        above = F.pad(v, (0, 0, self.reach, 0))
        v = self.vertical(above[:, :, :-1] if self.first else above)
        x = self.output(self.gate(self.horizontal(h) + self.across(v)))
        return self.gate(v), x if self.first else h + x


class GatedPixelCnn(nn.Module):
    """Layers of p features in a stack, each but the first connected to the output."""

    def __init__(self, layers, p, head):
        super().__init__()
        self.first = GatedLayer(1, p, 7, first=True)
        self.layers = nn.ModuleList(GatedLayer(p, p, 3) for _ in range(layers))
        self.hidden = nn.ModuleList(nn.Conv2d(p, head, 1, bias=i == layers - 1) for i in range(layers))
        self.logits = nn.Conv2d(head, 1, 1)
        for m in [layer.output for layer in [self.first, *self.layers]] + [*self.hidden, self.logits]:
            nn.init.xavier_uniform_(m.weight, layers**-0.5 if any(m is c for c in self.hidden) else 1)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x = 2 * x.view(-1, 1, 28, 28) - 1
        v, h = self.first(x, x)
        total = 0
        for layer, hidden in zip(self.layers, self.hidden):
            v, h = layer(v, h)
            total = total + hidden(F.relu(h))
        return self.logits(F.relu(total)).flatten(1)


def gated():
    batches = binary_batches(10, 16)
    model = GatedPixelCnn(24, 32, 32)
    return training(model, torch.optim.Adam(model.parameters()), batches)


def concat_elu(x):
    return F.elu(torch.cat([x, -x], 1))


class Normalised(nn.Module):
    """A layer with weight normalisation and data-dependent initialisation, behind the zeros of a shift."""

    def __init__(self, layer, pad=(0, 0, 0, 0), crop=None, scale=1.0, dim=0):
        super().__init__()
        nn.init.normal_(layer.weight, 0, 0.05)
        nn.init.zeros_(layer.bias)
        self.layer, self.pad, self.crop, self.scale = nn.utils.weight_norm(layer, dim=dim), pad, crop, scale
        self.started = False

    def forward(self, x):
        if any(self.pad):
            x = F.pad(x, self.pad)
        if not self.started:
            self.started = True
            with torch.no_grad():
                g = self.layer.weight_g
                g.fill_(1)
                y = self.layer(x)
                scale = self.scale / (y.var([0, 2, 3], unbiased=False) + 1e-10).sqrt()
                g.mul_(scale.view_as(g))
                self.layer.bias.copy_(-y.mean([0, 2, 3]) * scale)
        y = self.layer(x)
        return y if self.crop is None else y[:, :, : self.crop[0] * x.shape[2], self.crop[1] : self.crop[1] + 2 * x.shape[3]]


def down(inputs, outputs, size=(2, 3), stride=1, scale=1.0):
    side = (size[1] - 1) // 2
    return Normalised(nn.Conv2d(inputs, outputs, size, stride), (side, side, size[0] - 1, 0), scale=scale)


def down_right(inputs, outputs, size=(2, 2), stride=1, scale=1.0):
    return Normalised(nn.Conv2d(inputs, outputs, size, stride), (size[1] - 1, 0, size[0] - 1, 0), scale=scale)


def nin(inputs, outputs):
    return Normalised(nn.Conv2d(inputs, outputs, 1))


def doubled(size, crop):
    return lambda f: Normalised(nn.ConvTranspose2d(f, f, size, 2, output_padding=1), crop=(2, crop), dim=1)


class GatedResnet(nn.Module):
    def __init__(self, kind, f, auxiliary):
        super().__init__()
        self.first, self.second = kind(2 * f, f), kind(2 * f, 2 * f, scale=0.1)
        self.nin = nin(2 * auxiliary * f, f) if auxiliary else None

    def forward(self, x, a=None):
        c = self.first(concat_elu(x))
        if self.nin is not None:
            c = c + self.nin(concat_elu(a))
        p, q = self.second(F.dropout(concat_elu(c), 0.5, self.training)).chunk(2, 1)
        return x + p * torch.sigmoid(q)


class PixelCnnPlusPlus(nn.Module):
    """Salimans et al. 2017: two streams, three stages of five gated resnets, 10 logistics."""

    def __init__(self, f):
        super().__init__()
        self.first = nn.ModuleList([down(4, f), down(4, f, (1, 3)), down_right(4, f, (2, 1))])
        blocks = lambda kind, n, auxiliary: nn.ModuleList(GatedResnet(kind, f, auxiliary) for _ in range(n))
        self.up = nn.ModuleList([blocks(down, 15, 0), blocks(down_right, 15, 1)])
        self.smaller = nn.ModuleList([nn.ModuleList(kind(f, f, stride=2) for _ in range(2)) for kind in (down, down_right)])
        self.back = nn.ModuleList([blocks(down, 17, 1), blocks(down_right, 17, 2)])
        self.larger = nn.ModuleList([nn.ModuleList(make(f) for _ in range(2)) for make in (doubled((2, 3), 1), doubled((2, 2), 0))])
        self.output = nin(f, 100)

    def forward(self, x):
        x = torch.cat([x, torch.ones_like(x[:, :1])], 1)
        shift_down = lambda y: F.pad(y, (0, 0, 1, 0))[:, :, :-1]
        shift_right = lambda y: F.pad(y, (1, 0, 0, 0))[:, :, :, :-1]
        us = [shift_down(self.first[0](x))]
        uls = [shift_down(self.first[1](x)) + shift_right(self.first[2](x))]
        for i in range(15):
            us.append(self.up[0][i](us[-1]))
            uls.append(self.up[1][i](uls[-1], us[-1]))
            if i in (4, 9):
                us.append(self.smaller[0][i // 5](us[-1]))
                uls.append(self.smaller[1][i // 5](uls[-1]))
        u, ul = us.pop(), uls.pop()
        for i in range(17):
            u = self.back[0][i](u, us.pop())
            ul = self.back[1][i](ul, torch.cat([u, uls.pop()], 1))
            if i in (4, 10):
                u, ul = self.larger[0][i // 6](u), self.larger[1][i // 6](ul)
        return self.output(F.elu(ul))


def mixture_nll(p, x):
    """Minus the log-probability of images in [-1, 1], in nats, summed."""
    n, _, h, w = x.shape
    logits, rest = p[:, :10], p[:, 10:].reshape(n, 3, 30, h, w)
    means, scales, c = rest[:, :, :10], rest[:, :, 10:20].clamp(min=-7), torch.tanh(rest[:, :, 20:])
    red, green = x[:, 0:1], x[:, 1:2]
    means = torch.stack([means[:, 0], means[:, 1] + c[:, 0] * red, means[:, 2] + c[:, 1] * red + c[:, 2] * green], 1)
    centred, inverse, x = x.unsqueeze(2) - means, torch.exp(-scales), x.unsqueeze(2)
    plus, minus, middle = inverse * (centred + 1 / 255), inverse * (centred - 1 / 255), inverse * centred
    mass = torch.sigmoid(plus) - torch.sigmoid(minus)
    density = middle - scales - 2 * F.softplus(middle) - 4.8481164
    inside = torch.where(mass > 1e-5, torch.log(mass.clamp(min=1e-12)), density)
    log = torch.where(x < -0.999, plus - F.softplus(plus), torch.where(x > 0.999, -F.softplus(minus), inside))
    return -torch.logsumexp(log.sum(1) + F.log_softmax(logits, 1), 1).sum()


def pixelcnnpp(filters, batch):
    images = [torch.randint(0, 256, (batch, 3, 32, 32)).float() / 127.5 - 1 for _ in range(10)]
    model = PixelCnnPlusPlus(filters)
    with torch.no_grad():
        model(images[0])
    optimizer = torch.optim.Adam(model.parameters(), 1e-3, (0.95, 0.9995), 1e-4)
    average = [p.detach().clone() for p in model.parameters()]
    at = 0

    def steps(n):
        nonlocal at
        for _ in range(n):
            x = images[at % len(images)]
            at += 1
            optimizer.zero_grad(set_to_none=True)
            loss = mixture_nll(model(x), x)
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                torch._foreach_mul_(average, 0.9995)
                torch._foreach_add_(average, list(model.parameters()), alpha=0.0005)
        return loss.item() / batch

    return steps


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
    "gated-mnist": gated,
    "gated-mnist-fp32": gated,
    "pixelcnnpp-40": lambda: pixelcnnpp(40, 8),
    "pixelcnnpp-160": lambda: pixelcnnpp(160, 2),
    "pixelcnnpp-40-fp32": lambda: pixelcnnpp(40, 8),
    "pixelcnnpp-160-fp32": lambda: pixelcnnpp(160, 2),
}


def main():
    steps = None
    for line in sys.stdin:
        match line.split():
            case ["engine"]:
                print(torch.__version__, torch.get_num_threads(), flush=True)
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
