"""``sigmoid-parity build``: compile the C# assembly of a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sigmoid_parity import resources
from sigmoid_parity.errors import ToolchainError
from sigmoid_parity.implementations.dotnet import compilers


def build(
    compiler: Annotated[
        str | None, typer.Option(metavar="NAME", help="dotnet or mcs; by default dotnet where an SDK is found.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The DLL to write; build/SigmoidParity.dll by default.")
    ] = None,
    project: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The C# project; csharp/SigmoidParity by default.")
    ] = None,
) -> None:
    """Compile csharp/SigmoidParity into build/SigmoidParity.dll, with its XML documentation.

    Uses the .NET SDK where there is one, else Mono's mcs. Beside the DLL, SigmoidParity.json says which compiler made
    it from which sources.
    """
    top = resources.checkout()
    if project is None and top is None:
        raise ToolchainError(
            "the C# sources are in the repository, not in the installed package; clone it, or name "
            "a project with --project"
        )
    chosen = compilers.choose(compiler)
    if project is not None or output is not None:
        own = top / "csharp" / resources.PROJECTS[0] if top else Path()
        _build(project or own, output or resources.assembly_path(), chosen)
    elif top is not None:
        for name in resources.PROJECTS:
            _build(top / "csharp" / name, resources.assembly_path().with_name(f"{name}.dll"), chosen)


def _build(source: Path, target: Path, compiler: compilers.Compiler) -> None:
    if not any(source.glob("*.cs")):
        raise ToolchainError(f"there are no C# sources in {source}; name the folder that has them")
    record = compilers.build(source, target, compiler)
    typer.echo(f"{target} compiled by {record.compiler} {record.compiler_version}")
