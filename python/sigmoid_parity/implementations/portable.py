"""The portable pair as something to compare: in Python as scalars and as arrays; in C#, `CLASS`, by a `Host`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sigmoid_parity.implementations.port import PythonArray, PythonScalar

CLASS: Final = "SigmoidParity.PortableSigmoid"
"""The C# class with the portable pair, by its full name."""


class _Portable:
    @staticmethod
    def of(function: str) -> Callable[[Any], Any]:
        """Return a function of the portable pair.

        :raises UsageError: the processor does not compute as the pair needs.
        """
        from sigmoid_parity import portable

        found: Callable[[Any], Any] = getattr(portable, function)
        return found


class PortableScalar(_Portable, PythonScalar):
    """The portable functions, one Python float at a time."""

    name = "portable-scalar"


class PortableArray(_Portable, PythonArray):
    """The portable functions, given the whole array."""

    name = "portable-array"
