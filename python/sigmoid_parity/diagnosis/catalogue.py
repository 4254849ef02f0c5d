"""The conventions, the arithmetics and the libraries by their exp: ``fixtures/conventions.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.diagnosis.arithmetic import Arithmetic
from sigmoid_parity.notation import Node


@dataclass(frozen=True, slots=True)
class Solved:
    """A parameter that an expression gives, up to rounding, at every point where a condition holds.

    :ivar expression: in x or y, ``v``, the value there, ``first`` and ``last``, the values at the outermost points, and
        ``middle``, the value at 0.
    :ivar at: the condition, of the same names: where the expression is well-conditioned.
    """

    expression: Node
    at: Node


@dataclass(frozen=True, slots=True)
class Bisected:
    """A parameter that is the place where a condition starts to hold, going away from 0.

    :ivar when: the condition, of the names of `Solved`.
    :ivar side: ``"below"`` or ``"above"`` 0.
    :ivar expression: the parameter, of the first point at which the condition holds.
    """

    when: Node
    side: str
    expression: Node


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a convention leaves open.

    :ivar name: as it stands in the forms.
    :ivar found: how it is estimated.
    """

    name: str
    found: Solved | Bisected


@dataclass(frozen=True, eq=False, slots=True)
class Form:
    """An expression as one order of operations.

    :ivar node: the expression, with all that it abbreviates put in.
    :ivar written: as it stands in the file.
    :ivar where: what it abbreviates, by its names.
    """

    node: Node
    written: Node
    where: Mapping[str, Node]


@dataclass(frozen=True, eq=False, slots=True)
class Convention:
    """Something that is taken for the sigmoid or its derivative.

    :ivar id: a permanent name.
    :ivar function: the function of the fixtures that it is a form of, or None.
    :ivar takes: ``"x"``, ``"y"``, or ``"both"``.
    :ivar forms: the expressions, each an order of operations.
    :ivar arithmetics: in which it is tried.
    :ivar parameter: what it leaves open, if anything.
    :ivar title: what it is, in words; ``{parameter}`` stands for the parameter.
    :ivar met: where it is met.
    :ivar change: what makes it the C# function.
    """

    id: str
    function: str | None
    takes: str
    forms: tuple[Form, ...]
    arithmetics: tuple[Arithmetic, ...]
    parameter: Parameter | None
    title: Texts
    met: Texts
    change: Texts


@dataclass(frozen=True, eq=False, slots=True)
class Fingerprint:
    """A library, by the results of its exp at some inputs.

    :ivar id: a permanent name.
    :ivar title: the library in words.
    :ivar inputs: float64 of shape (points,), rising.
    :ivar results: float64 of that shape.
    """

    id: str
    title: Texts
    inputs: NDArray[np.float64]
    results: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a candidate may turn out to be.

    :ivar conventions: in the order of the file, which breaks ties.
    :ivar arithmetics: likewise.
    :ivar fingerprints: the libraries, in the order of the file.
    """

    conventions: Sequence[Convention]
    arithmetics: Sequence[Arithmetic]
    fingerprints: Sequence[Fingerprint]

    @property
    def exp_points(self) -> NDArray[np.float64]:
        """The inputs x at which exp(x) or exp(-x) tells libraries apart, shape (n,)."""
        known = self.fingerprints[0].inputs if self.fingerprints else np.empty(0)
        return np.concatenate([known, -known])
