"""The DLLs of mcs and of the .NET SDK: an application that was built with one runs with the other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sigmoid_parity import resources
from sigmoid_parity.implementations.dotnet import compilers
from tests.conftest import PROJECT
from tests.packages.conftest import application
from tests.sdk import NEEDS_SDK, dotnet

pytestmark = [pytest.mark.processes, NEEDS_SDK]

SOURCE = "Console.WriteLine(new SigmoidParity.Sigmoid().Activation(0.5).ToString());\n"


@pytest.mark.parametrize("first", compilers.compilers(), ids=lambda one: one.name)
def test_an_application_takes_the_dll_of_any_compiler(first: compilers.Compiler, tmp_path: Path) -> None:
    """Built against the DLL of one compiler, it runs with those of all: they have the same version."""
    made = {}
    for compiler in compilers.compilers():
        made[compiler.name] = tmp_path / compiler.name / resources.ASSEMBLY_NAME
        compilers.build(PROJECT, made[compiler.name], compiler)
    reference = f'<Reference Include="{made[first.name]}" />'
    program = application(tmp_path / "App", SOURCE, reference)
    for dll in made.values():
        shutil.copy(dll, program.parent)
        assert dotnet(program) == "0.6224593312018546\n"
