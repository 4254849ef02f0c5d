"""Building the assembly: with each compiler found, without a warning, recorded, and never half."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity import resources
from sigmoid_parity.errors import MissingError, ToolchainError, UsageError
from sigmoid_parity.implementations.dotnet import Host, assembly, compilers, select
from sigmoid_parity.machine import remedies
from tests.conftest import PROJECT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the C# project, to be changed."""
    copy = tmp_path / "csharp" / "SigmoidParity"
    shutil.copytree(PROJECT, copy)
    shutil.copy(PROJECT.parent / "Directory.Build.props", copy.parent)
    return copy


def test_a_compiler_is_found() -> None:
    """There is at least one, and the first is chosen."""
    assert compilers.choose() == compilers.compilers()[0]
    with pytest.raises(MissingError, match="there is no C# compiler 'csc' here, only ") as caught:
        compilers.choose("csc")
    assert caught.value.lacks == "compiler"


@pytest.mark.processes
@pytest.mark.parametrize("compiler", compilers.compilers(), ids=lambda compiler: compiler.name)
def test_builds_without_a_warning(
    compiler: compilers.Compiler, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every compiler of this machine builds the sources with warnings as errors; the result runs and is recorded."""
    monkeypatch.setenv("CI", "true")
    output = tmp_path / "out" / "SigmoidParity.dll"
    record = compilers.build(project, output, compiler)
    assert assembly.find(output).record == record
    assert (record.compiler, record.compiler_version) == (compiler.name, compiler.version)
    assert "M:SigmoidParity.Sigmoid.DActivation(System.Double)" in output.with_suffix(".xml").read_text("utf-8")
    with Host(select()[0], output) as host:
        assert host.map("Activation", np.zeros(1)).tolist() == [0.5]


@pytest.mark.processes
def test_a_warning_is_an_error_in_ci(
    compiler: compilers.Compiler, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of the check: with CI set, a source with a warning does not build."""
    source = project / "Sigmoid.cs"
    source.write_text(source.read_text("utf-8").replace("return (1.0", "int unused;\n            return (1.0"), "utf-8")
    output = tmp_path / "SigmoidParity.dll"
    monkeypatch.setenv("CI", "false")
    compilers.build(project, output, compiler)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ToolchainError, match="CS0168"):
        compilers.build(project, output, compiler)


@pytest.mark.processes
def test_a_failed_build_says_why_and_leaves_what_was_there(
    compiler: compilers.Compiler, project: Path, tmp_path: Path
) -> None:
    """The compiler's message arrives, and the old assembly with its record stays."""
    output = tmp_path / "SigmoidParity.dll"
    compilers.build(project, output, compiler)
    before = assembly.find(output)
    (project / "Sigmoid.cs").write_text("class {", encoding="utf-8")
    with pytest.raises(ToolchainError, match=r"Sigmoid\.cs.*error CS"):
        compilers.build(project, output, compiler)
    assert assembly.find(output) == before


def test_another_file_under_the_same_name_has_no_record(dll: Path, tmp_path: Path) -> None:
    """A record is believed only while the assembly has the hash that it states."""
    copy = Path(shutil.copy(dll, tmp_path))
    shutil.copy(assembly.record_path(dll), tmp_path)
    assert assembly.find(copy).record is not None
    copy.write_bytes(copy.read_bytes() + b"\0")
    assert assembly.find(copy).record is None
    assert assembly.find(copy).compiler == "an unknown compiler"


def test_an_assembly_of_other_sources_is_refused(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    """Sources changed since the build: the assembly is not compared; one has to be built."""
    (project / "Sigmoid.cs").write_text("// changed", encoding="utf-8")
    monkeypatch.setattr(resources, "csharp_sources", lambda _: sorted(project.glob("*.cs")))
    with pytest.raises(MissingError, match="was not compiled from the C# sources as they are now") as caught:
        assembly.find()
    assert caught.value.lacks == "assembly"


def test_a_missing_assembly_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Our own has to be built; one that was named is an error of usage."""
    with pytest.raises(UsageError, match="no C# assembly at "):
        assembly.find(tmp_path / "none.dll")
    monkeypatch.setattr(resources, "assembly_path", lambda: tmp_path / "none.dll")
    with pytest.raises(MissingError, match="no C# assembly at ") as caught:
        assembly.find()
    assert caught.value.lacks == "assembly"
    assert remedies.remedy("assembly") == "make build"


def test_the_record_is_plain_json(dll: Path) -> None:
    """Beside the assembly stands which compiler made it, for readers in any language."""
    record = json.loads(assembly.record_path(dll).read_text(encoding="utf-8"))
    assert set(record) == {"compiler", "compiler_version", "sources_sha256", "assembly_sha256"}


def test_the_makefile_installs_what_the_doctor_says() -> None:
    """Makefile and remedies name the same Debian packages, pyproject.toml and remedies the same embedded CoreCLR."""
    makefile = (PROJECT.parent.parent / "Makefile").read_text(encoding="utf-8")
    assert f"MONO_PACKAGES := {' '.join(remedies.DEBIAN_PACKAGES)}\n" in makefile
    project = (PROJECT.parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'embedded = ["{remedies.EMBEDDED_CORECLR};' in project
