"""Where the shared files are: in a checkout of the repository, or inside the installed package.

The wheel carries the fixtures and the assembly beside the modules; a checkout has them at its top.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

ASSEMBLY_NAME: Final = "SigmoidParity.dll"

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


def csharp_sources() -> list[Path]:
    """Return the C# sources of the assembly, in order of name; none where the package is installed."""
    top = checkout()
    return sorted((top / "csharp" / "SigmoidParity").glob("*.cs")) if top else []
