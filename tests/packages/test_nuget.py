"""The NuGet packages: what they hold, that they are reproducible, and that their READMEs' examples are true."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from sigmoid_parity import __version__
from sigmoid_parity.implementations.dotnet import assembly
from sigmoid_parity.implementations.record import RecordTarget
from tests.packages.conftest import FEED, TOP, Distribute, application, example
from tests.sdk import NEEDS_SDK, dotnet

pytestmark = [pytest.mark.processes, NEEDS_SDK]

FRAMEWORKS = {
    "SigmoidParity": "netstandard2.0",
    "SigmoidParity.Portable": "netstandard2.0",
    "SigmoidParity.Vectors": "net10.0",
}


def contents(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_builds_in_two_folders_are_the_same(dist: Path, distribute: Distribute) -> None:
    """Wheel, sdist, packages and symbols: built elsewhere at another time, not a byte differs."""
    again = distribute("second-folder")
    made = sorted(file.name for file in dist.iterdir())
    assert len(made) == 10
    assert made == sorted(file.name for file in again.iterdir())
    assert [name for name in made if (dist / name).read_bytes() != (again / name).read_bytes()] == []


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_what_a_package_holds(name: str, dist: Path) -> None:
    """Assembly, documentation, readme, symbols with the sources, and a nuspec with what a feed shows."""
    held = contents(dist / f"{name}.{__version__}.nupkg")
    folder = f"lib/{FRAMEWORKS[name]}/{name}"
    assert {"README.md", f"{folder}.dll", f"{folder}.xml"} <= set(held)
    assert held["README.md"] == (TOP / "csharp" / name / "README.md").read_bytes()
    assert len(held["README.md"].splitlines()) <= 40
    described = ET.fromstring(held[f"{name}.nuspec"]).find("{*}metadata")  # noqa: S314 - of our own making
    assert described is not None
    values = {entry.tag.rpartition("}")[2]: entry.text for entry in described}
    assert (values["id"], values["version"], values["license"]) == (name, __version__, "MIT")
    assert values["readme"] == "README.md"
    assert all(values[field] for field in ("authors", "description", "tags"))
    repository = described.find("{*}repository")
    assert repository is not None
    assert repository.get("type") == "git"
    symbols = contents(dist / f"{name}.{__version__}.snupkg")
    assert f"{folder}.pdb" in symbols


def test_vectors_depend_on_the_classes_alone(dist: Path) -> None:
    """Nothing else comes with the package."""
    nuspec = contents(dist / f"SigmoidParity.Vectors.{__version__}.nupkg")["SigmoidParity.Vectors.nuspec"].decode()
    assert sorted(re.findall(r'<dependency id="([^"]*)" version="([^"]*)"', nuspec)) == [
        ("SigmoidParity", __version__),
        ("SigmoidParity.Portable", __version__),
    ]


def test_the_package_has_the_assembly_that_verify_compares(dist: Path) -> None:
    """The class's DLL is the one of `sigmoid-parity build`, byte for byte, where the same SDK built it."""
    built = assembly.find()
    assert built.record is not None
    packed = contents(dist / f"SigmoidParity.{__version__}.nupkg")["lib/netstandard2.0/SigmoidParity.dll"]
    assert built.record.compiler != "dotnet" or packed == built.path.read_bytes()
    assert b"sigmoid-parity/csharp" not in packed
    assert str(TOP).encode() not in packed


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_the_example_of_the_package_s_readme(name: str, dist: Path, tmp_path: Path) -> None:
    """From a folder as feed into a new console project: the example prints what stands beside it."""
    (tmp_path / "nuget.config").write_text(FEED.format(dist), encoding="utf-8")
    source = example(TOP / "csharp" / name / "README.md")
    packages = "".join(f'<PackageReference Include="{one}" Version="{__version__}" />' for one in FRAMEWORKS)
    said = re.findall(r"WriteLine\(.*// (.*)", source)
    assert dotnet(application(tmp_path, source, packages)).splitlines() == said
    assert said == ["0.6224593312018546 0.2350037122015945"]


def test_the_example_of_the_repository_s_readme(dist: Path, tmp_path: Path) -> None:
    """The C# example of README.md, with the package, gives the values of its Python example."""
    (tmp_path / "nuget.config").write_text(FEED.format(dist), encoding="utf-8")
    source = example(TOP / "README.md") + 'Console.WriteLine($"{y:R} {slope:R}");\n'
    package = f'<PackageReference Include="SigmoidParity" Version="{__version__}" />'
    values = re.findall(r"^0\.\d+$", (TOP / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert dotnet(application(tmp_path, source, package)).split() == values
    assert len(values) == 2


def test_the_recorder_is_a_tool(dist: Path, tmp_path: Path) -> None:
    """Installed from a folder as feed, it records the package's own class, and what it writes is a record."""
    (tmp_path / "nuget.config").write_text(FEED.format(dist), encoding="utf-8")
    tools = ("--tool-path", tmp_path / "tools", "--version", __version__)
    dotnet("tool", "install", "SigmoidParity.Recorder", *tools, folder=tmp_path)
    tool, own = tmp_path / "tools" / "sigmoid-recorder", assembly.find().path
    command = [str(tool), str(own), "--samples", "100", "--output", "pair.record"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with RecordTarget(tmp_path / "pair.record").open() as found:
        assert {one.name for one in found.candidates} == {"Activation(double)", "DActivation(double)"}
