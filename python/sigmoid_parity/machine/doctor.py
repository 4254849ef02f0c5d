"""Find out what this machine has for comparing with C#, and what would mend what it lacks."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from typing import Final

import numpy as np

from sigmoid_parity import resources
from sigmoid_parity.cases import load_all, load_layer, load_limits, load_trainings
from sigmoid_parity.errors import HostError, MissingError, SigmoidParityError
from sigmoid_parity.implementations.dotnet import Host, Runtime, assembly, compilers, find
from sigmoid_parity.implementations.dotnet.assembly import Assembly
from sigmoid_parity.implementations.dotnet.runtimes import KINDS
from sigmoid_parity.machine import provenance, remedies
from sigmoid_parity.progress import Progress, silent

_EXTRAS: Final = {
    "gmpy2": "expected values (`fixtures write` and `check`)",
    "mpmath": "values of formulas (`derive --check`, `errata`)",
    "llvmlite": "fast arrays",
    "numba": "fast sweeps",
    "sympy": "proofs (`derive --check`, `errata`)",
    "jinja2": "pages (`derive --html`)",
    "nbformat": "notebooks (`derive --notebook`)",
    "matplotlib": "figures (`plot`, `train --plot`)",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for.

    :ivar name: what.
    :ivar state: ``"ok"``, ``"missing"`` (verify cannot run without it) or ``"optional"`` (it can).
    :ivar detail: what was found, or why it is missing.
    :ivar remedy: the command that mends it, or None.
    """

    name: str
    state: str
    detail: str
    remedy: str | None = None


def examine(progress: Progress = silent) -> Iterator[Finding]:
    """Look for everything in turn; starts every runtime once.

    :param progress: called with what is about to be done.
    """
    for name, value in provenance.collect(None).items():
        yield Finding(name, "ok", value)
    built = yield from _assembly()
    yield from _compilers(needed=built is None and resources.checkout() is not None)
    yield from _runtimes(built, progress)
    yield from _fixtures()
    for package, purpose in _EXTRAS.items():
        yield _extra(package, purpose)


def _compilers(needed: bool) -> Iterator[Finding]:
    found = compilers.compilers()
    for compiler in found:
        kind = ".NET SDK" if compiler.name == "dotnet" else "Mono's compiler"
        yield Finding(f"compiler {compiler.name}", "ok", f"{compiler.version} ({kind}, {compiler.path})")
    if not found:
        why = "no .NET SDK and no mcs" + ("" if needed else "; needed only to build the assembly anew")
        yield Finding("compiler", "missing" if needed else "optional", why, remedies.remedy("compiler"))


def _assembly() -> Generator[Finding, None, Assembly | None]:
    try:
        built = assembly.find()
    except MissingError as error:
        yield Finding("assembly", "missing", str(error), remedies.remedy(error.lacks))
        return None
    yield Finding("assembly", "ok", f"{built.path}, compiled by {built.compiler}, sha256 {built.sha256}")
    return built


def _runtimes(built: Assembly | None, progress: Progress) -> Iterator[Finding]:
    found = find()
    examined = []
    for runtime in found:
        progress(f"starting {runtime.name}")
        examined.append(_runtime(runtime, built))
    one_works = any(finding.state == "ok" for finding in examined)
    for finding in examined:
        yield replace(finding, state="optional") if one_works and finding.state == "missing" else finding
    kinds = {runtime.kind for runtime in found}
    for kind in KINDS:
        if kind not in kinds:
            detail = "not found; one runtime is enough" if found else "not found; at least one runtime is needed"
            yield Finding(f"runtime {kind}", "optional" if found else "missing", detail, remedies.remedy(kind))


def _runtime(runtime: Runtime, built: Assembly | None) -> Finding:
    name, where = f"runtime {runtime.name}", f"{runtime.origin}, {runtime.path}"
    if built is None:
        return Finding(name, "ok", f"{where}; not started, for want of the assembly")
    remedy = remedies.rid(runtime)
    try:
        with Host(runtime, built.path) as host:
            value = float(host.map("Activation", np.zeros(1))[0])
    except HostError as error:
        return Finding(name, "missing", f"{where}; {error.kind}: {error.problem}", remedy)
    if value != 0.5:  # noqa: PLR2004 - sigmoid(0)
        return Finding(name, "missing", f"{where}; it started, but Activation(0) gave {value!r}", remedy)
    return Finding(name, "ok", "; ".join(filter(None, [where, "it starts and computes", remedies.support(runtime)])))


def _fixtures() -> Iterator[Finding]:
    folder = resources.fixtures_dir()
    try:
        counts = [f"{fixture.function} {len(fixture.cases):,}" for fixture in load_all()]
        counts += [f"layer {len(load_layer()):,}", f"network {len(load_trainings()):,}"]
        load_limits()
    except SigmoidParityError as error:
        yield Finding("fixtures", "missing", str(error), "git checkout -- fixtures")
        return
    yield Finding("fixtures", "ok", f"{folder}: {', '.join(counts)} cases")


def _extra(package: str, purpose: str) -> Finding:
    if find_spec(package) is None:
        return Finding(package, "optional", f"not found; {purpose} need it", remedies.remedy(package))
    return Finding(package, "ok", f"{version(package)}, for {purpose}")
