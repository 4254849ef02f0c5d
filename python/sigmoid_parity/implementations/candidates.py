"""What anybody names to be judged: a target, and the candidates that are found in it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


class Candidate(Protocol):
    """Something that can be called with one float or two, or with arrays of them; what it computes is not known."""

    @property
    def owner(self) -> str:
        """What it belongs to, as a reader would write it, such as ``Acme.Neuro.Sigmoid(2.0)``; may be empty."""

    @property
    def name(self) -> str:
        """Its name with what it takes, such as ``Function(double)`` or ``expit(float64 array)``."""

    @property
    def arity(self) -> int:
        """How many arguments it takes: 1 or 2."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """The format of its arguments and results, such as float64 or float32."""

    def compute(self, *arguments: Floats) -> Floats:
        """Compute it for each element.

        :param arguments: `arity` arrays of `dtype`, each of shape (n,).
        :returns: of `dtype` and shape (n,); a masked array where it skipped some of them.
        :raises HostError: it failed, hung, threw, or gave something else than n results.
        """


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something in a target that cannot be tried.

    :ivar owner: what it belongs to.
    :ivar name: its name with what it takes.
    :ivar reason: why, in a few words.
    """

    owner: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recording:
    """The points at which candidates that are not here were called; at others they have no results, and skip.

    :ivar digest: the SHA-256 of all of them, in hex digits.
    :ivar samples: how many of each kind there are besides the cases.
    :ivar seed: what they were drawn with.
    """

    digest: str
    samples: int
    seed: int


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a target.

    :ivar candidates: what can be tried, in the target's own order.
    :ivar refusals: what cannot.
    :ivar recording: where the candidates can be called, if that is not everywhere.
    """

    candidates: tuple[Candidate, ...]
    refusals: tuple[Refusal, ...] = field(default=())
    recording: Recording | None = None


class Target(Protocol):
    """What was named, in one place: an assembly on one runtime, a Python function, a program."""

    @property
    def name(self) -> str:
        """As it was named: a path, ``scipy.special:expit``, or a command."""

    @property
    def place(self) -> str:
        """Where it runs: ``coreclr-10.0.12``, ``CPython 3.11.7``, or nothing to be known."""

    def open(self) -> AbstractContextManager[Found]:
        """Find the candidates. They can be called until the context ends, which ends every process.

        :raises HostError: it cannot be loaded, or what was named in it is not there or cannot be tried.
        """
