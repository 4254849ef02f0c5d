"""Keep machine code on disk: beside the sources, or where this user's caches are.

The environment variable ``SIGMOID_PARITY_CACHE`` names another folder. Where no folder can be written, code is compiled
in each process.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

VARIABLE: Final = "SIGMOID_PARITY_CACHE"
_DIGEST: Final = hashlib.sha256().digest_size
_KEPT: Final = 8


def read(name: str, key: bytes) -> bytes | None:
    """Return the code that was written with a key, whole and unchanged; None if there is none."""
    for folder in _folders():
        try:
            content = _file(folder, name, key).read_bytes()
        except OSError:
            continue
        if content[:_DIGEST] == _seal(key, content[_DIGEST:]):
            return content[_DIGEST:]
    return None


def write(name: str, key: bytes, code: bytes) -> None:
    """Write code to the first folder that takes it, so that a reader finds all of it or none."""
    for folder in _folders():
        file = _file(folder, name, key)
        part = file.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_seal(key, code) + code)
            part.replace(file)
        except OSError:
            _remove(part)
            continue
        _remove(*_oldest(folder, name))
        return


def _oldest(folder: Path, name: str) -> list[Path]:
    """Return the files of a name but the newest few, which other processors may need."""
    try:
        found = sorted(folder.glob(f"{name}-*.object"), key=lambda file: file.stat().st_mtime)
    except OSError:  # Another process removed one meanwhile.
        return []
    return found[:-_KEPT]


def _remove(*files: Path) -> None:
    with suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)


def _file(folder: Path, name: str, key: bytes) -> Path:
    return folder / f"{name}-{key.hex()[:32]}.object"


def _seal(key: bytes, code: bytes) -> bytes:
    return hashlib.sha256(key + code).digest()


def _folders() -> Iterator[Path]:
    chosen = os.environ.get(VARIABLE)
    if chosen:
        yield Path(chosen)
        return
    yield Path(__file__).with_name("__pycache__")
    try:
        home = Path.home()
    except RuntimeError:  # This user has none.
        return
    systems = {"win32": os.environ.get("LOCALAPPDATA"), "darwin": home / "Library" / "Caches"}
    caches = systems.get(sys.platform) or os.environ.get("XDG_CACHE_HOME") or home / ".cache"
    yield Path(caches) / "sigmoid-parity"
