"""``sigmoid-parity build``: compile the C# assembly of a checkout."""

from __future__ import annotations

from pathlib import Path

import click

from sigmoid_parity import resources
from sigmoid_parity.cli import options
from sigmoid_parity.cli.commands import Command
from sigmoid_parity.errors import UsageError
from sigmoid_parity.implementations.dotnet import compilers


@click.command(
    cls=Command,
    examples=["build", "build --compiler mcs --output /tmp/SigmoidParity.dll"],
    codes={0: "compiled", 2: "no compiler, no sources, or errors in them"},
)
@click.option("--compiler", type=options.choice("dotnet", "mcs"), help="By default dotnet where an SDK is found.")
@click.option("--output", type=options.FILE, metavar="FILE", help="The DLL to write instead of the package's own.")
@click.option("--project", type=options.FILE, metavar="DIR", help="Another C# project than csharp/SigmoidParity.")
def build(compiler: str | None, output: Path | None, project: Path | None) -> None:
    """Compile the C# assembly.

    Compiles csharp/SigmoidParity into build/SigmoidParity.dll, with its XML documentation, by the .NET SDK where there
    is one, else by Mono's mcs. Beside the DLL, SigmoidParity.json says which compiler made it from which sources.
    """
    top, chosen = resources.checkout(), compilers.choose(compiler)
    if project is not None:
        _build(project, output or resources.assembly_path(), chosen)
    elif top is None:
        problem = "the C# sources are in the repository, not in the installed package"
        raise UsageError(f"{problem}; clone it, or name a project with --project")
    elif output is not None:
        _build(top / "csharp" / resources.PROJECTS[0], output, chosen)
    else:
        for name in resources.PROJECTS:
            _build(top / "csharp" / name, resources.assembly_path().with_name(f"{name}.dll"), chosen)


def _build(source: Path, target: Path, compiler: compilers.Compiler) -> None:
    record = compilers.build(source, target, compiler)
    click.echo(f"{target} compiled by {record.compiler} {record.compiler_version}")
