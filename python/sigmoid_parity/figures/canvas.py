"""A figure from nothing to a file, the same bytes every time; no window, no global state."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import extras
from sigmoid_parity.errors import UsageError

FORMATS: Final = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}, "pdf": {"CreationDate": None}}
"""What can be written, with the metadata that would change from run to run or version to version."""

BLUE: Final = "#0072b2"
ORANGE: Final = "#e69f00"
GREY: Final = "#999999"

_SETTINGS: Final = {"svg.hashsalt": "sigmoid-parity", "svg.fonttype": "path", "font.size": 10.0, "pdf.fonttype": 42}
_FONTS: Final = {
    "ja": ("Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "IPAGothic", "TakaoGothic", "Hiragino Sans", "Yu Gothic"),
    "zh": (
        "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "PingFang SC", "Heiti SC",
        "Microsoft YaHei", "SimHei", "Noto Sans CJK JP",
    ),
}  # fmt: skip
_INCHES: Final = (5.6, 3.5)


def library() -> Any:
    """Return matplotlib.

    :raises MissingError: it is not installed.
    :raises UsageError: it does not know the backend that the environment names; figures here need none.
    """
    try:
        with extras.needed("matplotlib", "figures", "plot"):
            import matplotlib
    except ValueError:
        backend = os.environ.get("MPLBACKEND")
        if backend is None:
            raise
        raise UsageError(f"matplotlib does not know the backend {backend!r} of MPLBACKEND; unset it") from None
    return matplotlib


def ending(path: Path) -> str:
    """Return which of `FORMATS` a file's name asks for, having made sure, before long work, that it can be drawn.

    :raises MissingError: matplotlib is not installed.
    :raises UsageError: none of them.
    """
    library()
    found = path.suffix.removeprefix(".").lower()
    if found not in FORMATS:
        raise UsageError(f"cannot write {path}: its ending must be one of {', '.join(FORMATS)}")
    return found


@contextmanager
def settings(language: str = "en") -> Iterator[None]:
    """Draw with matplotlib's own defaults, whatever the user's are, and ours over them.

    :param language: whose letters are needed: ``"en"``, ``"ja"`` or ``"zh"``.
    :raises MissingError: matplotlib is not installed.
    :raises UsageError: no font here has the language's letters.
    """
    library()
    from matplotlib import style

    with style.context(["default", _SETTINGS | {"font.family": ["DejaVu Sans", *letters(language)]}]):
        yield


def letters(language: str) -> list[str]:
    """Return the font that has a language's letters, by its name; none for English, which matplotlib's own has.

    :raises MissingError: matplotlib is not installed.
    :raises UsageError: no such font is installed.
    """
    if language not in _FONTS:
        return []
    library()
    from matplotlib.font_manager import findSystemFonts, fontManager

    wanted = _FONTS[language]
    if not (there := _known(fontManager, wanted)):
        # matplotlib keeps a list of the fonts, and does not see those installed since.
        for path in sorted(set(findSystemFonts()) - {font.fname for font in fontManager.ttflist}):
            with suppress(RuntimeError):  # A font that it cannot read.
                fontManager.addfont(path)
        there = _known(fontManager, wanted)
    if not there:
        raise UsageError(
            f"no font here has the letters of a figure in {language!r}; install one, such as {wanted[0]}, or take "
            "--language en"
        )
    return there[:1]


def _known(manager: Any, wanted: Sequence[str]) -> list[str]:
    names = {font.name for font in manager.ttflist}
    return [name for name in wanted if name in names]


def figure(count: int) -> tuple[Any, list[Any]]:
    """Make an empty figure; to be called within `settings`.

    :param count: how many drawings it is for; they are laid out two a row.
    :returns: the figure, and a subfigure for each drawing.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    columns = min(2, count)
    rows = -(-count // columns)
    whole = Figure(figsize=(_INCHES[0] * columns, _INCHES[1] * rows), layout="constrained")
    FigureCanvasAgg(whole)
    return whole, list(whole.subfigures(rows, columns, squeeze=False).flat)


def save(whole: Any, ending: str) -> bytes:
    """Write a figure; to be called within `settings`.

    :param whole: the figure.
    :param ending: of `FORMATS`.
    """
    buffer = BytesIO()
    whole.savefig(buffer, format=ending, metadata=FORMATS[ending], dpi=160)
    return buffer.getvalue()
