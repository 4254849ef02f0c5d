"""The fixtures alone find a portable implementation that is wrong in any constant, test or phase."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
import pytest

from sigmoid_parity import cases, floats
from sigmoid_parity.cases import Portable
from sigmoid_parity.portable import constants, exact, parameters, plain, scalar

load_portable: Final = cache(cases.load_portable)


@cache
def fixtures() -> list[cases.Fixture]:
    return list(cases.load_all(functions=["activation", "stable_derivative"]))


def wrong_constants(known: Portable) -> list[str]:
    """The constants that are not those of the file."""
    found = {name: getattr(constants, name) for name in known.constants}
    listed = {name: list(value) if isinstance(value, tuple) else [value] for name, value in found.items()}
    bits = {name: getattr(constants, f"{name}_BITS") for name in known.bits}
    return [name for name in known.constants if (listed[name], bits[name]) != (known.constants[name], known.bits[name])]


def wrong_cases(known: Portable) -> list[str]:
    """The cases of the file at which a step, exp or the result has other bits."""
    return [case.id for case in known.cases if any(not _same(*pair) for pair in _pairs(case))]


def _pairs(case: cases.PortableCase) -> list[tuple[float, float]]:
    pairs = [(case.formula, scalar.activation(case.input))]
    if case.input > 0.0:
        pairs.append((case.exp, scalar.exp_down(-case.input)))
    if case.steps:
        high, low, _ = scalar.approximate(-case.input)
        error = getattr(scalar, "ERROR")  # noqa: B009 - a mutant's
        found = {"high": high, "low": low, "below": high + (low - error), "above": high + (low + error)}
        pairs += [(case.steps[name], value) for name, value in found.items()]
    return pairs


def _same(expected: float, actual: float) -> bool:
    return not floats.distance(np.array([expected]), np.array([actual])).any()


def wrong_results() -> int:
    """How many cases of ``activation.yaml`` and ``stable_derivative.yaml`` NumPy's loops compute with other bits."""
    wrong = 0
    for fixture in fixtures():
        results = np.empty_like(fixture.inputs)
        plain.KERNELS[fixture.function](fixture.inputs, results)
        wrong += int(np.count_nonzero(floats.distance(fixture.formula, results)))
    return wrong


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    """The constants, the steps and the results are those of the fixtures."""
    assert not wrong_constants(load_portable())
    assert not wrong_cases(load_portable())
    assert not wrong_results()


def test_the_kinds_of_decision_are_all_there() -> None:
    """Cases that the sum decides, that the result decides, and that integers decide, with steps and without."""
    decided = [(case.decided_by, bool(case.steps)) for case in load_portable().cases]
    assert {("sum", True), ("result", True), ("integers", True), ("integers", False)} == set(decided)


@pytest.mark.parametrize("off", [1, -1])
def test_each_constant_off_by_one_unit(off: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every integer of every constant, one more or one less."""
    known, tried = load_portable(), 0
    for name in known.constants:
        value = getattr(constants, name)
        for index in range(len(known.constants[name])):
            changed = (
                value + off if isinstance(value, int) else (*value[:index], value[index] + off, *value[index + 1 :])
            )
            monkeypatch.setattr(constants, name, changed)
            assert wrong_constants(known) == [name]
            tried += 1
        monkeypatch.setattr(constants, name, value)
    assert tried == 2 * parameters.SIZE + 4


@pytest.mark.parametrize("off", [1.0, -1.0])
def test_each_entry_of_the_table_off_by_one_unit_changes_results(off: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases of the functions use every entry: its high part off by 2^-26, its low part by 2^-50."""
    table: dict[str, Any] = {"_HIGH": (plain._HIGH, 2.0**-26), "_LOW": (plain._LOW, 2.0**-50)}
    for name, (values, unit) in table.items():
        for index in range(parameters.SIZE):
            changed = values.copy()
            changed[index] += off * unit
            monkeypatch.setattr(plain, name, changed)
            assert wrong_results(), f"{name}[{index}]"
        monkeypatch.setattr(plain, name, values)


def _sum_alone(u: float) -> float:
    high, low, exponent = scalar.approximate(u)
    return (high + low) * scalar.SCALES[exponent]


Patches = list[tuple[Any, str, Any]]

MUTANTS: Final[dict[str, Patches]] = {
    "no-test": [(scalar, "ERROR", 0.0)],
    "test-64-times-too-narrow": [(scalar, "ERROR", parameters.ERROR / 64)],
    "test-4-times-too-narrow": [(scalar, "ERROR", parameters.ERROR / 4)],
    "no-exact-phase": [(exact, "exp", _sum_alone)],
    "exact-phase-of-80-bits": [(exact, "PRECISIONS", (80,)), (exact, "_BOUND", 0)],
    "exact-phase-of-112-bits": [(exact, "PRECISIONS", (112,)), (exact, "_BOUND", 0)],
    "no-low-part-of-the-step": [(scalar, "L2", 0.0)],
    "step-one-unit-longer": [(scalar, "L1", parameters.L1 + 2.0**-42)],
    "rounded-to-even-steps": [(scalar, "ROUND", 1.5 * 2.0**53)],
    "cut-one-bit-lower": [(scalar, "CUT", 1.5 * 2.0**17)],
    "cut-one-bit-higher": [(scalar, "CUT", 1.5 * 2.0**19)],
    "degree-5": [(scalar, "C6", 0.0)],
    "another-sixth-coefficient": [(scalar, "C6", 1.0 / 700.0)],
    "saturated-too-early": [(scalar, "SATURATED", 36.7)],
    "edge-too-late": [(scalar, "EDGE", 709.782712893384)],
    "overflow-too-early": [(scalar, "OVERFLOW_BELOW", -709.78)],
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_is_found(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the cases of ``portable.yaml``; where it raises, that is found too."""
    for module, name, value in MUTANTS[mutant]:
        monkeypatch.setattr(module, name, value)
    try:
        found = wrong_cases(load_portable())
    except (ArithmeticError, IndexError):
        return
    assert found
