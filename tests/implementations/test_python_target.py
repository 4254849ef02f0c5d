"""Functions of Python in a child process: where they are found, and every fault is one clear error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import pytest
import scipy.special  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.implementations.candidates import Found
from sigmoid_parity.implementations.module import PythonTarget, loading
from tests.implementations.functions import ARRAYS, EDGES, FLOAT, bits, names

TIME_LIMIT: Final = 5.0
Write = Callable[[str], str]


@given(text=st.text() | st.from_regex(r"[\w./]*:[\w.]*", fullmatch=True))
def test_any_text_names_a_function_or_is_refused(text: str) -> None:
    """What is accepted has a module or a file, and a name of identifiers."""
    try:
        reference = loading.parse(text)
    except UsageError:
        return
    assert f"{reference.module}:{reference.name}" == text
    assert all(part.isidentifier() for part in reference.name.split("."))


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write ``acme.py`` to the working folder: ``write(source)`` returns the name of its function f."""
    monkeypatch.chdir(tmp_path)

    def source(text: str) -> str:
        (tmp_path / "acme.py").write_text(text, encoding="utf-8")
        return "acme.py:f"

    return source


@contextmanager
def hosted(text: str) -> Iterator[Found]:
    with PythonTarget(text, TIME_LIMIT).open() as found:
        yield found


def test_a_child_process_gives_what_this_one_gives() -> None:
    """SciPy's expit, in every way, at many points and at the edges."""
    points = np.concatenate([np.linspace(-750.0, 750.0, 20_001), EDGES])
    with hosted("scipy.special:expit") as found, np.errstate(over="ignore"):
        assert names(found) == ["expit(float)", "expit(float64 array)", "expit(float32 array)"]
        for candidate in found.candidates:
            inputs = points.astype(candidate.dtype)
            assert bits(candidate.compute(inputs)) == bits(np.asarray(scipy.special.expit(inputs), candidate.dtype))


def test_a_function_of_two_arguments_gets_them_in_order(write: Write) -> None:
    """First x, then y."""
    with hosted(write("def f(x, y): return x - y")) as found:
        assert names(found)[0] == "f(float, float)"
        for candidate in found.candidates:
            given_values = np.arange(5.0, dtype=candidate.dtype), np.full(5, 0.5, candidate.dtype)
            assert candidate.compute(*given_values).tolist() == [-0.5, 0.5, 1.5, 2.5, 3.5]


@pytest.mark.processes
@pytest.mark.parametrize("text", ["acme:f", "acme.py:f", "./acme.py:f", "acme:net.f", "acme.py:Net.of", "box.inner:f"])
def test_where_functions_are_found(write: Write, tmp_path: Path, text: str) -> None:
    """In the working folder, by file or by module, in objects and packages; relative files are opened there."""
    (tmp_path / "weight.txt").write_text("2.0")
    (tmp_path / "beside.py").write_text("scale = float(open('weight.txt').read())")
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "__init__.py").touch()
    (tmp_path / "box" / "inner.py").write_text("from acme import f")
    write(
        "from beside import scale\ndef f(x): return x * scale\n"
        "class Net:\n  def f(self, x): return f(x)\n  @staticmethod\n  def of(x): return f(x)\nnet = Net()"
    )
    with hosted(text) as found:
        assert found.candidates[0].compute(np.array([0.5, 3.0])).tolist() == [1.0, 6.0]


LIBRARY: Final = """
import numpy

class Tensor:
    def __init__(self, values): self.values = values
    def __array__(self, dtype=None, copy=None): return self.values
    def sigmoid(self): return Tensor(1.0 / (1.0 + numpy.exp(-self.values)))

def from_numpy(values): return Tensor(values)
def sigmoid(tensor): return Tensor.sigmoid(tensor)
"""


@pytest.mark.processes
def test_a_librarys_own_tensors_are_made_where_it_refuses_arrays(write: Write, tmp_path: Path) -> None:
    """Only where the library is imported; this one stands in for PyTorch, with the two functions that count."""
    (tmp_path / "torch.py").write_text(LIBRARY, encoding="utf-8")
    with hosted("torch:sigmoid") as found:
        assert names(found) == ["sigmoid(float64 array)", "sigmoid(float32 array)"]
        assert found.candidates[0].compute(np.zeros(2)).tolist() == [0.5, 0.5]
    with pytest.raises(HostError, match="has no attribute 'sigmoid'"), hosted(write("def f(x): return x.sigmoid()")):
        pass


HARMLESS: Final = {
    "prints": "print('0.5' * 100_000)",
    "writes to the file descriptors": "import os\nos.write(1, b'{}'); os.write(2, b'{}')",
    "changes the working folder": "import os\nos.chdir('/')",
    "replaces the streams": "import sys\nsys.stdout = sys.stderr = sys.stdin = None",
    "closes the streams": "import os\nfor number in range(3): os.close(number)",
    "reads its arguments": "import argparse\nargparse.ArgumentParser().parse_args()",
    "changes settings": "import numpy, warnings\nnumpy.seterr(all='raise'); warnings.simplefilter('error')",
    "starts a thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
    "starts a process": "import subprocess\nsubprocess.run(['true'], check=True)",
    "forks and ends the copy": "import os\nif not (child := os.fork()): os._exit(0)\nos.waitpid(child, 0)",
    "computes in processes of its own": (
        "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(1) as pool: pool.map(abs, [1])"
    ),
}


@pytest.mark.processes
@pytest.mark.parametrize("source", HARMLESS.values(), ids=HARMLESS)
def test_what_a_module_does_beside_is_no_fault(write: Write, source: str) -> None:
    """Neither at its import nor in a call."""
    body = "\n".join(f"    {line}" for line in source.splitlines())
    for text in (
        f"{source}\ndef f(x): return x * 2.0",
        f"done = []\ndef f(x):\n  if not done:\n{body}\n    done.append(1)\n  return x * 2.0",
    ):
        with hosted(write(text)) as found:
            assert found.candidates[0].compute(np.array([0.5, 3.0])).tolist() == [1.0, 6.0]


FAULTS: Final = [
    ("raise ValueError('no weights')", "load", r"importing acme.py raised ValueError: no weights \(acme.py, line 1\)"),
    ("def f(x) return x", "load", r"importing acme.py raised SyntaxError: expected ':' \(acme.py, line 1\)"),
    ("import nonesuch", "load", r"ModuleNotFoundError: No module named 'nonesuch' \(acme.py, line 1\)"),
    ("from . import other", "load", "relative import.*; name the file as the module of its package"),
    ("import sys; sys.exit('done')", "load", "SystemExit: done .*if __name__ =="),
    ("raise KeyboardInterrupt", "load", "importing acme.py raised KeyboardInterrupt"),
    ("input()", "load", "importing acme.py raised EOFError"),
    ("import os, sys; print('so long', file=sys.stderr); sys.stderr.flush(); os._exit(3)", "crash",
     "importing acme.py ended the process: exit code 3\nso long"),
    ("import os; os.kill(os.getpid(), 11)", "crash", "importing acme.py ended the process: SIGSEGV"),
    ("while True: pass", "hang", "importing acme.py took longer than 5 s"),
    ("import os; os.fork()\ndef f(x): return x", "throw", "it forked, and the copy of the process went on"),
    ("def g(x): return x", "load", "acme has no f; there are: g"),
    ("f = 0.5", "load", "it is no function but a float"),
    ("def f(x): raise KeyboardInterrupt", "throw", "KeyboardInterrupt"),
    ("import os\ndef f(x): os.fork(); return x", "throw", "it forked, and the copy of the process went on"),
    ("import os, sys\ndef f(x): print('last words', file=sys.stderr, flush=True); os._exit(3)", "crash",
     r"f\(float\) ended the process: exit code 3 \(last words\)"),
    ("import time\ndef f(x): time.sleep(60)", "hang", r"f\(float\) took longer than 5 s"),
]  # fmt: skip


@pytest.mark.processes
@pytest.mark.parametrize(("source", "kind", "problem"), FAULTS)
def test_every_fault_of_a_module_is_one_error(write: Write, source: str, kind: str, problem: str) -> None:
    """The error names the target and the reason, and comes soon after the time limit at the latest."""
    start = time.monotonic()
    with pytest.raises(HostError, match=problem) as caught, hosted(write(source)):
        pass
    assert str(caught.value).startswith("acme.py:f: ")
    assert caught.value.kind == kind
    assert time.monotonic() - start < TIME_LIMIT + 15.0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nonesuch:f", "there is no module nonesuch, neither in .* nor installed for .*; install it there"),
        ("scipy.nonesuch:f", "there is no module scipy.nonesuch"),
        ("nonesuch.py:f", "the file .*nonesuch.py does not exist"),
        ("folder.py:f", "the file .*folder.py is a folder"),
        ("./acme:f", "the file .*acme does not exist"),
        ("math:expp", "math has no expp; did you mean exp"),
    ],
)
def test_what_is_not_there(write: Write, tmp_path: Path, text: str, problem: str) -> None:
    """The error says where it was looked for, and what to do."""
    (tmp_path / "folder.py").mkdir()
    with pytest.raises(HostError, match=problem), hosted(text):
        pass


@pytest.mark.processes
def test_a_crash_in_one_way_leaves_the_others(write: Write) -> None:
    """And a crash in a call leaves the next call a new process."""
    source = "import os, numpy\ndef f(x):\n  if isinstance(x, numpy.ndarray) or x > 9.0: os._exit(3)\n  return x"
    with hosted(write(source)) as found:
        assert names(found) == [FLOAT]
        assert [refusal.reason.partition(":")[0] for refusal in found.refusals] == [
            f"{name} ended the process" for name in ARRAYS
        ]
        with pytest.raises(HostError, match=r"f\(float\) ended the process: exit code 3"):
            found.candidates[0].compute(np.array([10.0]))
        assert found.candidates[0].compute(np.array([1.0])).tolist() == [1.0]


def test_another_value_at_a_later_call_is_found(write: Write) -> None:
    """A function that depends on how often it was called is found in each call that a check makes, not in the first."""
    source = "calls = 0\ndef f(x):\n  global calls\n  calls += len(x) == 9\n  return x + max(calls - 6, 0)"
    with hosted(write(source)) as found:
        candidate, points = found.candidates[0], np.full(9, 7.0)
        for _ in range(2):  # Three calls of the function each.
            assert candidate.compute(points).tolist() == points.tolist()
        with pytest.raises(HostError, match=r"at 7\.0: it gave .*, and at another call"):
            candidate.compute(points)
