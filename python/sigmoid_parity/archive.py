"""Weights in a file: NumPy's ``.npz``, with the exact bits, and nothing in it that could run code."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.errors import NetworkError

VERSION: Final = 1
"""The version of the form: ``version``, and ``weights_1`` to ``weights_n``, float64 matrices."""

_BROKEN: Final = (zipfile.BadZipFile, zlib.error, ValueError, EOFError, KeyError, SyntaxError, RuntimeError)


def write(path: Path, weights: Sequence[NDArray[np.float64]]) -> None:
    """Write weights to a file, whole or not at all.

    :raises NetworkError: it cannot be written.
    """
    named: dict[str, Any] = {f"weights_{number}": matrix for number, matrix in enumerate(weights, 1)}
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            np.savez(file, version=np.array(VERSION), **named)
        fresh.replace(path)
    except OSError as error:
        raise NetworkError(f"cannot write {path}: {error.strerror}; name a file in a folder that exists") from None


def read(path: Path) -> list[NDArray[np.float64]]:
    """Read the weights from a file.

    :raises NetworkError: it cannot be read, is damaged or truncated, or is of another version or form.
    """
    content = _load(path)
    version = content.pop("version", None)
    if version is None or version.dtype.kind != "i" or version.shape != () or int(version) != VERSION:
        said = "no version" if version is None else f"version {version}"
        raise NetworkError(f"{path} has {said}; this package reads version {VERSION} of a network's file")
    names = [f"weights_{number}" for number in range(1, len(content) + 1)]
    if not names or set(names) != set(content):
        raise NetworkError(f"{path} must hold weights_1, weights_2 and so on; it holds {', '.join(content) or 'none'}")
    for name in names:
        if content[name].dtype != np.float64:
            raise NetworkError(f"{path}: {name} is of {content[name].dtype}; weights are float64")
    return [content[name] for name in names]


def _load(path: Path) -> dict[str, NDArray[Any]]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as opened:
            broken = opened.testzip()
            if broken is not None:
                raise zipfile.BadZipFile(f"wrong checksum of {broken}")
            file.seek(0)
            with np.load(file, allow_pickle=False) as arrays:
                return dict(arrays)
    except OSError as error:
        raise NetworkError(f"cannot read {path}: {error.strerror or error}; check the path") from None
    except _BROKEN as error:
        raise NetworkError(f"{path} is no network's file, or is damaged or truncated: {error}; save it anew") from None
