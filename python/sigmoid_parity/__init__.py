"""A reference port of the sigmoid: the C# pair `Activation` / `DActivation` in Python, with the same bits.

>>> from sigmoid_parity import activation, d_activation
>>> y = activation(0.5)
>>> y, d_activation(y)
(0.6224593312018546, 0.2350037122015945)

`d_activation` takes the sigmoid's output y, not x. `set_threads` lets threads share large arrays.
`sigmoid_parity.dotnet.load()` gives the C# object itself. `check` holds a function of yours to it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sigmoid_parity.port.functions import activation, d_activation, derivative, stable_derivative
from sigmoid_parity.port.threads import set_threads

if TYPE_CHECKING:
    from sigmoid_parity.conformance.checking import check

__all__ = ["__version__", "activation", "check", "d_activation", "derivative", "set_threads", "stable_derivative"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Reached by name alone: `import sigmoid_parity` must not pay for hosting .NET.
    if name == "dotnet":
        return import_module("sigmoid_parity.dotnet")
    if name == "check":
        return import_module("sigmoid_parity.conformance.checking").check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
