"""The points of a sweep, each a function of its domain and index alone: any part can be computed anywhere."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.errors import UsageError
from sigmoid_parity.implementations.candidates import Floats

_FLOAT64: Final = np.dtype(np.float64)
LARGEST: Final = 2**63
"""The most points of a domain."""


class Domain(Protocol):
    """Points with the indices from 0 to `size` - 1."""

    @property
    def size(self) -> int:
        """How many points there are."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Their format."""

    def describe(self) -> dict[str, Any]:
        """Return what makes the domain, as JSON has it: the same for the same points."""

    def points(self, first: int, count: int) -> Floats:
        """Return the points with the indices from ``first`` on, of shape (count,)."""


@dataclass(frozen=True, slots=True)
class Every:
    """Every encoding of a format, in the order of the encodings: from +0 up, and then from -0 down.

    :ivar name: of the format, one of `formats.NAMES`.
    """

    name: str = "float32"

    @property
    def dtype(self) -> np.dtype[Any]:
        """The format; see `Domain`."""
        return formats.dtype(self.name)

    @property
    def size(self) -> int:
        """How many encodings there are."""
        return 1 << (8 * self.dtype.itemsize)

    def describe(self) -> dict[str, Any]:
        """See `Domain`."""
        return {"kind": "every", **asdict(self)}

    def points(self, first: int, count: int) -> Floats:
        """See `Domain`."""
        words = _counted(count, self.dtype.itemsize)
        points: Floats = (words + words.dtype.type(first)).view(self.dtype)
        return points


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Doubles that are drawn; see `Domain`.

    :ivar size: how many.
    :ivar seed: from 0 to 2^64 - 1.
    """

    kind: ClassVar[str]

    size: int
    seed: int

    @property
    def dtype(self) -> np.dtype[Any]:
        """The format; see `Domain`."""
        return _FLOAT64

    def describe(self) -> dict[str, Any]:
        """See `Domain`."""
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Bits(_Drawn):
    """Doubles that are uniform in their encodings: half of them are below 1, and one in 2,048 is NaN or infinite."""

    kind: ClassVar[str] = "bits"

    def points(self, first: int, count: int) -> Floats:
        """See `Domain`."""
        from sigmoid_parity.sweep import hashing

        return hashing.words(self.seed, first, count).view(np.float64)


@dataclass(frozen=True, slots=True)
class Uniform(_Drawn):
    """Doubles that are uniform in a range.

    :ivar low: the range's lower end.
    :ivar high: its upper end.
    """

    kind: ClassVar[str] = "uniform"

    low: float
    high: float

    def points(self, first: int, count: int) -> Floats:
        """See `Domain`."""
        from sigmoid_parity.sweep import hashing

        return hashing.uniform(self.seed, first, count, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Normal(_Drawn):
    """Doubles that are normally distributed around 0.

    :ivar deviation: the standard deviation.
    """

    kind: ClassVar[str] = "normal"

    deviation: float

    def points(self, first: int, count: int) -> Floats:
        """See `Domain`."""
        from sigmoid_parity.sweep import hashing

        return self.deviation * hashing.normal(hashing.probabilities(self.seed, first, count))


@dataclass(frozen=True)
class File:
    """The doubles of a file: NumPy's ``.npy``, or their bytes, little-endian.

    :ivar path: the file.
    """

    path: Path

    @cached_property
    def _values(self) -> Any:
        return read(self.path)

    @property
    def size(self) -> int:
        """How many doubles there are."""
        return int(self._values.size)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The format; see `Domain`."""
        return _FLOAT64

    def describe(self) -> dict[str, Any]:
        """See `Domain`; the file by its content."""
        with self.path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        return {"kind": "file", "name": self.path.name, "sha256": digest}

    def points(self, first: int, count: int) -> Floats:
        """See `Domain`."""
        return np.array(self._values[first : first + count], np.float64)

    def __getstate__(self) -> dict[str, Any]:
        return {"path": self.path}


@lru_cache(maxsize=2)
def _counted(count: int, itemsize: int) -> Any:
    return np.arange(count, dtype=np.int64).astype(f"u{itemsize}")


def read(path: Path) -> Any:
    """Map a file of doubles into memory, as float64 of shape (n,), in the file's byte order.

    :raises UsageError: it cannot be read, or holds something else.
    """
    try:
        if path.suffix == ".npy":
            values = np.load(path, mmap_mode="r", allow_pickle=False)
        else:
            values = np.memmap(path, "<f8", "r")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{path} is no file of doubles: {reason}") from None
    if values.dtype != np.float64 or values.ndim != 1 or not values.size:
        raise UsageError(
            f"{path} is no file of doubles: it has {values.dtype} of shape {values.shape}; write float64 of shape (n,)"
        )
    return values
