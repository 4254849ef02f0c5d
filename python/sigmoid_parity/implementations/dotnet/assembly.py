"""The C# assembly as a file: where it is, who compiled it from what, and whether it still fits the sources."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from sigmoid_parity import resources
from sigmoid_parity.errors import MissingError, UsageError


@dataclass(frozen=True, slots=True)
class Record:
    """Who compiled an assembly from what; kept beside it as JSON.

    :ivar compiler: ``"dotnet"`` or ``"mcs"``.
    :ivar compiler_version: as the compiler gives it.
    :ivar sources_sha256: of the C# sources, in hex digits.
    :ivar assembly_sha256: of the assembly, in hex digits.
    """

    compiler: str
    compiler_version: str
    sources_sha256: str
    assembly_sha256: str

    def write(self, assembly: Path) -> None:
        """Keep this record beside its assembly."""
        record_path(assembly).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Assembly:
    """An assembly that is there.

    :ivar path: the DLL.
    :ivar sha256: its hash as it is now, in hex digits.
    :ivar record: who compiled it, or None where nothing (true) is known.
    """

    path: Path
    sha256: str
    record: Record | None

    @property
    def compiler(self) -> str:
        """Who compiled it, in words."""
        return f"{self.record.compiler} {self.record.compiler_version}" if self.record else "an unknown compiler"


def record_path(assembly: Path) -> Path:
    """Return where an assembly's record is kept."""
    return assembly.with_suffix(".json")


def find(path: Path | None = None) -> Assembly:
    """Find an assembly: the one named, or the package's own. The harness that will run it is looked for too.

    :raises MissingError: one of ours is not there, or was compiled from other sources than the checkout's.
    :raises UsageError: the one named is not there.
    """
    _ours(resources.harness_path())
    return _ours(resources.assembly_path()) if path is None else _inspect(path, own=False)


def find_portable() -> Assembly:
    """Find the assembly with the portable pair; the harness that will run it is looked for too.

    :raises MissingError: one of ours is not there, or was compiled from other sources than the checkout's.
    """
    _ours(resources.harness_path())
    return _ours(resources.portable_path())


def _ours(path: Path) -> Assembly:
    found, sources = _inspect(path, own=True), resources.csharp_sources(path)
    if sources and (found.record is None or found.record.sources_sha256 != digest(sources)):
        problem = f"{found.path.name} was not compiled from the C# sources as they are now"
        raise MissingError(problem, lacks="assembly")
    return found


def digest_of(file: Path) -> str:
    """Return a file's SHA-256, in hex digits.

    :raises OSError: it cannot be read.
    """
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def digest(files: Iterable[Path]) -> str:
    """Return one SHA-256 over several files and their names, in hex digits."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def _inspect(path: Path, own: bool) -> Assembly:
    try:
        sha256 = digest_of(path)
    except OSError as error:
        problem = f"there is no C# assembly at {path} ({error.strerror})"
        raise (MissingError(problem, lacks="assembly") if own else UsageError(problem)) from None
    return Assembly(path, sha256, _read(record_path(path), sha256))


def _read(path: Path, sha256: str) -> Record | None:
    try:
        record = Record(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return record if record.assembly_sha256 == sha256 else None
