"""Arrays as they come: any layout, dtype and overlap, and any number of threads."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from sigmoid_parity import activation, set_threads
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.port import elementwise, threads
from sigmoid_parity.port.backends import choice
from tests.port.shared import bits_of, by_name, scalars


@by_name
def test_every_float16_is_the_binary64_result_rounded_once(function: Any) -> None:
    """For all 65,536 float16 inputs."""
    inputs = np.arange(1 << 16, dtype=np.uint32).astype(np.uint16).view(np.float16)
    np.testing.assert_array_equal(bits_of(function(inputs)), bits_of(scalars(function.__name__, inputs)))


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
    """Strided, reversed, unaligned, byte-swapped, transposed, broadcast and read-only arrays; all layouts of out=."""
    base = np.linspace(-30.0, 30.0, 9 * 11).reshape(9, 11)
    expected = function(base)
    unaligned = np.frombuffer(b"\0" + base.tobytes(), np.uint8)[1:].view(np.float64).reshape(base.shape)
    assert not unaligned.flags.aligned
    assert not unaligned.flags.writeable
    for array in (unaligned, base.astype(">f8"), np.asfortranarray(base), np.asfortranarray(base).T.T):
        np.testing.assert_array_equal(function(array), expected)
    assert function(base.astype(">f8")).dtype.isnative
    np.testing.assert_array_equal(function(base[::2, ::-3]), expected[::2, ::-3])
    np.testing.assert_array_equal(function(np.broadcast_to(base[0], base.shape)), expected[[0] * 9])
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


@by_name
def test_a_signalling_nan_gives_no_warning(function: Any) -> None:
    """However the array is handed on, uninitialised memory warns of nothing."""
    inputs = np.full(40, 0x7FF0000000000001, np.uint64).view(np.float64)
    with np.errstate(all="raise"):
        assert np.isnan(function(inputs)).all()
        assert np.isnan(function(inputs[::2])).all()


@by_name
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_no_value_warns(function: Any, dtype: Any) -> None:
    """Overflow, underflow and NaN on the way are no concern of the caller's, nor of NumPy's next operation."""
    inputs = np.array([-np.inf, -6e4, -800.0, -709.79, -104.0, -1e-7, 0.0, 6e-8, 800.0, 6e4, np.inf, np.nan], dtype)
    with np.errstate(all="raise"):
        for array in (inputs, np.tile(inputs, 99), np.tile(inputs, (8, 2))[:, 1::2]):
            assert np.isnan(function(array)).any()
            assert float(np.float64(1.0) + np.float64(2.0)) == 3.0


@pytest.fixture
def restored() -> Iterator[None]:
    """Leave the number of threads as it was."""
    former = set_threads(1)
    yield
    set_threads(former)


@by_name
@pytest.mark.usefixtures("restored")
def test_threads_do_not_change_the_bits(function: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many threads share an array, and however few elements there are for each."""
    monkeypatch.setattr(threads, "SHARED_FROM", 0)
    record = FUNCTIONS[function.__name__]
    for size in (5, 1_000, 100_003):
        inputs = np.random.default_rng(size).normal(0.0, 5.0, size)
        set_threads(1)
        expected = bits_of(function(inputs))
        for count in (2, 3, 16):
            set_threads(count)
            np.testing.assert_array_equal(
                bits_of(np.asarray(elementwise.apply(record, inputs, None, choice.kernels))), expected
            )


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize(("size", "parts"), [(1_048_575, [1_048_575]), (1_048_577, [349_528, 349_528, 349_521])])
def test_large_arrays_are_shared(size: int, parts: list[int]) -> None:
    """From 1,048,576 elements on a kernel is called on a part for each thread, and each part is computed."""
    called: list[int] = []

    def kernel(source: Any, target: Any) -> None:
        called.append(source.size)
        target[:] = source

    source = np.arange(float(size))
    target = np.empty_like(source)
    set_threads(3)
    threads.share(kernel, source, target)
    assert sorted(called, reverse=True) == parts
    np.testing.assert_array_equal(target, source)


@by_name
def test_large_arrays_of_users_are_handed_to_the_threads(function: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 1,048,576 elements, in one dimension or more; what a kernel alone computes faster never gets there."""
    shared: list[int] = []
    function(np.zeros(1))
    monkeypatch.setattr(threads, "share", lambda _, source, __: shared.append(source.size))
    for shape in ((1_048_576,), (1_024, 1_024)):
        function(np.zeros(shape))
    assert shared == [1_048_576] * 2


@pytest.mark.usefixtures("restored")
def test_the_former_setting_is_returned() -> None:
    """So that it can be restored."""
    assert [set_threads(2), set_threads(3), set_threads(1)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("count", "error", "message"),
    [
        (0, ValueError, "set_threads: takes an int of at least 1, not 0"),
        (-1, ValueError, "set_threads: takes an int of at least 1, not -1"),
        (1.0, TypeError, "set_threads: takes an int, not float"),
        (True, TypeError, "set_threads: takes an int, not bool"),
    ],
)
def test_a_wrong_number_of_threads_is_refused(count: Any, error: type[Exception], message: str) -> None:
    """Threads are counted from one, and the setting stays as it was."""
    with pytest.raises(error, match=f"^{message}$"):
        set_threads(count)
    assert set_threads(1) == 1


def test_arrays_release_the_gil() -> None:
    """While one thread computes a large array, another one runs Python."""
    big = np.random.default_rng(3).normal(0.0, 5.0, 1 << 21)
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
