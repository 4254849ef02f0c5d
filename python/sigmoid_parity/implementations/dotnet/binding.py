"""pythonnet in this process: start one runtime, load an assembly, make a delegate of a method.

A process can host one runtime, for good. Importing pythonnet starts nothing; `start` does.
"""

from __future__ import annotations

import importlib
import json
import tempfile
import warnings
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.dotnet import image
from sigmoid_parity.implementations.dotnet.runtimes import Runtime

CLASS: Final = "SigmoidParity.Sigmoid"
"""The class with the pair, by its full name."""

_ARRAY_MAP: Final = "SigmoidParity.Harness.ArrayMap"
_CORE: Final = "System.Runtime"  # Its version is that of .NET, from 5 on.
_LAST_COMMON: Final = 4
_KINDS: Final = {"CoreCLR": "coreclr", ".NET Core": "coreclr", "Mono": "mono"}


def start(runtime: Runtime) -> str:
    """Start a runtime in this process, unless it runs already, and return the version that it reports.

    :raises HostError: it does not start, or another one runs here.
    """
    import pythonnet

    if pythonnet.get_runtime_info() is None:
        try:
            pythonnet.load(_create(runtime))
        except Exception as error:
            raise HostError(runtime.name, "load", f"the runtime at {runtime.path} did not start: {error}") from error
    _check_kind(runtime, pythonnet.get_runtime_info().kind)
    version = _version(runtime)
    if version != runtime.version:
        raise HostError(
            runtime.name, "load", f"version {version} runs in this process; a process can host one runtime only"
        )
    return version


def load_assembly(runtime: Runtime, path: Path) -> Any:
    """Load an assembly, as a ``System.Reflection.Assembly``; those it needs are looked for in its own folder.

    :param path: the DLL.
    :raises HostError: no such file, no assembly, one for another machine, or for a newer .NET.
    """
    file = path.resolve()
    try:
        loaded = _namespace("System.Reflection").Assembly.LoadFrom(str(file))
    except Exception as error:
        problem = image.problem(file) or describe(error)
        raise HostError(runtime.name, "load", f"{path} is not a usable assembly: {problem}") from error
    if Path(loaded.Location).resolve() != file:
        problem = f"{loaded.Location} has the same name, {loaded.GetName().Name}, and is loaded already"
        raise HostError(runtime.name, "load", f"{path} cannot be loaded: {problem}")
    _check_age(runtime, path, loaded)
    return loaded


def load_type(runtime: Runtime, assembly: Path, name: str) -> Any:
    """Load a type from an assembly, as a ``System.Type``.

    :param assembly: the DLL.
    :param name: the type's full name.
    :raises HostError: the assembly cannot be loaded, or has no such type.
    """
    loaded = load_assembly(runtime, assembly)
    try:
        return loaded.GetType(name, True)
    except Exception as error:
        if type(error).__name__ == "TypeLoadException" and name in str(error):
            problem = f"{assembly} has no type {name}; check its name and namespace"
        else:
            problem = f"{assembly} is not a usable assembly: {describe(error)}"
        raise HostError(runtime.name, "load", problem) from error


def create(runtime: Runtime, kind: Any) -> Any:
    """Create an object of a ``System.Type``, by the constructor without parameters.

    :raises HostError: there is none, or it threw.
    """
    try:
        return _namespace("System").Activator.CreateInstance(kind)
    except Exception as error:
        raise HostError(runtime.name, "throw", f"no {kind.FullName} could be made: {describe(error)}") from error


def delegate(runtime: Runtime, kind: Any, instance: Any, method: str) -> Any:
    """Make a ``Func<double, double>`` of an object's method.

    :param kind: the object's ``System.Type``.
    :param instance: the object.
    :param method: the method's name.
    :raises HostError: there is no public method ``double method(double)``.
    """
    import clr

    system = _namespace("System")
    named = [found for found in kind.GetMethods() if found.Name == method]
    double = clr.GetClrType(system.Double)
    info = kind.GetMethod(method, system.Array[system.Type]([double]))
    if info is None or info.ReturnType != double or info.IsStatic:
        there = "; ".join(found.ToString() for found in named)
        problem = f"it has {there}" if named else "it has no public method of that name"
        raise HostError(
            runtime.name, "load", f"{kind.FullName} needs public double {method}(double) on the object, but {problem}"
        )
    return system.Delegate.CreateDelegate(clr.GetClrType(system.Func[system.Double, system.Double]), instance, info)


def array_map(runtime: Runtime, harness: Path) -> Callable[[Any, int, int, int, int], None]:
    """Return our C# loop over an array, from the harness and from nowhere else.

    :param harness: the harness's DLL.
    :returns: takes a delegate, the addresses of input and output, the count of doubles, and the address of a 64-bit
        integer that says at any time which element it is at.
    :raises HostError: it is not there, or is another assembly.
    """
    import clr

    system = _namespace("System")
    kind = load_type(runtime, harness, _ARRAY_MAP)
    parts = [system.Func[system.Double, system.Double], system.IntPtr, system.IntPtr, system.Int64, system.IntPtr]
    method = kind.GetMethod("Apply", system.Array[system.Type]([clr.GetClrType(part) for part in parts]))
    apply = system.Delegate.CreateDelegate(clr.GetClrType(system.Action[*parts]), method)
    return lambda function, source, target, count, at: apply(
        function, pointer(source), pointer(target), count, pointer(at)
    )


@lru_cache(maxsize=64)  # Making one takes as long as hundreds of sigmoids, and memory is used again and again.
def pointer(address: int) -> Any:
    """Return an address as a ``System.IntPtr``."""
    return _namespace("System").IntPtr(address)


def describe(error: BaseException) -> str:
    """Say what a .NET exception is and says, its cause included; a Python one likewise."""
    get_type = getattr(error, "GetType", None)
    if get_type is None:
        return f"{type(error).__name__}: {error}"
    inner = getattr(error, "InnerException", None)
    text = f"{get_type().FullName}: {_lack(error) or error.Message}"  # type: ignore[attr-defined]
    return f"{text} ({describe(inner)})" if inner is not None else text


def _lack(error: BaseException) -> str | None:
    """Name the assembly that a FileNotFoundException is about, if it is about one, and say what puts it there."""
    name, details, _ = str(getattr(error, "FileName", None)).partition(", Version=")
    return f"it needs {name}, which is not beside it; dotnet publish puts it there" if details else None


def _create(runtime: Runtime) -> Any:
    import clr_loader

    if runtime.kind == "mono":
        with warnings.catch_warnings():
            # It calls Mono before 6.12 problematic; what could go wrong here is found by the tests.
            warnings.simplefilter("ignore")
            return clr_loader.get_mono(libmono=runtime.path)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "runtimeconfig.json"
        config.write_text(json.dumps(_runtime_config(runtime)), encoding="utf-8")
        return clr_loader.get_coreclr(runtime_config=config, dotnet_root=runtime.path)


def _runtime_config(runtime: Runtime) -> dict[str, Any]:
    return {
        "runtimeOptions": {
            "tfm": "net" + ".".join(runtime.version.split(".")[:2]),
            "rollForward": "Disable",  # This very version, not the newest that is like it.
            "framework": {"name": "Microsoft.NETCore.App", "version": runtime.version},
            # Without this a machine that lacks ICU does not start; nothing here depends on a culture.
            "configProperties": {"System.Globalization.Invariant": True},
        }
    }


def _check_kind(runtime: Runtime, reported: str) -> None:
    if _KINDS.get(reported) != runtime.kind:
        raise HostError(
            runtime.name,
            "load",
            f"this process hosts {reported} already, and can host one runtime only; use another process",
        )


def _check_age(runtime: Runtime, path: Path, loaded: Any) -> None:
    """Refuse an assembly for a newer .NET: its types are elsewhere, and each of its methods would throw."""
    built_for = max((one.Version.Major for one in loaded.GetReferencedAssemblies() if one.Name == _CORE), default=0)
    own = int(runtime.version.partition(".")[0]) if runtime.kind == "coreclr" else 0
    if built_for > max(own, _LAST_COMMON):
        remedy = f"use --runtime coreclr-{built_for}, or build it for netstandard2.0"
        problem = f"{path} is built for .NET {built_for}; this runtime is older: {remedy}"
        raise HostError(runtime.name, "load", problem)


def _version(runtime: Runtime) -> str:
    import pythonnet

    if runtime.kind == "mono":
        return str(pythonnet.get_runtime_info().version).split()[0]
    return str(_namespace("System").Environment.Version.ToString())


def _namespace(name: str) -> Any:
    importlib.import_module("clr")
    return importlib.import_module(name)
