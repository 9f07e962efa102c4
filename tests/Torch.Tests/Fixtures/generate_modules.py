"""Writes modules.json: PyTorch's initialisation, outputs and gradients of small modules, from equal seeds.

Run: python3 tests/Torch.Tests/Fixtures/generate_modules.py   (PyTorch 1.13 or later)
Made with PyTorch 1.13.1 on the CPU, whose generator C# shares. Inputs are written out; float64 throughout, so that kernels of
other processors agree.
"""
import json
import pathlib

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent


def grid(*shape):
    count = torch.Size(shape).numel()
    return (torch.arange(count, dtype=torch.float64) * 0.37).sin().reshape(shape)


MODULES = {
    "linear": (lambda: nn.Linear(4, 3), (2, 4)),
    "conv1d": (lambda: nn.Conv1d(2, 3, 3, stride=2, padding=1), (2, 2, 7)),
    "conv2d": (lambda: nn.Conv2d(2, 4, 3, padding=1, groups=2), (2, 2, 4, 5)),
    "conv2d-same": (lambda: nn.Conv2d(1, 2, 4, padding="same"), (1, 1, 5, 5)),
    "conv2d-reflect": (lambda: nn.Conv2d(1, 2, (3, 5), padding=(1, 2), padding_mode="reflect"), (1, 1, 5, 6)),
    "convtranspose1d": (lambda: nn.ConvTranspose1d(2, 3, 4, stride=2, padding=1), (1, 2, 5)),
    "convtranspose2d": (lambda: nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1, output_padding=1), (1, 2, 4, 4)),
    "batchnorm1d": (lambda: nn.BatchNorm1d(3), (5, 3)),
    "batchnorm2d": (lambda: nn.BatchNorm2d(2, momentum=0.3), (3, 2, 4, 4)),
    "layernorm": (lambda: nn.LayerNorm(6), (3, 6)),
    "groupnorm": (lambda: nn.GroupNorm(2, 4), (2, 4, 3, 3)),
    "mlp": (lambda: nn.Sequential(nn.Linear(5, 7), nn.ReLU(), nn.Linear(7, 2)), (4, 5)),
}
ACTIVATIONS = {
    "relu": nn.ReLU(), "leaky": nn.LeakyReLU(0.2), "elu": nn.ELU(0.7), "softplus": nn.Softplus(), "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(), "silu": nn.SiLU(), "gelu": nn.GELU(), "gelu-tanh": nn.GELU(approximate="tanh"), "selu": nn.SELU(),
    "hardtanh": nn.Hardtanh(-0.5, 0.25), "logsigmoid": nn.LogSigmoid(), "softmax": nn.Softmax(1), "logsoftmax": nn.LogSoftmax(1),
    "maxpool": nn.MaxPool2d(2), "avgpool": nn.AvgPool2d(2), "adaptive": nn.AdaptiveAvgPool2d((2, 2)),
    "nearest": nn.Upsample(scale_factor=2.0), "bilinear": nn.Upsample(size=(5, 7), mode="bilinear", align_corners=True),
    "flatten": nn.Flatten(), "shuffle": nn.PixelShuffle(2), "unshuffle": nn.PixelUnshuffle(2), "reflectionpad": nn.ReflectionPad2d(1),
    "zeropad": nn.ZeroPad2d((1, 0, 2, 1)), "glu": nn.GLU(1),
}
LOSSES = {
    "mse": nn.MSELoss(), "l1": nn.L1Loss(reduction="sum"), "smoothl1": nn.SmoothL1Loss(beta=0.3), "huber": nn.HuberLoss(delta=0.2),
    "bce": nn.BCELoss(), "bcelogits": nn.BCEWithLogitsLoss(reduction="sum"), "kl": nn.KLDivLoss(reduction="batchmean", log_target=True),
}
INITIALISERS = {
    "xavier_uniform": lambda t: nn.init.xavier_uniform_(t, 1.3), "xavier_normal": nn.init.xavier_normal_,
    "kaiming_uniform": lambda t: nn.init.kaiming_uniform_(t, nonlinearity="relu"),
    "kaiming_normal": lambda t: nn.init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"),
    "uniform": lambda t: nn.init.uniform_(t, -2, 3), "normal": lambda t: nn.init.normal_(t, 1, 0.5),
    "orthogonal": lambda t: nn.init.orthogonal_(t, 2.0), "trunc_normal": lambda t: nn.init.trunc_normal_(t, 0.5, 1.5, -1, 2),
    "eye": nn.init.eye_,
}


def flat(t):
    return t.detach().flatten().tolist()


def module(make, shape):
    torch.manual_seed(7)
    m = make()
    x = grid(*shape).requires_grad_()
    y = m(x)
    (y * grid(*y.shape).cos()).sum().backward()
    return {
        "state": {k: flat(v.double()) for k, v in m.state_dict().items()}, "output": flat(y), "input_grad": flat(x.grad),
        "grads": {k: flat(p.grad) for k, p in m.named_parameters()}, "eval": flat(m.eval()(grid(*shape))),
    }


def lstm():
    torch.manual_seed(7)
    m = nn.LSTM(3, 4, num_layers=2, bidirectional=True)
    y, (h, c) = m(grid(5, 2, 3))
    y.sum().backward()
    return {"state": {k: flat(v) for k, v in m.state_dict().items()}, "output": flat(y), "h": flat(h), "c": flat(c),
            "grads": {k: flat(p.grad) for k, p in m.named_parameters()}}


def embedding():
    torch.manual_seed(7)
    m = nn.Embedding(5, 3, padding_idx=1)
    y = m(torch.tensor([[0, 1], [4, 0]]))
    y.sum().backward()
    return {"state": {"weight": flat(m.weight)}, "output": flat(y), "grads": {"weight": flat(m.weight.grad)}}


def initialiser(fill):
    torch.manual_seed(11)
    return flat(fill(torch.empty(4, 3)))


def dropout():
    torch.manual_seed(3)
    return flat(nn.functional.dropout(torch.ones(20), 0.3))


def loss(criterion):
    x = grid(3, 4)
    target = (grid(3, 4) * 2).cos()
    if isinstance(criterion, nn.BCELoss):
        return criterion(x.sigmoid(), target.sigmoid()).item()
    if isinstance(criterion, nn.KLDivLoss):
        return criterion(x.log_softmax(1), target.log_softmax(1)).item()
    return criterion(x, target).item()


content = {
    "modules": {k: module(*v) for k, v in MODULES.items()},
    "activations": {k: flat(m(grid(1, 4, 2, 4))) for k, m in ACTIVATIONS.items()},
    "losses": {k: loss(v) for k, v in LOSSES.items()},
    "init": {k: initialiser(v) for k, v in INITIALISERS.items()},
    "lstm": lstm(), "embedding": embedding(), "dropout": dropout(),
    "cross_entropy": nn.functional.cross_entropy(grid(4, 5), torch.tensor([0, 3, 4, 1]), label_smoothing=0.1).item(),
    "gaussian_nll": nn.functional.gaussian_nll_loss(grid(6), grid(6).cos(), grid(6) ** 2 + 0.1, full=True).item(),
}
text = json.dumps(content)
(HERE / "modules.json").write_text(text.replace('"modules": ', '\n"modules": ').replace('}, "', '},\n "') + "\n", encoding="utf-8")
