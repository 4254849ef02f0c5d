"""Every float32, and a hundred million doubles: minutes, so these run when asked for, by ``make test-exhaustive``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sigmoid_parity import activation, floats
from sigmoid_parity.implementations.dotnet import Host
from tests.port.shared import by_name

pytestmark = pytest.mark.exhaustive

BLOCK = 1 << 22
SAMPLES = 100_000_000


@by_name
def test_every_float32_is_the_binary64_result_rounded_once(function: Callable[[Any], Any]) -> None:
    """For all 2^32 float32 inputs the result is the float64 one, rounded once; NaN by class."""
    for start in range(0, 1 << 32, BLOCK):
        inputs = np.arange(start, start + BLOCK, dtype=np.uint64).astype(np.uint32).view(np.float32)
        with np.errstate(all="ignore"):
            expected = function(inputs.astype(np.float64)).astype(np.float32)
        results = function(inputs)
        same = (results.view(np.uint32) == expected.view(np.uint32)) | (np.isnan(results) & np.isnan(expected))
        if not same.all():
            first = int(np.flatnonzero(~same)[0])
            pytest.fail(
                f"{inputs[first]!r}: {results[first]!r}, not {expected[first]!r}; {(~same).sum()} in this block"
            )


@pytest.mark.parametrize("kind", ["bits", "normal"])
def test_a_hundred_million_doubles_have_the_bits_of_csharp(host: Host, kind: str) -> None:
    """For seeded samples, uniform in bits and normal, port and C# class agree, on every runtime."""
    random = np.random.default_rng(20261121)
    for _ in range(SAMPLES // 2 // BLOCK + 1):
        if kind == "bits":
            inputs = floats.from_bits(random.integers(0, 2**64, BLOCK, np.uint64))
        else:
            inputs = random.normal(0.0, 8.0, BLOCK)
        steps = floats.distance(host.map("Activation", inputs), activation(inputs))
        worst = int(steps.argmax())
        assert not steps.any(), f"{floats.explain(int(steps[worst]))} at {inputs[worst]!r}"
