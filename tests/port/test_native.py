"""Compiled code: kept on disk whole or not at all, and called from Python without a reference too many."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sigmoid_parity.port import arrays
from tests.conftest import BACKENDS
from tests.port.shared import bits_of, by_name

pytestmark = pytest.mark.skipif(BACKENDS == ("plain",), reason="without llvmlite nothing is compiled")

COMPUTE = (
    "import hashlib, numpy, sigmoid_parity as s; x = numpy.linspace(-800.0, 800.0, 10_007)\n"
    "print(hashlib.sha256(b''.join(f(x.astype(t)).tobytes() for t in 'df'"
    " for f in (s.activation, s.d_activation, s.derivative, s.stable_derivative))).hexdigest())"
)


class Build:
    """Fills a module with `d_activation` alone, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, module: Any) -> None:
        calls, loops, ones = (
            import_module(f"sigmoid_parity.port.backends.{name}") for name in ("calls", "loops", "ones")
        )
        self.times += 1
        double = loops.define(module, "double", single=False, one=ones.d_activation)
        single = loops.define(module, "single", single=True, one=ones.d_activation)
        calls.define(module, "call", {"float64": double, "float32": single}, below=100)


@pytest.fixture
def native() -> Any:
    return import_module("sigmoid_parity.port.backends.native")


@pytest.fixture
def storage() -> Any:
    return import_module("sigmoid_parity.port.backends.storage")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, storage: Any) -> Path:
    """An empty folder for code."""
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path / "code"))
    return tmp_path / "code"


def compute(library: Any) -> None:
    """Call what was loaded."""
    call = library.function("call", lambda *_: None)
    np.testing.assert_array_equal(call(np.array([0.25, 3.0]), None), [0.1875, -6.0])


def test_code_is_compiled_once(folder: Path, native: Any) -> None:
    """The first load compiles, and leaves one file; the next loads it."""
    build = Build()
    for _ in range(3):
        compute(native.load("small", build))
    assert build.times == 1
    assert [file.suffix for file in folder.iterdir()] == [".object"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:0],
        lambda content: content[:-100],
        lambda content: content[:20],
        lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        lambda content: hashlib.sha256(content[32:]).digest() + content[32:],
    ],
    ids=["empty", "torn", "torn early", "one bit", "sealed without the key"],
)
def test_a_spoilt_file_is_compiled_anew(folder: Path, native: Any, spoil: Callable[[bytes], bytes]) -> None:
    """What is not, to the byte, what was written for this very key is never loaded, and is replaced."""
    build = Build()
    native.load("small", build)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    compute(native.load("small", build))
    assert build.times == 2
    assert len(file.read_bytes()) == len(whole)
    compute(native.load("small", build))
    assert build.times == 2


def test_another_keys_code_is_not_loaded(folder: Path, storage: Any) -> None:
    """A file that was renamed holds code for another processor, or of other sources."""
    storage.write("small", b"a" * 32, b"code")
    (file,) = folder.iterdir()
    file.rename(file.with_name(file.name.replace("61" * 16, "62" * 16)))
    assert storage.read("small", b"b" * 32) is None


@pytest.mark.parametrize("asked", ["get_host_cpu_name", "get_host_cpu_features"])
def test_the_key_tells_processors_apart(native: Any, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    """The name and the features of the processor are in the key, and so is the backend's name."""
    here = native._key("small")
    assert here == native._key("small") != native._key("other")
    answer = native.binding.FeatureMap() if "features" in asked else "another"
    monkeypatch.setattr(native.binding, asked, lambda: answer)
    assert native._key("small") != here


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, native: Any, storage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code is compiled in each process then, and no error is raised."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path / "file" / "code"))
    build = Build()
    for times in (1, 2):
        compute(native.load("small", build))
        assert build.times == times


def test_only_the_newest_few_files_stay(folder: Path, storage: Any) -> None:
    """Each version of the sources leaves a file; old ones go, other backends' stay."""
    storage.write("other", bytes(32), b"code")
    for number in range(12):
        storage.write("small", bytes([number]) * 32, b"code")
        os.utime(next(folder.glob(f"small-{number:02x}*")), (number, number))
    assert [storage.read("small", bytes([number]) * 32) for number in range(12)] == [None] * 4 + [b"code"] * 8
    assert storage.read("other", bytes(32)) == b"code"


@pytest.mark.processes
def test_processes_that_compile_at_once(folder: Path) -> None:
    """Processes that start with no code get the same bits, and leave one whole file and no part of one."""
    command = [sys.executable, "-c", COMPUTE]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) for _ in range(3)]
    said = {process.communicate()[0] for process in started}
    assert len(said) == 1
    assert len(said.pop()) == 65
    assert all(process.returncode == 0 for process in started)
    assert [file.name.partition("-")[0] for file in folder.iterdir()] == [BACKENDS[0]]


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
        *((MEMORY[:4], np.empty(4, np.float32)), (MEMORY[:4], MEMORY[1:5]), (MEMORY[1:5], MEMORY[:4])),
        *((MEMORY[:9].reshape(3, 3), np.empty((3, 3), order="F")), (MEMORY[:4], np.empty(8)[::2])),
        (MEMORY[:4], np.zeros(33, np.uint8)[1:].view(np.float64)),
    ],
    ids=repr,
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
