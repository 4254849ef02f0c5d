"""The points: every case, and as many others as asked for, the same ones for a seed."""

from __future__ import annotations

import re
import struct
from typing import Any

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray

from sigmoid_parity import diagnosis, floats, resources
from sigmoid_parity.cases import load_all
from sigmoid_parity.conformance import points
from sigmoid_parity.conformance.points import Kind
from sigmoid_parity.port.functions import activation

FIXTURES = list(load_all())
KINDS: tuple[Kind, ...] = (points.X, points.Y)


@pytest.mark.parametrize("kind", [points.X, points.Y])
def test_samples_are_a_function_of_the_seed(kind: Kind) -> None:
    """One seed gives one set of points, another seed another; there are as many as asked for."""
    one, again, other = (floats.bits(points.samples(kind, 1_001, seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert one.shape == (1_001,)


def test_samples_reach_everywhere() -> None:
    """Inputs x are ordinary, far and of any exponent; outputs y lie in [0, 1], close to its ends and anywhere."""
    x, y = points.samples(points.X, 10_000, 1), points.samples(points.Y, 10_000, 1)
    assert np.count_nonzero(np.abs(x) <= 40.0) > 4_000
    assert np.count_nonzero((np.abs(x) > 40.0) & (np.abs(x) < 746.0)) > 1_000
    assert np.count_nonzero((y >= 0.0) & (y <= 1.0)) > 7_000
    assert np.count_nonzero((y > 0.0) & (y < 1e-9)) > 300
    assert np.count_nonzero((y < 1.0) & (y > 1.0 - 1e-9)) > 300
    assert all(np.count_nonzero(np.abs(values) > 1e100) > 500 for values in (x, y))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_cases_stand_where_they_are_said_to(dtype: type[np.floating]) -> None:
    """A function's points are its own cases, rounded once to the format, and the samples of its kind alone."""
    further: dict[Kind, NDArray[np.float64]] = {kind: points.samples(kind, 100, 1) for kind in KINDS}
    at = points.single(FIXTURES, np.dtype(dtype), further)
    assert at.x.dtype == dtype
    assert np.count_nonzero(~at.is_case) == 200
    for fixture in FIXTURES:
        chosen = at.of(fixture.function)
        expected = np.concatenate([fixture.inputs, further[points.kind(fixture.function)]])
        with np.errstate(over="ignore"):
            assert np.array_equal(at.argument(fixture.function)[chosen], expected.astype(dtype), equal_nan=True)


def test_pairs_are_x_and_its_output() -> None:
    """Candidates of two arguments get every x with the sigmoid's output there."""
    at = points.double(FIXTURES, np.dtype(np.float64), {points.X: points.samples(points.X, 100, 1)})
    assert np.array_equal(at.y, activation(at.x), equal_nan=True)
    assert at.of("d_activation").all()
    assert at.of("activation").all()


@pytest.mark.parametrize("kind", KINDS)
def test_fewer_samples_are_the_first_of_more(kind: Kind) -> None:
    """A sample is a function of kind, seed and place alone."""
    few, many = points.samples(kind, 10, 5), points.samples(kind, 1_003, 5)
    assert np.array_equal(floats.bits(few), floats.bits(many)[:10])


@pytest.mark.parametrize("kind", KINDS)
def test_samples_are_what_the_fixtures_readme_says(kind: Kind) -> None:
    """The README's code, run as it stands, gives the bits of the samples."""
    readme = (resources.fixtures_dir() / "README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(def word.*?)```", readme, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {"from_bits": lambda bits: struct.unpack("<d", bits.to_bytes(8, "little"))[0]}
    exec(code[1], names)  # noqa: S102 - our own
    said = np.array([names["sample"](kind, 7, place) for place in range(4_000)])
    assert np.array_equal(floats.bits(said), floats.bits(points.samples(kind, 4_000, 7)))


def test_a_record_s_points_are_in_the_order_of_the_fixtures_readme() -> None:
    """Cases, the inputs where libraries differ with both signs, those of the first look, x, y."""
    found = points.recorded(FIXTURES, points.aside(diagnosis.load()), 50, 3)
    fingerprint = yaml.safe_load((resources.fixtures_dir() / "conventions.yaml").read_text(encoding="utf-8"))[
        "fingerprint"
    ]
    known = floats.from_bits(np.array([int(bits, 16) for bits in fingerprint["inputs"]], np.uint64))
    unit = [0.0, 0.25, 0.5, 0.75, 1.0]
    expected = np.concatenate(
        [
            *(fixture.inputs for fixture in FIXTURES),
            known,
            -known,
            [-700.0, -600.0, 600.0, 700.0, *unit],
            [-85.0, -70.0, 70.0, 85.0, *unit],
            points.samples("x", 50, 3),
            points.samples("y", 50, 3),
        ]
    )
    assert np.array_equal(floats.bits(found), floats.bits(expected))
    assert [fixture.function for fixture in FIXTURES] == [
        "activation",
        "d_activation",
        "derivative",
        "stable_derivative",
    ]


def test_points_aside_count_for_no_function() -> None:
    """They are neither inputs nor outputs of the sigmoid, and no case."""
    aside = np.array([123.0, 456.0])
    at = points.single(FIXTURES, np.dtype(np.float64), {points.X: points.samples("x", 8, 1)}, aside)
    for fixture in FIXTURES:
        assert not np.isin(at.x[at.of(fixture.function)], aside).any()
