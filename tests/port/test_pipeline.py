"""The pipelined loop, in both shapes: what it computes, what it leaves, and its machine code."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from sigmoid_parity import activation, floats
from sigmoid_parity.port.backends import pipeline, single
from tests.port.compiling import NARROW, WIDE, assembly, compiled
from tests.port.shared import bits_of

by_shape = pytest.mark.parametrize("shape", [WIDE, NARROW], ids=["wide", "narrow"])
by_care = pytest.mark.parametrize("careful", [False, True], ids=["quick", "careful"])

_LOOP = re.compile(r"^(\.LBB\d+_\d+):(?:(?!\.LBB\d+_\d+:).)*?\tj\w+\t\1$", re.DOTALL | re.MULTILINE)
"""A loop that has no other label within."""

WILD = np.array([np.nan, np.inf, -np.inf, 1e30, -1e30, 88.0, -104.5, -709.0, 0.0], np.float32)


def expected(inputs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The binary64 results, rounded once."""
    with np.errstate(all="ignore"):
        return activation(inputs.astype(np.float64)).astype(np.float32)


def samples() -> np.ndarray[Any, Any]:
    random = np.random.default_rng(11)
    any_bits = random.integers(0, 2**32, 40_000, np.uint32).view(np.float32)
    dense = np.concatenate([random.normal(0.0, 6.0, 40_000), random.uniform(-110.0, 90.0, 40_000)])
    return random.permutation(np.concatenate([any_bits, dense.astype(np.float32), np.tile(WILD, 500)]))


@by_shape
def test_every_result_is_the_binary64_result_rounded_once(shape: pipeline.Shape) -> None:
    """Numbers, NaN, infinities and numbers out of range, side by side."""
    inputs = samples()
    results, left = compiled(shape, careful=True)(inputs)
    assert not left
    np.testing.assert_array_equal(bits_of(results), bits_of(expected(inputs)))


@by_shape
@pytest.mark.parametrize("other", WILD.tolist())
def test_no_element_disturbs_another(shape: pipeline.Shape, other: float) -> None:
    """Whatever stands in one lane, all other lanes have their results."""
    inputs = np.linspace(-20.0, 20.0, 8 * shape.block, dtype=np.float32)
    for place in range(2 * shape.block, 3 * shape.block):
        disturbed = inputs.copy()
        disturbed[place] = other
        results, _ = compiled(shape, careful=True)(disturbed)
        np.testing.assert_array_equal(bits_of(results), bits_of(expected(disturbed)))


@by_shape
def test_without_care_the_same_numbers_give_the_same(shape: pipeline.Shape) -> None:
    """At numbers of either sign up to 330; and every other one is told, wherever it stands."""
    random = np.random.default_rng(12)
    inputs = np.concatenate([random.normal(0.0, 6.0, 40_000), random.uniform(-330.0, 330.0, 40_000)]).astype(np.float32)
    results, left = compiled(shape, careful=False)(inputs)
    assert not left
    np.testing.assert_array_equal(bits_of(results), bits_of(expected(inputs)))
    few = inputs[: 6 * shape.block]
    for wild in (*WILD[:5], np.float32(-1500.0), np.float32(1500.0), np.float32(720.0), np.float32(-720.0)):
        for place in range(few.size):
            spoilt = few.copy()
            spoilt[place] = wild
            assert compiled(shape, careful=False)(spoilt)[1]


def test_without_care_large_denominators_are_told() -> None:
    """In the wide form, where two that one division is for are too large together; each alone is not."""
    for x, spoils in ((-330.0, False), (-400.0, True), (-700.0, True)):
        results, left = compiled(WIDE, careful=False)(np.full(64, x, np.float32))
        assert left == spoils
        assert spoils or not results.any()


@by_shape
@by_care
def test_every_range_is_computed_whole(shape: pipeline.Shape, careful: bool) -> None:
    """From a block on, any number of elements, from any one on; where fewer than a block are left, some before them."""
    for size in range(shape.block, 5 * shape.block):
        inputs = np.linspace(-9.0, 9.0, size, dtype=np.float32)
        for start in (0, 1, shape.block - 1, size - 1):
            results, _ = compiled(shape, careful)(inputs, start)
            first = min(start, size - shape.block)
            np.testing.assert_array_equal(results[first:], expected(inputs[first:]))
            assert np.isnan(results[:first]).all()


@by_shape
@by_care
def test_results_near_a_midpoint_are_left(shape: pipeline.Shape, careful: bool) -> None:
    """In every lane; and no others are."""
    inputs = np.arange(0xC0000000, 0xC0000000 + (1 << 22), dtype=np.uint32).view(np.float32)
    below_float = floats.bits(activation(inputs.astype(np.float64))).astype(np.int64) & ((1 << 29) - 1)
    distance = np.abs(below_float - (1 << 28))
    near = inputs[distance < single.UNSURE - single.ERROR - 2]
    far = inputs[np.argsort(distance)[-3 * shape.block :]]
    assert near.size
    assert not compiled(shape, careful)(far)[1]
    for x in near:
        for place in range(far.size):
            doubted = far.copy()
            doubted[place] = x
            assert compiled(shape, careful)(doubted)[1]


@by_care
@pytest.mark.parametrize(
    ("shape", "cpu"),
    [(WIDE, "skylake-avx512"), (WIDE, "znver4"), (NARROW, "haswell"), (NARROW, "znver3")],
)
def test_no_register_is_spilled(shape: pipeline.Shape, cpu: str, careful: bool) -> None:
    """The loop has one division or two, the width asked for, and stores nothing but results."""
    found = _LOOP.search(assembly(shape, careful, cpu))
    assert found is not None
    lines = found[0].splitlines()
    register = "zmm" if shape is WIDE else "ymm"
    assert sum("vdivpd" in line and register in line for line in lines) == (1 if shape is WIDE else 2)
    spilled = sum(bool(re.search(r"\(%r[sb]p\)$", line)) for line in lines)
    assert spilled <= (1 if shape is NARROW and not careful else 0)  # One of two quotients, where registers are few.
    assert sum(line.endswith(")") and "prefetch" not in line for line in lines) == 2 + spilled


def test_the_shape_follows_the_processor() -> None:
    """Wide vectors where they are one register each, and no feature taken for another."""
    assert pipeline.shape("+avx512f,+fma").width == 8
    assert pipeline.shape("+avx2,-avx512f").width == pipeline.shape("").width == 4
