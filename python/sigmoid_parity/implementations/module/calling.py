"""A function of Python, called in one way: with one float after another, or with a whole array."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.module.results import read
from sigmoid_parity.implementations.module.tensors import Form
from sigmoid_parity.implementations.module.unfit import Unfit, describe

_AGAIN: Final = 256  # How many points are computed again.


@dataclass(frozen=True, slots=True)
class Way:
    """A way to call a function.

    :ivar takes: what each argument is, for names.
    :ivar dtype: of arguments and results.
    :ivar scalar: one Python float at a time.
    """

    takes: str
    dtype: np.dtype[Any]
    scalar: bool = False


WAYS: Final = (
    Way("float", np.dtype(np.float64), scalar=True),
    Way("float64 array", np.dtype(np.float64)),
    Way("float32 array", np.dtype(np.float32)),
)
"""The ways, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Code:
    """A function under test.

    :ivar function: the function.
    :ivar name: its name, without what it takes.
    :ivar where: what errors call the place that it comes from.
    :ivar caught: the exceptions that are its own.
    """

    function: Callable[..., Any]
    name: str
    where: str
    caught: tuple[type[BaseException], ...] = (Exception, SystemExit)

    def named(self, way: Way, arity: int) -> str:
        """Return its name with what it takes."""
        return f"{self.name}({', '.join([way.takes] * arity)})"


class Call:
    """A function, called in one way. It is a candidate in the process that the function is in.

    Warnings are no faults, and are not shown. The function gets arrays of its own, and its results are copied at once.
    """

    owner = ""

    def __init__(self, code: Code, way: Way, arity: int, form: Form) -> None:
        """Prepare; nothing is called yet.

        :param code: the function.
        :param way: how it is called.
        :param arity: with how many arguments.
        :param form: of the arrays.
        """
        self.name = code.named(way, arity)
        self.arity = arity
        self.dtype = way.dtype
        self.form = form
        self._code = code
        self._scalar = way.scalar

    def compute(self, *arguments: Floats) -> Floats:
        """Compute it for each element; see `Candidate`. Some are computed three times, to see whether they change.

        :raises HostError: it raised an exception, or returned something else than one number for each.
        """
        if not arguments[0].size:
            return np.empty(0, self.dtype)
        part = [argument[:_AGAIN] for argument in arguments]
        before = self._located(part)
        results = self._located(arguments)
        self._compare(part, before, self._located(part))
        return results

    def attempt(self, *arguments: Floats) -> Floats:
        """Compute it for each element, once.

        :raises Unfit: it returned something else than one number for each, or changed its inputs.
        :raises BaseException: whatever the function raises.
        """
        with _silent():
            return self._scalars(*arguments) if self._scalar else self._arrays(*arguments)

    def _scalars(self, *arguments: Floats) -> Floats:
        function, results = self._code.function, []
        for values in zip(*(argument.tolist() for argument in arguments), strict=True):
            found = function(*values)
            results.append(found if type(found) is float else float(read(found, (), self.dtype)))
        return np.array(results, self.dtype)

    def _arrays(self, *arguments: Floats) -> Floats:
        own = [argument.copy() for argument in arguments]
        results = read(self._code.function(*map(self.form.make, own)), own[0].shape, self.dtype)
        if any(mine.tobytes() != given.tobytes() for mine, given in zip(own, arguments, strict=True)):
            raise Unfit("it changed its input, which is its caller's; let it work on a copy")
        return results

    def _located(self, arguments: Any) -> Floats:
        """Compute, and name the input at which it fails."""
        try:
            return self.attempt(*arguments)
        except self._code.caught as error:
            place = f"{self.name}{self._place(arguments)}"
            if isinstance(error, Unfit):
                raise HostError(self._code.where, "throw", f"{place}: {error}") from None
            remedy = "it must give a number for every float, as C# does"
            raise HostError(self._code.where, "throw", f"{place} raised {describe(error)}; {remedy}") from None

    def _place(self, arguments: Any) -> str:
        """Find the input at which it fails by halving, as far as one alone makes it fail."""
        low, high = 0, arguments[0].size
        while high - low > 1:
            middle = (low + high) // 2
            if self._fails([argument[low:middle] for argument in arguments]):
                high = middle
            elif self._fails([argument[middle:high] for argument in arguments]):
                low = middle
            else:
                return ""
        return f" at {_shown(arguments, low)}"

    def _fails(self, arguments: list[Floats]) -> bool:
        try:
            self.attempt(*arguments)
        except self._code.caught:
            return True
        return False

    def _compare(self, arguments: list[Floats], first: Floats, second: Floats) -> None:
        differ = (first.view(f"u{first.itemsize}") != second.view(f"u{second.itemsize}")) & ~(
            np.isnan(first) & np.isnan(second)
        )
        if differ.any():
            at = int(differ.argmax())
            raise HostError(
                self._code.where,
                "throw",
                f"{self.name} at {_shown(arguments, at)}: it gave {first[at]}, and at another call {second[at]}; "
                "its result must depend on its argument alone",
            )


@contextmanager
def _silent() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _shown(arguments: Any, index: int) -> str:
    values = [str(argument[index]) for argument in arguments]
    return values[0] if len(values) == 1 else f"({', '.join(values)})"
