"""A function of Python, called in one way: with one float after another, or with a whole array."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import numpy as np

from sigmoid_parity import formats
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.hosting import memory
from sigmoid_parity.implementations.module.results import read
from sigmoid_parity.implementations.module.tensors import Form
from sigmoid_parity.implementations.module.unfit import Unfit, describe

_AGAIN: Final = 256  # How many points are computed again:
_EACH: Final = 64  # in each of the first calls, more than a check makes,
_TURNS: Final = 32  # and then in one of so many, for the thousands of a sweep.


@dataclass(frozen=True, slots=True)
class Way:
    """A way to call a function.

    :ivar takes: what each argument is, for names.
    :ivar format: of arguments and results, a name of `formats`.
    :ivar scalar: one number at a time: a Python float, or a scalar of NumPy where the format is another one.
    """

    takes: str
    format: str
    scalar: bool = False

    @property
    def dtype(self) -> np.dtype[Any]:
        """The format of arguments and results."""
        return formats.dtype(self.format)

    @property
    def last(self) -> bool:
        """Whether it is tried only where nothing else of its format works: what takes an array takes a scalar too."""
        return self.scalar and self.format != "float64"


EVERY: Final = (
    Way("float", "float64", scalar=True),
    *(Way(f"{name} array", name) for name in formats.NAMES),
    *(Way(name, name, scalar=True) for name in formats.NAMES[1:]),
)
"""All ways, in the order in which they are tried."""

_ORDINARY: Final = ("float", "float64 array", "float32 array")


def ways(format_name: str | None, declared: Collection[str] = ()) -> list[Way]:
    """Return the ways to try.

    :param format_name: the only format, if one was named.
    :param declared: further formats that the function says it takes; without a name and without these, there are Python
        floats and arrays of float64 and float32.
    """
    if format_name is not None:
        return [way for way in EVERY if way.format == format_name]
    return [way for way in EVERY if way.takes in _ORDINARY or way.format in declared]


def other_ways(format_name: str) -> list[Way]:
    """Return the ways in all other formats that are here."""
    return [way for way in EVERY if way.format != format_name and way.format in formats.available()]


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

    Warnings are no faults, and are not shown. The function gets arrays of its own.
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
        self._turns = count()

    def compute(self, *arguments: Floats) -> Floats:
        """Compute it for each element; see `Candidate`.

        :raises HostError: see `results`.
        """
        return self.results(*arguments).copy()

    def results(self, *arguments: Floats) -> Floats:
        """Compute it for each element; the array may be the function's own, which the next call changes.

        The first calls, and then one of several, are watched: the function must not change its inputs, and must give
        the same for some of them at other calls.

        :param arguments: see `Candidate`.
        :returns: of `dtype` and the shape of the arguments, contiguous.
        :raises HostError: it raised an exception, returned something else than one number for each, or failed when it
            was watched.
        """
        if not arguments[0].size:
            return np.empty(0, self.dtype)
        with _silent():
            turn = next(self._turns)
            return self._located(arguments) if turn >= _EACH and turn % _TURNS else self._watched(arguments)

    def attempt(self, *arguments: Floats) -> None:
        """Compute it for each element, once, for nothing but to see whether it can be called so.

        :raises Unfit: it returned something else than one number for each, or changed its inputs.
        :raises BaseException: whatever the function raises.
        """
        with _silent():
            self._once(arguments, watched=True)

    def _watched(self, arguments: Sequence[Floats]) -> Floats:
        part = [argument[:_AGAIN] for argument in arguments]
        before, results, after = (self._located(given, watched=True).copy() for given in (part, arguments, part))
        self._compare(part, before, after)
        return results

    def _once(self, arguments: Sequence[Floats], *, watched: bool) -> Floats:
        return self._scalars(arguments) if self._scalar else self._arrays(arguments, watched)

    def _scalars(self, arguments: Sequence[Floats]) -> Floats:
        function, native = self._code.function, self.dtype == np.float64
        results = np.empty(arguments[0].shape, self.dtype)
        for place, values in enumerate(zip(*(each.tolist() if native else each for each in arguments), strict=True)):
            found = function(*values)
            results[place] = found if native and type(found) is float else read(found, (), self.dtype)
        return results

    def _arrays(self, arguments: Sequence[Floats], watched: bool) -> Floats:
        own = [argument.copy() for argument in arguments]
        found = self._code.function(*map(self.form.make, own))
        results = read(self.form.back(found), arguments[0].shape, self.dtype)
        if watched and not all(map(memory.same, own, arguments)):
            raise Unfit("it changed its input, which is its caller's; let it work on a copy")
        return results

    def _located(self, arguments: Sequence[Floats], *, watched: bool = False) -> Floats:
        """Compute, and name the input at which it fails."""
        try:
            return self._once(arguments, watched=watched)
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
            self._once(arguments, watched=True)
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
