"""The array kernels: the same bits in every gear, the check that chooses one, arrays as they come."""

from __future__ import annotations

import math
import os
import struct
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from typing import Any

import mpmath
import numpy as np
import pytest

from sigmoid_parity import activation, d_activation, derivative, floats, stable_derivative
from sigmoid_parity.oracle import exact
from sigmoid_parity.port import arrays, scalars
from sigmoid_parity.port.backends import choice, formulas, probes, table
from sigmoid_parity.port.numbers import NUMBERS
from tests.conftest import GEARS

ALL: list[Callable[[Any], Any]] = [activation, d_activation, derivative, stable_derivative]
by_name = pytest.mark.parametrize("function", ALL, ids=lambda function: function.__name__)
by_gear = pytest.mark.parametrize("gear", GEARS)


def samples(dtype: type[np.floating[Any]]) -> np.ndarray[Any, Any]:
    """Seeded doubles of every magnitude, dense where something happens, with all edges."""
    random = np.random.default_rng(7)
    any_bits = floats.from_bits(random.integers(0, 2**64, 20_000, np.uint64))
    dense = [random.normal(0.0, 6.0, 20_000), random.uniform(-760.0, 760.0, 20_000), random.uniform(-710, -709, 2_000)]
    edges = floats.neighbours(-709.782712893384, 40)
    with np.errstate(all="ignore"):
        return np.concatenate([any_bits, *dense, edges, probes._inputs()]).astype(dtype)


def bits_of(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The bits, with every NaN made the same one."""
    return np.where(np.isnan(values), np.nan, values).astype(values.dtype).view(f"u{values.itemsize}")


@by_gear
@by_name
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_every_gear_has_the_scalars_bits(
    gear: str, function: Callable[[Any], Any], dtype: type[np.floating[Any]]
) -> None:
    """Each kernel gives, element by element, what the scalar function gives, rounded once to the dtype."""
    inputs = samples(dtype)
    with np.errstate(all="ignore"):
        expected = np.array([scalars.BY_NAME[function.__name__](x) for x in inputs.tolist()]).astype(dtype)
    results = np.empty_like(inputs)
    import_module(f"sigmoid_parity.port.backends.{gear}").run(NUMBERS[function.__name__], inputs, results)
    differ = np.flatnonzero(bits_of(expected) != bits_of(results))
    assert not differ.size, (
        f"{differ.size} differ; at {inputs[differ[0]]!r}: {results[differ[0]]!r}, not {expected[differ[0]]!r}"
    )


@by_name
def test_every_float16_is_the_binary64_result_rounded_once(function: Callable[[Any], Any]) -> None:
    """For all 65,536 float16 inputs."""
    inputs = np.arange(1 << 16, dtype=np.uint32).astype(np.uint16).view(np.float16)
    with np.errstate(all="ignore"):
        expected = np.array([scalars.BY_NAME[function.__name__](float(x)) for x in inputs]).astype(np.float16)
    np.testing.assert_array_equal(bits_of(function(inputs)), bits_of(expected))


@by_gear
@by_name
@pytest.mark.parametrize(("dtype", "encoding"), [(np.float64, 0x7FF0000000000001), (np.float32, 0x7F800001)])
def test_signalling_nan_gives_nan_and_no_warning(
    gear: str, function: Callable[[Any], Any], dtype: type[np.floating[Any]], encoding: int
) -> None:
    """A signalling NaN, which uninitialised memory may hold, is a NaN like any other."""
    inputs = np.full(40, encoding, f"u{np.dtype(dtype).itemsize}").view(dtype)
    results = np.zeros_like(inputs)
    with np.errstate(all="raise"):
        import_module(f"sigmoid_parity.port.backends.{gear}").run(NUMBERS[function.__name__], inputs, results)
        assert np.isnan(results).all()
        assert np.isnan(function(inputs)).all()
        assert np.isnan(function(inputs[::2])).all()


@by_gear
@by_name
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_one_array_has_one_nan(
    gear: str, function: Callable[[Any], Any], dtype: type[np.floating[Any]], sign: float
) -> None:
    """NaN is a class; still, the results of one NaN are alike in whole vectors, behind them, and beside numbers."""
    inputs = np.copysign(np.full(1043, np.nan, dtype), dtype(sign))
    inputs[::7] = 0.5
    results = np.zeros_like(inputs)
    import_module(f"sigmoid_parity.port.backends.{gear}").run(NUMBERS[function.__name__], inputs, results)
    found = results[np.isnan(results)].view(f"u{results.itemsize}")
    assert found.size == np.count_nonzero(np.isnan(inputs))
    assert len(np.unique(found)) == 1


@by_gear
@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 511, 512, 513, 1025])
def test_every_length_is_computed_whole(gear: str, count: int) -> None:
    """No element is left out or touched twice where vectors and blocks end."""
    run = import_module(f"sigmoid_parity.port.backends.{gear}").run
    inputs = np.linspace(-9.0, 9.0, count)
    guarded = np.full(count + 2, 7.0)
    run(0, inputs, guarded[1:-1])
    np.testing.assert_array_equal(guarded[1:-1], [scalars.activation(x) for x in inputs.tolist()])
    assert guarded[0] == guarded[-1] == 7.0


@by_name
@pytest.mark.parametrize("threads", [2, 3, 16])
def test_threads_do_not_change_the_bits(function: Any, threads: int) -> None:
    """However many threads share an array, and however few elements there are for each."""
    for count in (0, 5, 1_000, 100_003):
        inputs = np.random.default_rng(count).normal(0.0, 5.0, count)
        np.testing.assert_array_equal(bits_of(function(inputs, threads=threads)), bits_of(function(inputs)))


@pytest.mark.parametrize(("count", "error"), [(0, ValueError), (-1, ValueError), (1.0, TypeError), (True, TypeError)])
def test_a_wrong_number_of_threads_is_refused(count: Any, error: type[Exception]) -> None:
    """Threads are counted from one."""
    with pytest.raises(error, match=r"^activation: threads= "):
        activation(np.zeros(3), threads=count)


@by_name
def test_overlaps(function: Any) -> None:
    """Whatever way out= overlaps the argument, the result is that of an untouched argument."""
    base = np.linspace(-9.0, 9.0, 70_001)
    for source, target in (
        (slice(0, -1), slice(1, None)),
        (slice(1, None), slice(0, -1)),
        (slice(None), slice(None)),
        (slice(None), slice(None, None, -1)),
        (slice(0, -1, 2), slice(1, None, 2)),
    ):
        memory = base.copy()
        expected = function(base[source].copy())
        function(memory[source], out=memory[target])
        np.testing.assert_array_equal(memory[target], expected)


@by_name
def test_odd_layouts_have_the_same_bits(function: Any) -> None:
    """Unaligned, byte-swapped, transposed, broadcast and read-only arrays, and all layouts of out=."""
    base = np.linspace(-30.0, 30.0, 9 * 11).reshape(9, 11)
    expected = function(base)
    unaligned = np.frombuffer(b"\0" + base.tobytes(), np.uint8)[1:].view(np.float64).reshape(base.shape)
    assert not unaligned.flags.aligned
    broadcast = np.broadcast_to(base[0], base.shape)
    for array in (unaligned, base.astype(">f8"), np.asfortranarray(base), np.asfortranarray(base).T.T):
        np.testing.assert_array_equal(function(array), expected)
    np.testing.assert_array_equal(function(broadcast), np.broadcast_to(expected[0], base.shape))
    np.testing.assert_array_equal(function(base.T), expected.T)
    for out in (np.empty_like(base, order="F"), np.empty((18, 22))[::2, ::2]):
        np.testing.assert_array_equal(function(base, out=out), expected)


@by_name
def test_no_copy_of_the_whole(function: Any) -> None:
    """With out=, memory in use grows by less than a sixteenth of the array, in any layout or dtype."""
    big = np.random.default_rng(1).normal(0.0, 5.0, 1 << 21)
    out = np.empty_like(big)
    single = big[::2].astype(np.float32)
    function(big[:64], out=out[:64])
    for source, target in ((big, out), (big, big), (big[::2], out[::2]), (single, single.copy()), (big[::-1], out)):
        tracemalloc.start()
        function(source, out=target)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < big.nbytes / 16


def fma(a: float, b: float, c: float) -> float:
    """Compute a * b + c, rounded once."""
    return float(Fraction(a) * Fraction(b) + Fraction(c))


def glibc_exp(t: float, fused: bool) -> float:
    """Compute exp of a moderate argument as glibc does, operation by operation, with or without fused ones."""
    mul_add = fma if fused else (lambda a, b, c: a * b + c)
    words = table.entries()
    shifted = mul_add(formulas._PER_LN2, t, formulas._SHIFT)
    (word,) = struct.unpack("<Q", struct.pack("<d", shifted))
    k = shifted - formulas._SHIFT
    r = mul_add(k, -formulas._LN2_LOW, mul_add(k, -formulas._LN2_HIGH, t))
    entry = 2 * (word % table.SIZE)
    scale_word = (words[entry + 1] + (word << (52 - table.BITS))) % 2**64
    tail, scale = struct.unpack("<dd", struct.pack("<QQ", words[entry] % 2**64, scale_word))
    square = r * r
    low, high = (mul_add(r, b, a) for a, b in ((formulas._C2, formulas._C3), (formulas._C4, formulas._C5)))
    total = mul_add(square * square, high, mul_add(square, low, tail + r))
    return mul_add(scale, total, scale)


def test_probes_tell_neighbouring_libms_apart() -> None:
    """At each probe glibc's fused exp differs, in the sigmoid, from the unfused one or from a correctly rounded one."""
    for x in probes.UNFUSED:
        assert 1.0 / (1.0 + glibc_exp(-x, fused=True)) != 1.0 / (1.0 + glibc_exp(-x, fused=False))
    for x in probes.ROUNDED:
        assert 1.0 / (1.0 + glibc_exp(-x, fused=True)) != exact.formula_activation(x)
    assert min(len(probes.UNFUSED), len(probes.ROUNDED)) >= 48


@pytest.mark.parametrize("number", [0, 2, 3])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_check_refuses_a_kernel_with_other_bits(number: int, dtype: type[np.floating[Any]]) -> None:
    """One element of one function in one dtype off by one ULP, and the kernel is not used."""
    good = import_module("sigmoid_parity.port.backends.plain").run
    assert probes.differing(good) == []

    def bad(function: int, source: Any, target: Any) -> None:
        good(function, source, target)
        if function == number and target.dtype == dtype:
            target[10] = np.nextafter(target[10], target.dtype.type(2.0))

    assert len(probes.differing(bad)) == 1


def test_the_check_refuses_numpy_s_exp_where_it_is_not_libm_s() -> None:
    """A kernel with NumPy's exp is let through only where that has libm's bits at all probes."""

    def naive(function: int, source: Any, target: Any) -> None:
        with np.errstate(all="ignore"):
            y = 1.0 / (1.0 + np.exp(-source.astype(np.float64)))
            z = np.exp(-np.abs(source.astype(np.float64)))
            target[:] = (y, (1.0 - y) * y, (1.0 - y) * y, z / ((1.0 + z) * (1.0 + z)))[function]

    inputs = probes._inputs()
    with np.errstate(all="ignore"):
        numpys = 1.0 / (1.0 + np.exp(-inputs))
    libms = np.array([scalars.activation(x) for x in inputs.tolist()])
    assert bool(probes.differing(naive)) >= (bits_of(numpys) != bits_of(libms)).any()


def test_table_is_right() -> None:
    """H is 2^(i/128) rounded once, T what is left over, relative to H: against mpmath."""
    words = table.entries()
    with mpmath.workprec(300):
        for i in range(table.SIZE):
            tail, nearest = struct.unpack("<dd", struct.pack("<QQ", words[2 * i], words[2 * i + 1] + (i << 45)))
            power = mpmath.mpf(2) ** (mpmath.mpf(i) / 128)
            assert nearest == float(power)
            assert tail == float((power - mpmath.mpf(nearest)) / mpmath.mpf(nearest))


def test_polynomial_of_float32_is_within_its_bound() -> None:
    """The relative error on |r| <= ln(2) / 2, in exact arithmetic, is below the bound, and the margin is twice that."""
    with mpmath.workprec(200):
        edge = mpmath.log(2) / 2
        worst = max(
            abs(sum(mpmath.mpf(c) * r**power for power, c in enumerate(formulas.EXP32)) / mpmath.exp(r) - 1)
            for r in (edge * k / 4_000 for k in range(-4_000, 4_001))
        )
    assert worst < formulas.EXP32_ERROR
    assert formulas.EXP32_ERROR * 2**53 <= formulas.UNSURE


def in_a_process(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    return done.stdout


def test_without_numba_the_plain_gear_runs_and_says_why() -> None:
    """Numba missing: the same bits from Python, and the reason."""
    code = (
        "import sys; sys.modules['numba'] = None; sys.modules['llvmlite'] = None\n"
        "import numpy, sigmoid_parity\nfrom sigmoid_parity.kernels import gears\n"
        "x = numpy.linspace(-9.0, 9.0, 999)\n"
        "assert (sigmoid_parity.activation(x) == [sigmoid_parity.activation(v) for v in x.tolist()]).all()\n"
        "print(choice.chosen().name, choice.chosen().reason)"
    )
    said = in_a_process(code, **{choice.VARIABLE: ""})
    assert said.startswith("plain the platform's exp, called from Python; vector: ")
    assert "is not installed (extra fast)" in said


@by_gear
def test_the_variable_forces_a_gear(gear: str) -> None:
    """The environment variable chooses; without it the fastest that has the bits runs."""
    code = "from sigmoid_parity.kernels import gears; print(choice.chosen().name)"
    assert in_a_process(code, **{choice.VARIABLE: gear}) == f"{gear}\n"


def test_arrays_release_the_gil() -> None:
    """While one thread computes a large array, another one runs Python."""
    import threading

    big = np.random.default_rng(3).normal(0.0, 5.0, 1 << 23)
    out = np.empty_like(big)
    activation(big[:64])
    done = threading.Event()

    def compute() -> None:
        for _ in range(8):
            activation(big, out=out)
        done.set()

    worker = threading.Thread(target=compute)
    worker.start()
    ticks = 0
    while not done.is_set():
        ticks += 1
    worker.join()
    assert ticks > 10_000


def test_the_common_array_takes_the_short_way() -> None:
    """Only plain arrays of one dimension do; all others go the long way, to the same bits."""
    plain = np.linspace(-1.0, 1.0, 5)
    assert arrays.is_plain(plain)
    assert arrays.is_plain(plain.astype(np.float32))
    for other in (
        plain[::2],
        plain.astype(np.float16),
        plain.reshape(1, 5),
        np.float64(1.0),
        np.array(1.0),
        [1.0],
        1.0,
    ):
        assert not arrays.is_plain(other)
    assert math.isclose(float(activation(np.array(1.0))), activation(1.0), rel_tol=0.0)
