"""Functions of Python as something to judge: by their name in a child process, or as objects in this one."""

from __future__ import annotations

from sigmoid_parity.implementations.module.function import FunctionTarget
from sigmoid_parity.implementations.module.target import PythonTarget

__all__ = ["FunctionTarget", "PythonTarget"]
