"""Files that are no assembly for this machine: what is wrong with them is read from their headers."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from sigmoid_parity.implementations.dotnet import image

FOREIGN = 0x200  # Itanium, which nothing here is.


def header(data: bytearray) -> int:
    return int(struct.unpack_from("<I", data, 0x3C)[0])


def native(data: bytearray) -> bytes:
    start = header(data) + 24
    wide = struct.unpack_from("<H", data, start)[0] == 0x20B
    struct.pack_into("<II", data, start + (112 if wide else 96) + 8 * 14, 0, 0)
    return bytes(data)


def foreign(data: bytearray) -> bytes:
    struct.pack_into("<H", data, header(data) + 4, FOREIGN)
    return bytes(data)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (bytes, None),
        (lambda _: b"", "it is empty"),
        (lambda _: b"\x7fELF" + bytes(100), "it is no DLL"),
        (lambda data: data.replace(b"PE\0\0", b"NE\0\0", 1), "it is no DLL"),
        (lambda data: data[:2000], "it is damaged: its headers point outside of it"),
        (lambda data: data[:30], "it is damaged: its headers point outside of it"),
        (native, "it is a native library, and no .NET assembly"),
        (foreign, f"it is built for {FOREIGN:#x} alone, and this machine is "),
    ],
)
def test_headers_say_what_is_wrong(
    dll: Path, tmp_path: Path, change: Callable[[bytearray], bytes], problem: str | None
) -> None:
    """Our own assembly has nothing wrong; each change to it is recognised."""
    file = tmp_path / "changed.dll"
    file.write_bytes(change(bytearray(dll.read_bytes())))
    found = image.problem(file)
    assert found is None if problem is None else found is not None and found.startswith(problem)


def test_files_that_cannot_be_read(tmp_path: Path, dll: Path) -> None:
    """A missing file and a folder; the beginnings of an assembly are judged without an exception."""
    assert image.problem(tmp_path / "missing.dll") == "No such file or directory"
    assert image.problem(tmp_path) == "Is a directory"
    cut = Path(shutil.copy(dll, tmp_path / "cut.dll"))
    data = dll.read_bytes()
    for size in range(0, len(data), 17):
        cut.write_bytes(data[:size])
        assert image.problem(cut) is not None, size
