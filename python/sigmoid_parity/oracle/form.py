"""How expected values stand in a file: what every fixture file has in common."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import yaml

from sigmoid_parity import floats
from sigmoid_parity.oracle import exact

BANNER: Final = (
    "# The expected values and the generated inputs below are written by `sigmoid-parity fixtures write`.\n"
    "# To add a case, add a line with its id, input and flags, and run that command. README.md has the format.\n"
)
DIGITS: Final = 50
"""Significant digits of an exact value that is no double."""


class Quoted(str):
    """A string that is written in quotes, so that no YAML parser takes it for a number."""

    __slots__ = ()


class Row(list[Any]):
    """A list that is written on one line."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """PyYAML's safe dumper, for `Quoted`, and without anchors for what stands twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


_Dumper.add_representer(Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, '"'))
_Dumper.add_representer(Row, lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, True))


def head(content: dict[str, Any], **changed: Any) -> str:
    """Write the head of a file."""
    return yaml.safe_dump(content | changed, sort_keys=False, allow_unicode=True, width=118)


def block(content: dict[str, Any]) -> str:
    """Write what holds `Quoted` numbers, a `Row` on a line."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=math.inf)


def line(content: dict[str, Any]) -> str:
    """Write an item of a list on one line."""
    text = yaml.dump(
        content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=math.inf, default_flow_style=True
    )
    return f"  - {text}"


def generator() -> dict[str, Any]:
    """Say how the expected values are computed."""
    return {
        "command": "sigmoid-parity fixtures write",
        "oracle": "mpmath, and exact fractions",
        "precisions_bits": list(exact.PRECISIONS),
    }


def pair(field: str, value: float) -> dict[str, Quoted]:
    """Write a double as decimal and as bits."""
    return {field: Quoted(floats.decimal(value)), f"{field}_bits": Quoted(floats.hexadecimal(value))}


def decimals(rows: Iterable[Iterable[float]]) -> list[Row]:
    """Write a matrix as decimals."""
    return [Row(Quoted(floats.decimal(value)) for value in row) for row in rows]


def encodings(rows: Iterable[Iterable[float]]) -> list[Row]:
    """Write a matrix as bits."""
    return [Row(Quoted(floats.hexadecimal(value)) for value in row) for row in rows]


def digits(text: str, formula: float) -> Quoted:
    """Write a true value; a zero has the sign that the formula gives it."""
    return Quoted(floats.decimal(math.copysign(0.0, formula)) if text == "0.0" else text)
