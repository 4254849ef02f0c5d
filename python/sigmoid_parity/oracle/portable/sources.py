"""The constants inside source files: each has them between two comments, as its language declares integers.

Python, C#, and the consumers in other languages share one form: tables of integers, and how many of their bits stand
behind the point.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sigmoid_parity import resources
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.oracle.portable.constants import Constant, constants

_BLOCK: Final = re.compile(r"(?<=begin of the constants)( \([^\n]*\)\n)(.*?)(?=[^\n]*end of the constants)", re.DOTALL)
_WIDTH: Final = 118
_OURS: Final = ("python/sigmoid_parity/portable/constants.py", "csharp/SigmoidParity.Portable/Constants.cs")
_DIGITS: Final = 64  # Of a long integer, on a line.


@dataclass(frozen=True, slots=True)
class Language:
    """How a language declares the constants.

    :ivar table: a table of integers; with ``name`` and ``rows``.
    :ivar number: an integer below 2^53; with ``name`` and ``value``.
    :ivar bits: how many bits stand behind the point; with ``name`` and ``value``.
    :ivar long: an integer of any length; with ``name`` and ``digits``, strings of hex digits, a line each.
    :ivar indent: before each line of a table.
    :ivar suffix: what follows each integer of a table.
    :ivar plus: what stands between two strings that are to be one.
    :ivar named: writes a constant's name as the language has names.
    """

    table: str
    number: str
    bits: str
    long: str
    indent: str = "  "
    suffix: str = ""
    plus: str = " +"
    named: Callable[[str], str] = str


def _pascal(name: str) -> str:
    return "".join(map(str.capitalize, name.split("_")))


def _camel(name: str) -> str:
    return name[0].lower() + _pascal(name)[1:]


LANGUAGES: Final[Mapping[str, Language]] = {
    ".py": Language(
        table="{name} = (\n{rows}\n)\n",
        number="{name} = {value}\n",
        bits="{name} = {value}\n",
        long="{name} = int(\n{digits},\n    16,\n)\n",
        indent="    ",
        plus="",
    ),
    ".cs": Language(
        table="        internal static readonly long[] {name} =\n        {{\n{rows}\n        }};\n",
        number="        internal const long {name} = {value};\n",
        bits="        internal const int {name} = {value};\n",
        long="        internal const string {name} =\n{digits};\n",
        indent="            ",
        named=_pascal,
    ),
    ".java": Language(
        table="    private static final long[] {name} = {{\n{rows}\n    }};\n",
        number="    private static final long {name} = {value}L;\n",
        bits="    private static final int {name} = {value};\n",
        long="    private static final String {name} =\n{digits};\n",
        indent="        ",
        suffix="L",
    ),
    ".go": Language(
        table="\nvar {name} = [...]int64{{\n{rows}\n}}\n\n",
        number="const {name} = {value}\n",
        bits="const {name} = {value}\n",
        long='const {name} = "" +\n{digits}\n\n',
        indent="\t",
        named=_camel,
    ),
    ".c": Language(
        table="static const int64_t {name}[] = {{\n{rows}\n}};\n",
        number="static const int64_t {name} = {value};\n",
        bits="enum {{ {name} = {value} }};\n",
        long="static const char {name}[] =\n{digits};\n",
        indent="    ",
        plus="",
    ),
    ".js": Language(
        table="const {name} = [\n{rows}\n];\n",
        number="const {name} = {value};\n",
        bits="const {name} = {value};\n",
        long='const {name} = BigInt(\n  "0x" +\n{digits},\n);\n',
    ),
}
"""By the ending of a file's name."""


def paths(folder: Path) -> list[Path]:
    """Find the source files that have the constants: beside the fixtures, and, if those are ours, in the checkout.

    :param folder: the fixtures.
    """
    found = sorted(path for path in (folder / "consumers" / "portable").glob("*") if path.suffix in LANGUAGES)
    top = resources.checkout()
    return [*found, *(top / name for name in _OURS)] if top and folder == resources.fixtures_dir() else found


def composed(file: str, text: str) -> str:
    """Compose a source file anew, with the constants between its two comments.

    :param file: its name.
    :param text: what stands in it.
    :raises FixtureError: it has no such comments.
    """
    block = "".join(_declarations(LANGUAGES[file[file.rindex(".") :]]))
    written, count = _BLOCK.subn(lambda found: found[1] + block, text)
    if count != 1:
        problem = "needs a line with `begin of the constants (...)` and, below it, one with `end of the constants`"
        raise FixtureError(file, problem)
    return written


def _declarations(language: Language) -> Iterator[str]:
    for name, constant in constants().items():
        yield language.bits.format(name=language.named(f"{name}_BITS"), value=constant.bits)
        yield _declaration(language, language.named(name), constant)


def _declaration(language: Language, name: str, constant: Constant) -> str:
    first, *more = constant.integers
    if more:
        return language.table.format(name=name, rows=_rows(language, constant))
    if constant.is_long:
        return language.long.format(name=name, digits=_digits(language, first))
    return language.number.format(name=name, value=first)


def _rows(language: Language, constant: Constant) -> str:
    words = " ".join(f"{integer}{language.suffix}," for integer in constant.integers)
    return textwrap.indent(textwrap.fill(words, _WIDTH - len(language.indent)), language.indent)


def _digits(language: Language, integer: int) -> str:
    lines = (f'{language.indent}"{part}"' for part in textwrap.wrap(f"{integer:x}", _DIGITS))
    return f"{language.plus}\n".join(lines)
