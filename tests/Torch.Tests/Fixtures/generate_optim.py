"""Writes optim.json and schedulers.json: trajectories of PyTorch's optimisers and learning-rate schedules.

Run: python3 tests/Torch.Tests/Fixtures/generate_optim.py   (PyTorch 1.13 or later)
Made with PyTorch 1.13.1. Every number is float64; the loss is smooth and has no randomness.
"""
import json
import math
import pathlib

import torch

HERE = pathlib.Path(__file__).parent
STEPS = 20
KEPT = (1, 5, STEPS)


def parameters():
    first = torch.tensor([[math.sin(i * 4 + j + 1.0) for j in range(4)] for i in range(3)], dtype=torch.float64)
    second = torch.tensor([math.cos(i + 1.0) for i in range(5)], dtype=torch.float64)
    return [first.requires_grad_(), second.requires_grad_()]


def loss(ps):
    return sum((0.5 * (k + 1) * p * p + p.sin()).sum() for k, p in enumerate(ps)) + ps[0].sum() * ps[1].sum()


OPTIMISERS = {
    "sgd": (torch.optim.SGD, dict(lr=0.05)),
    "sgd-momentum": (torch.optim.SGD, dict(lr=0.05, momentum=0.9, weight_decay=0.01)),
    "sgd-dampening": (torch.optim.SGD, dict(lr=0.05, momentum=0.8, dampening=0.3)),
    "sgd-nesterov": (torch.optim.SGD, dict(lr=0.02, momentum=0.9, nesterov=True)),
    "adam": (torch.optim.Adam, dict(lr=0.05)),
    "adam-decay": (torch.optim.Adam, dict(lr=0.05, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1)),
    "adam-amsgrad": (torch.optim.Adam, dict(lr=0.05, amsgrad=True)),
    "adamw": (torch.optim.AdamW, dict(lr=0.05, weight_decay=0.1)),
    "adamax": (torch.optim.Adamax, dict(lr=0.05, weight_decay=0.01)),
    "rmsprop": (torch.optim.RMSprop, dict(lr=0.02, alpha=0.9)),
    "rmsprop-momentum": (torch.optim.RMSprop, dict(lr=0.02, alpha=0.9, momentum=0.9, weight_decay=0.01)),
    "rmsprop-centered": (torch.optim.RMSprop, dict(lr=0.02, alpha=0.9, centered=True)),
    "rmsprop-both": (torch.optim.RMSprop, dict(lr=0.02, alpha=0.9, centered=True, momentum=0.5)),
    "adagrad": (torch.optim.Adagrad, dict(lr=0.1)),
    "adagrad-all": (torch.optim.Adagrad, dict(lr=0.1, lr_decay=0.05, weight_decay=0.1, initial_accumulator_value=0.2, eps=1e-3)),
    "adadelta": (torch.optim.Adadelta, dict(lr=1.0, rho=0.95)),
    "adadelta-all": (torch.optim.Adadelta, dict(lr=0.5, rho=0.9, eps=1e-4, weight_decay=0.1)),
}


def trajectory(kind, options):
    ps = parameters()
    optimiser = kind(ps, **options)
    kept = {}
    for step in range(1, STEPS + 1):
        optimiser.zero_grad()
        loss(ps).backward()
        optimiser.step()
        if step in KEPT:
            kept[str(step)] = [p.detach().flatten().tolist() for p in ps]
    return kept


S = torch.optim.lr_scheduler
SCHEDULES = {
    "step": lambda o: S.StepLR(o, 3, gamma=0.5),
    "multistep": lambda o: S.MultiStepLR(o, [2, 5, 9], gamma=0.3),
    "exponential": lambda o: S.ExponentialLR(o, 0.9),
    "lambda": lambda o: S.LambdaLR(o, lambda e: 1.0 / (1 + e)),
    "multiplicative": lambda o: S.MultiplicativeLR(o, lambda e: 1 - 0.01 * e),
    "cosine": lambda o: S.CosineAnnealingLR(o, 5, eta_min=0.01),
    "linear": lambda o: S.LinearLR(o, 0.25, 1.0, 6),
    "constant": lambda o: S.ConstantLR(o, 0.5, 4),
    "polynomial": lambda o: S.PolynomialLR(o, 8, 2.0),
    "sequential": lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, 1.0, 3), S.ExponentialLR(o, 0.8)], [4]),
    "chained": lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.1, 3), S.ExponentialLR(o, 0.9)]),
}
MEASURED = [5.0, 4.0, 4.0, 4.1, 4.2, 3.0, 3.0, 3.0, 3.0, 2.9999, 3.0, 3.0]


def rates(make):
    p = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([p], lr=0.2)
    schedule = make(optimiser)
    seen = [optimiser.param_groups[0]["lr"]]
    for _ in range(12):
        optimiser.step()
        schedule.step()
        seen.append(optimiser.param_groups[0]["lr"])
    return seen


def plateau():
    p = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([p], lr=0.2)
    schedule = S.ReduceLROnPlateau(optimiser, factor=0.5, patience=1, cooldown=1, min_lr=0.03)
    seen = []
    for value in MEASURED:
        schedule.step(value)
        seen.append(optimiser.param_groups[0]["lr"])
    return seen


def write(name, content):
    (HERE / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


write("optim.json", {name: trajectory(*row) for name, row in OPTIMISERS.items()})
write("schedulers.json", {**{name: rates(make) for name, make in SCHEDULES.items()}, "plateau": plateau()})
