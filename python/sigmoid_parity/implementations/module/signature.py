"""How many arguments a function of Python takes."""

from __future__ import annotations

import inspect
from typing import Any, Final

from sigmoid_parity import formats
from sigmoid_parity.implementations.module.unfit import Unfit

_REMEDY: Final = "name one that takes one number or two: functools.partial or a lambda gives it the rest"


def arities(function: object) -> tuple[int, ...]:
    """Find with how many arguments a function can be called, 1 or 2, in the order in which to try them.

    Arguments that have a default are left out. A function that does not say what it takes is tried with both.

    :raises Unfit: it is no function, or takes another number of arguments.
    """
    if isinstance(function, type):
        raise Unfit(f"{function.__name__} is a class; make an object of it in a file, and name that or its method")
    if not callable(function):
        raise Unfit(f"it is no function but {_a(function)}; name a function")
    if isinstance(count := getattr(function, "nin", None), int):  # A universal function of NumPy, SciPy or Numba.
        return _checked((count,) if count in _TRIED else (), f"takes {count} arguments")
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):
        return _TRIED
    if inspect.isfunction(function) and next(iter(signature.parameters), "") == "self":
        raise Unfit("it is a method without its object; make an object in the file, and name the object's method")
    return _checked(tuple(n for n in _TRIED if _binds(signature, n))[:1], f"takes {_shown(signature)}")


def declared(function: object) -> tuple[str, ...]:
    """Return the formats of 16 and 8 bits that a function says it takes.

    A universal function of NumPy says it in its types, another one in the annotation of its first argument.
    """
    types = getattr(function, "types", None)
    if isinstance(types, list) and any(str(one).startswith("e") for one in types):
        return ("float16",)
    try:
        annotation = next(iter(inspect.signature(function).parameters.values())).annotation  # type: ignore[arg-type]
    except (ValueError, TypeError, StopIteration):
        return ()
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    narrow = [one for one in formats.available() if formats.BYTES[one] <= _NARROW]
    return tuple(one for one in narrow if name.rpartition(".")[2] == one)


_NARROW: Final = 2  # Bytes.
_TRIED: Final = (1, 2)
_LONGEST: Final = 100


def _checked(found: tuple[int, ...], takes: str) -> tuple[int, ...]:
    if not found:
        raise Unfit(f"it {takes}; {_REMEDY}")
    return found


def _binds(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*range(count))
    except TypeError:
        return False
    return True


def _shown(signature: inspect.Signature) -> str:
    text = str(signature)
    return text if len(text) <= _LONGEST else f"{len(signature.parameters)} arguments"


def _a(thing: Any) -> str:
    name = type(thing).__name__
    return "None" if thing is None else f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
