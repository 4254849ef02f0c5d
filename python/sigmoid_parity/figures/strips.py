"""Where results differ, over all the floats there are: a strip an implementation, a cell a binade of x."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.figures import canvas

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "x": {
        "en": "x, in the order of the floats: a step is a power of two",
        "ja": "浮動小数点数の順に並べた x。1 マスは 2 の冪",
        "zh": "按浮点数顺序排列的 x。每格为 2 的幂",
    },
    "largest": {"en": "largest distance in ULP", "ja": "最大の距離 (ULP)", "zh": "最大距离 (ULP)"},
    "incomparable": {"en": "not comparable", "ja": "比較できない", "zh": "无法比较"},
}
_EXPONENT: Final = 0x7FF
_BIAS: Final = 1023
_STEPS: Final = (1, 2, 5, 10, 20, 40, 100, 300)  # Between two labels, in powers of two;
_LABELS: Final = 8  # so many labels there are at most, on either side.
_INCHES: Final = 0.42  # The height of a strip with its words,
_THICK: Final = 0.5  # of which it takes this share.
_FAINT: Final = "#f2f2f2"
_ODD: Final = "#d55e00"
_BEYOND: Final = float(np.finfo(np.float64).max)  # More than any distance; an infinity would not be drawn.


@dataclass(frozen=True, slots=True)
class Strip:
    """One implementation.

    :ivar name: what stands above it.
    :ivar summary: what stands behind the name, such as how many points differ.
    :ivar largest: the largest distance in each binade in which any point differs, by the upper 12 bits of the encoding
        as float64.
    """

    name: str
    summary: str
    largest: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Panel:
    """Strips that are held to the same.

    :ivar title: what stands above them.
    :ivar exponents: the smallest and the largest exponent of the points' format; zeros stand beside the smallest.
    :ivar strips: at least one.
    """

    title: str
    exponents: tuple[int, int]
    strips: Sequence[Strip]


def draw(panels: Sequence[Panel], ending: str, language: str = "en") -> bytes:
    """Draw the panels below each other.

    :param panels: at least one.
    :param ending: of `canvas.FORMATS`.
    :param language: ``"en"``, ``"ja"`` or ``"zh"``.
    :returns: the file's content; the same for the same version of matplotlib.
    :raises MissingError: matplotlib is not installed.
    :raises UsageError: no font here has the language's letters.
    """
    with canvas.settings(language):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        heights = [0.8 + _INCHES * len(panel.strips) for panel in panels]
        whole = Figure(figsize=(11.0, 1.2 + sum(heights)), layout="constrained")
        FigureCanvasAgg(whole)
        parts = whole.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
        top = max(_top(panel) for panel in panels)
        for panel, axes in zip(panels, parts, strict=True):
            drawn = _draw(panel, axes, top)
        parts[-1].set_xlabel(_WORDS["x"][language])
        if top > 0:
            bar = whole.colorbar(drawn, ax=list(parts), location="bottom", aspect=60, shrink=0.6, extend="max")
            bar.set_label(f"{_WORDS['largest'][language]} ({_WORDS['incomparable'][language]}: \u25b6)", fontsize=8.5)
        return canvas.save(whole, ending)


def _top(panel: Panel) -> int:
    finite = [most for strip in panel.strips for most in strip.largest.values() if most != floats.INCOMPARABLE]
    return max(finite, default=0)


def _draw(panel: Panel, axes: Any, top: int) -> Any:
    from matplotlib import colormaps
    from matplotlib.colors import LogNorm

    colors = colormaps["viridis_r"].with_extremes(bad=_FAINT, over=_ODD)
    norm = LogNorm(1.0, max(10.0, float(top)), clip=False)
    for number, strip in enumerate(panel.strips):
        cells = _cells(strip, panel.exponents)
        edges = np.arange(cells.size + 1) - 0.5
        drawn = axes.pcolormesh(
            edges, [number, number + _THICK], cells[None, :], cmap=colors, norm=norm, rasterized=True
        )
        axes.text(-0.5, number - 0.03, f"{strip.name}: {strip.summary}", fontsize=8.5, va="bottom")
    axes.set_ylim(len(panel.strips) - 1 + _THICK, -_THICK)
    axes.set_title(panel.title, fontsize=11, loc="left")
    axes.set_yticks([])
    axes.set_xticks(*_ticks(panel.exponents), fontsize=8.5)
    axes.spines[["left", "right", "top"]].set_visible(False)
    return drawn


def _cells(strip: Strip, exponents: tuple[int, int]) -> NDArray[np.float64]:
    low, high = exponents
    width = high - low + 3  # Zeros before the smallest exponent, infinities and NaN behind the largest one.
    cells = np.full((2, width), np.nan)
    for binade, most in strip.largest.items():
        exponent = binade & _EXPONENT
        place = 0 if exponent == 0 else width - 1 if exponent == _EXPONENT else exponent - _BIAS - low + 1
        sign = 1 if binade > _EXPONENT else 0
        value = _BEYOND if most == floats.INCOMPARABLE else float(most)
        place = min(max(place, 0), width - 1)
        cells[sign, place] = np.nanmax([cells[sign, place], value])
    return np.concatenate([cells[1, ::-1], cells[0]])


def _ticks(exponents: tuple[int, int]) -> tuple[list[int], list[str]]:
    low, high = exponents
    width = high - low + 3
    step = next(step for step in _STEPS if high - low <= _LABELS * step)
    powers = range(low - low % -step, high + 1 - step // 2, step)  # The infinities need the room.
    left = [width - 1 - (power - low + 1) for power in reversed(powers)]
    right = [width + (power - low + 1) for power in powers]
    names = [f"2^{{{power}}}" for power in powers]
    labels = [*(f"$-{name}$" for name in reversed(names)), "0", *(f"${name}$" for name in names)]
    return [0, *left, width, *right, 2 * width - 1], ["$-\\infty$", *labels, "$\\infty$"]
