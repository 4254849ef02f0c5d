"""A training for the terminal and as JSON: losses, and whether the weights were the same after every epoch."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from sigmoid_parity import floats
from sigmoid_parity.backprop.gradient_check import LayerCheck
from sigmoid_parity.backprop.lockstep import Difference, Lockstep
from sigmoid_parity.errors import HostError, NetworkError
from sigmoid_parity.terminal import print_line

SCHEMA_VERSION: Final = 1
"""The version of the JSON report's form."""

_BLOCKS: Final = "▁▂▃▄▅▆▇█"
_CURVE: Final = 60  # Columns.
_WIDTH: Final = 48

Checks = Mapping[str, Sequence[LayerCheck]]
"""The gradient check of some trainings, layer by layer, by the training's name."""


def title(found: Lockstep) -> str:
    """Say what was trained, and how."""
    sizes = "-".join(map(str, [len(found.training.inputs[0]), *(len(m[0]) for m in found.training.weights)]))
    mode = "one by one" if found.training.one_by_one else "full batch"
    return f"{found.training.id}: {sizes}, {mode}, learning rate {found.learning_rate!r}, {found.done:,} epochs"


def render(found: Lockstep, checks: Checks, console: Console) -> None:
    """Print the losses side by side, the curve of each, the gradient checks, and a line per original."""
    print_line(console, Text(f"\n{title(found)}", "bold"))
    curves = _distinct(found)
    width = max(map(len, curves), default=0) + 2
    print_line(console, Text(f"{'epoch':>9}" + "".join(f"  {name:>{max(width, 24)}}" for name in curves)))
    for epoch in _chosen(found.done):
        values = "".join(f"  {_loss(curve, epoch):>{max(width, 24)}}" for curve in curves.values())
        print_line(console, Text(f"{epoch:>9,}{values}"))
    for name, curve in curves.items():
        print_line(console, Text(f"{name}: {_sparkline(curve)}"))
    for line in _checked(checks, max(width, 24)):
        print_line(console, Text(line))
    console.print()
    for name in found.differences:
        print_line(console, _original(found, name))


def verdict(found: Lockstep, provenance: Mapping[str, str], interrupted: bool) -> Text:
    """Compose the verdict: whether all trainings took the same path, and on what."""
    word, style, what = {
        "agree": ("AGREE", "bold green", _agreement),
        "differ": ("DIFFER", "bold red", _parting),
        "alone": ("TRAINED", "bold yellow", _alone),
        "error": ("COULD NOT RUN", "bold red", _error),
    }[found.verdict]
    stopped = "interrupted; what follows is for the epochs that were done\n" if interrupted else ""
    where = "; ".join(
        f"{name}: {provenance[name]}" for name in ("compiler", "libm", "cpu", "python") if name in provenance
    )
    return Text.assemble(stopped, (word, style), f": {what(found)}\n{where}")


def to_json(found: Lockstep, checks: Checks, provenance: Mapping[str, str], interrupted: bool) -> str:
    """Compose the JSON report; doubles are strings, the shortest decimals that read back as the same double.

    :param found: what was trained.
    :param checks: the gradient checks; a training without one has null.
    :param provenance: on what.
    :param interrupted: whether more epochs had been asked for.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "verdict": found.verdict,
        "interrupted": interrupted,
        "provenance": dict(provenance),
        "fixture": found.training.id,
        "learning_rate": floats.decimal(found.learning_rate),
        "epochs": found.done,
        "trainings": [_training(found, checks.get(name), name) for name in found.losses],
        "errors": [
            {"implementation": name, "kind": _kind(error), "problem": str(error)}
            for name, error in found.failures.items()
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _agreement(found: Lockstep) -> str:
    weights = sum(matrix.size for matrix in found.training.weights)
    names = ", ".join(found.differences)
    return f"the same bits in {weights} weights after each of {found.done:,} epochs, in Python and on {names}"


def _alone(found: Lockstep) -> str:
    return f"{found.done:,} epochs with {found.port} alone; not compared with C#"


def _parting(found: Lockstep) -> str:
    name, first = next((name, first) for name, first in found.differences.items() if first)
    return f"{found.port} and {name} part after epoch {first.epoch:,}, at {first.weight}"


def _error(found: Lockstep) -> str:
    if not found.failures:
        return "nothing was compared: no epoch was done"
    name, error = next(iter(found.failures.items()))
    besides = f"; besides, {_parting(found)}" if any(found.differences.values()) else ""
    return f"not all was compared, failures: {len(found.failures)}; the first: {name}: {_kind(error)}{besides}"


def _kind(error: HostError | NetworkError) -> str:
    return error.kind if isinstance(error, HostError) else "diverge"


def _training(found: Lockstep, layers: Sequence[LayerCheck] | None, name: str) -> dict[str, Any]:
    return {
        "implementation": name,
        "against": found.port if name in found.differences else None,
        "first_difference": _difference(found.differences.get(name)),
        "gradient_check": None if layers is None else [_check(number, one) for number, one in enumerate(layers, 1)],
        "weights_sha256": floats.digest(found.weights[name]),
        "losses": [floats.decimal(loss) for loss in found.losses[name]],
        "weights": [[[floats.decimal(v) for v in row] for row in matrix.tolist()] for matrix in found.weights[name]],
    }


def _check(number: int, layer: LayerCheck) -> dict[str, str]:
    values = {"cosine": floats.decimal(layer.cosine), "deviation": floats.decimal(layer.deviation)}
    return {"layer": f"W{number}"} | values


def _checked(checks: Checks, width: int) -> Iterator[str]:
    if not checks:
        return
    yield ""
    yield "gradient check of the first step: cosine to the true gradient, deviation from the loss's central differences"
    yield f"{'':>9}" + "".join(f"  {name:>{width}}" for name in checks)
    for number, layers in enumerate(zip(*checks.values(), strict=True), 1):
        values = (f"{layer.cosine:.4f}, {layer.deviation:.1e}" for layer in layers)
        yield f"{f'W{number}':>9}" + "".join(f"  {value:>{width}}" for value in values)
    yield "The loss does not betray this mistake: it can be lower than the right one's. The gradient check does."


def _difference(first: Difference | None) -> dict[str, Any] | None:
    if first is None:
        return None
    values = {"expected": floats.decimal(first.expected), "actual": floats.decimal(first.actual)}
    return {"epoch": first.epoch, "weight": first.weight} | values


def _original(found: Lockstep, name: str) -> Text:
    done, first = len(found.losses[name]), found.differences[name]
    label = f"  {found.port} ~ {name}".ljust(_WIDTH + 8)
    if first is not None:
        what = (
            f"{first.weight} differs after epoch {first.epoch:,}: {floats.decimal(first.actual)} against "
            f"{floats.decimal(first.expected)}"
        )
        return Text.assemble(("FAIL", "bold red"), label, what)
    if name in found.failures:
        return Text.assemble(("ERROR", "bold red"), f" {_kind(found.failures[name])}: {found.failures[name]}")
    word = ("PASS", "green") if done else ("NONE", "bold red")
    return Text.assemble(word, label, f"{done:,} epochs, the same bits in every weight after each")


def _distinct(found: Lockstep) -> dict[str, list[float]]:
    """Leave out the curves that are the port's."""
    same = {name for name, first in found.differences.items() if first is None}
    return {name: curve for name, curve in found.losses.items() if name not in same}


def _chosen(done: int) -> list[int]:
    powers = [10**power for power in range(len(str(done))) if 10**power <= done]
    return sorted({*powers, *(5 * power for power in powers if 5 * power <= done), *([done] if done else [])})


def _loss(curve: Sequence[float], epoch: int) -> str:
    return floats.decimal(curve[epoch - 1]) if epoch <= len(curve) else "-"


def _sparkline(curve: Sequence[float]) -> str:
    top = max(filter(math.isfinite, curve), default=0.0) or 1.0
    count = min(_CURVE, len(curve))
    places = [(index * (len(curve) - 1)) // max(1, count - 1) for index in range(count)]
    return "".join(_block(curve[place] / top) for place in places)


def _block(height: float) -> str:
    return _BLOCKS[min(len(_BLOCKS) - 1, int(height * len(_BLOCKS)))] if math.isfinite(height) else "×"
