"""Every float32, and a hundred million doubles: minutes, so these run when asked for, by ``make test-exhaustive``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.dotnet import TIME_LIMIT, Runtime
from sigmoid_parity.sweep import sweeping, terminal
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Bits, Domain, Every, Normal
from sigmoid_parity.sweep.pair import Pair
from sigmoid_parity.sweep.pool import Local
from sigmoid_parity.sweep.sides import Port, Side

pytestmark = pytest.mark.exhaustive

SEED = 20261121
SAMPLES = 50_000_000


def assert_same(function: str, form: str, expected: Side, domain: Domain) -> None:
    comparison = Comparison(function, form, expected, Port(), domain, ".", TIME_LIMIT)
    report = sweeping.run([comparison], Local(os.cpu_count() or 1))
    assert report.verdict == "agree", terminal.verdict(report).plain
    assert report.results[0].tally.compared == domain.size


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_float32_is_the_binary64_result_rounded_once(function: str) -> None:
    """For all 2^32 float32 inputs the result is the float64 one, rounded once; NaN by class."""
    assert_same(function, "float32", Port(wide=True), Every("float32"))


def test_every_float32_has_the_bits_of_csharp(runtime: Runtime, dll: Path) -> None:
    """For all 2^32 float32 inputs, widened to double, port and C# class agree, on every runtime."""
    assert_same("activation", "float64", Pair(runtime, dll, TIME_LIMIT), Every("float32"))


@pytest.mark.parametrize("domain", [Bits(SAMPLES, SEED), Normal(SAMPLES, SEED, 8.0)], ids=["bits", "normal"])
def test_a_hundred_million_doubles_have_the_bits_of_csharp(runtime: Runtime, dll: Path, domain: Domain) -> None:
    """For seeded samples, uniform in bits and normal, port and C# class agree, on every runtime."""
    assert_same("activation", "float64", Pair(runtime, dll, TIME_LIMIT), domain)
