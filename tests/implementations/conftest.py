"""What the tests of implementations share: assemblies compiled once, the .NET SDK, a record's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigmoid_parity.implementations.dotnet import compilers
from tests.conftest import Misbehaving


@pytest.fixture(scope="session")
def shapes(misbehaving: Misbehaving) -> Path:
    return misbehaving("Shapes")


@pytest.fixture(scope="session")
def failing(misbehaving: Misbehaving) -> Path:
    return misbehaving("Failing")


@pytest.fixture(scope="session")
def sdk() -> compilers.Compiler:
    """The .NET SDK: mcs knows neither spans nor .NET 10."""
    return compilers.choose("dotnet")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a record."""
    return tmp_path / "acme.record"
