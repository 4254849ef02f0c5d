"""What the page carries in itself: its style, its font for formulas, and its script with the portable pair."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from sigmoid_parity import resources
from sigmoid_parity.figures import drawing, palette

_FOLDER: Final = Path(__file__).parent
_STYLES: Final = ("page", "formulas", "cards", "errata", "network", "live", "drawing", "print")
_SCRIPTS: Final = (
    "numbers",
    "svg",
    "model",
    "loop",
    "saturation",
    "controls",
    "live",
    "training",
    "steps",
    "cards",
    "overflow",
)
_PORTABLE: Final = Path("consumers", "portable", "portable.js")
_IMPORT: Final = re.compile(r"^import \{[^}]*\} from \"[^\"]*\";\n", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)


@cache
def style() -> str:
    """Return the page's style, with the font in it."""
    font = b64encode((_FOLDER / "font" / "math.woff").read_bytes()).decode()
    face = f'@font-face {{ font-family: "Lesson Math"; src: url(data:font/woff;base64,{font}) format("woff"); }}\n'
    return face + palette.variables() + drawing.style() + "".join(_text("style", f"{name}.css") for name in _STYLES)


@cache
def script() -> str:
    """Return the page's modules as one, in the order in which they import each other; the portable pair first."""
    pair = (resources.fixtures_dir() / _PORTABLE).read_text(encoding="utf-8")
    return "".join(map(_enclosed, (pair, *(_text("script", f"{name}.js") for name in _SCRIPTS))))


def _text(folder: str, name: str) -> str:
    return (_FOLDER / folder / name).read_text(encoding="utf-8")


def _enclosed(module: str) -> str:
    """Put a module into a function, which gives out what it exports: names within it are its own."""
    exported = f"{{ {', '.join(_EXPORT.findall(module))} }}"
    body = _EXPORT.sub("", _IMPORT.sub("", module))
    return f"const {exported} = (() => {{\n{body}return {exported};\n}})();\n"
