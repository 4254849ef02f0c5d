"""What Python calls of compiled code: common arrays are computed, all else is handed on, and no reference is lost."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from sigmoid_parity.port import arrays
from tests.conftest import BACKENDS
from tests.port.shared import bits_of, by_name
from tests.port.small import Build

pytestmark = pytest.mark.skipif(BACKENDS == ("plain",), reason="without llvmlite nothing is compiled")


@pytest.fixture(scope="module")
def handed_on() -> list[tuple[Any, ...]]:
    return []


@pytest.fixture(scope="module")
def call(handed_on: list[tuple[Any, ...]]) -> Any:
    """`d_activation` as users call it, of fewer than 100 elements; what it does not do itself is recorded."""

    def otherwise(*arguments: Any) -> str:
        handed_on.append(arguments)
        return "otherwise"

    native: Any = import_module("sigmoid_parity.port.backends.native")
    return native.Library(native._compiled(Build())).function("call", otherwise)


def once(y: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The binary64 result, rounded once; in the order of the argument."""
    wide = y.astype(np.float64)
    return ((1.0 - wide) * wide).astype(y.dtype)


PLAIN = np.linspace(0.0, 1.0, 12)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "source",
    [
        *(PLAIN[:n] for n in (0, 1, 3, 12)),
        *(PLAIN[:1].reshape(()), PLAIN.reshape(3, 4), PLAIN.reshape(3, 4).T, PLAIN.reshape(2, 1, 6), np.empty((3, 0))),
    ],
    ids=lambda array: str(array.shape),
)
def test_common_arrays_are_computed(call: Any, source: Any, dtype: Any) -> None:
    """Of any shape, in C's order or Fortran's, into a new array of the same order, a given one, or in place."""
    source = source.astype(dtype)
    expected = once(source)
    made = call(source, None)
    assert (made.dtype, made.shape, made.strides) == (expected.dtype, expected.shape, expected.strides)
    assert type(made) is np.ndarray
    assert made.flags.owndata
    given = np.full_like(source, 7.0)
    assert call(source, given) is given
    same = source.copy("K")
    assert call(same, same) is same
    for results in (made, given, same):
        np.testing.assert_array_equal(results, expected)


MEMORY = np.linspace(0.0, 1.0, 400)
LOCKED = MEMORY[:4].copy()
LOCKED.flags.writeable = False


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            (),
            (MEMORY[:4],),
            (MEMORY[:4], None, None),
            (0.5, None),
            ([0.5], None),
            (None, None),
            (np.float64(0.5), None),
        ),
        *((MEMORY[:100], None), (MEMORY[::2][:4], None), (MEMORY[:4][::-1], None), (np.arange(4), None)),
        *((MEMORY[:4].astype(">f8"), None), (MEMORY[:4].astype(np.float16), None), (MEMORY[:4].astype("g"), None)),
        *((np.zeros(33, np.uint8)[1:].view(np.float64), None), (np.ma.array(MEMORY[:4]), None)),
        *((MEMORY[:4].view(np.recarray), None), (MEMORY[:4], np.ma.array(LOCKED.copy())), (MEMORY[:4], [0.0] * 4)),
        *((MEMORY[:4], LOCKED), (MEMORY[:4], MEMORY[4:9]), (MEMORY[:4], MEMORY[8:12].reshape(2, 2))),
        *((MEMORY[:4], np.zeros(4, np.float32)), (MEMORY[:4], MEMORY[1:5]), (MEMORY[1:5], MEMORY[:4])),
        *((MEMORY[:9].reshape(3, 3), np.zeros((3, 3), order="F")), (MEMORY[:4], np.zeros(8)[::2])),
        (MEMORY[:4], np.zeros(33, np.uint8)[1:].view(np.float64)),
    ],
    ids=repr,  # Of zeros, never of memory as it comes: every worker must find the same names.
)
def test_all_else_is_handed_on(call: Any, handed_on: list[tuple[Any, ...]], arguments: tuple[Any, ...]) -> None:
    """To the function in Python, with the very same arguments, and no element is touched."""
    before = MEMORY.copy()
    handed_on.clear()
    assert call(*arguments) == "otherwise"
    ((*found,),) = handed_on
    assert len(found) == len(arguments)
    assert all(one is other for one, other in zip(found, arguments, strict=True))
    np.testing.assert_array_equal(MEMORY, before)


def test_neighbours_in_memory_are_apart(call: Any) -> None:
    """Arrays that share memory but no byte, next to each other, in either order."""
    for dtype in (np.float64, np.float32):
        memory = np.linspace(0.0, 1.0, 24).astype(dtype)
        for source, target in ((memory[:12], memory[12:]), (memory[12:], memory[:12])):
            expected = once(source)
            assert call(source, target) is target
            np.testing.assert_array_equal(target, expected)


def test_what_is_raised_is_raised() -> None:
    """The error of the function in Python comes through."""
    native: Any = import_module("sigmoid_parity.port.backends.native")

    def failing(*_: Any) -> None:
        raise LookupError("not here")

    call = native.Library(native._compiled(Build())).function("call", failing)
    with pytest.raises(LookupError, match=r"^not here$"):
        call(1.0, None)


def test_references_are_kept_in_balance(call: Any, handed_on: list[tuple[Any, ...]]) -> None:
    """After a thousand calls of each kind nothing is held, and nothing was given away that is in use."""
    source, target, other = PLAIN.copy(), np.empty(12), object()
    held = [source, target, other, source.dtype, None, call]
    before = [sys.getrefcount(one) for one in held]
    for _ in range(1_000):
        assert sys.getrefcount(call(source, None)) == 1 + (sys.version_info < (3, 14))
        call(source, target)
        call(source, source)
        call(other, None)
    handed_on.clear()
    after = [sys.getrefcount(one) for one in held]
    assert max(abs(new - old) for new, old in zip(after, before, strict=True)) < 500  # Others hold None and dtypes too.


@pytest.mark.parametrize("name", ["vector", "loop"])
def test_kernels_refuse_what_they_do_not_compute(name: str) -> None:
    """A kernel never computes a part, or by another way: it says what came."""
    kernels = import_module(f"sigmoid_parity.port.backends.{name}").KERNELS
    with pytest.raises(TypeError, match=r"^a kernel takes two plain arrays of one dtype and shape, not "):
        kernels["activation"](MEMORY[::2], np.empty(200))


def test_a_kernel_in_place_reads_before_it_writes() -> None:
    """Also where a chunk is computed again, with libm, for one element that the vectors leave."""
    for name in ("vector", "loop"):
        for function, kernel in import_module(f"sigmoid_parity.port.backends.{name}").KERNELS.items():
            source = np.random.default_rng(5).uniform(-760.0, 760.0, 2_003)
            expected = np.empty_like(source)
            kernel(source, expected)
            kernel(source, source)
            np.testing.assert_array_equal(bits_of(source), bits_of(expected), err_msg=f"{name}, {function}")


@by_name
def test_the_common_array_takes_the_short_way(function: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Contiguous float64 and float32 arrays do, of any shape, also in place; all others go the long way."""
    function(PLAIN)

    def long_way(*_: Any, **__: Any) -> None:
        raise LookupError

    monkeypatch.setattr(arrays, "apply", long_way)
    for array in (
        PLAIN.copy(),
        PLAIN.astype(np.float32),
        PLAIN.reshape(3, 4),
        PLAIN.reshape(3, 4).T,
        PLAIN[:1],
        PLAIN[:0],
    ):
        assert function(array).shape == function(array, out=np.empty_like(array)).shape == array.shape
    for other in (PLAIN[::2], PLAIN.astype(np.float16), PLAIN.astype(">f8"), np.arange(3), np.float64(1.0)):
        with pytest.raises(LookupError):
            function(other)
