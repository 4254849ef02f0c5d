"""The loop backend: one element after the other, compiled by Numba, with the platform's own exp.

Importing this module imports Numba; the first import compiles, later processes find the code in Numba's cache on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sigmoid_parity.port.backends import elements
from sigmoid_parity.port.backends.elements import compiled, each


@compiled
def _activation(source: Any, target: Any) -> None:
    each(elements.one_activation, source, target, 0, source.size)


@compiled
def _derivative(source: Any, target: Any) -> None:
    each(elements.one_derivative, source, target, 0, source.size)


@compiled
def _stable_derivative(source: Any, target: Any) -> None:
    each(elements.one_stable_derivative, source, target, 0, source.size)


KERNELS: Final[Mapping[str, Callable[[Any, Any], None]]] = {
    "activation": _activation,
    "d_activation": elements.d_activation,
    "derivative": _derivative,
    "stable_derivative": _stable_derivative,
}
"""The functions over arrays, by name: ``kernel(source, target)``.

The source is float64 or float32 of shape (n,), contiguous; the target has its dtype and shape, and not a byte of it.
"""
