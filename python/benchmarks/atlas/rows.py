"""What the atlas compares: every library and language that is here."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sigmoid_parity.cases import load_languages
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.errors import HostError, ToolchainError
from sigmoid_parity.implementations.candidates import Target
from sigmoid_parity.implementations.dotnet import AssemblyTarget, assembly, select
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.implementations.program import ProgramTarget
from sigmoid_parity.progress import Progress
from sigmoid_parity.sweep.comparison import Comparison
from sigmoid_parity.sweep.domains import Domain
from sigmoid_parity.sweep.naming import Reader
from sigmoid_parity.sweep.sides import Pair, Port

_TIME_LIMIT: Final = 600.0  # Seconds: programs compute millions of points in a run.
_LIBRARIES: Final = {
    "numpy": "numpy_formula",
    "scipy": "scipy_expit",
    "numexpr": "numexpr_formula",
    "torch": "torch_sigmoid",
    "jax": "jax_sigmoid",
}
_BINARY: Final = ("c", "c-fast-math", "java", "javascript")  # Those with a binary mode, by their ids.
_SPANS: Final = "SigmoidParity.Vectors.SigmoidVectors"


def comparisons(
    domain: Domain, spans: Path | None, folder: Path, progress: Progress
) -> Iterator[tuple[str, Comparison]]:
    """Return each comparison with the row's name: the port with C# first, to which the others are held by way of it.

    :param domain: the points.
    :param spans: the assembly of the pair over spans, if it was built.
    :param folder: where programs are built.
    :param progress: called with what is about to be done.
    """
    runtime, built = select()[0], assembly.find().path
    for form in ("float64", "float32"):
        pair = Pair(runtime, built, _TIME_LIMIT)
        yield "this package", Comparison("activation", form, pair, Port(), domain, str(folder), _TIME_LIMIT)
    for name, target in _targets(spans, folder):
        progress(name)
        try:
            found, _ = Reader("activation", None, Options(time_limit=_TIME_LIMIT)).comparisons(
                [(target, True)], "port", domain
            )
        except HostError as error:
            progress(f"{name} is left out: {error}")
            continue
        yield from ((name, one) for one in found)


def _targets(spans: Path | None, folder: Path) -> Iterator[tuple[str, Target]]:
    module = Path(__file__).with_name("sigmoids.py")
    for package, function in _LIBRARIES.items():
        if find_spec(package):
            yield function.replace("_", " "), PythonTarget(f"{module}:{function}", _TIME_LIMIT)
    if spans is not None:
        newest = select()[0]
        yield "C# over spans", AssemblyTarget(newest, spans, _SPANS, (), "Activation", _TIME_LIMIT)
    for program in load_languages().programs:
        if program.id in _BINARY and all(map(shutil.which, program.tools())):
            place = folder / program.id
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(program.path, place)
            if program.build is not None:
                _build(list(program.build), place)
            title = f"{program.name} {program.variant or ''}".strip()
            words = " ".join(program.run)
            yield title, ProgramTarget(words, ("activation",), binary=True, time_limit=_TIME_LIMIT, folder=place)


def _build(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ToolchainError(f"{' '.join(command)} failed: {done.stderr.strip()}")
