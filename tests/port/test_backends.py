"""The backends: the same bits in each, and the choice of one."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from sigmoid_parity import floats
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.port.backends import choice, probes
from tests.conftest import BACKENDS
from tests.port.shared import bits_of, scalars

by_backend = pytest.mark.parametrize("backend", BACKENDS)
by_function = pytest.mark.parametrize("name", FUNCTIONS)
by_dtype = pytest.mark.parametrize("dtype", [np.float64, np.float32])


def kernels(backend: str) -> choice.Kernels:
    loaded: choice.Kernels = import_module(f"sigmoid_parity.port.backends.{backend}").KERNELS
    return loaded


def samples(dtype: type[np.floating[Any]]) -> np.ndarray[Any, Any]:
    """Seeded doubles of every magnitude, dense where something happens, with all edges."""
    random = np.random.default_rng(7)
    any_bits = floats.from_bits(random.integers(0, 2**64, 20_000, np.uint64))
    dense = [random.normal(0.0, 6.0, 20_000), random.uniform(-760.0, 760.0, 20_000), random.uniform(-710, -709, 2_000)]
    edges = floats.neighbours(-709.782712893384, 40)
    with np.errstate(all="ignore"):
        return np.concatenate([any_bits, *dense, edges, probes.inputs()]).astype(dtype)


@by_backend
def test_every_backend_has_every_function(backend: str) -> None:
    """A kernel for each record, and no other."""
    assert set(kernels(backend)) == set(FUNCTIONS)


@by_backend
@by_function
@by_dtype
def test_every_backend_has_the_scalars_bits(backend: str, name: str, dtype: type[np.floating[Any]]) -> None:
    """Each kernel gives, element by element, what the scalar function gives, rounded once to the dtype."""
    inputs = samples(dtype)
    expected, results = scalars(name, inputs), np.empty_like(inputs)
    kernels(backend)[name](inputs, results)
    differ = np.flatnonzero(bits_of(expected) != bits_of(results))
    assert not differ.size, (
        f"{differ.size} differ; at {inputs[differ[0]]!r}: {results[differ[0]]!r}, not {expected[differ[0]]!r}"
    )


@by_backend
@by_function
@pytest.mark.parametrize(("dtype", "encoding"), [(np.float64, 0x7FF0000000000001), (np.float32, 0x7F800001)])
def test_signalling_nan_gives_nan_and_no_warning(
    backend: str, name: str, dtype: type[np.floating[Any]], encoding: int
) -> None:
    """A signalling NaN, which uninitialised memory may hold, is a NaN like any other."""
    inputs = np.full(40, encoding, f"u{np.dtype(dtype).itemsize}").view(dtype)
    results = np.zeros_like(inputs)
    with np.errstate(all="raise"):
        kernels(backend)[name](inputs, results)
    assert np.isnan(results).all()


@by_backend
@by_function
@by_dtype
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_one_array_has_one_nan(backend: str, name: str, dtype: type[np.floating[Any]], sign: float) -> None:
    """NaN is a class; still, the results of one NaN are alike in whole vectors, behind them, and beside numbers."""
    inputs = np.copysign(np.full(1043, np.nan, dtype), dtype(sign))
    inputs[::7] = 0.5
    results = np.zeros_like(inputs)
    kernels(backend)[name](inputs, results)
    found = results[np.isnan(results)].view(f"u{results.itemsize}")
    assert found.size == np.count_nonzero(np.isnan(inputs))
    assert len(np.unique(found)) == 1


@by_backend
@by_function
def test_every_length_is_computed_whole(backend: str, name: str) -> None:
    """No element is left out or touched twice where vectors and blocks end."""
    for count in (0, 1, 7, 8, 9, 511, 512, 513, 1025):
        inputs = np.linspace(-9.0, 9.0, count)
        guarded = np.full(count + 2, 7.0)
        kernels(backend)[name](inputs, guarded[1:-1])
        np.testing.assert_array_equal(guarded[1:-1], scalars(name, inputs))
        assert guarded[0] == guarded[-1] == 7.0


@by_function
@by_dtype
def test_the_check_refuses_a_backend_with_other_bits(name: str, dtype: type[np.floating[Any]]) -> None:
    """One element of one function, in one dtype, off by one ULP: the backend is not used, and why is told."""
    good = kernels("plain")
    assert probes.differing(good) == []

    def bad(source: Any, target: Any) -> None:
        good[name](source, target)
        if target.dtype == dtype:
            target[10] = np.nextafter(target[10], target.dtype.type(2.0))

    assert probes.differing({**good, name: bad}) == [float(dtype(probes.inputs()[10]))]


def in_a_process(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    return done.stdout


def test_without_numba_the_plain_backend_runs_and_says_why() -> None:
    """Numba missing: the same bits from Python, and the reason."""
    code = (
        "import sys; sys.modules['numba'] = None; sys.modules['llvmlite'] = None\n"
        "import numpy, sigmoid_parity\nfrom sigmoid_parity.port.backends import choice\n"
        "x = numpy.linspace(-9.0, 9.0, 999)\n"
        "assert (sigmoid_parity.activation(x) == [sigmoid_parity.activation(v) for v in x.tolist()]).all()\n"
        "print(choice.chosen().name, choice.chosen().reason)"
    )
    said = in_a_process(code, **{choice.VARIABLE: ""})
    assert said.startswith("plain the platform's exp, called from Python; vector: ")
    assert "is not installed (extra fast)" in said


@by_backend
def test_the_variable_forces_a_backend(backend: str) -> None:
    """The environment variable chooses; without it the fastest that has the bits runs."""
    code = "from sigmoid_parity.port.backends import choice; print(choice.chosen().name)"
    assert in_a_process(code, **{choice.VARIABLE: backend}) == f"{backend}\n"
