"""In what forms a function of Python may want its arrays: NumPy's own, or the tensor of a library that it uses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sigmoid_parity import formats
from sigmoid_parity.implementations.candidates import Floats


@dataclass(frozen=True, slots=True)
class Form:
    """A form of arrays.

    :ivar name: for messages; empty for NumPy's own.
    :ivar make: makes one of an array.
    :ivar back: makes of a result what NumPy can read, where it could not.
    """

    name: str
    make: Callable[[Floats], Any]
    back: Callable[[Any], Any]


def _same(found: Any) -> Any:
    return found


NATIVE: Final = Form("", _same, _same)
"""NumPy's own."""


def forms() -> list[Form]:
    """Return the forms to try: NumPy's, then that of each library that is imported already. None is imported here."""
    found = [NATIVE]
    for name, make in _MAKE.items():
        if (library := sys.modules.get(name)) is not None:
            back = partial(_from_torch, library) if name == "torch" else _same
            found.append(Form(name, partial(make, library), back))
    return found


def _to_torch(torch: Any, array: Floats) -> Any:
    """Make a tensor; of a format that NumPy has not, by way of its encodings."""
    if array.dtype.name not in _FOREIGN:
        return torch.from_numpy(array)
    return torch.from_numpy(array.view(f"i{array.itemsize}")).view(getattr(torch, array.dtype.name))


def _from_torch(torch: Any, found: Any) -> Any:
    name = str(getattr(found, "dtype", "")).removeprefix("torch.")
    if name not in _FOREIGN or not isinstance(found, torch.Tensor):
        return found
    of = formats.dtype(name)
    return found.view(getattr(torch, f"int{8 * of.itemsize}")).numpy().view(of)


_FOREIGN: Final = formats.NAMES[3:]
_MAKE: Final[Mapping[str, Callable[[Any, Floats], Any]]] = {
    "torch": _to_torch,
    "jax": lambda library, array: library.numpy.asarray(array),
    "tensorflow": lambda library, array: library.convert_to_tensor(array),
}
