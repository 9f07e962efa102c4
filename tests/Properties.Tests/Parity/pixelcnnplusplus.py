#!/usr/bin/env python3
"""Makes pixelcnnplusplus.json: a small PixelCNN++, conditional on classes and without dropout, its losses and gradients.

    python3 tests/Properties.Tests/Parity/pixelcnnplusplus.py        (needs python3-torch)

Written from the structure of the official code (openai/pixel-cnn, pixel_cnn_pp/model.py and nn.py), its convolutions as sums over the taps of
padded images, which are cut where the official code cuts them. Images are [N, H, W, features] there and here; weights have the order of PyTorch,
outputs x inputs x rows x columns, and inputs x outputs x rows x columns where transposed. What layers choose from a first batch is what the C# network
chooses, not in all the official code: moments of a transposed convolution are taken after its edges are cut, there before; and 1e-10 is added to each
variance, there 1e-8 in convolutions until January 2018.
"""
import itertools
import math

import torch
from torch.nn.functional import elu, logsigmoid, pad

from fixture import Parameters, noise, write

FILTERS, RESNETS, MIXTURES, CLASSES, COLOURS, SIDE, IMAGES = 8, 2, 3, 3, 3, 8, 3


def concat_elu(x):
    return elu(torch.cat([x, -x], 3))


def padded(x, top, left, right):
    return pad(x, (0, 0, left, right, top, 0))


def down_shift(x):
    return torch.cat([torch.zeros_like(x[:, :1]), x[:, :-1]], 1)


def right_shift(x):
    return torch.cat([torch.zeros_like(x[:, :, :1]), x[:, :, :-1]], 2)


class Network:
    """The layers by name. With `init` each chooses length and bias from what it gives to a first batch, after edges are cut, with g = 1 and b = 0."""

    def __init__(self, init=False):
        self.parameters = Parameters()
        self.init = init
        self.chosen = {}

    def layer(self, name, shape, axis, apply, scale):
        """A layer with weight normalisation; `apply` takes the weight."""
        along = [shape[a] if a == axis else 1 for a in range(4)]
        others = [a for a in range(4) if a != axis]
        v = self.parameters(name + ".v", *shape)
        direction = v / (v**2).sum(others, keepdim=True).sqrt()
        g = self.parameters(name + ".g", shape[axis], centre=1, spread=0.5)
        b = self.parameters(name + ".b", shape[axis], spread=0.5)
        if self.init:
            x = apply(direction)
            g = scale / (x.var((0, 1, 2), unbiased=False) + 1e-10).sqrt()
            b = -x.mean((0, 1, 2)) * g
            self.chosen[name] = (g, b)
        return apply(direction * g.reshape(along)) + b

    def conv(self, name, x, outputs, down, kernel=None, stride=1, scale=1.0):
        """down_shifted_conv2d and down_right_shifted_conv2d."""
        rows, columns = kernel or ((2, 3) if down else (2, 2))
        sides = ((columns - 1) // 2, (columns - 1) // 2) if down else (columns - 1, 0)
        image = padded(x, rows - 1, *sides)
        height, width = x.shape[1], x.shape[2]

        def apply(w):
            return sum(
                image[:, a:a + height:stride, b:b + width:stride] @ w[:, :, a, b].T
                for a in range(rows) for b in range(columns))

        return self.layer(name, (outputs, x.shape[3], rows, columns), 0, apply, scale)

    def deconv(self, name, x, down):
        """down_shifted_deconv2d and down_right_shifted_deconv2d, stride 2."""
        rows, columns = (2, 3) if down else (2, 2)
        n, height, width, features = x.shape

        def apply(w):
            whole = torch.zeros(n, 2 * height + rows - 1, 2 * width + columns - 1, features)
            for a in range(rows):
                for b in range(columns):
                    whole[:, a:a + 2 * height:2, b:b + 2 * width:2] += x @ w[:, :, a, b]
            left = (columns - 1) // 2 if down else 0
            return whole[:, :2 * height, left:left + 2 * width]

        return self.layer(name, (features, features, rows, columns), 1, apply, 1.0)

    def nin(self, name, x, outputs):
        return self.layer(name, (outputs, x.shape[3], 1, 1), 0, lambda w: x @ w[:, :, 0, 0].T, 1.0)

    def gated_resnet(self, name, x, a, h, down):
        c1 = self.conv(name + ".first", concat_elu(x), FILTERS, down)
        if a is not None:
            c1 = c1 + self.nin(name + ".nin", concat_elu(a), FILTERS)
        c2 = self.conv(name + ".second", concat_elu(c1), 2 * FILTERS, down, scale=0.1)
        c2 = c2 + (h @ self.parameters(name + ".hw", CLASSES, 2 * FILTERS, spread=0.5))[:, None, None]
        a, b = c2.split(FILTERS, 3)
        return x + a * torch.sigmoid(b)

    def __call__(self, x, h):
        """model_spec; the names are those of the C# network."""
        count = dict.fromkeys(("upU", "upUl", "halveU", "halveUl", "downU", "downUl", "doubleU", "doubleUl"), 0)

        def name(layer):
            count[layer] += 1
            return f"{layer}.{count[layer] - 1}"

        image = torch.cat([x, torch.ones_like(x[..., :1])], 3)
        us = [down_shift(self.conv("above", image, FILTERS, True))]
        uls = [
            down_shift(self.conv("aboveHere", image, FILTERS, True, kernel=(1, 3)))
            + right_shift(self.conv("left", image, FILTERS, False, kernel=(2, 1)))
        ]
        for stage in range(3):
            for _ in range(RESNETS):
                us.append(self.gated_resnet(name("upU"), us[-1], None, h, True))
                uls.append(self.gated_resnet(name("upUl"), uls[-1], us[-1], h, False))
            if stage < 2:
                us.append(self.conv(name("halveU"), us[-1], FILTERS, True, stride=2))
                uls.append(self.conv(name("halveUl"), uls[-1], FILTERS, False, stride=2))

        u, ul = us.pop(), uls.pop()
        for stage in range(3):
            for _ in range(RESNETS if stage == 0 else RESNETS + 1):
                u = self.gated_resnet(name("downU"), u, us.pop(), h, True)
                ul = self.gated_resnet(name("downUl"), ul, torch.cat([u, uls.pop()], 3), h, False)
            if stage < 2:
                u = self.deconv(name("doubleU"), u, True)
                ul = self.deconv(name("doubleUl"), ul, False)
        assert not us and not uls
        return self.nin("output", elu(ul), 10 * MIXTURES)


def moved(colours, x):
    """What the colours before add to the means of each component, [N, H, W, colour, component]."""
    red, green = x[..., 0, None], x[..., 1, None]
    of_red, blue_of_red, blue_of_green = colours[..., 2, :].tanh().unbind(3)
    return torch.stack([torch.zeros_like(of_red), of_red * red, blue_of_red * red + blue_of_green * green], 3)


def loss(l, x):
    """discretized_mix_logistic_loss of each image, number by number, and how often each of its branches was taken."""
    logits, colours = torch.log_softmax(l[..., :MIXTURES], 3), l[..., MIXTURES:].unflatten(3, (3, 3, MIXTURES))  # colour, part, component
    means, log_scales = colours[..., 0, :] + moved(colours, x), colours[..., 1, :]
    branches = dict.fromkeys(("lowest", "highest", "inside", "density", "clamped"), 0)
    nll = []
    for n, i, j in itertools.product(*map(range, x.shape[:3])):
        components = []
        for k in range(MIXTURES):
            log_probability = logits[n, i, j, k]
            for c in range(COLOURS):
                value, mean, log_scale = x[n, i, j, c], means[n, i, j, c, k], log_scales[n, i, j, c, k]
                if log_scale < -7:
                    log_scale = torch.tensor(-7.0)
                    branches["clamped"] += 1
                middle, plus, minus = ((value - mean + d / 255) * torch.exp(-log_scale) for d in (0, 1, -1))
                mass = torch.sigmoid(plus) - torch.sigmoid(minus)
                if value < -0.999:
                    branch, term = "lowest", logsigmoid(plus)
                elif value > 0.999:
                    branch, term = "highest", logsigmoid(-minus)
                elif mass > 1e-5:
                    branch, term = "inside", torch.log(mass)
                else:
                    branch, term = "density", logsigmoid(middle) + logsigmoid(-middle) - log_scale - math.log(127.5)
                branches[branch] += 1
                log_probability = log_probability + term
            components.append(log_probability)
        nll.append(-torch.logsumexp(torch.stack(components), 0))
    return torch.stack(nll).reshape(len(x), -1).sum(1), branches


def images(stream, *shape):
    """Bytes 0 ... 255, those near the ends taken to the ends; and as the network sees them."""
    values = (noise(stream, torch.Size(shape).numel()) * 150 + 127.5).round().clamp(0, 255).reshape(shape)
    return values.int(), (values.permute(0, 2, 3, 1) - 127.5) / 127.5


def network_case():
    values, x = images(100_000, IMAGES, COLOURS, SIDE, SIDE)
    h = torch.eye(CLASSES)[torch.arange(IMAGES) % CLASSES]
    network, first = Network(), Network(init=True)
    nll, _ = loss(network(x, h), x)
    whole = ["above.v", "left.v", "halveUl.0.v", "doubleU.1.v", "upUl.0.nin.v", "downUl.7.second.g", "output.b"]
    case = network.parameters.fixture(values, nll, whole)
    with torch.no_grad():
        first(x, h)
    case["chosen"] = {
        f"{name}.{part}": (value @ noise(first.parameters.all[f"{name}.{part}"]["stream"] + 1, len(value))).item()
        for name, chosen in first.chosen.items() for part, value in zip("gb", chosen)
    }
    return case


def likelihood_case():
    """Pixels a bin or two from the means, and scales around the least one, so that every branch of the likelihood matters."""
    values, x = images(100_001, 2, COLOURS, 3, 4)
    l = noise(100_002, 2 * 3 * 4 * 10 * MIXTURES).reshape(2, 3, 4, 10 * MIXTURES)
    colours = l[..., MIXTURES:].unflatten(3, (3, 3, MIXTURES))
    colours[..., 0, :] = x[..., None] + 0.02 * colours[..., 0, :] - moved(colours, x)
    colours[..., 1, :] = -6.5 + 1.5 * colours[..., 1, :]
    nll, branches = loss(l.requires_grad_(), x)
    assert all(branches.values()), branches
    nll.sum().backward()
    outputs, gradient = (t.permute(0, 3, 1, 2).flatten().tolist() for t in (l, l.grad))
    return {"values": values.flatten().tolist(), "nll": nll.tolist(), "outputs": outputs, "parameters": {}, "gradients": {"outputs": gradient}}


if __name__ == "__main__":
    write("pixelcnnplusplus.json", {"network": network_case(), "likelihood": likelihood_case()})
