"""Assemblies of every kind: empty ones, large ones, with neighbours, with spans, for a newer runtime."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import AssemblyTarget, Runtime, compilers, select
from tests.conftest import Build, Once
from tests.implementations.assemblies import F32, named, problem
from tests.implementations.libraries import library


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


CORE = "namespace Core { public class Base { public double Half(double x) { return x / 2.0; } } }"
USES = """
public class Derived : Core.Base { }
public class User {
    public double Use(double x) { return new Core.Base().Half(x); }
    public double Lone(double x) { return x; }
}
"""


@pytest.mark.processes
def test_neighbours_are_loaded_and_missing_ones_named(
    runtime: Runtime, compiler: compilers.Compiler, once: Once, tmp_path: Path
) -> None:
    """What an assembly needs is found in its own folder, whose name has a space; if it is not there, that is said."""

    def compiled(folder: Path) -> None:
        core = library(folder, "Acme.Core", CORE, compiler)
        library(folder, "Acme.Uses", USES, compiler, (core,))

    folder = shutil.copytree(once("neighbours", compiled) / "Acme.Uses" / "out", tmp_path / "a folder")
    dll = folder / "Acme.Uses.dll"
    with AssemblyTarget(runtime, dll).open() as found:
        assert [(one.owner, one.name, one.compute(np.array([3.0])).item()) for one in found.candidates] == [
            ("Derived", "Half(double)", 1.5),
            ("User", "Use(double)", 1.5),
            ("User", "Lone(double)", 3.0),
        ]
    (folder / "Acme.Core.dll").unlink()
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
def test_an_assembly_for_a_newer_runtime_says_so(runtime: Runtime, sdk: compilers.Compiler, once: Once) -> None:
    """One built for .NET 10 is refused on an older runtime, with the way out; on .NET 10 it runs."""
    source = (
        "namespace SigmoidParity { public class Sigmoid { public double Activation(double x) => System.Math.Exp(x); } }"
    )
    folder = once("newer", lambda folder: library(folder, "Newer", source, sdk, framework="net10.0"))
    dll = folder / "Newer" / "out" / "Newer.dll"
    target = AssemblyTarget(runtime, dll)
    if runtime.matches("coreclr-10"):
        with target.open() as found:
            assert found.candidates[0].compute(np.zeros(1)).tolist() == [1.0]
    else:
        remedy = "use --runtime coreclr-10, or build it for netstandard2.0"
        assert problem(target) == f"is built for .NET 10; this runtime is older: {remedy}"
