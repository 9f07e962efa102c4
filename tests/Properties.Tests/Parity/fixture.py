"""What the generators beside this file share: parameters by a formula that needs no file, and a fixture of losses and gradients."""
import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)


def noise(stream, count):
    """Numbers in [-1, 1): integers mixed in 32 bits, the same on every machine and in every language (ParityCase.Noise)."""
    numbers = []
    for i in range(count):
        h = ((i + 1) * 2654435761 + stream * 2246822519) & 0xFFFFFFFF
        h = ((h ^ h >> 15) * 2246822519) & 0xFFFFFFFF
        h = ((h ^ h >> 13) * 3266489917) & 0xFFFFFFFF
        numbers.append((h ^ h >> 16) / 2.0**31 - 1)
    return torch.tensor(numbers)


class Parameters:
    """Parameters made when they are first asked for: centre + spread * noise, parameter k of stream 2k."""

    def __init__(self):
        self.all = {}

    def __call__(self, name, *shape, centre=0.0, spread=1.0):
        if name not in self.all:
            count = torch.Size(shape).numel()
            stream = 2 * len(self.all)
            value = (centre + spread * noise(stream, count)).reshape(shape).requires_grad_()
            self.all[name] = {"value": value, "stream": stream, "centre": centre, "spread": spread}
        assert self.all[name]["value"].shape == shape, name
        return self.all[name]["value"]

    def fixture(self, values, nll, whole):
        """The case as written down. Of each gradient its norm and its product with noise of its own; those named in `whole` entirely."""
        nll.sum().backward()
        parameters, gradients = {}, {}
        for name, p in self.all.items():
            gradient = p["value"].grad.flatten()
            assert gradient.abs().sum() > 0, name
            parameters[name] = {
                "shape": list(p["value"].shape),
                "stream": p["stream"], "centre": p["centre"], "spread": p["spread"],
                "norm": gradient.norm().item(),
                "projection": (gradient @ noise(p["stream"] + 1, len(gradient))).item(),
            }
            if name in whole:
                gradients[name] = gradient.tolist()
        assert set(gradients) == set(whole)
        return {"values": values.flatten().tolist(), "nll": nll.tolist(), "parameters": parameters, "gradients": gradients}


def write(name, cases):
    """Writes cases beside this file, one parameter to a line."""
    def lines(entries):
        return ",\n".join(f"   {json.dumps(k)}: {json.dumps(v)}" for k, v in entries.items())

    def case(parts):
        return ",\n".join(
            f"  {json.dumps(k)}: " + (f"{{\n{lines(v)}\n  }}" if isinstance(v, dict) else json.dumps(v)) for k, v in parts.items())

    text = ",\n".join(f" {json.dumps(title)}: {{\n{case(parts)}\n }}" for title, parts in cases.items())
    pathlib.Path(__file__).with_name(name).write_text("{\n" + text + "\n}\n")
