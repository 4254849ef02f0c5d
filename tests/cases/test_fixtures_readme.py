"""fixtures/README.md: what it tells a reader in another language is what the files hold."""

from __future__ import annotations

import re
import struct
from fractions import Fraction
from itertools import product
from typing import Final

import numpy as np
import yaml

from sigmoid_parity import activation, floats, resources
from sigmoid_parity.cases import load_all
from sigmoid_parity.machine import provenance
from sigmoid_parity.oracle import exact

TEXT: Final = (resources.fixtures_dir() / "README.md").read_text(encoding="utf-8")
TOP: Final = 1 << 63


def place(encoding: int) -> int:
    """The README's pseudo-code."""
    return TOP + encoding if encoding < TOP else TOP - (encoding - TOP)


def test_the_counts_of_cases_are_right() -> None:
    """The table has each file's number of cases."""
    for fixture in load_all():
        assert re.search(rf"\| `{fixture.file}` \|.*\| {len(fixture.cases):,} \|", TEXT), fixture.file


def test_the_project_s_readme_counts_them_too() -> None:
    """The README's total is that of the files, and the README has at most 120 lines."""
    readme = (resources.fixtures_dir().parent / "README.md").read_text(encoding="utf-8")
    assert f"{sum(len(fixture.cases) for fixture in load_all()):,} cases" in readme
    assert len(readme.splitlines()) <= 120


def test_the_count_of_cases_that_glibc_has_otherwise() -> None:
    """On glibc with FMA, as many activation cases differ from the formula as the README says."""
    (fixture,) = load_all(functions=["activation"])
    differ = np.count_nonzero(floats.distance(fixture.formula, activation(fixture.inputs)))
    where = provenance.libm(), "fma" in provenance.cpu()
    assert f"{differ} with glibc 2.36" in TEXT or where != ("glibc 2.36", True)


def test_the_pseudo_code_is_the_distance() -> None:
    """The README's distance is ours, for finite doubles of all kinds and both signs."""
    values = [0.0, -0.0, 5e-324, -5e-324, 0.1, -0.1, 1.0, 2.0, 1.7976931348623157e308, -1.7976931348623157e308]
    for one, other in product(values, values):
        encodings = [int(floats.bits(np.array([value]))[0]) for value in (one, other)]
        found = int(floats.distance(np.array([one]), np.array([other]))[0])
        if encodings[0] != encodings[1] and one == other == 0.0:
            assert found == floats.INCOMPARABLE
        else:
            assert found == abs(place(encodings[0]) - place(encodings[1]))


def test_leftover_is_in_steps_upwards() -> None:
    """At a power of two and at zero, leftover_ulp counts in the step away from zero."""
    (fixture,) = load_all(functions=["activation"])
    for case in fixture.cases:
        if case.exact == 0.5:
            true = Fraction(case.exact) + Fraction(float(case.leftover)) * Fraction(2) ** -53
            assert abs(float(true) - 0.5) <= 2.0**-53
    assert exact.exact_activation(-746.0).value == 0.0
    assert 0.0 < exact.exact_activation(-746.0).leftover < 0.5


def test_what_a_language_without_nan_skips() -> None:
    """Three inputs a file are NaN or infinite, and all are flagged special."""
    for fixture in load_all():
        odd = [case for case in fixture.cases if not np.isfinite(case.input)]
        assert len(odd) == 3
        assert all("special" in case.flags for case in odd)
        if fixture.function != "d_activation":
            assert all(np.isfinite(case.formula) for case in fixture.cases if np.isfinite(case.input))


def test_a_reader_in_another_language_needs_the_bits_only() -> None:
    """The text of a case line is enough to find input and expected value: here, by a regular expression."""
    text = (resources.fixtures_dir() / "activation.yaml").read_text(encoding="utf-8")
    (bits,) = re.findall(r'id: network-input-0, .*input_bits: "([0-9a-f]{16})"', text)
    (formula,) = re.findall(r'id: network-input-0, .*formula_bits: "([0-9a-f]{16})"', text)
    (x,), (y,) = (struct.unpack(">d", bytes.fromhex(one)) for one in (bits, formula))
    assert activation(x) == y


def test_yaml_1_1_takes_no_word_for_a_truth_value() -> None:
    """No plain word in any file is one that a strict YAML 1.1 parser reads as true or false."""
    truths = {"y", "n", "yes", "no", "on", "off", "true", "false"}
    for path in resources.fixtures_dir().rglob("*.yaml"):
        for event in yaml.parse(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.ScalarEvent) and event.style is None:
                assert event.value.lower() not in truths, f"{path.name}: {event.value}"
