"""SigmoidParity.Vectors on each backend, in a process each: the backend that was forced, and the bits of Python's."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import floats, portable
from sigmoid_parity.functions import FUNCTIONS
from sigmoid_parity.implementations.dotnet import find
from sigmoid_parity.machine import provenance
from sigmoid_parity.port.backends import choice
from tests.cli.running import run
from tests.portable.shared import DIGEST, PUBLISHED, near_midpoints, same, ten_million, tiny
from tests.sdk import NEEDS_SDK, dotnet

pytestmark = [pytest.mark.processes, NEEDS_SDK]

KERNELS = {"avx512f": "Vector512", "fma": "Vector256"}
WIDEST = next((name for flag, name in KERNELS.items() if flag in provenance.cpu()), "Scalar")
FORCED = {
    WIDEST: {},
    **({"Vector256": {"DOTNET_EnableAVX512": "0"}} if WIDEST == "Vector512" else {}),
    "Scalar": {"DOTNET_EnableAVX2": "0"},
    "Scalar, no vectors at all": {"DOTNET_EnableHWIntrinsic": "0"},
}


def points() -> NDArray[np.float64]:
    generator = np.random.default_rng(20261121)
    bits = floats.from_bits(generator.integers(0, 2**64, 100_000, np.uint64))
    return np.concatenate([bits, generator.uniform(-745.0, 745.0, 100_000), generator.uniform(-40.0, 40.0, 100_000)])


@pytest.mark.parametrize("forced", FORCED)
def test_a_forced_backend_is_reported_and_has_the_class_s_bits(forced: str, artifacts: Path) -> None:
    """The C# tests of spans pass on each backend; one of them fails where `Backend` is not the one that was forced."""
    environment = FORCED[forced] | {"SIGMOID_PARITY_EXPECTED_BACKEND": forced.partition(",")[0]}
    tests = artifacts / "bin" / "SigmoidParity.Tests" / "release" / "SigmoidParity.Tests.dll"
    printed = dotnet("test", tests, "--filter", "FullyQualifiedName~Tests.Vectors", environment=environment)
    assert "Passed!  - Failed:     0, Passed:" in printed, printed


def test_another_backend_than_the_expected_fails(artifacts: Path) -> None:
    """The check of the check."""
    tests = artifacts / "bin" / "SigmoidParity.Tests" / "release" / "SigmoidParity.Tests.dll"
    with pytest.raises(AssertionError, match="The_backend_is_the_one_that_was_asked_for"):
        dotnet(
            *("test", tests, "--filter", "FullyQualifiedName~backend"),
            environment={"SIGMOID_PARITY_EXPECTED_BACKEND": "Abacus"},
        )


def mapped(name: str, forced: str, artifacts: Path, source: NDArray[np.float64]) -> NDArray[np.float64]:
    program = artifacts / "bin" / "SigmoidParity.Benchmarks" / "release" / "SigmoidParity.Benchmarks.dll"
    command, environment = ["dotnet", str(program), "map", name], os.environ | FORCED[forced]
    done = subprocess.run(command, input=source.tobytes(), capture_output=True, check=True, env=environment)
    return np.frombuffer(done.stdout)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("forced", FORCED)
def test_the_port_has_the_same_bits(forced: str, name: str, artifacts: Path) -> None:
    """Each function over 300,000 points: the bits of the Python port, NaN by class."""
    source, expected = points(), np.empty(300_000)
    choice.chosen().kernels[name](source, expected)
    steps = floats.distance(expected, mapped(name, forced, artifacts, source))
    assert steps.max() == 0, [floats.decimal(x) for x in source[steps > 0][:10]]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("forced", FORCED)
def test_the_portable_pair_has_the_same_bits(forced: str, name: str, artifacts: Path) -> None:
    """Each function over the same points, and over some that are hard to round: the bits of Python's portable one."""
    source = np.concatenate([points(), PUBLISHED, tiny(5_000), near_midpoints(5_000)])
    same(getattr(portable, name)(source), mapped(f"portable {name}", forced, artifacts, source), source)


@pytest.mark.parametrize("forced", FORCED)
def test_the_digest_of_ten_million_results(forced: str, artifacts: Path) -> None:
    """It is the one of every machine and language."""
    assert floats.digest([mapped("portable activation", forced, artifacts, ten_million())]) == DIGEST


@pytest.mark.parametrize(("name", "options"), [("SigmoidVectors", ()), ("PortableVectors", ("--against", "portable"))])
def test_check_takes_it(name: str, options: tuple[str, ...], artifacts: Path) -> None:
    """`sigmoid-parity check` finds all eight methods of a class, and says that they have its original's bits."""
    dll = artifacts / "bin" / "SigmoidParity.Vectors" / "release" / "SigmoidParity.Vectors.dll"
    newest = next(one.name for one in find() if int(one.version.partition(".")[0]) >= 10)
    done = run("check", dll, "--class", f"SigmoidParity.Vectors.{name}", "--runtime", newest, *options)
    same_bits = re.findall(r"^ +(?:same bits|the bits of .+) in [\d,]+ cases and 100", done.stdout, re.MULTILINE)
    assert (done.returncode, len(same_bits)) == (0, 8), done.stdout
    assert "AGREE: " in done.stdout
