"""Assemblies of several projects, for another framework, or with references, compiled as a C# user would."""

from __future__ import annotations

import subprocess
from pathlib import Path

from sigmoid_parity.implementations.dotnet.compilers import Compiler

PROJECT = """<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>{framework}</TargetFramework><AssemblyName>{name}</AssemblyName><DebugType>none</DebugType>
  </PropertyGroup>
  <ItemGroup>{references}</ItemGroup>
</Project>
"""


def library(
    folder: Path,
    name: str,
    source: str,
    compiler: Compiler,
    references: tuple[Path, ...] = (),
    framework: str = "netstandard2.0",
) -> Path:
    """Compile a source into ``folder/name/out/name.dll``, and return that; references are copied beside it."""
    project = folder / name
    project.mkdir(parents=True)
    (project / f"{name}.cs").write_text(source, encoding="utf-8")
    output = project / "out" / f"{name}.dll"
    output.parent.mkdir()
    if compiler.name == "dotnet":
        items = "".join(f'<Reference Include="{one.stem}"><HintPath>{one}</HintPath></Reference>' for one in references)
        (project / f"{name}.csproj").write_text(
            PROJECT.format(framework=framework, name=name, references=items), encoding="utf-8"
        )
        command = [str(compiler.path), "build", str(project), "--nologo", "-v", "quiet", "-o", str(output.parent)]
    else:
        command = [str(compiler.path), "-nologo", "-target:library", f"-out:{output}", str(project / f"{name}.cs")]
        command += [f"-r:{one}" for one in references]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for one in references:
        (output.parent / one.name).write_bytes(one.read_bytes())
    return output
