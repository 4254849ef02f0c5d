"""The points of a sweep: a function of domain, seed and index alone, on any machine, with Numba or without."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import formats
from sigmoid_parity.errors import UsageError
from sigmoid_parity.sweep import domains, hashing, units
from sigmoid_parity.sweep.domains import Bits, Domain, Every, File, Normal, Uniform
from sigmoid_parity.sweep.thinned import OneIn

MASK = 2**64 - 1
N = 10_000
DRAWN: tuple[Domain, ...] = (Bits(N, 7), Uniform(N, 7, -745.0, 745.0), Normal(N, 7, 8.0))
PROGRAM = """
import hashlib
from sigmoid_parity.sweep.domains import *
for one in (Bits(10000, 7), Uniform(10000, 7, -745.0, 745.0), Normal(10000, 7, 8.0)):
    print(hashlib.sha256(one.points(0, 10000).tobytes()).hexdigest())
"""


def splitmix(state: int) -> int:
    """The hash in Python's integers, from the paper."""
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB & MASK
    return state ^ (state >> 31)


@given(st.integers(0, MASK), st.integers(0, MASK - 100))
def test_hash(seed: int, first: int) -> None:
    """A word is SplitMix64's output, as Python's integers compute it."""
    expected = [splitmix((seed + (first + i + 1) * 0x9E3779B97F4A7C15) & MASK) for i in range(5)]
    assert hashing.words(seed, first, 5).tolist() == expected


@given(st.sampled_from((*DRAWN, Every("float32"), Every("float16"))), st.integers(0, N - 1), st.integers(1, N))
def test_any_part(domain: Domain, first: int, count: int) -> None:
    """Any part of a domain, computed alone, has the bits that it has in the whole."""
    count = min(count, N - first)
    whole = domain.points(0, N)
    assert domain.points(first, count).tobytes() == whole[first : first + count].tobytes()


def test_without_numba_too() -> None:
    """The points have the same bits where Numba compiles the loops and where NumPy computes them."""
    environment = os.environ | {"SIGMOID_PARITY_BACKEND": "plain"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == [hashlib.sha256(one.points(0, N).tobytes()).hexdigest() for one in DRAWN]


def test_seeds_and_indices() -> None:
    """Other seeds give other points, and no two indices the same word."""
    words = np.concatenate([hashing.words(seed, 0, N) for seed in (0, 1, 2, MASK)])
    assert np.unique(words).size == words.size


def test_normal() -> None:
    """Probabilities go to the quantiles of the normal distribution, to 15 digits, out to the smallest of them."""
    u = np.concatenate([hashing.probabilities(3, 0, 300), 2.0**-53 * np.array([1, 3, 5, 1000]), [0.075]])
    u = np.concatenate([u, 1.0 - u])
    with mpmath.workdps(40):
        expected = np.array([float(mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(float(p)) - 1)) for p in u])
    assert np.abs(hashing.normal(u) / expected - 1.0).max() < 2e-15


def test_spread() -> None:
    """The points of a distribution have its mean and deviation, within five standard errors, and its bounds."""
    for domain, deviation in ((DRAWN[1], 745.0 / 3.0**0.5), (DRAWN[2], 8.0)):
        points = domain.points(0, N)
        assert abs(points.mean()) < 5.0 * deviation / N**0.5
        assert abs(points.std() / deviation - 1.0) < 5.0 / N**0.5
    assert np.abs(DRAWN[1].points(0, N)).max() <= 745.0
    counts = np.unpackbits(hashing.words(1, 0, N).view(np.uint8).reshape(N, 8), axis=1).sum(0)
    assert np.abs(counts - N / 2).max() < 5.0 * (N / 4) ** 0.5


@pytest.mark.parametrize("name", ["float8_e4m3fn", "float8_e5m2", "bfloat16", "float16", "float32"])
def test_every_encoding(name: str) -> None:
    """The domain of a format has each of its encodings once: the last one is the NaN of all bits."""
    domain = Every(name)
    if name != "float32":
        assert domain.points(0, domain.size).tobytes() == formats.every(domain.dtype).tobytes()
    last = domain.points(domain.size - 2, 2)
    assert np.isnan(last[1])
    assert last.view(f"u{last.itemsize}").tolist() == [domain.size - 2, domain.size - 1]


@pytest.mark.parametrize("step", [1, 257, 65535])
def test_one_in(step: int) -> None:
    """One encoding in so many of a format, the last one being the last that there is; any part alone has its bits."""
    domain = OneIn(step, "float16")
    expected = np.arange(1 << 16, dtype=np.uint16)[::step]
    assert domain.size == expected.size
    assert domain.points(0, domain.size).tobytes() == expected.tobytes()
    assert domain.points(1, domain.size - 1).tobytes() == expected[1:].tobytes()


def test_file(tmp_path: Path) -> None:
    """A file's doubles are its points, from .npy and from bytes; its content is its identity."""
    values = np.array([0.5, -0.0, np.inf, 5e-324])
    np.save(tmp_path / "a.npy", values)
    (tmp_path / "a.bin").write_bytes(values.astype("<f8").tobytes())
    for name in ("a.npy", "a.bin"):
        domain = File(tmp_path / name)
        assert domain.size == 4
        assert domain.points(1, 3).tobytes() == values[1:].tobytes()
    before = File(tmp_path / "a.bin").describe()
    (tmp_path / "a.bin").write_bytes(bytes(32))
    assert File(tmp_path / "a.bin").describe() != before


@pytest.mark.parametrize("content", [b"", b"1234567", None])
def test_no_file(tmp_path: Path, content: bytes | None) -> None:
    """What holds no doubles is an error that names the file."""
    path = tmp_path / "points"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="points is no file of doubles"):
        domains.read(path)


@given(st.integers(1, 2**63))
def test_units(points: int) -> None:
    """The units cover the first points without gap or overlap, and their size depends on the number alone."""
    size = units.size(points)
    assert size & (size - 1) == 0
    assert size <= units.LARGEST or points // size in range(2**15, 2**16 + 1)
    parts = units.split(points)
    end = 0
    for part, _ in zip(parts, range(100), strict=False):
        assert part.first == end
        assert 0 < part.count <= size
        end = part.end
    assert end == min(points, 100 * size)


def test_bits_are_the_words() -> None:
    """Doubles of random bits are the hashes themselves."""
    assert DRAWN[0].points(5, 9).view(np.uint64).tolist() == hashing.words(7, 5, 9).tolist()
