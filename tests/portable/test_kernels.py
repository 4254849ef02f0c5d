"""The loops over arrays, by NumPy and compiled: the scalars' bits in each, and the choice of one."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
import pytest

from sigmoid_parity import floats, portable, resources, set_threads
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.port import elementwise, threads
from sigmoid_parity.port.backends import choice, probes
from sigmoid_parity.portable import arrays, plain, scalar
from tests.port.shared import bits_of
from tests.portable.shared import DIGEST, PUBLISHED, near_midpoints, ten_million, tiny

KINDS: Final = ("compiled", "plain") if find_spec("llvmlite") else ("plain",)
by_kind = pytest.mark.parametrize("kind", KINDS)
by_function = pytest.mark.parametrize("name", FUNCTIONS)
by_dtype = pytest.mark.parametrize("dtype", [np.float64, np.float32])
CHOSEN: Final = "from sigmoid_parity.portable import arrays; print(arrays.chosen().name)"


def kernels(kind: str) -> choice.Kernels:
    loaded: choice.Kernels = import_module(f"sigmoid_parity.portable.{kind}").KERNELS
    return loaded


def scalars(name: str, inputs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    function = scalar.FUNCTIONS[name].scalar
    with np.errstate(all="ignore"):
        return np.array([function(x) for x in inputs.tolist()], np.float64).astype(inputs.dtype)


def samples(dtype: type[np.floating[Any]]) -> np.ndarray[Any, Any]:
    """Seeded doubles of every magnitude, dense where something happens, with all edges, and hard ones."""
    random = np.random.default_rng(7)
    any_bits = floats.from_bits(random.integers(0, 2**64, 10_000, np.uint64))
    dense = [random.normal(0.0, 6.0, 10_000), random.uniform(-760.0, 760.0, 10_000), random.uniform(-710, -709, 2_000)]
    hard = np.array([*PUBLISHED, *tiny(500), *near_midpoints(500)])
    edges = [
        floats.neighbours(edge, 40) for edge in (-709.782712893384, -709.78, 708.0, -708.0, 36.8, 745.1332191019412)
    ]
    with np.errstate(all="ignore"):
        return np.concatenate([any_bits, *dense, *edges, hard, -hard, probes.inputs()]).astype(dtype)


@by_kind
@by_function
@by_dtype
def test_every_kernel_has_the_scalars_bits(kind: str, name: str, dtype: type[np.floating[Any]]) -> None:
    """Each kernel gives, element by element, what the scalar function gives, rounded once to the dtype."""
    inputs = samples(dtype)
    expected, results = scalars(name, inputs), np.empty_like(inputs)
    kernels(kind)[name](inputs, results)
    differ = np.flatnonzero(bits_of(expected) != bits_of(results))
    assert not differ.size, (
        f"{differ.size} differ; at {inputs[differ[0]]!r}: {results[differ[0]]!r}, not {expected[differ[0]]!r}"
    )


@by_kind
@by_function
def test_any_length_and_offset(kind: str, name: str) -> None:
    """The bits of an element do not depend on how many there are, nor on where it stands."""
    inputs = np.random.default_rng(8).normal(0.0, 9.0, 1_100)
    expected = bits_of(scalars(name, inputs))
    for start, stop in ((0, 0), (0, 1), (0, 7), (1, 9), (3, 515), (5, 1_037), (0, 1_100)):
        results = np.empty(stop - start)
        kernels(kind)[name](inputs[start:stop], results)
        np.testing.assert_array_equal(bits_of(results), expected[start:stop])


@by_kind
@by_function
def test_an_array_of_nothing_but_hard_inputs(kind: str, name: str) -> None:
    """However many elements the vectors and the doubles leave undecided, each is computed."""
    hard = np.tile(np.array([*PUBLISHED, *tiny(200), np.nan, -709.781, 720.0, -np.inf]), 31)
    results = np.empty_like(hard)
    kernels(kind)[name](hard, results)
    np.testing.assert_array_equal(bits_of(results), bits_of(scalars(name, hard)))


@by_kind
@by_function
@pytest.mark.parametrize(("dtype", "encoding"), [(np.float64, 0x7FF0000000000001), (np.float32, 0x7F800001)])
def test_signalling_nan_gives_nan_and_no_warning(
    kind: str, name: str, dtype: type[np.floating[Any]], encoding: int
) -> None:
    """A signalling NaN, which uninitialised memory may hold, is a NaN like any other."""
    inputs = np.full(40, encoding, f"u{np.dtype(dtype).itemsize}").view(dtype)
    results = np.zeros_like(inputs)
    with np.errstate(all="raise"):
        kernels(kind)[name](inputs, results)
    assert np.isnan(results).all()


@by_function
def test_threads_do_not_change_the_bits(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`set_threads` holds here too."""
    monkeypatch.setattr(threads, "SHARED_FROM", 0)
    inputs = samples(np.float64)
    expected = bits_of(getattr(portable, name)(inputs))
    former = set_threads(3)
    try:
        results = elementwise.apply(scalar.FUNCTIONS[name], inputs, None, lambda: arrays.chosen().kernels)
        np.testing.assert_array_equal(bits_of(np.asarray(results)), expected)
    finally:
        set_threads(former)


@pytest.mark.parametrize(
    ("variable", "value", "chosen"),
    [
        (choice.VARIABLE, "", KINDS[0]),
        (choice.VARIABLE, "plain", "plain"),
    ],
)
def test_the_choice(variable: str, value: str, chosen: str) -> None:
    """Compiled where llvmlite is and works, unless NumPy's loops are asked for."""
    environment = {key: text for key, text in os.environ.items() if key != choice.VARIABLE} | {variable: value}
    done = subprocess.run([sys.executable, "-c", CHOSEN], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == chosen


def test_the_digest_of_ten_million_results() -> None:
    """It is the one that the page on the portable pair gives for every language and processor."""
    assert floats.digest([portable.activation(ten_million())]) == DIGEST
    page = resources.fixtures_dir().parent / "python" / "docs" / "portable.md"
    assert f"`{DIGEST[:16]}...`" in page.read_text(encoding="utf-8")


def test_kernels_with_other_bits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If what was compiled differs from the scalars at a probe, NumPy's loops run."""
    monkeypatch.setattr(probes, "differing", lambda *_: [1.0])
    arrays.chosen.cache_clear()
    try:
        assert arrays.chosen().kernels is plain.KERNELS
    finally:
        arrays.chosen.cache_clear()


@pytest.mark.skipif(KINDS == ("plain",), reason="without llvmlite nothing is compiled")
@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "d_activation"])
@by_dtype
def test_what_python_raises_is_raised(name: str, dtype: type[np.floating[Any]]) -> None:
    """An error in the last phase, as Ctrl-C is one, ends the call, at the first element that it came from."""
    asked: list[float] = []

    def failing(x: float) -> float:
        asked.append(x)
        raise KeyboardInterrupt

    compiled: Any = import_module("sigmoid_parity.portable.compiled")
    library = compiled.load((failing,) * 3)[0]
    inputs = np.linspace(-1.0, 1.0, 5_000).astype(dtype)
    inputs[[4_000, 4_500]] = dtype(-709.78265380859375)
    target = np.empty_like(inputs)
    references = sys.getrefcount(target)
    for _ in range(20):
        with pytest.raises(KeyboardInterrupt):
            library[name](inputs, target)
    assert asked == asked[:1] * 20
    assert sys.getrefcount(target) == references
