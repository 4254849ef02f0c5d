"""The loss over the epochs of a training, as a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sigmoid_parity.figures import canvas


def draw(title: str, losses: Mapping[str, Sequence[float]], ending: str) -> bytes:
    """Draw a curve per training; those that agree lie upon each other, the later ones dashed and thinner.

    :param title: what was trained.
    :param losses: of each training, the loss of every epoch, in order.
    :param ending: of `canvas.FORMATS`.
    :returns: the file's content.
    :raises MissingError: matplotlib is not installed.
    """
    with canvas.settings():
        whole, (part,) = canvas.figure(1)
        axes = part.subplots()
        for number, (name, curve) in enumerate(losses.items()):
            width, style = max(1.0, 4.0 - number), "--" if number else "-"
            axes.plot(range(1, len(curve) + 1), curve, label=name, linewidth=width, linestyle=style)
        axes.set(title=title, xlabel="epoch", ylabel="loss: half the sum of the squared errors", yscale="log")
        axes.grid(visible=True, which="both", alpha=0.3)
        axes.legend()
        return canvas.save(whole, ending)
