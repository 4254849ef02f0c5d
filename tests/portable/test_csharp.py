"""C#'s PortableSigmoid: the bits of Python's portable functions on every runtime, with FMA or without."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from sigmoid_parity import floats, portable
from sigmoid_parity.compare.verify import verify_portable
from sigmoid_parity.implementations.dotnet import Host, Runtime, assembly, compilers, select
from sigmoid_parity.implementations.portable import CLASS, PortableArray
from tests.portable.shared import PUBLISHED, Doubles, near_midpoints, same, tiny

TOP: Final = Path(__file__).parent.parent.parent
WITHOUT_FMA: Final = {
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4",
    "DOTNET_EnableHWIntrinsic": "0",
    "COMPlus_EnableHWIntrinsic": "0",
}
DIGEST: Final = """
import hashlib
import numpy as np
from sigmoid_parity import portable
inputs = np.random.default_rng(42).uniform(-40.0, 40.0, 100_000)
print(hashlib.sha256(portable.activation(inputs).tobytes()).hexdigest())
"""
REFUSED: Final = """
import ctypes, sys
from pathlib import Path
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import binding, select
(runtime,) = select([sys.argv[2]])
binding.start(runtime)
kind = binding.load_type(runtime, Path(sys.argv[3]), sys.argv[4])
library = ctypes.CDLL(sys.argv[1])
getattr(library, sys.argv[5])()
try:
    binding.create(runtime, kind)
except HostError as error:
    library.restore()
    print(error, flush=True)
library.restore()
import os; os._exit(0)
"""


@pytest.fixture(scope="module")
def dll() -> Path:
    """The assembly with the portable pair, which must be there and fit its sources."""
    return assembly.find_portable().path


@pytest.fixture(scope="module")
def portable_host(runtime: Runtime, dll: Path) -> Iterator[Host]:
    """The C# class on a runtime."""
    with Host(runtime, dll, class_name=CLASS) as found:
        yield found


@cache
def points(function: str) -> Doubles:
    """Seeded samples, inputs that are hard to round, and for one function those with subnormal results too."""
    random = np.random.default_rng(16)
    hard = np.array([*PUBLISHED, *tiny(4_000), *near_midpoints(4_000)])
    any_bits = floats.from_bits(random.integers(0, 2**64, 100_000, np.uint64))
    tail = np.random.default_rng(17).uniform(700.0, 746.0, 20_000 if function == "stable_derivative" else 0)
    return np.concatenate(
        [random.uniform(-40.0, 40.0, 100_000), random.uniform(-746.0, 746.0, 50_000), any_bits, hard, -hard, tail]
    )


@cache
def ours(function: str) -> Doubles:
    """Python's results at the points."""
    return np.asarray(getattr(portable, function)(points(function)))


def test_has_python_s_bits(portable_host: Host) -> None:
    """Over seeded samples and thousands of inputs that are hard to round, on every runtime."""
    for function in ("activation", "d_activation", "derivative"):
        inputs = points(function)
        same(ours(function), portable_host.apply(function, inputs), inputs)


def test_has_python_s_stable_derivative(portable_host: Host) -> None:
    """Over the same inputs, and over those with subnormal results."""
    inputs = points("stable_derivative")
    same(ours("stable_derivative"), portable_host.map("StableDerivative", inputs), inputs)


@pytest.mark.processes
def test_has_the_same_bits_without_fma(runtime: Runtime, dll: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With FMA hidden from glibc and from the compiler at run time, in C# and in Python."""
    inputs = np.random.default_rng(42).uniform(-40.0, 40.0, 100_000)
    expected = portable.activation(inputs)
    for name, value in WITHOUT_FMA.items():
        monkeypatch.setenv(name, value)
    with Host(runtime, dll, class_name=CLASS) as host:
        same(expected, host.apply("activation", inputs), inputs)
    done = subprocess.run([sys.executable, "-c", DIGEST], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == hashlib.sha256(expected.tobytes()).hexdigest()


@pytest.mark.processes
@pytest.mark.parametrize(
    ("setting", "reason"), [("fe_upward", "rounded once, to nearest"), ("flush", "subnormal numbers")]
)
def test_refuses_another_arithmetic(runtime: Runtime, dll: Path, settings: Path, setting: str, reason: str) -> None:
    """The constructor throws, with the reason and what to do."""
    command = [sys.executable, "-c", REFUSED, str(settings), runtime.name, str(dll), CLASS, setting]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "System.PlatformNotSupportedException" in done.stdout, done.stderr
    assert reason in done.stdout


MUTANTS: Final = {
    "test-too-narrow": ("FastPhase.cs", "Arithmetic.Power(-67)", "Arithmetic.Power(-73)"),
    "no-exact-phase": ("FastPhase.cs", "return below == above ||", "return true ||"),
    "digit-of-the-table": ("Constants.cs", "67473258", "67473259"),
    "digit-of-ln-2": ("Constants.cs", "b17217f7d1cf79abc9e3", "b17217f7d1cf79abc9e4"),
    "exact-phase-too-short": ("ExactPhase.cs", "{ 192, 320, 448 }", "{ 64 }"),
}


@pytest.mark.processes
@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_found(name: str, quick_compiler: compilers.Compiler, tmp_path: Path) -> None:
    """By the pair's fixtures and portable.yaml alone, as verify compares them."""
    file, old, new = MUTANTS[name]
    project = Path(shutil.copytree(TOP / "csharp" / "SigmoidParity.Portable", tmp_path / "SigmoidParity.Portable"))
    text = (project / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (project / file).write_text(text.replace(old, new), encoding="utf-8")
    made = tmp_path / "made" / "SigmoidParity.Portable.dll"
    compilers.build(project, made, quick_compiler)
    with Host(select()[0], made, class_name=CLASS) as host:
        report = verify_portable([PortableArray(), host])
    assert report.verdict in ("differ", "error")
    assert report.failed or report.failures
