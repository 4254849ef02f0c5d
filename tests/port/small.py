"""A module of machine code that is quickly compiled."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Build:
    """Fills a module with `d_activation` alone, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, module: Any) -> None:
        calls, loops, ones = (
            import_module(f"sigmoid_parity.port.backends.{name}") for name in ("calls", "loops", "ones")
        )
        self.times += 1
        double = loops.define(module, "double", single=False, one=ones.d_activation)
        single = loops.define(module, "single", single=True, one=ones.d_activation)
        calls.define(module, "call", {"float64": double, "float32": single}, below=100)
