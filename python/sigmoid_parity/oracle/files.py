"""Write the fixture files, and find what writing them again would change."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from sigmoid_parity import floats
from sigmoid_parity.cases import document
from sigmoid_parity.cases import functions as cases
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.oracle import exact, form, inputs, layer, network, regions
from sigmoid_parity.oracle.inputs import Input
from sigmoid_parity.progress import Progress, silent

_FURTHER: Final[Mapping[str, Callable[[Path], str]]] = {"layer.yaml": layer.text, "network.yaml": network.text}


def text(path: Path, extra: list[Input] | None = None) -> str:
    """Compose a fixture file anew: its own head, its inputs, and the expected values from the oracle.

    :param path: the file as it is; its head is kept, and the cases that are not generated.
    :param extra: further inputs to take in, by their ids.
    :raises FixtureError: the file is unreadable, or gives a generated id another input.
    """
    content = document.load(path)
    function = content.get("function")
    if function not in cases.FUNCTIONS:
        raise FixtureError(path.name, f"is {function!r}, not one of {', '.join(cases.FUNCTIONS)}", field="function")
    chosen = _inputs(path.name, content, function, extra or [])
    head = {key: value for key, value in content.items() if key != "cases"} | {"generator": _generator()}
    lines = [_line(function, entry, note) for entry, note in chosen]
    return form.BANNER + form.head(head) + "cases:\n" + "".join(lines)


def write(folder: Path, extra: list[Input], progress: Progress = silent) -> list[str]:
    """Write every fixture file, whole or not at all.

    :param folder: the fixtures.
    :param extra: further inputs for the file of ``activation``.
    :param progress: called with each file's name before it is composed.
    :returns: the names of the files that changed.
    """
    changed = []
    for path, composed in _compose(folder, extra, progress):
        if path.read_text(encoding="utf-8") != composed:
            fresh = path.with_suffix(".yaml.new")
            fresh.write_text(composed, encoding="utf-8", newline="\n")
            fresh.replace(path)
            changed.append(path.name)
    return changed


def drift(folder: Path, progress: Progress = silent) -> Iterator[tuple[str, list[str]]]:
    """Compare every fixture file with what writing it again would give.

    :param folder: the fixtures.
    :param progress: called with each file's name before it is composed.
    :returns: for each file that would change, its name and the lines that would (``-`` as is, ``+`` as written).
    """
    for path, composed in _compose(folder, [], progress):
        now = path.read_text(encoding="utf-8")
        if now != composed:
            difference = difflib.unified_diff(now.splitlines(), composed.splitlines(), lineterm="", n=0)
            yield path.name, [line for line in difference if not line.startswith(("---", "+++", "@@"))]


def _compose(folder: Path, extra: list[Input], progress: Progress) -> Iterator[tuple[Path, str]]:
    for function in cases.FUNCTIONS:
        path = folder / f"{function}.yaml"
        progress(path.name)
        yield path, text(path, extra if function == "activation" else [])
    for name, compose in _FURTHER.items():
        progress(name)
        yield folder / name, compose(folder / name)


def _inputs(file: str, content: dict[str, Any], function: str, extra: list[Input]) -> list[tuple[Input, str | None]]:
    generated = {entry.id: entry for entry in inputs.of(function)}
    own = {entry.id: (entry, note) for entry, note in _own(file, content)}
    for entry, _ in own.values():
        twin = generated.get(entry.id)
        if twin is not None and floats.hexadecimal(twin.value) != floats.hexadecimal(entry.value):
            raise FixtureError(
                file,
                f"is {entry.value!r}, but this id is generated as {twin.value!r}; give your case an id of its own",
                case=entry.id,
                field="input",
            )
    notes = {name: note for name, (_, note) in own.items()}
    further = {name: entry for name, (entry, _) in own.items()} | {entry.id: entry for entry in extra}
    merged = generated | {name: entry for name, entry in further.items() if name not in generated}
    return [(entry, notes.get(name)) for name, entry in merged.items()]


def _own(file: str, content: dict[str, Any]) -> Iterator[tuple[Input, str | None]]:
    for number, entry in enumerate(content.get("cases") or [], 1):
        name = str(entry.get("id", f"number {number}"))
        try:
            flags = tuple(flag for flag in entry["flags"] if flag not in regions.FLAGS)
            yield Input(entry["id"], floats.parse_decimal(entry["input"]), flags), entry.get("note")
        except (KeyError, TypeError) as error:
            raise FixtureError(file, f"needs at least id, input (quoted) and flags: {error}", case=name) from error
        except ValueError as error:
            raise FixtureError(file, str(error), case=name, field="input") from error


def _generator() -> dict[str, Any]:
    return form.generator() | {"seed": inputs.SEED, "random": "Python random.Random (MT19937)"}


def _line(function: str, entry: Input, note: str | None) -> str:
    formula, true = exact.FORMULA[function](entry.value), exact.EXACT[function](entry.value)
    flags = entry.flags + regions.flags(function, entry.value)
    fields = [
        f"id: {entry.id}",
        *_pair("input", entry.value),
        *_pair("formula", formula),
        *_pair("exact", true.value),
        f'leftover_ulp: "{_leftover(true.leftover)}"',
        *([f"amplification: {exact.amplification(entry.value)}"] if "cancellation" in flags else []),
        f"flags: [{', '.join(flags)}]",
    ]
    if note is not None:
        fields.append(f"note: {yaml.safe_dump(note, default_style=chr(34), width=math.inf).strip()}")
    return f"  - {{{', '.join(fields)}}}\n"


def _pair(field: str, value: float) -> tuple[str, str]:
    return f'{field}: "{floats.decimal(value)}"', f'{field}_bits: "{floats.hexadecimal(value)}"'


def _leftover(value: float) -> str:
    text = f"{value:+.4f}"
    return "+0.0000" if text == "-0.0000" else text
