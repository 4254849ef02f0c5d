"""How far results are from those expected, in ULP over the argument: a picture of where and how much they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.figures import canvas, scales
from sigmoid_parity.figures.canvas import GREY
from sigmoid_parity.functions import OVERFLOW_BELOW, SATURATED_FROM

Floats = NDArray[np.floating[Any]]

# Okabe and Ito's colours, which the colour-blind tell apart; a marker each, for those who see none.
_STYLES: Final = (
    ("#0072b2", "o"), ("#e69f00", "s"), ("#009e73", "^"), ("#cc79a7", "D"), ("#56b4e9", "v"), ("#d55e00", "P"),
    ("#000000", "X"),
)  # fmt: skip
_FAINT: Final = 0.35  # Of a point that does not differ.
_INSIDE: Final = 0.5  # Half of the axis: an annotation is written towards the other one.

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "distance": {"en": "distance in ULP", "ja": "距離 (ULP)", "zh": "距离 (ULP)"},
    "x": {"en": "x, the input", "ja": "入力 x", "zh": "输入 x"},
    "y": {"en": "y, the output", "ja": "出力 y", "zh": "输出 y"},
    "incomparable": {"en": "not comparable", "ja": "比較できない", "zh": "无法比较"},
    "same": {"en": "{name}: same bits", "ja": "{name}: ビットまで一致", "zh": "{name}: 逐位相同"},
    "differ": {
        "en": "{name}: {count:,} of {all:,} differ",
        "ja": "{name}: {all:,} 件中 {count:,} 件が不一致",
        "zh": "{name}: {all:,} 个中有 {count:,} 个不同",
    },
    "overflow": {"en": "exp(-x) overflows", "ja": "exp(-x) が桁あふれ", "zh": "exp(-x) 上溢"},
    "saturation": {"en": "y is 1", "ja": "y は 1", "zh": "y 为 1"},
}


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The distances of one callable's results.

    :ivar name: what the legend calls it.
    :ivar inputs: the arguments, float64 or float32 of shape (n,).
    :ivar steps: the distance at each in ULP, uint64 of shape (n,); `floats.INCOMPARABLE` where none applies.
    """

    name: str
    inputs: Floats
    steps: NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One drawing: series that share an argument.

    :ivar title: what stands above it.
    :ivar argument: ``"x"``, the sigmoid's input, or ``"y"``, its output.
    :ivar series: at least one.
    """

    title: str
    argument: Literal["x", "y"]
    series: Sequence[Series]


def draw(panels: Sequence[Panel], ending: str, language: str = "en") -> bytes:
    """Draw the distances, two panels a row.

    The scale is logarithmic, with 0 at its foot; points without a distance have a level of their own at the top. The
    furthest point of a panel, and of several the one whose argument is nearest to 0, has its values beside it.

    :param panels: at least one.
    :param ending: of `canvas.FORMATS`.
    :param language: ``"en"``, ``"ja"`` or ``"zh"``.
    :returns: the file's content; the same for the same version of matplotlib.
    :raises MissingError: matplotlib is not installed.
    :raises UsageError: no font here has the language's letters.
    """
    with canvas.settings(language):
        whole, parts = canvas.figure(len(panels))
        for panel, part in zip(panels, parts, strict=False):
            _draw(panel, part, language)
        return canvas.save(whole, ending)


def _draw(panel: Panel, part: Any, language: str) -> None:
    axes = part.subplots()
    across = scales.INPUT if panel.argument == "x" else scales.OUTPUT
    up = scales.Distances.upto(np.concatenate([one.steps for one in panel.series]))
    for number, one in enumerate(panel.series):
        _points(axes, one, number, across, up, language)
    if panel.argument == "x":
        for key, border in (("overflow", OVERFLOW_BELOW), ("saturation", SATURATED_FROM)):
            _border(axes, _WORDS[key][language], across.place(np.array([border]))[0], up.top)
    _worst(axes, panel, across, up, language)
    _ticks(axes, across, up, _WORDS["incomparable"][language])
    axes.set_title(panel.title, fontsize=11)
    axes.set(xlabel=_WORDS[panel.argument][language], ylabel=_WORDS["distance"][language])
    part.legend(loc="outside lower left", fontsize=8.5, frameon=False, markerscale=1.3)


def _points(
    axes: Any, series: Series, number: int, across: scales.Arguments, up: scales.Distances, language: str
) -> None:
    color, marker = _STYLES[number % len(_STYLES)]
    large = max(5.0 - 0.7 * number, 2.8)  # So that of points upon each other all are seen.
    differ = series.steps > 0
    count = int(np.count_nonzero(differ))
    phrase = _WORDS["differ" if count else "same"][language]
    label = phrase.format(name=series.name, count=count, all=series.steps.size)
    for chosen, size, alpha, text in ((~differ, 2.5, _FAINT, None), (differ, large, 0.85, label)):
        places = scales.thinned(across.place(series.inputs[chosen]), up.place(series.steps[chosen]))
        axes.plot(*places, marker, color=color, markersize=size, alpha=alpha, markeredgewidth=0.0, label=text)


def _border(axes: Any, text: str, place: float, top: float) -> None:
    axes.axvline(place, color=GREY, linewidth=0.8, linestyle=":", zorder=0)
    axes.text(place, top, text, rotation=90, ha="right", va="top", fontsize=7.5, color="#555555")


def _worst(axes: Any, panel: Panel, across: scales.Arguments, up: scales.Distances, language: str) -> None:
    inputs = np.concatenate([one.inputs.astype(np.float64) for one in panel.series])
    steps = np.concatenate([one.steps for one in panel.series])
    if not steps.any():
        return
    size = np.where(np.isnan(inputs), np.inf, np.abs(inputs))
    at = np.lexsort((size, -up.place(steps)))[0]
    place = float(across.place(inputs[at : at + 1])[0]), float(up.place(steps[at : at + 1])[0])
    right = across.share(place[0]) < _INSIDE
    above = place[1] < up.top * _INSIDE
    axes.annotate(
        f"{panel.argument} = {floats.decimal(float(inputs[at]))}\n{_distance(int(steps[at]), language)}",
        place,
        xytext=(18 if right else -18, 18 if above else -18),
        textcoords="offset points",
        ha="left" if right else "right",
        va="bottom" if above else "top",
        fontsize=8,
        arrowprops={"arrowstyle": "-", "color": "#555555", "linewidth": 0.8},
        bbox={"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": "#cccccc", "linewidth": 0.6},
    )


def _distance(steps: int, language: str) -> str:
    if steps == floats.INCOMPARABLE:
        return _WORDS["incomparable"][language]
    return f"{floats.short(steps)} ULP"


def _ticks(axes: Any, across: scales.Arguments, up: scales.Distances, incomparable: str) -> None:
    axes.set_xticks(*across.ticks(), fontsize=8.5)
    axes.set_yticks(*up.ticks(incomparable), fontsize=8.5)
    axes.set_xlim(*across.ends)
    axes.set_ylim(-0.04 * up.top, 1.04 * up.top)
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
