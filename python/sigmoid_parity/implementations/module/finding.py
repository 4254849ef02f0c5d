"""In which ways a function of Python can be called: found by trying a few values."""

from __future__ import annotations

from typing import Final

import numpy as np

from sigmoid_parity.implementations.candidates import Floats
from sigmoid_parity.implementations.module.calling import Call, Code, Way
from sigmoid_parity.implementations.module.signature import arities
from sigmoid_parity.implementations.module.tensors import NATIVE, forms
from sigmoid_parity.implementations.module.unfit import Unfit, describe

# Inputs as well as outputs of a sigmoid. Several: much that takes a number takes an array of one as well.
_TRIED: Final = (0.5, 0.25, 0.75)


def probe(code: Code, way: Way) -> Call:
    """Find how a function is called in a way.

    :raises Unfit: it cannot be called so; the reasons, with as many arguments as are the likelier number.
    """
    reasons: list[str] = []
    found = arities(code.function)
    for arity in found:
        for form in [NATIVE] if way.scalar else forms():
            call = Call(code, way, arity, form)
            try:
                call.attempt(*_values(way, arity))
            except code.caught as error:
                if arity == found[0]:
                    reasons.append(f"{describe(error)}{f' (with a {form.name} tensor)' if form.name else ''}")
            else:
                return call
    raise Unfit("; ".join(reasons))


def _values(way: Way, arity: int) -> list[Floats]:
    values = np.array(_TRIED, way.dtype)
    return [values, values[::-1].copy()][:arity]
