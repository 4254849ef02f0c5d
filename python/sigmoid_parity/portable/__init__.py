"""The pair with the same bits on every machine and in every language: exp is rounded correctly, with no libm.

`activation`, `d_activation`, `derivative` and `stable_derivative` take what those of `sigmoid_parity` take. They give
the documented formula with every operation rounded once, exp too: the ``formula`` of every fixture. The C# `Sigmoid`
has other bits here and there, because its exp is the platform's; `PortableSigmoid`, in C# too, has these.

Importing this checks that the processor computes as IEEE 754 says: rounded once, to nearest, with subnormal numbers.
"""

from __future__ import annotations

from sigmoid_parity.portable import environment
from sigmoid_parity.portable.functions import activation, d_activation, derivative, stable_derivative

__all__ = ["activation", "d_activation", "derivative", "stable_derivative"]

environment.check()
