"""Who may know whom: a module imports only from rows above its own, and heavy packages only late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sigmoid_parity

PACKAGE = Path(sigmoid_parity.__file__).parent

# The rooms, from the ground up. A module may import from the rows above its own, and from its own room.
ROWS: tuple[set[str], ...] = (
    {"errors", "notation", "product", "progress", "remedies", "resources", "ulp"},
    {"archive", "arguments", "assembly", "extras", "kernels"},
    {"exact", "fixtures"},
    {"activation", "golden", "provenance", "toolchain"},
    {"derivations", "pair"},
    {"layer", "network"},
    {"implementations"},
    {"benchmark", "dotnet", "doctor", "errata", "gradient_check", "parity", "training"},
    {"plots"},
    {"report"},
    {"cli"},
    {"__main__"},
)
# Third-party packages, and the rooms that may import them.
THIRD_PARTY = {
    "clr": {"implementations.dotnet.binding"},
    "clr_loader": {"implementations.dotnet.binding", "implementations.dotnet.runtimes"},
    "fastjsonschema": {"fixtures.schema"},
    "llvmlite": {"kernels.lanes", "kernels.vector"},
    "matplotlib": {"plots"},
    "mpmath": {"exact"},
    "nbformat": {"report.notebook"},
    "numba": {"kernels.lanes", "kernels.loop", "kernels.vector"},
    "numpy": {
        "activation",
        "archive",
        "arguments",
        "benchmark",
        "doctor",
        "fixtures.cases",
        "fixtures.trainings",
        "gradient_check",
        "implementations",
        "kernels",
        "layer",
        "network",
        "pair",
        "parity",
        "plots",
        "product",
        "training",
        "ulp",
    },
    "pythonnet": {"implementations.dotnet.binding"},
    "rich": {"cli", "report"},
    "sympy": {"derivations.symbolic"},
    "typer": {"cli"},
    "yaml": {"fixtures.document", "golden.files", "golden.form"},
}
LATE = {"clr", "clr_loader", "matplotlib", "mpmath", "nbformat", "pythonnet", "sympy"}
# Modules that are imported late themselves, and so may import heavy packages at their top.
HEAVY = {"kernels.lanes", "kernels.loop", "kernels.vector"}
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imports(tree: ast.Module, nodes: list[ast.stmt] | None = None) -> Iterator[str]:
    for node in ast.walk(tree) if nodes is None else nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def row(room: str) -> int:
    return next(index for index, rooms in enumerate(ROWS) if room in rooms)


@pytest.mark.parametrize("name", [name for name in MODULES if name != "__init__"])
def test_module_imports_from_above_only(name: str) -> None:
    """Each import of ours is from a lower row or the same room; each third-party import is allowed to that room."""
    room = name.partition(".")[0]
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    for imported in imports(tree):
        top, _, rest = imported.partition(".")
        if top == "sigmoid_parity" and rest:
            other = rest.partition(".")[0]
            if other.startswith("__"):
                continue
            assert other == room or row(other) < row(room), (
                f"{name} (row {row(room)}) imports {other} (row {row(other)})"
            )
        elif top not in sys.stdlib_module_names and top != "sigmoid_parity":
            allowed = THIRD_PARTY[top]
            assert any(name == one or name.startswith(f"{one}.") for one in allowed), f"{name} imports {top}"


@pytest.mark.parametrize("name", MODULES)
def test_heavy_packages_are_imported_late(name: str) -> None:
    """Heavy packages are imported inside the function that needs them."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    imported = set(imports(tree, tree.body))
    assert not {one.partition(".")[0] for one in imported} & LATE
    if name not in HEAVY:
        assert not {one.partition(".")[0] for one in imported} & {"numba", "llvmlite"}
        assert not {one.removeprefix("sigmoid_parity.") for one in imported} & HEAVY


def test_the_table_is_of_this_package() -> None:
    """Every room in the table exists, and every module is in it."""
    rooms = {name.partition(".")[0] for name in MODULES} - {"__init__"}
    assert rooms == set().union(*ROWS)


def test_import_pulls_in_numpy_and_nothing_else_heavy() -> None:
    """``import sigmoid_parity`` loads no third-party package but NumPy."""
    code = "import sys, sigmoid_parity; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    third_party = {
        name
        for name in loaded.split()
        if name not in sys.stdlib_module_names and not name.startswith(("_", "sitecustomize"))
    }
    assert third_party == {"numpy", "sigmoid_parity"}
