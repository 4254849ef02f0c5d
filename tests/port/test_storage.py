"""Compiled code is kept on disk whole, or not at all."""

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

from tests.conftest import BACKENDS
from tests.port.small import Build

pytestmark = pytest.mark.skipif(BACKENDS == ("plain",), reason="without llvmlite nothing is compiled")

COMPUTE = (
    "import hashlib, numpy, sigmoid_parity as s; x = numpy.linspace(-800.0, 800.0, 10_007)\n"
    "print(hashlib.sha256(b''.join(f(x.astype(t)).tobytes() for t in 'df'"
    " for f in (s.activation, s.d_activation, s.derivative, s.stable_derivative))).hexdigest())"
)


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
