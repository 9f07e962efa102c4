#!/usr/bin/env python3
"""Makes pixelcnn.json: small networks of the two PixelCNN papers on images of bits and of bytes, their losses and gradients.

    python3 tests/Properties.Tests/Parity/pixelcnn.py        (needs python3-torch)

Everything is a loop over pixels and over the pixels before each: no masks on kernels, no skewed maps, no shifted stacks. A map is a table from
(row, column) to [N, features]. Feature f belongs to colour f mod C, as in the C# networks, whose names the parameters have; the logits of a colour's
values stand together.
"""
import torch

from fixture import Parameters, noise, write

LAYERS, H, HEAD, CLASSES, ROWS, COLUMNS, IMAGES = 2, 16, 16, 2, 4, 5, 2
PIXELS = [(i, j) for i in range(ROWS) for j in range(COLUMNS)]


class Network:
    def __init__(self, colours, logits):
        self.colours, self.logits = colours, logits
        self.parameters = Parameters()

    def weight(self, name, *shape):
        fan_in = max(1, torch.Size(shape[1:]).numel())
        return self.parameters(name, *shape, spread=2 / fan_in**0.5)

    def bias(self, name, *shape):
        return self.parameters(name, *shape, spread=0.5)

    def seen(self, name, x, outputs, kernel, strict=False, parts=1, together=1, bias=True):
        """Each pixel from the pixels of the kernel that come before it, and from its own colours before (strict) or up to the output's own."""
        inputs = x[0, 0].shape[1]
        w = self.weight(name + ".weight", outputs, inputs, *kernel)
        b = self.bias(name + ".bias", outputs) if bias else 0
        here = torch.zeros(outputs, inputs)
        for o in range(outputs):
            for f in range(inputs):
                to, source = o % (outputs // parts) // together % self.colours, f % self.colours
                here[o, f] = source < to or (source == to and not strict)
        up, side = kernel[0] // 2, kernel[1] // 2
        result = {}
        for i, j in PIXELS:
            total = b + x[i, j] @ (w[:, :, up, side] * here).T
            for r in range(i - up, i + 1):
                for c in range(j - side, j + side + 1):
                    if (r, c) < (i, j) and (r, c) in x:
                        total = total + x[r, c] @ w[:, :, r - i + up, c - j + side].T
            result[i, j] = total
        return result

    def head(self, features):
        """Table 1: ReLU, 1 x 1, ReLU, 1 x 1; all layers side by side before the first (section 3.3)."""
        total = None
        for l, x in enumerate(features):
            part = self.seen(f"head.hidden.{l}", mapped(torch.relu, x), HEAD, (1, 1), bias=l == len(features) - 1)
            total = part if total is None else mapped(torch.add, total, part)
        return self.seen("head.logits", mapped(torch.relu, total), self.colours * self.logits, (1, 1), together=self.logits)

    def pixel_cnn(self, x):
        """PixelRNN, sections 3.3 to 3.5, figure 5."""
        x = self.seen("first", x, 2 * H, (7, 7), strict=True)
        features = []
        for l in range(LAYERS):
            inner = self.seen(f"blocks.{l}.down", mapped(torch.relu, x), H, (1, 1))
            inner = self.seen(f"blocks.{l}.across", mapped(torch.relu, inner), H, (3, 3))
            x = mapped(torch.add, x, self.seen(f"blocks.{l}.up", mapped(torch.relu, inner), 2 * H, (1, 1)))
            features.append(x)
        return self.head(features)

    def recurrent(self, x, layer):
        """PixelRNN, Table 1: the LSTM layers, each taken up to 2h features and added to its input."""
        x = self.seen("first", x, 2 * H, (7, 7), strict=True)
        features = []
        for l in range(LAYERS):
            x = mapped(torch.add, x, self.seen(f"ups.{l}", layer(f"layers.{l}", x), 2 * H, (1, 1)))
            features.append(x)
        return self.head(features)

    def row_lstm(self, x):
        return self.recurrent(x, self.row_layer)

    def diagonal_bi_lstm(self, x):
        return self.recurrent(x, self.diagonal_layer)

    def cell(self, name, taps):
        """Equation 3 at one pixel: from the gates' input, the hidden states under the taps, and the cell that is carried on; and the learned start."""
        k = self.weight(name + ".stateToState", 4 * H, H, taps)
        start = tuple(self.bias(f"{name}.{part}", 1, H, 1)[:, :, 0].expand(IMAGES, H) for part in ("hidden", "cell"))

        def step(gates, hidden, carried):
            for tap, h in enumerate(hidden):
                if h is not None:
                    gates = gates + h @ k[:, :, tap].T
            o, f, i, g = gates.split(H, 1)
            carried = torch.sigmoid(f) * carried + torch.sigmoid(i) * torch.tanh(g)
            return torch.sigmoid(o) * torch.tanh(carried), carried

        return step, start

    def row_layer(self, name, x):
        """Section 3.1: a pixel's state from the three pixels above it; outside of the image there is none, above the first row the learned one."""
        gates = self.seen(name + ".inputToState", x, 4 * H, (1, 3), parts=4)
        step, start = self.cell(name + ".lstm", 3)
        states = {(-1, j): start for j in range(COLUMNS)}
        for i, j in PIXELS:
            hidden = [states[i - 1, c][0] if (i - 1, c) in states else None for c in (j - 1, j, j + 1)]
            states[i, j] = step(gates[i, j], hidden, states[i - 1, j][1])
        return {p: states[p][0] for p in PIXELS}

    def diagonal_layer(self, name, x):
        """Section 3.2: one LSTM from the top left; one from the top right, whose states belong to the row below."""
        left = self.diagonal_direction(name + ".left", x)
        right = self.diagonal_direction(name + ".right", {(i, j): x[i, COLUMNS - 1 - j] for i, j in PIXELS})
        return {(i, j): left[i, j] + (right[i - 1, COLUMNS - 1 - j] if i > 0 else 0) for i, j in PIXELS}

    def diagonal_direction(self, name, x):
        """
        A pixel's state from the pixel above and the pixel to the left, whose cell it carries on. Figure 3 puts row i i places further right, so the
        diagonal i + j = 0 is the first; before it stands the learned state. Row i then has i places left of the image, without input.
        """
        gates = self.seen(name + ".inputToState", x, 4 * H, (1, 1), parts=4)
        step, start = self.cell(name + ".lstm", 2)
        states = {(i, -i - 1): start for i in range(ROWS)}
        for i in range(ROWS):
            for j in range(-i, COLUMNS):
                before = states[i, j - 1]
                above = states[i - 1, j][0] if i > 0 else None
                states[i, j] = step(gates.get((i, j), torch.zeros(IMAGES, 4 * H)), [above, before[0]], before[1])
        return {p: states[p][0] for p in PIXELS}

    def gated(self, x):
        """
        Gated PixelCNN, section 2 and figure 2, with a class. In its vertical stack the place (i, j) stands for what row i may know of the rows above it:
        in the first layer of three rows of the image, later of the stack's own row, which knows no more, and of the one above it.
        """
        h = torch.eye(CLASSES)[torch.arange(IMAGES) % CLASSES]
        p = 2 * H
        vertical = horizontal = x
        features = []
        for l in range(LAYERS + 1):
            name, first = f"layers.{l}", l == 0
            reach = 3 if first else 1
            rows = range(-3, 0) if first else range(-1, 1)
            w = self.weight(name + ".vertical.weight", 2 * p, vertical[0, 0].shape[1], len(rows), 2 * reach + 1)
            b = self.bias(name + ".vertical.bias", 2 * p) + h @ self.bias(name + ".verticalClass.weight", CLASSES, 2 * p)
            v = {}
            for i, j in PIXELS:
                v[i, j] = b
                for a, r in enumerate(rows):
                    for c in range(-reach, reach + 1):
                        if (i + r, j + c) in vertical:
                            v[i, j] = v[i, j] + vertical[i + r, j + c] @ w[:, :, a, c + reach].T
            across, beside = self.weight(name + ".across.weight", 2 * p, 2 * p, 1, 1)[:, :, 0, 0], self.bias(name + ".across.bias", 2 * p)
            beside = beside + h @ self.bias(name + ".horizontalClass.weight", CLASSES, 2 * p)
            own = self.seen(name + ".horizontal", horizontal, 2 * p, (1, 2 * reach + 1), strict=first, parts=2)
            gates = {q: own[q] + v[q] @ across.T + beside for q in PIXELS}
            output = self.seen(name + ".output", mapped(gate, gates), p, (1, 1))
            vertical, horizontal = mapped(gate, v), output if first else mapped(torch.add, horizontal, output)
            features.append(horizontal)
        # The first layer, which has no residual connection, is not connected to the output either.
        return self.head(features[1:])


def mapped(function, *maps):
    return {p: function(*(m[p] for m in maps)) for p in PIXELS}


def gate(x):
    """Equation 2."""
    f, g = x.chunk(2, 1)
    return torch.tanh(f) * torch.sigmoid(g)


def case(run, colours, values, whole):
    """Images of bits have one logit for a colour; images of more values one for each."""
    unit = (noise(100_000 + colours, IMAGES * colours * ROWS * COLUMNS) + 1) / 2
    x = (unit * values).long().reshape(IMAGES, colours, ROWS, COLUMNS)
    network = Network(colours, 1 if values == 2 else values)
    logits = run(network, {(i, j): 2 * x[:, :, i, j].double() / (values - 1) - 1 for i, j in PIXELS})
    nll = 0
    for i, j in PIXELS:
        for c in range(colours):
            own = logits[i, j][:, c * network.logits : (c + 1) * network.logits]
            p = torch.cat([1 - torch.sigmoid(own), torch.sigmoid(own)], 1) if values == 2 else own.exp() / own.exp().sum(1, keepdim=True)
            nll = nll - p[range(IMAGES), x[:, c, i, j]].log()
    return network.parameters.fixture(x, nll, whole)


if __name__ == "__main__":
    kinds = {
        "PixelCnn": (Network.pixel_cnn, ["first.bias", "blocks.0.across.bias"]),
        "Gated": (Network.gated, ["layers.0.horizontal.bias", "layers.1.verticalClass.weight"]),
        "RowLstm": (Network.row_lstm, ["first.bias", "layers.0.lstm.hidden", "layers.1.lstm.cell"]),
        "DiagonalBiLstm": (Network.diagonal_bi_lstm, ["first.bias", "layers.0.left.lstm.hidden", "layers.1.right.lstm.cell"]),
    }
    outputs = [("Bernoulli", 1, 2), ("Bernoulli", 3, 2), ("Softmax256", 3, 256)]
    write("pixelcnn.json", {
        f"{kind} {output} {colours}": case(run, colours, values, whole)
        for kind, (run, whole) in kinds.items() for output, colours, values in outputs})
