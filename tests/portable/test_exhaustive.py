"""Every float32, and 10^9 doubles, in Python and in C#: minutes, so these run by ``make test-exhaustive`` alone."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest

from sigmoid_parity import floats, portable
from sigmoid_parity.implementations.dotnet import Host, assembly, select
from sigmoid_parity.implementations.portable import CLASS
from tests.portable.shared import Doubles, same

pytestmark = pytest.mark.exhaustive

BLOCK: Final = 1 << 22
SAMPLES: Final = 1_000_000_000


def sample(kind: str, random: np.random.Generator) -> Doubles:
    if kind == "bits":
        return floats.from_bits(random.integers(0, 2**64, BLOCK, np.uint64))
    return random.uniform(-40.0, 40.0, BLOCK) if kind == "uniform" else random.normal(0.0, 8.0, BLOCK)


def test_every_float32_has_the_bits_of_csharp() -> None:
    """For all 2^32 floats, as doubles, and for the float32 array the same, rounded once; on the first runtime."""
    with Host(select()[0], assembly.find_portable().path, class_name=CLASS) as host:
        for start in range(0, 1 << 32, BLOCK):
            narrow = np.arange(start, start + BLOCK, dtype=np.uint64).astype(np.uint32).view(np.float32)
            with np.errstate(all="ignore"):
                inputs = narrow.astype(np.float64)
            results = portable.activation(inputs)
            same(host.map("Activation", inputs), results, inputs)
            with np.errstate(all="ignore"):
                rounded = results.astype(np.float32)
            assert np.array_equal(portable.activation(narrow), rounded, equal_nan=True)


@pytest.mark.parametrize("kind", ["bits", "uniform", "normal"])
def test_a_billion_doubles_have_the_bits_of_csharp(kind: str) -> None:
    """A third of them uniform in their bits, a third uniform in +-40, a third normal; on the first runtime."""
    random = np.random.default_rng(20261121)
    with Host(select()[0], assembly.find_portable().path, class_name=CLASS) as host:
        for _ in range(SAMPLES // 3 // BLOCK + 1):
            inputs = sample(kind, random)
            same(host.map("Activation", inputs), portable.activation(inputs), inputs)
