"""The kernels of a compiled backend: for each function a C function that Python calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sigmoid_parity.port import threads
from sigmoid_parity.port.backends import calls, loops, native
from sigmoid_parity.port.backends.choice import Direct, Kernel
from sigmoid_parity.port.backends.loops import One, Sweep
from sigmoid_parity.port.backends.ones import ONES


def load(
    backend: str,
    sweeps: Mapping[str, Mapping[str, Sweep]],
    ones: Mapping[str, One] = ONES,
    **options: Any,
) -> tuple[Mapping[str, Kernel], Direct]:
    """Load a backend's code.

    :param sweeps: what computes whole vectors, by the function's name and the dtype's; see `vector.SWEEPS`.
    :param ones: what computes single elements, by the function's name.
    :param options: of `native.load`; where there are ``deciders``, their errors are raised.
    :returns: the kernels by the function's name; and what makes the function that users' arrays are handed to:
        ``direct(name, otherwise)``, where ``otherwise(source, out)`` does what that one does not (see `calls`).
    """

    def build(module: Any) -> None:
        for name, one in ones.items():
            found = {
                dtype: loops.define(module, f"{name}_{dtype}", single, one, sweeps.get(name, {}).get(dtype))
                for dtype, single in (("float64", False), ("float32", True))
            }
            for suffix, below in (("", None), ("_of_few", threads.SHARED_FROM)):
                calls.define(module, f"{name}{suffix}", found, below, may_fail="deciders" in options)

    library = native.load(backend, build, **options)
    kernels = {name: library.function(name, _refuse) for name in ones}
    return kernels, lambda name, otherwise: library.function(f"{name}_of_few", otherwise)


def _refuse(*arguments: Any) -> None:
    raise TypeError(f"a kernel takes two plain arrays of one dtype and shape, not {arguments!r}")
