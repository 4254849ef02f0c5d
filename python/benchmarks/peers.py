"""What the port is measured beside: every sigmoid that is importable here, each on one thread.

A peer writes into a given array where its library can; the NumPy formula makes its temporaries, as it does in use.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

import sigmoid_parity
from sigmoid_parity import portable, resources
from sigmoid_parity.implementations import portable as portables
from sigmoid_parity.implementations.dotnet import CLASS, Runtime, binding
from sigmoid_parity.implementations.dotnet import assembly as assemblies
from sigmoid_parity.implementations.dotnet.assembly import Assembly

Array = NDArray[Any]
Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Peer:
    """An implementation to be timed.

    :ivar name: as the table calls it.
    :ivar version: of its library.
    :ivar dtypes: which dtypes it takes.
    :ivar prepare: given source and target, returns the call to be timed; it leaves its result in the target.
    :ivar is_sigmoid: whether it computes the sigmoid (a copy does not).
    """

    name: str
    version: str
    dtypes: tuple[str, ...]
    prepare: Callable[[Array, Array], Call]
    is_sigmoid: bool = True


PORT = "sigmoid_parity"
"""The port's name among the peers."""

SPANS: Final = (
    Path(__file__).parents[2] / "build/dotnet/bin/SigmoidParity.Benchmarks/release/SigmoidParity.Benchmarks.dll"
)
"""The C# sigmoids over spans, as `make bench` builds them where there is a .NET SDK."""
PORTABLE = "sigmoid_parity.portable"
"""The portable pair's, whose bits are those of the formula with exp rounded correctly."""

_BOTH = ("float64", "float32")
_SPANS_FROM: Final = 10  # The oldest .NET that runs them.


def find(original: tuple[Runtime, Assembly] | None) -> list[Peer]:
    """Return the peers that are importable here, the port first.

    :param original: where the C# class runs, in this process and for good, or None to leave it out.
    :raises HostError: it does not run there.
    """
    return [
        Peer(PORT, sigmoid_parity.__version__, _BOTH, lambda x, y: lambda: sigmoid_parity.activation(x, out=y)),
        Peer(PORTABLE, sigmoid_parity.__version__, _BOTH, lambda x, y: lambda: portable.activation(x, out=y)),
        Peer("NumPy formula", np.__version__, _BOTH, _numpy),
        *_library("scipy", "scipy.special.expit", _expit),
        *_library("numexpr", "numexpr", _numexpr),
        *_library("torch", "torch.sigmoid", _torch),
        *_library("jax", "jax.nn.sigmoid", _jax),
        *([*_csharp(*original), *_spans(original[0])] if original else []),
        Peer("copy", np.__version__, _BOTH, lambda x, y: lambda: np.copyto(y, x), is_sigmoid=False),
    ]


def _library(module: str, name: str, prepare: Callable[[Any, Array, Array], Call]) -> Iterator[Peer]:
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    try:
        library = importlib.import_module(module)
    except ImportError:
        return
    yield Peer(name, library.__version__, _BOTH, lambda x, y: prepare(library, x, y))


def _numpy(x: Array, y: Array) -> Call:
    def compute() -> None:
        y[...] = 1.0 / (1.0 + np.exp(-x))

    return compute


def _expit(scipy: Any, x: Array, y: Array) -> Call:  # noqa: ARG001 - its submodule is imported by name
    expit = importlib.import_module("scipy.special").expit
    return lambda: expit(x, out=y)


def _numexpr(numexpr: Any, x: Array, y: Array) -> Call:
    numexpr.set_num_threads(1)
    names, one = {"x": x, "one": x.dtype.type(1.0)}, "one / (one + exp(-x))"
    return lambda: numexpr.evaluate(one, local_dict=names, global_dict={}, out=y)


def _torch(torch: Any, x: Array, y: Array) -> Call:
    torch.set_num_threads(1)
    source, target = torch.from_numpy(x), torch.from_numpy(y)
    return lambda: torch.sigmoid(source, out=target)


def _jax(jax: Any, x: Array, y: Array) -> Call:
    jax.config.update("jax_enable_x64", True)
    source = jax.device_put(x)
    y[...] = jax.nn.sigmoid(source)
    return lambda: jax.nn.sigmoid(source).block_until_ready()


def _csharp(runtime: Runtime, assembly: Assembly) -> Iterator[Peer]:
    yield _method(f"C# on {runtime.kind}", runtime, assembly.path, CLASS)
    yield _method(f"C# portable on {runtime.kind}", runtime, assemblies.find_portable().path, portables.CLASS)


def _method(name: str, runtime: Runtime, assembly: Path, class_name: str) -> Peer:
    # Compiled in full at once: .NET would run the first calls in code that it has compiled in haste.
    os.environ.setdefault("DOTNET_TieredCompilation", "0")
    version = binding.start(runtime)
    kind = binding.load_type(runtime, assembly, class_name)
    method = binding.delegate(runtime, kind, binding.create(runtime, kind), "Activation")
    apply = binding.array_map(runtime, resources.harness_path())

    def prepare(x: Array, y: Array) -> Call:
        source, target, at = x.ctypes.data, y.ctypes.data, np.zeros(1, np.int64)

        def call() -> object:
            # Holds the arrays while their addresses are used.
            return apply(method, source, target, min(x.size, y.size), at.ctypes.data)

        return call

    return Peer(name, version, ("float64",), prepare)


def _spans(runtime: Runtime) -> Iterator[Peer]:
    """Yield the C# sigmoids over spans, where their project is built and this .NET can run it."""
    if not SPANS.exists() or runtime.kind != "coreclr" or int(runtime.version.partition(".")[0]) < _SPANS_FROM:
        return
    kind = binding.load_type(runtime, SPANS, "SigmoidParity.Benchmarks.Peers")
    for name, method in (("C# SigmoidVectors", "Vectors"), ("C# TensorPrimitives", "Tensors")):
        calls = {"float64": _by_address(kind, method), "float32": _by_address(kind, f"{method}Single")}
        yield Peer(name, runtime.version, _BOTH, partial(_prepare_spans, calls))


def _by_address(kind: Any, method: str) -> Any:
    clr, system = importlib.import_module("clr"), importlib.import_module("System")
    action = system.Action[system.IntPtr, system.IntPtr, system.Int64]
    call = system.Delegate.CreateDelegate(clr.GetClrType(action), kind.GetMethod(method))
    return lambda source, target, count: call(system.IntPtr(source), system.IntPtr(target), count)


def _prepare_spans(calls: Mapping[str, Any], x: Array, y: Array) -> Call:
    apply, source, target = calls[x.dtype.name], x.ctypes.data, y.ctypes.data
    return lambda: apply(source, target, min(x.size, y.size))  # Holds both arrays while their addresses are used.
