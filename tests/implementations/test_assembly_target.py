"""Anybody's assembly: its methods are found and called, and what cannot be is said; nothing it does harms the rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from sigmoid_parity import resources
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Candidate, Floats, Found
from sigmoid_parity.implementations.dotnet import AssemblyTarget, Runtime, compilers, select
from tests import processes
from tests.conftest import PROJECT, Build, Misbehaving
from tests.implementations.libraries import library

X = np.array([-2.75, -0.0, 0.1, 1.0, 1e300, np.inf, np.nan])
Y = np.array([0.5, 1.0, -3.0, 2.0, 7.0, 0.25, 1.0])
X32, Y32 = X[:4].astype(np.float32), Y[:4].astype(np.float32)
TIME_LIMIT = 3.0
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


@pytest.fixture(scope="session")
def shapes(misbehaving: Misbehaving) -> Path:
    return misbehaving("Shapes")


@pytest.fixture(scope="session")
def failing(misbehaving: Misbehaving) -> Path:
    return misbehaving("Failing")


@pytest.fixture(scope="session")
def sdk() -> compilers.Compiler:
    """The .NET SDK: mcs knows neither spans nor .NET 10."""
    return compilers.choose("dotnet")


def call(candidate: Candidate) -> Floats:
    x, y = (X, Y) if candidate.dtype == np.float64 else (X32, Y32)
    return candidate.compute(*(x, y)[: candidate.arity])


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


def test_every_form_is_found_and_called(runtime: Runtime, shapes: Path) -> None:
    """What is found is what the source has, in its order; each gives what its source computes, bit for bit."""
    with AssemblyTarget(runtime, shapes).open() as found, np.errstate(all="ignore"):
        assert [(short(one.owner), one.name) for one in found.candidates] == list(FORMS)
        for one in found.candidates:
            wanted = FORMS[short(one.owner), one.name]
            assert one.arity == wanted.__code__.co_argcount, one.name
            x, y = (X, Y) if one.dtype == np.float64 else (X32, Y32)
            expected, results = wanted(*(x, y)[: one.arity]), call(one)
            assert expected.dtype == results.dtype == one.dtype, one.name
            assert np.array_equal(results, expected, equal_nan=True), (one.name, results, expected)
            assert np.array_equal(np.signbit(results[:-1]), np.signbit(expected[:-1])), one.name
            assert one.compute(*[np.empty(0)] * one.arity).shape == (0,)


def test_what_cannot_be_tried_is_said(runtime: Runtime, shapes: Path) -> None:
    """Each with its reason; methods without real numbers are counted; accessors and operators are neither."""
    with AssemblyTarget(runtime, shapes).open() as found:
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


def failures(target: AssemblyTarget, arguments: dict[str, list[Floats]]) -> dict[str, HostError]:
    caught: dict[str, HostError] = {}
    with target.open() as found:
        for name, values in arguments.items():
            with pytest.raises(HostError) as failure:
                named(found, name).compute(*values)
            caught[name] = failure.value
        works = [one for one in found.candidates if one.name == "Works(double)"][-1]
        assert works.compute(np.array([1.0])).tolist() == [3.0]
    return caught


def test_an_exception_names_its_input(runtime: Runtime, failing: Path) -> None:
    """The loop knows where it was; an array is searched for an element that throws alone, and there need not be one."""
    x = np.array([0.5, 1.0, 2.0])
    target = AssemblyTarget(runtime, failing, "Acme.Failing.Methods")
    caught = failures(
        target,
        {
            "Throws(double)": [x],
            "ThrowsFloat(float)": [np.array([0.5, 0.1], np.float32)],
            "ThrowsTwo(double, double)": [x, x],
            "ThrowsArray(double[])": [x],
            "ThrowsLong(double[])": [x],
            "Short(double[])": [x],
            "Null(double[])": [x],
        },
    )
    starts = [
        "Throws(1.0) threw System.ArgumentException: this one throws: 1",
        "ThrowsFloat(0.1) threw System.ArgumentException: this one throws: 0.1",
        "ThrowsTwo(2.0, 2.0) threw System.ArgumentException: this one throws: 2",
        "ThrowsArray(1.0) threw System.ArgumentException: this one throws: 1",
        "ThrowsLong(double[]) threw System.ArgumentException: this one throws: 0",
        "Short(double[]) gave 1 results for 3 arguments",
        "Null(double[]) gave null instead of an array",
    ]
    for error, start in zip(caught.values(), starts, strict=True):
        assert (error.kind, error.runtime) == ("throw", runtime.name)
        assert error.problem.startswith(start), error.problem


@pytest.mark.processes
def test_a_crash_and_a_hang_name_their_input(runtime: Runtime, failing: Path) -> None:
    """They cost the time limit once, name the input where each is computed alone, and leave the others be."""
    x = np.array([0.5, 1.0, 2.0])
    target = AssemblyTarget(runtime, failing, "Acme.Failing.Methods", time_limit=TIME_LIMIT)
    starts = {
        "Exits(double)": ("crash", "Exits(1.0) ended the process: exit code 7"),
        "Hangs(double)": ("hang", "Hangs(1.0) took longer than 3 s"),
        "HangsArray(double[])": ("hang", "HangsArray(double[]) took longer than 3 s"),
        "PrintsWithoutEnd(double)": ("hang", "PrintsWithoutEnd(0.5) took longer than 3 s"),
    }
    start = time.monotonic()
    caught = failures(target, {name: [x] for name in starts})
    assert {name: (error.kind, error.problem[: len(starts[name][1])]) for name, error in caught.items()} == starts
    assert time.monotonic() - start < 3 * TIME_LIMIT + 20.0


@pytest.mark.processes
def test_what_crashed_or_hung_is_not_called_again(failing: Path) -> None:
    """The second call has the error of the first, at once."""
    with AssemblyTarget(select()[0], failing, member="Hangs", time_limit=TIME_LIMIT).open() as found:
        for _ in range(5):
            start = time.monotonic()
            with pytest.raises(HostError, match=r"Hangs\(1\.0\) took longer"):
                found.candidates[0].compute(np.array([1.0]))
        assert time.monotonic() - start < 1.0


@pytest.mark.processes
def test_constructors_that_fail_are_refusals(runtime: Runtime, failing: Path) -> None:
    """An exception, a hang and an exit in a constructor refuse the objects' methods, and nothing else."""
    with AssemblyTarget(runtime, failing, time_limit=TIME_LIMIT).open() as found:
        reasons = {one.owner.rpartition(".")[2]: one.reason for one in found.refusals}
        assert reasons["ConstructorThrows"] == "its constructor threw System.NotSupportedException: no objects today"
        assert reasons["ConstructorHangs"].startswith("the constructor of Acme.Failing.ConstructorHangs took longer")
        assert reasons["ConstructorExits"].endswith("ConstructorExits ended the process: exit code 3")
        assert found.candidates[0].name == "Works(double)"
        assert found.candidates[0].compute(np.array([1.0])).tolist() == [2.0]
        with pytest.raises(HostError, match=r"Uses\(1\.0\) threw .*TypeInitializationException.*no class today"):
            named(found, "Uses(double)").compute(np.array([1.0]))


@pytest.mark.processes
def test_what_it_starts_ends_with_it(runtime: Runtime, failing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that a method starts is gone when the target is closed."""
    mark = uuid4().hex
    monkeypatch.setenv("SIGMOID_PARITY_TEST", mark)
    with AssemblyTarget(runtime, failing, member="StartsProcess").open() as found:
        found.candidates[0].compute(np.array([1.0]))
    time.sleep(0.5)  # A process takes a moment to die.
    assert [file for file in Path("/proc").glob("[0-9]*/environ") if mark.encode() in processes.read(file)] == []


@pytest.mark.processes
@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("NoPublicClass", "internal class A {} internal class B {}", "has no public class but these, which are not pu"),
        ("NoClassAtAll", "", "has no public class"),
        (
            "NoNumbers",
            "public class A { public int F(string x) { return 1; } }",
            "has nothing that can be tried: its 1 p",
        ),
        ("NoMethodsAtAll", "public class A {}", "has nothing that can be tried: its public classes, without methods"),
        ("OnlyGeneric", "public class A<T> { public double F(double x) { return x; } }", "has nothing that can be tri"),
        (
            "OnlyAbstract",
            "public abstract class A { public double F(double x) { return x; } public float G(float x) { return x; } }",
            "has nothing that can be tried: A.F(double): abstract class (1 more)",
        ),
    ],
)
def test_an_assembly_without_anything_to_try_says_why(
    runtime: Runtime, build: Build, name: str, source: str, message: str
) -> None:
    """Nothing public, nothing with numbers, nothing that an object can be made of."""
    assert problem(AssemblyTarget(runtime, build(name, source))).startswith(message)


@pytest.mark.processes
def test_neighbours_are_loaded_and_missing_ones_named(
    runtime: Runtime, compiler: compilers.Compiler, tmp_path: Path
) -> None:
    """What an assembly needs is found in its own folder, whose name has a space; if it is not there, that is said."""
    base = "namespace Core { public class Base { public double Half(double x) { return x / 2.0; } } }"
    uses = (
        "public class Derived : Core.Base { }\n"
        "public class User { public double Use(double x) { return new Core.Base().Half(x); }\n"
        "  public double Lone(double x) { return x; } }"
    )
    core = library(tmp_path / "a folder", "Acme.Core", base, compiler)
    dll = library(tmp_path / "a folder", "Acme.Uses", uses, compiler, (core,))
    with AssemblyTarget(runtime, dll).open() as found:
        assert [(one.owner, one.name, one.compute(np.array([3.0])).item()) for one in found.candidates] == [
            ("Derived", "Half(double)", 1.5),
            ("User", "Use(double)", 1.5),
            ("User", "Lone(double)", 3.0),
        ]
    (dll.parent / core.name).unlink()
    lack = "it needs Acme.Core, which is not beside it; dotnet publish puts it there"
    with AssemblyTarget(runtime, dll).open() as found:
        assert [(one.name, one.reason) for one in found.refusals] == [("1 class", lack)]
        assert named(found, "Lone(double)").compute(np.array([3.0])).tolist() == [3.0]
        with pytest.raises(HostError) as caught:
            named(found, "Use(double)").compute(np.array([3.0]))
    assert caught.value.problem == f"Use(3.0) threw System.IO.FileNotFoundException: {lack}"


@pytest.mark.processes
def test_a_thousand_methods(runtime: Runtime, build: Build) -> None:
    """All are found, in order, and each is the one that is called."""
    classes = "".join(
        f"public class C{number} {{\n"
        + "".join(
            f"  public double M{method}(double x) {{ return x + {20 * number + method}.0; }}\n" for method in range(20)
        )
        + "}\n"
        for number in range(50)
    )
    dll = build("Thousand", classes)
    with AssemblyTarget(runtime, dll).open() as found:
        results = [one.compute(np.array([0.5])).item() for one in found.candidates]
    assert results == [number + 0.5 for number in range(1000)]


@pytest.mark.processes
def test_a_very_large_assembly_is_listed_in_pages(build: Build) -> None:
    """More methods than an answer may hold."""
    methods = "".join(
        f"  public static double {'M' * 200}{number}(double x) {{ return x + {number}.0; }}\n"
        for number in range(20_000)
    )
    dll = build("Large", "public static class C {\n" + methods + "}\n")
    with AssemblyTarget(select()[0], dll).open() as found:
        assert len(found.candidates) == 20_000
        assert found.candidates[-1].compute(np.array([0.5])).tolist() == [19_999.5]


SPANS = """
using System;
using System.Numerics;
public static class Spans {
    public static void Fill(ReadOnlySpan<double> x, Span<double> y) {
        for (int i = 0; i < x.Length; i++) y[i] = 2 * x[i];
    }
    public static void InPlace(Span<float> x) { for (int i = 0; i < x.Length; i++) x[i] = 3 * x[i]; }
    public static void Any<T>(ReadOnlySpan<T> x, Span<T> y) where T : IExponentialFunctions<T> {
        for (int i = 0; i < x.Length; i++) y[i] = T.Exp(x[i]);
    }
    public static double Sum(ReadOnlySpan<double> x) => x[0];
    public static Half Half(Half x) => x;
    public static double In(in double x) => x;
}
public ref struct OnStack { public double F(double x) => x; }
"""


@pytest.mark.processes
def test_spans(sdk: compilers.Compiler, tmp_path: Path) -> None:
    """Spans, and generic ones for double and float, are tried where the runtime has them."""
    dll = library(tmp_path, "Spans", SPANS, sdk, framework="net10.0")
    with AssemblyTarget(select(["coreclr-10"])[0], dll).open() as found:
        x = np.array([-1.0, 0.5, 2.0])
        results = {one.name: one.compute(x.astype(one.dtype)) for one in found.candidates}
        assert {(one.owner, one.name): one.reason for one in found.refusals} == {
            ("Spans", "Sum(ReadOnlySpan<double>)"): "takes ReadOnlySpan<double> and gives double",
            ("Spans", "Half(Half)"): "takes Half",
            ("Spans", "In(in double)"): "takes in double",
            ("OnStack", "F(double)"): "ref struct",
        }
    assert list(results) == [
        "Fill(ReadOnlySpan<double>, Span<double>)",
        "InPlace(Span<float>)",
        "Any<double>(ReadOnlySpan<double>, Span<double>)",
        "Any<float>(ReadOnlySpan<float>, Span<float>)",
    ]
    fill, in_place, double, single = results.values()
    assert np.array_equal(fill, 2 * x)
    assert np.array_equal(in_place, 3 * x.astype(F32))
    assert np.allclose(double, np.exp(x), rtol=1e-15)
    assert single.dtype == F32
    assert np.allclose(single, np.exp(x), rtol=1e-6)


@pytest.mark.processes
def test_an_assembly_for_a_newer_runtime_says_so(runtime: Runtime, sdk: compilers.Compiler, tmp_path: Path) -> None:
    """One built for .NET 10 is refused on an older runtime, with the way out; on .NET 10 it runs."""
    source = (
        "namespace SigmoidParity { public class Sigmoid { public double Activation(double x) => System.Math.Exp(x); } }"
    )
    dll = library(tmp_path, "Newer", source, sdk, framework="net10.0")
    target = AssemblyTarget(runtime, dll)
    if runtime.matches("coreclr-10"):
        with target.open() as found:
            assert found.candidates[0].compute(np.zeros(1)).tolist() == [1.0]
    else:
        remedy = "use --runtime coreclr-10, or build it for netstandard2.0"
        assert problem(target) == f"is built for .NET 10; this runtime is older: {remedy}"


@pytest.mark.processes
def test_every_compiler_builds_the_harness(
    runtime: Runtime, shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Built by any compiler that is here, it finds the same methods on every runtime, and they give the same."""
    names, results = [], []
    for compiler in compilers.compilers():
        harness = tmp_path / compiler.name / resources.HARNESS_NAME
        compilers.build(PROJECT.with_name("SigmoidParity.Harness"), harness, compiler)
        monkeypatch.setattr(resources, "harness_path", lambda path=harness: path)
        with AssemblyTarget(runtime, shapes).open() as found:
            names.append([(one.owner, one.name) for one in found.candidates])
            results.append([call(one).tobytes() for one in found.candidates])
    assert [short(owner) for owner, _ in names[0]] == [owner for owner, _ in FORMS]
    assert all(other == names[0] for other in names)
    assert all(other == results[0] for other in results)


def test_the_harness_itself_has_nothing_to_try(runtime: Runtime) -> None:
    """Our own assembly, which is loaded already, is one like others."""
    assert problem(AssemblyTarget(runtime, resources.harness_path())).startswith("has nothing that can be tried")
