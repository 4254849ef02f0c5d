"""Where the shared files are: in a checkout of the repository, or inside the installed package.

The wheel carries the fixtures and the assembly beside the modules; a checkout has them at its top.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

ASSEMBLY_NAME: Final = "SigmoidParity.dll"
HARNESS_NAME: Final = "SigmoidParity.Harness.dll"
PORTABLE_NAME: Final = "SigmoidParity.Portable.dll"
PROJECTS: Final = ("SigmoidParity", "SigmoidParity.Harness", "SigmoidParity.Portable")
"""The C# projects that `sigmoid-parity build` compiles, by the names of their folders."""

_PACKAGE: Final = Path(__file__).resolve().parent
_INSTALLED: Final = _PACKAGE / "data"
_CHECKOUT: Final = _PACKAGE.parent.parent


def checkout() -> Path | None:
    """Return the top folder of the repository this package runs from, or None where it is installed."""
    return _CHECKOUT if (_CHECKOUT / "csharp" / "SigmoidParity").is_dir() else None


def fixtures_dir() -> Path:
    """Return the folder of the fixture files that came with this package."""
    top = checkout()
    return top / "fixtures" if top else _INSTALLED / "fixtures"


def assembly_path() -> Path:
    """Return where the C# assembly belongs; it need not be there."""
    top = checkout()
    return (top / "build" if top else _INSTALLED) / ASSEMBLY_NAME


def harness_path() -> Path:
    """Return where the harness belongs, the assembly with our loop over arrays; it need not be there."""
    return assembly_path().with_name(HARNESS_NAME)


def portable_path() -> Path:
    """Return where the assembly with the portable pair belongs; it need not be there."""
    return assembly_path().with_name(PORTABLE_NAME)


def csharp_sources(assembly: Path) -> list[Path]:
    """Return the C# sources of one of our assemblies, in order of name; none where the package is installed."""
    top = checkout()
    return sorted((top / "csharp" / assembly.stem).glob("*.cs")) if top else []
