"""What is handed out: the wheel carries all that verify needs, and the README's examples are true."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import sigmoid_parity
from sigmoid_parity import resources

TOP = Path(__file__).parent.parent
DOCTEST = (
    "import doctest, pathlib, sys\n"
    "text = pathlib.Path(sys.argv[1]).read_text(encoding='utf-8')\n"
    "parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()\n"
    "runner.run(parser.get_doctest(text, {}, sys.argv[1], sys.argv[1], 0))\n"
    "result = runner.summarize()\n"
    "assert result.attempted > 2 and not result.failed, result\n"
)


def test_the_wheel_carries_fixtures_and_assembly(tmp_path: Path) -> None:
    """The wheel has every module, every fixture, and the assembly with its record: pip install is enough."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=TOP, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    folder = resources.fixtures_dir()
    data = {f"sigmoid_parity/data/fixtures/{path.relative_to(folder)}" for path in folder.rglob("*.*")}
    data |= {f"sigmoid_parity/data/{name}.{ending}" for name in resources.PROJECTS for ending in ("dll", "json", "xml")}
    modules = {str(path.relative_to(TOP / "python")) for path in (TOP / "python" / "sigmoid_parity").rglob("*.py")}
    assert packed >= data | modules | {"sigmoid_parity/py.typed"}
    assert not [name for name in packed if "/obj/" in name or name.startswith(("tests", "benchmarks"))]


def test_the_readme_s_example_is_true(tmp_path: Path) -> None:
    """The Python example in the README gives what stands there, in a process of its own."""
    blocks = re.findall(r"```python\n(.*?)```", (TOP / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    example = tmp_path / "example.txt"
    example.write_text(blocks[0], encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", DOCTEST, str(example)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_versions_agree() -> None:
    """Package, project and assembly name the same version."""
    version = sigmoid_parity.__version__
    assert f'version = "{version}"' in (TOP / "pyproject.toml").read_text(encoding="utf-8")
    assert f"<Version>{version}</Version>" in (TOP / "csharp" / "Directory.Build.props").read_text(encoding="utf-8")
