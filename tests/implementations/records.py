"""Records as a program of a reader's own would write them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from sigmoid_parity import diagnosis
from sigmoid_parity.cases import load_all
from sigmoid_parity.conformance import points
from sigmoid_parity.implementations.candidates import Candidate, Floats
from sigmoid_parity.implementations.record import RecordTarget

HEAD = {"points-sha256": "0" * 64, "samples": "3", "seed": "18446744073709551615", "runtime": ".NET 10", "libm": "musl"}
X = np.array([0.0, -0.0, 1.5, np.nan, -np.inf, 5e-324])


def digits(values: Floats) -> list[str]:
    """Write numbers as hex digits, one by one."""
    return values.astype(values.dtype.newbyteorder(">")).tobytes().hex("\n", values.itemsize).split("\n")


def callable_(name: str, arguments: tuple[Floats, ...], results: list[str], *fields: str) -> str:
    """Write a callable's section."""
    lines = map(" ".join, zip(*map(digits, arguments), results, strict=True))
    return "\n".join([f"callable: {name}", *fields, f"results: {len(results)}", *lines]) + "\n"


def record(path: Path, *sections: str, head: Mapping[str, str]) -> Path:
    """Write a record with its digest, and return its path."""
    fields = "".join(f"{name}: {value}\n" for name, value in head.items())
    return signed(path, "sigmoid-parity record 1\n" + fields + "".join(f"\n{section}" for section in sections) + "\n")


def signed(path: Path, text: str) -> Path:
    """Write a text with the digest that belongs to it."""
    path.write_bytes(text.encode() + f"digest: {hashlib.sha256(text.encode()).hexdigest()}\n".encode())
    return path


def of(path: Path, functions: Mapping[str, Callable[[Floats], Floats]], samples: int = 2_000, seed: int = 1) -> Path:
    """Record functions of float64 arrays at the points of `check`."""
    at = points.recorded(list(load_all()), points.aside(diagnosis.load()), samples, seed)
    head = {"points-sha256": points.digest(at), "samples": str(samples), "seed": str(seed), "system": "Elsewhere 1.0"}
    with np.errstate(all="ignore"):
        return record(path, *(callable_(name, (at,), digits(one(at))) for name, one in functions.items()), head=head)


def only(path: Path, name: str | None = None) -> Candidate:
    with RecordTarget(path, member=name).open() as found:
        (candidate,) = found.candidates
        return candidate


def small(path: Path, *fields: str) -> Path:
    return record(path, callable_("f", (X,), digits(X * 2.0), *fields), head=HEAD)
