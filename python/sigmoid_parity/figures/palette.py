"""The colours of figures and page, by what they mean: each has 4.5:1 at least on its ground, `rule` apart."""

from __future__ import annotations

from typing import Final

LIGHT: Final = {
    "ground": "#ffffff",
    "ink": "#1c1c1e",
    "soft": "#5b5b62",
    "rule": "#d9d9de",
    "y": "#00508f",
    "d": "#00705a",
    "wrong": "#b34000",
}
"""On a light ground: ``y`` is the output, ``d`` the derivative, ``wrong`` a mistake, ``rule`` the grid."""

DARK: Final = {
    "ground": "#16171a",
    "ink": "#ececf0",
    "soft": "#a9a9b3",
    "rule": "#3a3b42",
    "y": "#7fbcff",
    "d": "#4fd6ac",
    "wrong": "#ff9a5c",
}
"""The same on a dark ground."""


def variables() -> str:
    """Return the colours as variables of CSS, ``--y`` and so on, light or dark as the reader's device is."""
    light, dark = (_root(colours) for colours in (LIGHT, DARK))
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n@media print {{\n{light}}}\n"


def _root(colours: dict[str, str]) -> str:
    return ":root {\n" + "".join(f"  --{name}: {colour};\n" for name, colour in colours.items()) + "}\n"
