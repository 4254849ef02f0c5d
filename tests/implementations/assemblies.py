"""What the tests of assemblies share: the forms of ``tests/csharp/Shapes.cs``, and how they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Candidate, Floats, Found
from sigmoid_parity.implementations.dotnet import AssemblyTarget

X = np.array([-2.75, -0.0, 0.1, 1.0, 1e300, np.inf, np.nan])

Y = np.array([0.5, 1.0, -3.0, 2.0, 7.0, 0.25, 1.0])
X32, Y32 = X[:4].astype(np.float32), Y[:4].astype(np.float32)

F32 = np.float32

# In the order of the source, with what each computes there, in NumPy.
FORMS: dict[tuple[str, str], Callable[..., Floats]] = {
    ("Forms", "Double(double)"): lambda x: x + 1.0,
    ("Forms", "Float(float)"): lambda x: x * F32(0.1),
    ("Forms", "float Narrows(double)"): lambda x: x.astype(F32).astype(float),
    ("Forms", "double Narrowed(float)"): lambda x: x.astype(F32).astype(float),
    ("Forms", "Two(double, double)"): lambda x, y: x - 3.0 * y,
    ("Forms", "Two(float, float)"): lambda x, y: x - F32(3.0) * y,
    ("Forms", "Default(double, double = 2.5, bool = true, DayOfWeek = Friday)"): lambda x: -x * 2.5 + 5,
    ("Forms", "TwoAndDefault(double, double, DateTime = default)"): lambda x, y: x + y + 1,
    ("Forms", "Array(double[])"): lambda x: x * 2.0,
    ("Forms", "Array(float[])"): lambda x: x * F32(3.0),
    ("Forms", "InPlace(double[])"): lambda x: x * 4.0,
    ("Forms", "Window(double[], int, int)"): lambda x: x * 5.0,
    ("Forms", "Fill(float[], float[])"): lambda x: x * F32(6.0),
    ("Forms", "Generic<double>(double)"): lambda x: x,
    ("Forms", "Generic<float>(float)"): lambda x: x,
    ("Scaled", "Shared(double)"): lambda x: x + 11.0,
    ("Lenient(1.702)", "Scale(double)"): lambda x: 1.702 * x,
    ("Base", "OfBase(double)"): lambda x: x * 14.0,
    ("Derived", "Bend(double)"): lambda x: x * 15.0,
    ("Derived", "Replaced(double)"): lambda x: x * 17.0,
    ("Derived", "Inherited(double)"): lambda x: x * 13.0,
    ("Value", "OfValue(double)"): lambda x: x + 16.0,
    ("Lenient.Nested", "Shift(float)"): lambda x: x + F32(12.0),
}


def arguments(candidate: Candidate) -> tuple[Floats, ...]:
    x, y = (X, Y) if candidate.dtype == np.float64 else (X32, Y32)
    return (x, y)[: candidate.arity]


def call(candidate: Candidate) -> Floats:
    return candidate.compute(*arguments(candidate))


def by_class(methods: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Put methods to their classes, whose order is the compiler's: mcs has nested ones where they stand."""
    found: dict[str, list[str]] = {}
    for owner, name in methods:
        found.setdefault(owner, []).append(name)
    return found


def short(owner: str) -> str:
    return owner.removeprefix("Acme.Neuro.")


def named(found: Found, name: str) -> Candidate:
    (one,) = [candidate for candidate in found.candidates if candidate.name == name]
    return one


def problem(target: AssemblyTarget) -> str:
    with pytest.raises(HostError) as caught, target.open():
        pass
    assert (caught.value.runtime, caught.value.kind) == (target.runtime.name, "load")
    return caught.value.problem.removeprefix(f"{target.path} ")
