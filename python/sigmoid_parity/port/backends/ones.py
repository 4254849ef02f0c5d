"""The functions of one double, in LLVM IR, with the platform's own exp.

NaN is tested for, so that it comes out as the vectors make it, beside which these compute what is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from llvmlite import ir

from sigmoid_parity.functions import BRANCH
from sigmoid_parity.port.backends.externals import DOUBLE
from sigmoid_parity.port.backends.loops import One

_ONE: Final = ir.Constant(DOUBLE, 1.0)


def activation(b: Any, exp: Any, x: Any) -> Any:
    """Emit `ACTIVATION`."""
    return _unless_nan(b, x, b.fdiv(_ONE, b.fadd(_ONE, b.call(exp, [b.fneg(x)]))))


def d_activation(b: Any, exp: Any, y: Any) -> Any:  # noqa: ARG001 - the others need exp
    """Emit `D_ACTIVATION`."""
    return b.fmul(b.fsub(_ONE, y), y)


def derivative(b: Any, exp: Any, x: Any) -> Any:
    """Emit `DERIVATIVE`."""
    return d_activation(b, exp, activation(b, exp, x))


def stable_derivative(b: Any, exp: Any, x: Any) -> Any:
    """Emit `STABLE_DERIVATIVE`."""
    x = b.call(b.module.declare_intrinsic("llvm.fabs", [DOUBLE]), [x])
    z = b.call(exp, [b.fneg(x)])
    w = b.fadd(b.fadd(z, z), b.fmul(z, z))
    d = b.fadd(_ONE, w)
    q = b.fdiv(z, d)
    first = b.fsub(z, b.fmul(q, w))
    second = b.fsub(q, b.fmul(q, b.fmul(b.fsub(w, b.fsub(d, _ONE)), b.fsub(_ONE, z))))
    return _unless_nan(b, x, b.select(b.fcmp_ordered("<", z, ir.Constant(DOUBLE, BRANCH)), first, second))


def _unless_nan(b: Any, x: Any, y: Any) -> Any:
    return b.select(b.fcmp_unordered("uno", x, x), b.fadd(x, x), y)


ONES: Final[Mapping[str, One]] = {
    "activation": activation,
    "d_activation": d_activation,
    "derivative": derivative,
    "stable_derivative": stable_derivative,
}
"""The functions by name."""
