"""Anybody's assembly: its methods are found and called, and what cannot be is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity import resources
from sigmoid_parity.implementations.candidates import Floats, Found
from sigmoid_parity.implementations.dotnet import AssemblyTarget, Runtime, compilers, select
from tests.conftest import PROJECT, Once
from tests.implementations.assemblies import F32, FORMS, X, arguments, by_class, call, problem, short

NUMBERS = "; give numbers with --new"

REFUSED = {
    ("Scaled", "Scale(double)"): f"its constructor needs arguments: (double) or (int) or (string){NUMBERS}",
    ("Counted", "Count(double)"): f"its constructor needs arguments: (int, double = 0.5){NUMBERS}",
    ("Base", "Bend(double)"): "abstract class",
    ("Base", "Inherited(double)"): "abstract class",
    ("Base", "Replaced(double)"): "abstract class",
    ("Other", "ByReference(ref double)"): "takes ref double",
    ("Other", "Gives(double, out double)"): "takes out double",
    ("Other", "OfInt(int)"): "takes int",
    ("Other", "OfNullable(double?)"): "takes double?",
    ("Other", "OfDecimal(decimal)"): "takes decimal",
    ("Other", "OfThree(double, double, double)"): "takes 3 arguments",
    ("Other", "OfNothing()"): "takes nothing",
    ("Other", "Rounded(double)"): "takes double and gives int",
    ("Other", "Sum(double[])"): "takes double[] and gives double",
    ("Other", "Matrix(double[,])"): "takes double[,]",
    ("Other", "OfClass<T>(T)"): "open generic method",
    ("Other", "Open<T, U>(T, U)"): "open generic method",
    ("IActivation", "OfInterface(double)"): "interface",
    ("Generic<T>", "OfGeneric(double)"): "generic class",
    ("NoPublicConstructor", "Unreachable(double)"): "no public constructor",
}


@pytest.fixture(scope="module")
def found(runtime: Runtime, shapes: Path) -> Iterator[Found]:
    """What is in the assembly, on a runtime."""
    with AssemblyTarget(runtime, shapes).open() as opened:
        yield opened


def test_every_form_is_found_and_called(found: Found) -> None:
    """What is found is what the source has, each class in its order, and gives what that computes, to the bit."""
    with np.errstate(all="ignore"):
        assert by_class((short(one.owner), one.name) for one in found.candidates) == by_class(FORMS)
        for one in found.candidates:
            wanted = FORMS[short(one.owner), one.name]
            assert one.arity == wanted.__code__.co_argcount, one.name
            expected, results = wanted(*arguments(one)), call(one)
            assert expected.dtype == results.dtype == one.dtype, one.name
            assert np.array_equal(results, expected, equal_nan=True), (one.name, results, expected)
            assert np.array_equal(np.signbit(results[:-1]), np.signbit(expected[:-1])), one.name
            assert one.compute(*[np.empty(0)] * one.arity).shape == (0,)


def test_what_cannot_be_tried_is_said(found: Found) -> None:
    """Each with its reason; methods without real numbers are counted; accessors and operators are neither."""
    *refusals, others = found.refusals
    assert {(short(one.owner), one.name): one.reason for one in refusals} == REFUSED
    assert (others.name, others.reason) == ("2 methods", "neither take nor give double or float")


@pytest.mark.processes
@pytest.mark.parametrize(
    ("class_name", "arguments", "owner", "factor"),
    [
        ("Acme.Neuro.Scaled", (2.0,), "Acme.Neuro.Scaled(2.0)", lambda x: 2.0 * x),
        ("Acme.Neuro.Scaled", (-1.702,), "Acme.Neuro.Scaled(-1.702)", lambda x: -1.702 * x),
        ("Acme.Neuro.Counted", (3.0,), "Acme.Neuro.Counted(3, 0.5)", lambda x: 3 * x + 0.5),
        ("Acme.Neuro.Counted", (3.0, 0.25), "Acme.Neuro.Counted(3, 0.25)", lambda x: 3 * x + 0.25),
        ("Acme.Neuro.Lenient", (0.5,), "Acme.Neuro.Lenient(0.5)", lambda x: 0.5 * x),
        ("Acme.Neuro.Lenient+Nested", (), "Acme.Neuro.Lenient.Nested", lambda x: x + F32(12)),
    ],
)
def test_constructors_take_numbers(
    shapes: Path, class_name: str, arguments: tuple[float, ...], owner: str, factor: Callable[[Floats], Floats]
) -> None:
    """A double before an int, an int for a whole number alone, and defaults for the rest; the owner shows them."""
    with AssemblyTarget(select()[0], shapes, class_name, arguments).open() as found:
        one = found.candidates[0]
        assert one.owner == owner
        x = X[:4].astype(one.dtype)
        assert np.array_equal(one.compute(x), factor(x))


@pytest.mark.processes
@pytest.mark.parametrize(
    ("class_name", "member", "arguments", "message"),
    [
        ("Acme.Neuro.Former", None, (), "has no public class Acme.Neuro.Former; did you mean Acme.Neuro.Forms"),
        ("scaled", None, (), "has no public class scaled; did you mean Acme.Neuro.Scaled?"),
        ("Quite.Else", None, (), "has no public class Quite.Else; there is: Acme.Neuro.Forms, Acme.Neuro.Scaled, Ac"),
        ("Acme.Neuro.Hidden", None, (), "has Acme.Neuro.Hidden, but it is not public"),
        ("Acme.Neuro.Forms", "Tow", (), "has no public method Tow with double or float; did you mean Two?"),
        (None, "OfInt", (), "has nothing that can be tried: Acme.Neuro.Other.OfInt(int): takes int"),
        ("Acme.Neuro.Scaled", "Scale", (), "has nothing that can be tried: Acme.Neuro.Scaled.Scale(double): its con"),
        ("Acme.Neuro.Counted", None, (0.5,), "has nothing that can be tried: Acme.Neuro.Counted.Count(double): its "),
        ("Acme.Neuro.Generic<T>", None, (), "has nothing that can be tried: Acme.Neuro.Generic<T>.OfGeneric(double)"),
    ],
)
def test_what_is_named_must_be_there(
    shapes: Path, class_name: str | None, member: str | None, arguments: tuple[float, ...], message: str
) -> None:
    """One error with the nearest names, or with the reason."""
    assert problem(AssemblyTarget(select()[0], shapes, class_name, arguments, member)).startswith(message)


@pytest.mark.parametrize(("member", "arities"), [("Two", [2, 2]), ("Two(float, float)", [2]), ("Double", [1])])
def test_a_method_can_be_named(shapes: Path, member: str, arities: list[int]) -> None:
    """By its name, with all its overloads, or by its name with what it takes; nothing else is listed then."""
    target = AssemblyTarget(select()[0], shapes, "Acme.Neuro.Forms", member=member)
    assert target.name == f"{shapes}:Acme.Neuro.Forms.{member}"
    with target.open() as found:
        assert [one.arity for one in found.candidates] == arities
        assert found.refusals == ()


def _build_harness(compiler: compilers.Compiler, folder: Path) -> None:
    compilers.build(PROJECT.with_name("SigmoidParity.Harness"), folder / resources.HARNESS_NAME, compiler)


@pytest.mark.processes
def test_every_compiler_builds_the_harness(
    runtime: Runtime, shapes: Path, once: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Built by any compiler that is here, it finds the same methods on every runtime, and they give the same."""
    names, results = [], []
    for compiler in compilers.compilers():
        harness = once(f"harness-{compiler.name}", partial(_build_harness, compiler)) / resources.HARNESS_NAME
        monkeypatch.setattr(resources, "harness_path", lambda path=harness: path)
        with AssemblyTarget(runtime, shapes).open() as found:
            names.append([(one.owner, one.name) for one in found.candidates])
            results.append([call(one).tobytes() for one in found.candidates])
    assert by_class((short(owner), name) for owner, name in names[0]) == by_class(FORMS)
    assert all(other == names[0] for other in names)
    assert all(other == results[0] for other in results)


@pytest.mark.processes
def test_the_harness_itself_has_nothing_to_try(runtime: Runtime) -> None:
    """Our own assembly, which is loaded already, is one like others."""
    assert problem(AssemblyTarget(runtime, resources.harness_path())).startswith("has nothing that can be tried")
