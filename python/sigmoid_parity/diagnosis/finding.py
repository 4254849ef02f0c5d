"""What was found: a convention, how well it fits, and what to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.diagnosis.arithmetic import Arithmetic, names_in
from sigmoid_parity.diagnosis.catalogue import Convention, Fingerprint, Form
from sigmoid_parity.diagnosis.expressions import put
from sigmoid_parity.diagnosis.shape import Shape
from sigmoid_parity.notation import Minus, Name, Node, plain


@dataclass(frozen=True, eq=False)
class Finding:
    """A convention that a candidate may be.

    :ivar convention: which.
    :ivar order: its expression, as one order of operations.
    :ivar arithmetic: in which it was evaluated.
    :ivar arguments: what each of the candidate's arguments is: ``"x"``, ``"y"``, the parameter's name, or ``""`` for
        one that is not used.
    :ivar parameter: its value, or None where there is none or where it is an argument.
    :ivar values: the convention's results, of the candidate's dtype and shape (n,).
    :ivar steps: how far the candidate's are from these, in ULP of that dtype, by the rules of `floats.distance`; uint64
        of shape (n,).
    :ivar counted: the points that count: those of the argument that the convention takes, without the skipped ones.
    :ivar sure: ``"exact"``, the same bits at all of these; ``"close"``, or ``"approximation"``.
    :ivar library: another library than this machine's, whose exp explains it.
    :ivar largest_error: the largest distance of two values at these points, where both are finite.
    :ivar at: the argument at which it is, or both arguments.
    """

    convention: Convention
    order: Form
    arithmetic: Arithmetic
    arguments: tuple[str, ...]
    parameter: float | None
    values: NDArray[np.floating[Any]]
    steps: NDArray[np.uint64]
    counted: NDArray[np.bool_]
    sure: str
    library: Fingerprint | None = None
    largest_error: float = 0.0
    at: tuple[float, ...] = ()

    @property
    def same(self) -> int:
        """At how many of the counted points the bits are the same: the cases for it."""
        return int(np.count_nonzero(self.steps[self.counted] == 0))

    @property
    def differ(self) -> int:
        """At how many of them they are not: the cases against it."""
        return int(np.count_nonzero(self.steps[self.counted]))

    @property
    def within(self) -> int:
        """The largest distance at these points, in ULP; those that have none, as of NaN and a number, are left out."""
        comparable = self.steps[self.counted & (self.steps != floats.INCOMPARABLE)]
        return int(comparable.max(initial=0))

    @property
    def form(self) -> str:
        """The expression as text, with the parameter's value put in, and with what it abbreviates behind it."""
        wanted = names_in(self.order.written)
        behind: list[str] = []
        for name, node in reversed(list(self.order.where.items())):
            if name in wanted:
                behind.insert(0, f"{name} = {self._plain(node)}")
                wanted |= names_in(node)
        return ", ".join([self._plain(self.order.written), *behind])

    def _plain(self, node: Node) -> str:
        parameter = self.convention.parameter
        if parameter is None or self.parameter is None:
            return plain(node)
        return plain(put(node, {parameter.name: _written(self.parameter)}))

    def title(self, language: str) -> str:
        """Say what the convention is, in a language."""
        return self._say(self.convention.title[language])

    def met(self, language: str) -> str:
        """Say where it is met."""
        return self._say(self.convention.met[language])

    def change(self, language: str) -> str:
        """Say what makes it the C# function."""
        ending = self.arithmetic.ending
        if ending is not None and self.convention.function is not None and self.parameter is None:
            return ending.change[language]
        return self._say(self.convention.change[language])

    def _say(self, words: str) -> str:
        parameter = self.convention.parameter
        if parameter is None:
            return words
        return words.replace("{parameter}", parameter.name if self.parameter is None else number(self.parameter))


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What a candidate is.

    :ivar findings: the best first, then those that come close after it, at most three; none where nothing fits.
    :ivar shape: what its values look like, whatever it is.
    """

    findings: tuple[Finding, ...]
    shape: Shape


def number(value: float) -> str:
    """Write a parameter: the shortest decimal, without ``.0``."""
    return floats.decimal(value).removesuffix(".0")


def _written(value: float) -> Node:
    return Minus(Name(number(-value))) if value < 0.0 else Name(number(value))
