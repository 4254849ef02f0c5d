"""MPFR's arithmetic, through gmpy2: the same lines of code give rounded or true values, by the context they run in.

In `binary64` every operation is rounded once to a double, exp and subnormal results included. In `precise` numbers have
as many bits as asked for. Source: Fousse, Hanrot, Lefevre, Pelissier, Zimmermann: MPFR, ACM TOMS 33(2), 2007.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from sigmoid_parity import extras, floats

PRECISIONS: Final = (128, 256, 512, 1024, 2048, 4096)
"""Working precisions in bits, tried in turn."""

DIGITS: Final = 50
"""Significant digits of a true value that is not rounded to a double."""

_GUARD_BITS: Final = 16
_FIXED: Final = range(-3, 4)  # Powers of ten of the first digit for which a number is written without an exponent.


@cache
def library() -> Any:
    """Return gmpy2.

    :raises MissingError: it is not installed.
    """
    with extras.needed("gmpy2", "expected values", "oracle"):
        import gmpy2
    return gmpy2


def binary64() -> Any:
    """Return a context, for ``with``, in which each operation is rounded once to binary64: to nearest, ties to even."""
    return library().ieee(64)


def precise(bits: int) -> Any:
    """Return a context, for ``with``, in which numbers have so many bits, and the exponents of doubles are small."""
    return library().context(precision=bits)


def number(value: float) -> Any:
    """Convert a double; exact in every context here."""
    return library().mpfr(value)


def exp(value: Any) -> Any:
    """Evaluate the exponential function, rounded once in the context at hand."""
    return library().exp(value)


def certain(evaluate: Callable[[], Any], write: Callable[[Any], Any]) -> Any:
    """Compute a true value with so many bits that its rounding is certain: Ziv's strategy.

    A value is certain if no operation has rounded, or if both ends of the bound on its error are written alike. Each
    operation adds a relative error of at most 2^-bits, and the bound allows for 2^16 of them. A result of 0 is exact,
    or an underflow: below 2^(-10^9).

    :param evaluate: computes the value in the context at hand; must not subtract what has been rounded before.
    :param write: rounds it, monotonously: `float`, or `digits`.
    :returns: a number that ``write`` rounds as it would the true value.
    :raises ArithmeticError: no precision suffices.
    """
    for bits in PRECISIONS:
        with precise(bits) as context:
            value = evaluate()
            error = abs(value) / 2 ** (bits - _GUARD_BITS) if context.inexact else 0
            if _is_certain(value, error, write):
                return value
    raise ArithmeticError(f"no rounding is certain at {PRECISIONS[-1]} bits")


def agreed(evaluate: Callable[[], list[Any]]) -> list[str]:
    """Write true values with `DIGITS` digits, where no bound on the error is known beforehand.

    Computes twice, the second time with twice the bits, and takes the difference of the two as the bound. It is one if
    the second value is at least twice as near to the true one as the first; its roundings are 2^256 times finer.

    :param evaluate: computes the values in the context at hand.
    :raises ArithmeticError: no precision suffices.
    """
    rough: list[Any] = []
    for bits in PRECISIONS[1:]:
        with precise(bits):
            fine = evaluate()
            pairs = zip(fine, rough, strict=False)
            if rough and all(_is_certain(value, abs(value - other), digits) for value, other in pairs):
                return list(map(digits, fine))
        rough = fine
    raise ArithmeticError(f"{DIGITS} digits are not certain at {PRECISIONS[-1]} bits")


def digits(value: Any) -> str:
    """Write a number with `DIGITS` significant digits, correctly rounded, without trailing zeros."""
    if not value or not math.isfinite(value):
        return floats.decimal(float(value))
    text, point, _ = value.digits(10, DIGITS)  # 0.text x 10^point
    sign, text = "-" * text.startswith("-"), text.strip("-0")
    if point - 1 in _FIXED:
        text, power, point = "0" * (1 - point) + text, "", max(point, 1)
    else:
        power, point = f"e{point - 1}", 1
    return f"{sign}{text[:point]:0<{point}}.{text[point:] or '0'}{power}"


def _is_certain(value: Any, error: Any, write: Callable[[Any], Any]) -> bool:
    return not error or write(value - error) == write(value + error)
