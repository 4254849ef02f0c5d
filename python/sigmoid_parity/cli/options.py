"""The options that several commands take, each said once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """What ``--language`` takes."""

    en = "en"
    ja = "ja"
    zh = "zh"


Runtimes = Annotated[
    list[str] | None,
    typer.Option(
        "--runtime", metavar="NAME", help="Only this .NET runtime: coreclr, mono, coreclr-8, a full name. Repeatable."
    ),
]
Json = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Write the results as JSON; - is standard output.")
]
AssemblyFile = Annotated[
    Path | None,
    typer.Option("--assembly", metavar="FILE", help="Compare with this DLL instead of the one that was built."),
]
Fixtures = Annotated[
    Path | None, typer.Option("--fixtures", metavar="DIR", help="Take the fixtures from here, not from the package.")
]
TimeLimit = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Time limit for each .NET call, in seconds.")
]
