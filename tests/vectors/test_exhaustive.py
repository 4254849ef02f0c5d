"""10^8 points: every kernel of SigmoidParity.Vectors against the scalar functions, in C#."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sdk import NEEDS_SDK, dotnet

pytestmark = [pytest.mark.exhaustive, NEEDS_SDK]

POINTS = 33_400_000  # Of each of three kinds.


def test_every_kernel_at_a_hundred_million_points(artifacts: Path) -> None:
    """Random bits, uniform in +-745 and in +-40, and around every threshold: no bit differs, by any kernel."""
    program = artifacts / "bin" / "SigmoidParity.Benchmarks" / "release" / "SigmoidParity.Benchmarks.dll"
    printed = dotnet(program, "verify", str(POINTS))
    assert f"{POINTS:,}" in printed
    assert printed.count(" stable_derivative") >= 2, printed
