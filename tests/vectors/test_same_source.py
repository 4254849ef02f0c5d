"""The C# kernels and the Python ones: the same table, constants and probes, each in files of its own."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from sigmoid_parity.port.backends import formulas, probes, table

PROJECT = Path(__file__).parents[2] / "csharp" / "SigmoidParity.Vectors"
NAMED = {"double.PositiveInfinity": "inf", "double.NegativeInfinity": "-inf", "double.NaN": "nan"}


def source(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def test_the_table() -> None:
    """All 256 words, in order."""
    words = [int(word, 16) for word in re.findall(r"0x([0-9a-f]{16})", source("TableWords.cs"))]
    assert words == table.entries()


def test_the_constants() -> None:
    """Each constant of the C# exp is the double that the Python kernel has."""
    constants = dict(re.findall(r"const double (\w+) = (\S+);", source("PlatformExp.cs")))
    expected = {
        "Shift": formulas._SHIFT,
        "PerLn2": formulas._PER_LN2,
        "Ln2High": formulas._LN2_HIGH,
        "Ln2Low": formulas._LN2_LOW,
        "C2": formulas._C2,
        "C3": formulas._C3,
        "C4": formulas._C4,
        "C5": formulas._C5,
    }
    assert {name: float(text) for name, text in constants.items()} == expected
    assert f"PointBits = {52 - table.BITS};" in source("Table.cs")


def test_the_probes() -> None:
    """The inputs at which neighbouring libms differ, and the edges, to the bit."""
    text = source("ProbeInputs.cs")
    for name, expected in (("Unfused", probes.UNFUSED), ("Rounded", probes.ROUNDED), ("Edges", probes._EDGES)):
        (values,) = re.findall(rf"{name} =>\s*\[([^]]*)\]", text)
        given = [float(NAMED.get(value, value)) for value in re.split(r",\s*", values.strip(", \n"))]
        assert np.array(given).tobytes() == np.array(expected).tobytes(), name
    assert f"Golden = {probes._GOLDEN!r};" in text
    assert f"Spread = {probes._SPREAD};" in text
