"""The vector backend: eight doubles at a time, compiled by LLVM, with glibc's own algorithm for exp.

Importing this module imports llvmlite; the first import compiles, later processes find the code on disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sigmoid_parity.port.backends import formulas, kernels, native, pipeline, runs
from sigmoid_parity.port.backends.loops import Sweep, by_lanes

SWEEPS: Final[Mapping[str, Mapping[str, Sweep]]] = {
    "activation": {
        "float64": by_lanes(formulas.activation, single=False),
        "float32": runs.sweep(pipeline.shape(native.features())),
    },
    "derivative": {
        "float64": by_lanes(formulas.derivative, single=False),
        "float32": by_lanes(formulas.derivative, single=True),
    },
    "stable_derivative": {
        "float64": by_lanes(formulas.stable_derivative, single=False),
        "float32": by_lanes(formulas.stable_derivative, single=True),
    },
}
"""What computes whole vectors, by the function's name and the dtype's."""

native.need_fused_operations()
KERNELS, direct = kernels.load("vector", SWEEPS)
"""The functions over arrays, as in `loop.KERNELS`, whose bits these have where `probes` finds none that differ."""
