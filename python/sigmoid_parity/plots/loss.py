"""The loss over the epochs of a training, as a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sigmoid_parity import remedies
from sigmoid_parity.errors import MissingError

_FORMATS: Final = (".pdf", ".png", ".svg")
_INCHES: Final = (8.0, 4.5)


def check(path: Path) -> None:
    """Make sure, before a long training, that its figure can be drawn into this file.

    :raises MissingError: matplotlib is not installed, or the file's ending is unknown.
    """
    if find_spec("matplotlib") is None:
        raise MissingError(f"matplotlib is not installed, and figures need it: {remedies.pip('matplotlib')}")
    if path.suffix not in _FORMATS:
        raise MissingError(f"cannot draw {path}: name a file that ends in {', '.join(_FORMATS)}")


def draw(path: Path, title: str, losses: Mapping[str, Sequence[float]]) -> None:
    """Draw a curve per training; those that agree lie upon each other, the later ones dashed and thinner.

    :param path: the file; its ending says which format.
    :param title: what was trained.
    :param losses: of each training, the loss of every epoch, in order.
    :raises MissingError: as `check`, or the file cannot be written.
    """
    check(path)
    from matplotlib.figure import Figure

    figure = Figure(figsize=_INCHES, layout="constrained")
    axes = figure.subplots()
    for number, (name, curve) in enumerate(losses.items()):
        width, style = max(1.0, 4.0 - number), "--" if number else "-"
        axes.plot(range(1, len(curve) + 1), curve, label=name, linewidth=width, linestyle=style)
    axes.set(title=title, xlabel="epoch", ylabel="loss: half the sum of the squared errors", yscale="log")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    try:
        figure.savefig(path)
    except OSError as error:
        raise MissingError(f"cannot write {path}: {error.strerror}; name a file that can be written") from None
