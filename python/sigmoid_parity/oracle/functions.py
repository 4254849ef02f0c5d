"""The cases of a function: the generated inputs, the file's own ones, and their expected values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sigmoid_parity import floats
from sigmoid_parity.errors import FixtureError
from sigmoid_parity.oracle import exact, form, formulas, inputs
from sigmoid_parity.oracle.form import Quoted
from sigmoid_parity.oracle.inputs import Input

_BANNER: Final = (
    "# The expected values and the generated inputs below are written by `sigmoid-parity fixtures write`.\n"
    "# To add a case, add a line with its id, input and flags, and run that command. README.md has the format.\n"
)


def text(file: str, content: Mapping[str, Any]) -> str:
    """Compose a function's file anew: its own head, its inputs, and the expected values.

    :param file: its name.
    :param content: the file as it is; its head is kept, and the cases that are not generated.
    :raises FixtureError: a case lacks what it needs, or has a generated id and another input.
    """
    function = content.get("function")
    if not isinstance(function, str) or function not in formulas.DOCUMENTED:
        raise FixtureError(file, f"is {function!r}, not one of {', '.join(formulas.DOCUMENTED)}", field="function")
    cases = (form.line(_case(function, entry)) for entry in _inputs(file, content, function))
    return form.document(_BANNER, content, "cases", cases, **inputs.SEEDED)


def _inputs(file: str, content: Mapping[str, Any], function: str) -> list[Input]:
    merged = {entry.id: entry for entry in inputs.of(function)}
    for own in _own(file, content):
        generated = merged.setdefault(own.id, own)
        if floats.hexadecimal(generated.value) != floats.hexadecimal(own.value):
            problem = f"is {own.value!r}, but this id stands for {generated.value!r}; give your case an id of its own"
            raise FixtureError(file, problem, case=own.id, field="input")
        merged[own.id] = replace(generated, note=own.note)
    return list(merged.values())


def _own(file: str, content: Mapping[str, Any]) -> Iterator[Input]:
    for number, entry in enumerate(content.get("cases") or [], 1):
        name = str(entry.get("id", f"number {number}"))
        try:
            flags = tuple(flag for flag in entry["flags"] if flag not in inputs.REGIONS)
            yield Input(entry["id"], floats.parse_decimal(entry["input"]), flags, entry.get("note"))
        except (KeyError, TypeError) as error:
            raise FixtureError(file, f"needs at least id, input (quoted) and flags: {error}", case=name) from error
        except ValueError as error:
            raise FixtureError(file, str(error), case=name, field="input") from error


def _case(function: str, entry: Input) -> dict[str, Any]:
    true = exact.exact(function, entry.value)
    region = inputs.region(function, entry.value)
    return {
        "id": entry.id,
        **form.pair("input", entry.value),
        **form.pair("formula", exact.formula(function, entry.value)),
        **form.pair("exact", true.value),
        "leftover_ulp": Quoted(f"{true.leftover:+.4f}".replace("-0.0000", "+0.0000")),
        **({"amplification": exact.amplification(entry.value)} if "cancellation" in region else {}),
        "flags": [*entry.flags, *region],
        **({"note": entry.note} if entry.note is not None else {}),
    }
