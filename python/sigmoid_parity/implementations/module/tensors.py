"""In what forms a function of Python may want its arrays: NumPy's own, or the tensor of a library that it uses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sigmoid_parity.implementations.candidates import Floats


@dataclass(frozen=True, slots=True)
class Form:
    """A form of arrays.

    :ivar name: for messages; empty for NumPy's own.
    :ivar make: makes one of an array.
    """

    name: str
    make: Callable[[Floats], Any]


def forms() -> list[Form]:
    """Return the forms to try: NumPy's, then that of each library that is imported already. None is imported here."""
    found = [Form("", lambda array: array)]
    for name, make in _MAKE.items():
        if (library := sys.modules.get(name)) is not None:
            found.append(Form(name, _bound(make, library)))
    return found


def _bound(make: Callable[[Any, Floats], Any], library: Any) -> Callable[[Floats], Any]:
    return lambda array: make(library, array)


_MAKE: Final[Mapping[str, Callable[[Any, Floats], Any]]] = {
    "torch": lambda library, array: library.from_numpy(array),
    "jax": lambda library, array: library.numpy.asarray(array),
    "tensorflow": lambda library, array: library.convert_to_tensor(array),
}
