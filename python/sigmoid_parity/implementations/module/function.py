"""A function object of this process as something to judge, for tests of one's own."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Candidate, Found, Refusal
from sigmoid_parity.implementations.module.calling import Call, Code, Way, other_ways, ways
from sigmoid_parity.implementations.module.finding import probe
from sigmoid_parity.implementations.module.signature import arities, declared
from sigmoid_parity.implementations.module.unfit import Unfit


class FunctionTarget:
    """A function, called in this process: without a time limit, and with no protection from a crash."""

    def __init__(self, function: Callable[..., Any], name: str | None = None, dtype: str | None = None) -> None:
        """Name the function; nothing is called yet.

        :param function: of one float or two, or of arrays; anything that can be called.
        :param name: what results call it; its own name by default.
        :param dtype: the only format that is tried, a name of `formats`; see `calling.ways`.
        """
        self.name = name or _name(function)
        self.place = f"{platform.python_implementation()} {platform.python_version()}"
        self._dtype = dtype
        self._code = Code(function, self.name, self.name)

    @contextmanager
    def open(self) -> Iterator[Found]:
        """Find the ways to call it; see `Target`.

        :raises HostError: there is none.
        """
        yield found(self._code, self._dtype)


def _itself(call: Call) -> Candidate:
    return call


def found(code: Code, dtype: str | None = None, candidate: Callable[[Call], Candidate] = _itself) -> Found:
    """Find the ways to call a function of this process.

    :param dtype: the only format that is tried, if one is named.
    :param candidate: makes a candidate of each.
    :raises HostError: there is none.
    """
    calls: list[Call] = []
    refusals: list[Refusal] = []
    try:
        least = arities(code.function)[0]
    except Unfit as error:
        raise HostError(code.where, "load", str(error)) from None
    for way in ways(dtype, declared(code.function)):
        if way.last and any(one.dtype == way.dtype for one in calls):
            continue
        try:
            calls.append(probe(code, way))
        except Unfit as error:
            refusals.append(Refusal("", code.named(way, least), str(error)))
    if not calls:
        takes = [way.takes for way in other_ways(dtype) if _works(code, way)] if dtype is not None else []
        raise HostError(code.where, "throw", none_left(refusals, takes))
    return Found(tuple(map(candidate, calls)), tuple(refusals))


def _works(code: Code, way: Way) -> bool:
    try:
        probe(code, way)
    except Unfit:
        return False
    return True


def none_left(refusals: list[Refusal], takes: Sequence[str] = ()) -> str:
    """Say why a function can be called in no way, each reason once, and what it takes instead, as far as is known."""
    reasons = dict.fromkeys(refusal.reason for refusal in refusals)
    names = ", ".join(refusal.name for refusal in refusals)
    instead = f"; it takes {', '.join(takes)}" if takes else ""
    return f"none of {names} can be tried: {'; '.join(reasons)}{instead}"


def _name(function: object) -> str:
    inner = getattr(function, "func", None)  # That of functools.partial.
    if getattr(function, "__name__", None) is None and inner is not None:
        return f"partial {_name(inner)}"
    return str(getattr(function, "__name__", type(function).__name__))
