"""The loop backend: one element after the other, compiled by LLVM, with the platform's own exp.

Importing this module imports llvmlite; the first import compiles, later processes find the code on disk.
"""

from __future__ import annotations

from sigmoid_parity.port.backends import kernels

KERNELS, direct = kernels.load("loop", {})
"""The functions over arrays, by name: ``kernel(source, target)``.

The source is float64 or float32 of shape (n,), contiguous; the target has its dtype and shape, and is the source itself
or has not a byte of it.
"""
