"""The sigmoids of Python's libraries, each as a function of an array, on one thread."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def numpy_formula(x: Floats) -> Floats:
    """Compute the formula as it is written most often."""
    one = x.dtype.type(1.0)
    result: Floats = one / (one + np.exp(-x))
    return result


def scipy_expit(x: Floats) -> Floats:
    """Call SciPy's."""
    result: Floats = import_module("scipy.special").expit(np.asarray(x))
    return result


def numexpr_formula(x: Floats) -> Floats:
    """Compute the formula, compiled by numexpr."""
    result: Floats = _numexpr().evaluate("one / (one + exp(-x))", {"x": x, "one": x.dtype.type(1.0)}, {})
    return result


def torch_sigmoid(x: Floats) -> Floats:
    """Call PyTorch's, on the processor."""
    result: Floats = _torch().sigmoid(_torch().from_numpy(np.array(x))).numpy()
    return result


def jax_sigmoid(x: Floats) -> Floats:
    """Call JAX's, on the processor."""
    return np.asarray(_jax().nn.sigmoid(np.asarray(x)))


@cache
def _numexpr() -> Any:
    numexpr = import_module("numexpr")
    numexpr.set_num_threads(1)
    return numexpr


@cache
def _torch() -> Any:
    torch = import_module("torch")
    torch.set_num_threads(1)
    return torch


@cache
def _jax() -> Any:
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    jax: Any = import_module("jax")
    jax.config.update("jax_enable_x64", True)
    return jax
