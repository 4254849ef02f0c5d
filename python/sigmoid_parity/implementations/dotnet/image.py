"""What is wrong with a file that no runtime loads as an assembly, from its headers.

Source: Microsoft, "PE Format" (headers, data directories); ECMA-335, II.25 (the CLI header and its flags).
"""

from __future__ import annotations

import platform
import struct
from pathlib import Path
from typing import Final

from sigmoid_parity.errors import refusal

_MACHINES: Final = {0x14C: "x86", 0x8664: "x64", 0x1C4: "ARM", 0xAA64: "ARM64"}
_OWN: Final = {"x86_64": 0x8664, "AMD64": 0x8664, "aarch64": 0xAA64, "arm64": 0xAA64, "armv7l": 0x1C4}
_ANY: Final = 0x14C  # What an assembly for any machine has there, too.
_PE32_PLUS: Final = 0x20B
_CLI: Final = 14  # The CLI header's place among the data directories.
_ONLY_32_BIT: Final = 2


def problem(path: Path) -> str | None:
    """Say why a file is no assembly that can run here, or None where its headers show nothing wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return f"{error.strerror}" if error.filename == str(path) else refusal(error)
    try:
        return _problem(data)
    except (struct.error, StopIteration):
        return "it is damaged: its headers point outside of it"


def _problem(data: bytes) -> str | None:
    if data[:2] != b"MZ":
        return "it is no DLL" if data else "it is empty"
    (start,) = struct.unpack_from("<I", data, 0x3C)
    if data[start : start + 4] != b"PE\0\0":
        return "it is no DLL"
    machine, sections, options = struct.unpack_from("<2xHH12xH", data, start + 2)
    optional = start + 24
    directories = optional + (112 if struct.unpack_from("<H", data, optional)[0] == _PE32_PLUS else 96)
    address, size = struct.unpack_from("<II", data, directories + 8 * _CLI)
    if not size:
        return "it is a native library, and no .NET assembly"
    header = _offset(data, address, optional + options, sections)
    only_32_bit = bool(struct.unpack_from("<I", data, header + 16)[0] & _ONLY_32_BIT)
    own = _OWN.get(platform.machine())
    if own is None or own == machine or (machine == _ANY and not only_32_bit):
        return None
    name = _MACHINES.get(machine, hex(machine))
    return f"it is built for {name} alone, and this machine is {_MACHINES[own]}; build it for AnyCPU"


def _offset(data: bytes, address: int, table: int, sections: int) -> int:
    """Find where in the file an address is."""
    rows = [struct.unpack_from("<8xIIII", data, table + 40 * number) for number in range(sections)]
    if any(raw + size > len(data) for _, _, size, raw in rows):
        raise struct.error
    return next(int(raw + address - start) for size, start, _, raw in rows if start <= address < start + size)
