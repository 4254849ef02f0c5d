"""A manifest of programs and readers with planted faults, beside right ones."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from sigmoid_parity.cases import load_languages
from sigmoid_parity.cases.languages import Languages

PROGRAM = """
import math, struct, sys, time
def activation(x):
    try: return 1.0 / (1.0 + math.exp(-x))
    except OverflowError: return 0.0
def d_activation(y): return (1.0 - y) * y
def derivative(x): return d_activation(activation(x))
function = {"activation": activation, "d_activation": d_activation, "derivative": derivative}[sys.argv[1]]
BEFORE
for line in sys.stdin:
    (x,) = struct.unpack('>d', bytes.fromhex(line))
    y = function(x)
    AFTER
    print(struct.pack('>d', y).hex())
"""


def manifest(
    folder: Path,
    programs: Sequence[tuple[str, str, str]],
    readers: Sequence[tuple[str, str]] = (),
    fields: Mapping[str, object] | None = None,
) -> Languages:
    """Write programs of Python with their manifest, and read it.

    :param folder: where to.
    :param programs: id, what is done first, and what is done with each result ``y`` of an argument ``x``.
    :param readers: id, and the whole program.
    :param fields: of every program, in place of the ordinary ones.
    """
    (folder / "readers").mkdir()
    entries = []
    for name, before, after in programs:
        (folder / f"{name}.py").write_text(PROGRAM.replace("BEFORE", before).replace("AFTER", after or "pass"))
        more = {"functions": ["activation", "d_activation", "derivative"], "exp": "libm's"}
        entries.append(_entry(name) | more | dict(fields or {}))
    tests = []
    for name, text in readers or [("reader", "")]:
        (folder / "readers" / f"{name}.py").write_text(text)
        tests.append(_entry(name) | {"run": [sys.executable, f"{name}.py", "{fixtures}"], "parser": "p", "runner": "r"})
    content = {"schema_version": 1, "languages": entries, "readers": tests}
    (folder / "languages.yaml").write_text(yaml.safe_dump(content))
    return load_languages(folder / "languages.yaml")


def _entry(name: str) -> dict[str, object]:
    return {
        "id": name,
        "name": name.title(),
        "file": f"{name}.py",
        "version": [sys.executable, "--version"],
        "run": [sys.executable, f"{name}.py", "{function}"],
        "packages": [f"python-{name}"],
    }
