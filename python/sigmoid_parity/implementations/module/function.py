"""A function object of this process as something to judge, for tests of one's own."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Found, Refusal
from sigmoid_parity.implementations.module.calling import WAYS, Call, Code
from sigmoid_parity.implementations.module.finding import probe
from sigmoid_parity.implementations.module.signature import arities
from sigmoid_parity.implementations.module.unfit import Unfit


class FunctionTarget:
    """A function, called in this process: without a time limit, and with no protection from a crash."""

    def __init__(self, function: Callable[..., Any], name: str | None = None) -> None:
        """Name the function; nothing is called yet.

        :param function: of one float or two, or of arrays; anything that can be called.
        :param name: what results call it; its own name by default.
        """
        self.name = name or _name(function)
        self.place = f"{platform.python_implementation()} {platform.python_version()}"
        self._code = Code(function, self.name, self.name)

    @contextmanager
    def open(self) -> Iterator[Found]:
        """Find the ways to call it; see `Target`.

        :raises HostError: there is none.
        """
        yield found(self._code)


def found(code: Code) -> Found:
    """Find the ways to call a function of this process.

    :raises HostError: there is none.
    """
    calls: list[Call] = []
    refusals: list[Refusal] = []
    try:
        least = arities(code.function)[0]
    except Unfit as error:
        raise HostError(code.where, "load", str(error)) from None
    for way in WAYS:
        try:
            calls.append(probe(code, way))
        except Unfit as error:
            refusals.append(Refusal("", code.named(way, least), str(error)))
    if not calls:
        raise HostError(code.where, "throw", none_left(refusals))
    return Found(tuple(calls), tuple(refusals))


def none_left(refusals: list[Refusal]) -> str:
    """Say why a function can be called in no way, each reason once."""
    reasons = dict.fromkeys(refusal.reason for refusal in refusals)
    names = ", ".join(refusal.name for refusal in refusals)
    return f"none of {names} can be tried: {'; '.join(reasons)}"


def _name(function: object) -> str:
    inner = getattr(function, "func", None)  # That of functools.partial.
    if getattr(function, "__name__", None) is None and inner is not None:
        return f"partial {_name(inner)}"
    return str(getattr(function, "__name__", type(function).__name__))
