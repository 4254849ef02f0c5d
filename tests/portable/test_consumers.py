"""The portable pair in other languages, and in C on other processors: Python's bits in each."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from sigmoid_parity import cases, floats, portable, resources
from sigmoid_parity.functions import FUNCTIONS
from tests.portable.shared import PUBLISHED, Doubles, near_midpoints, same, tiny

FOLDER: Final = resources.fixtures_dir() / "consumers" / "portable"
C: Final = ("-O2", "-Wall", "-Wextra", "-Werror", "-o", "portable", "portable.c")
FUSED: Final = ("-O3", "-march=native", "-ffp-contract=fast", "-o", "portable", "portable.c")


@dataclass(frozen=True)
class Consumer:
    """A program: what builds it, if anything, and what runs it; the function's name follows."""

    build: tuple[str, ...]
    run: tuple[str, ...]
    found_by: tuple[str, ...] = ()

    @property
    def here(self) -> bool:
        return all(map(shutil.which, self.found_by or (self.build or self.run)[:1]))


def emulated(compiler: str, emulator: str, *options: str) -> Consumer:
    return Consumer((compiler, "-static", *options, *C), (emulator, "./portable"), (compiler, emulator))


CONSUMERS: Final = {
    "c": Consumer(("gcc", *C), ("./portable",)),
    "c-fused": Consumer(("gcc", *FUSED), ("./portable",)),
    "c-aarch64": emulated("aarch64-linux-gnu-gcc", "qemu-aarch64"),
    "c-s390x": emulated("s390x-linux-gnu-gcc", "qemu-s390x"),
    "c-armhf": emulated("arm-linux-gnueabihf-gcc", "qemu-arm"),
    "c-i386-sse2": emulated("i686-linux-gnu-gcc", "qemu-i386", "-mfpmath=sse", "-msse2"),
    "go": Consumer(("go", "build", "-o", "portable", "portable.go"), ("./portable",)),
    "java": Consumer(("javac", "-Xlint", "-Werror", "PortableSigmoid.java"), ("java", "PortableSigmoid"), ("javac",)),
    "javascript": Consumer((), ("node", "program.mjs")),
}
HERE: Final = {name: consumer for name, consumer in CONSUMERS.items() if consumer.here}


def run(command: tuple[str, ...], folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, input=text, capture_output=True, text=True, check=False, timeout=300.0)


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(FOLDER, folder / "portable-pair"))


@pytest.fixture(scope="module", params=HERE)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[str, ...], Path]:
    """A program of those whose language is here, built: how to run it, and where."""
    consumer = HERE[request.param]
    folder = copied(tmp_path_factory.mktemp(request.param))
    if consumer.build:
        built = run(consumer.build, folder)
        assert built.returncode == 0, built.stdout + built.stderr
    return consumer.run, folder


def points() -> Doubles:
    random = np.random.default_rng(16)
    hard = np.array([*PUBLISHED, *tiny(500), *near_midpoints(500)])
    spread = [random.uniform(-40.0, 40.0, 10_000), random.uniform(-746.0, 746.0, 4_000)]
    return np.concatenate([*spread, floats.from_bits(random.integers(0, 2**64, 4_000, np.uint64)), hard, -hard])


@pytest.mark.processes
@pytest.mark.parametrize("name", FUNCTIONS)
def test_has_python_s_bits(program: tuple[tuple[str, ...], Path], name: str) -> None:
    """In every case of the function's fixture, and over samples and inputs that are hard to round."""
    (fixture,) = cases.load_all(functions=[name])
    inputs, (command, folder) = np.concatenate([fixture.inputs, points()]), program
    done = run((*command, name), folder, inputs.astype(">f8").tobytes().hex("\n", 8) + "\n")
    assert done.returncode == 0, done.stderr
    results = np.frombuffer(bytes.fromhex(done.stdout), ">f8").astype(np.float64)
    same(fixture.formula, results[: len(fixture.cases)], fixture.inputs)
    same(getattr(portable, name)(inputs), results, inputs)


@pytest.mark.processes
def test_an_unknown_function_is_refused(program: tuple[tuple[str, ...], Path]) -> None:
    """With exit code 2 and its name."""
    done = run((*program[0], "sigmoid"), program[1])
    assert (done.returncode, done.stderr.strip()) == (2, "unknown function: sigmoid")


def test_some_languages_are_here() -> None:
    """The tests above run what is found; any machine that builds Python packages has a C compiler."""
    assert {"c", "c-fused"} <= HERE.keys()


def test_c_refuses_fast_math(tmp_path: Path) -> None:
    """It does not build, and says why."""
    done = run(("gcc", "-ffast-math", *C), copied(tmp_path))
    assert done.returncode != 0
    assert "deletes what the portable functions consist of" in done.stderr


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="x87 arithmetic is x86's")
def test_c_refuses_x87(tmp_path: Path) -> None:
    """It builds, and ends at once, and says why: x87 rounds every operation twice."""
    folder = copied(tmp_path)
    assert run(("gcc", "-mfpmath=387", *C), folder).returncode == 0
    done = run(("./portable", "activation"), folder, "3ff0000000000000\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "use no x87 arithmetic" in done.stderr
