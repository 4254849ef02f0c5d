"""Functions of Python as targets: every way to call one is found, and every fault is one clear error."""

from __future__ import annotations

import math
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

import numba
import numpy as np
import pytest
import scipy.special  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity.errors import HostError, UsageError
from sigmoid_parity.implementations.candidates import Candidate, Found
from sigmoid_parity.implementations.module import FunctionTarget, PythonTarget, loading

FLOAT, DOUBLES, SINGLES = "f(float)", "f(float64 array)", "f(float32 array)"
ALL: Final = [FLOAT, DOUBLES, SINGLES]
ARRAYS: Final = [DOUBLES, SINGLES]
EDGES: Final = np.array([0.0, -0.0, 5e-324, 0.5, -36.8, -745.2, 1e308, np.inf, -np.inf, np.nan])
TIME_LIMIT: Final = 5.0
Write = Callable[[str], str]


def bits(values: np.ndarray[Any, Any]) -> list[int]:
    return [int(bit) for bit in values.view(f"u{values.itemsize}")]


def names(found: Found) -> list[str]:
    return [candidate.name for candidate in found.candidates]


def in_process(function: Callable[..., Any]) -> Found:
    """Find the ways to call a function of this process."""
    with FunctionTarget(function, "f").open() as found:
        return found


def one(function: Callable[..., Any], name: str = FLOAT) -> Candidate:
    (found,) = (candidate for candidate in in_process(function).candidates if candidate.name == name)
    return found


class Callme:
    def __call__(self, x: Any) -> Any:
        return x * 2.0

    def method(self, x: Any) -> Any:
        return x * 2.0


@numba.njit
def compiled(x: Any) -> Any:
    return x + x


@numba.vectorize  # type: ignore[untyped-decorator]
def vectorised(x: Any) -> Any:
    return x + x


def scaled(x: Any, scale: float = 2.0) -> Any:
    return x * scale


def endless(x: Any) -> Any:
    return endless(x)


def required(x: Any, *, scale: float) -> Any:
    return x * scale


@pytest.mark.parametrize(
    ("function", "ways"),
    [
        (lambda x: x * 2.0, ALL),
        (scipy.special.expit, ALL),
        (partial(required, scale=2.0), ALL),
        (scaled, ALL),
        (Callme(), ALL),
        (Callme().method, ALL),
        (compiled, ALL),
        (vectorised, [FLOAT, DOUBLES]),  # Numba casts float32 to the float64 that it was compiled for.
        (math.exp, [FLOAT]),
        (lambda x: 1.0 / (1.0 + math.exp(-x)), [FLOAT]),
        (lambda x: 0.0 if x < 0.0 else 1, [FLOAT]),
        (lambda x: x.copy(), ARRAYS),
        (lambda x: [value * 2.0 for value in x], ARRAYS),
        (lambda x: [float(value) for value in x], [DOUBLES]),
        (lambda x: np.asarray(x, np.float64) * 2.0, [FLOAT, DOUBLES]),
        (lambda x: np.float32(x) * np.float32(2.0), ALL),
        (lambda x, y: x * y, ["f(float, float)", "f(float64 array, float64 array)", "f(float32 array, float32 array)"]),
        (math.pow, ["f(float, float)"]),
    ],
)
def test_every_way_to_call_it_is_found(function: Callable[..., Any], ways: list[str]) -> None:
    """The ways that work are candidates, the others refusals with a reason."""
    found = in_process(function)
    assert names(found) == ways
    assert len(found.candidates) + len(found.refusals) == len(ALL)
    assert all(refusal.reason for refusal in found.refusals)
    assert {candidate.arity for candidate in found.candidates} == {2 if "," in ways[0] else 1}
    for candidate in found.candidates:
        assert candidate.dtype == (np.float32 if "float32" in candidate.name else np.float64)


@pytest.mark.parametrize("name", ALL)
def test_every_number_arrives_and_comes_back(name: str) -> None:
    """Special values and both zeros, in the order of the arguments; no number at all calls nothing."""
    candidate = one(lambda x: x, name)
    with np.errstate(over="ignore"):
        given_values = EDGES.astype(candidate.dtype)
    found = candidate.compute(given_values)
    assert found.dtype == candidate.dtype
    assert bits(found) == bits(given_values)
    assert candidate.compute(np.empty(0, candidate.dtype)).shape == (0,)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda _: None, "it returned None"),
        (lambda _: "0.5", "it returned str"),
        (lambda x: x * 1j, "it returned complex128"),
        (lambda x: [x], "one number; it must|for 3 numbers"),
        (lambda x: {"y": x}, "it returned dict"),
        (lambda _: Decimal("0.5"), "it returned Decimal"),
        (lambda x: np.longdouble(x) * np.ones(np.shape(x), np.longdouble), "it returned float128 for float64"),
        (lambda x: np.ma.masked_array(np.asarray(x), np.ones(np.shape(x), bool)), "masked elements"),
        (lambda _: np.zeros(7), "it returned 7 numbers for one number"),
        (lambda x, y, z: x + y + z, r"it takes \(x, y, z\)"),
        (lambda: 0.5, r"it takes \(\)"),
        (required, r"it takes \(x: .*scale"),
        (Callme, "Callme is a class; make an object"),
        (Callme.method, "a method without its object"),
        (5, "no function but an int"),
        (lambda x: x + 1 // 0, "ZeroDivisionError: integer division"),
        (lambda _: sys.exit(3), "SystemExit: 3"),
        (endless, "RecursionError"),
    ],
)
def test_what_cannot_be_tried_is_one_error(function: Any, reason: str) -> None:
    """The error names the function and the reason."""
    with pytest.raises(HostError, match=reason) as caught:
        in_process(function)
    assert str(caught.value).startswith("f: ")
    assert "\n" not in str(caught.value)


@given(size=st.integers(1, 600), data=st.data(), name=st.sampled_from(ALL))
def test_the_input_at_which_it_fails_is_named(size: int, data: st.DataObject, name: str) -> None:
    """Whether it raises or returns nothing, and wherever the input stands among others."""
    at = data.draw(st.integers(0, size - 1))
    bad = 1.0 + at

    def raises(x: Any) -> Any:
        if np.any(x == bad):
            raise OverflowError("math range error")
        return x

    def returns_none(x: Any) -> Any:
        return None if np.any(x == bad) else x

    inputs = np.arange(1.0, size + 1.0)
    for function, problem in ((raises, "raised OverflowError: math range error; it must"), (returns_none, "None")):
        candidate = one(function, name)
        with pytest.raises(HostError, match=problem) as caught:
            candidate.compute(inputs.astype(candidate.dtype))
        assert f"f: {name} at {bad}" in str(caught.value)


def test_what_several_inputs_together_make_fail_is_not_blamed_on_one() -> None:
    """Where no half fails alone, no input is named."""

    def fails_when_long(x: Any) -> Any:
        if len(x) > 4:
            raise ValueError("too long")
        return x

    with pytest.raises(HostError, match=re.escape(f"f: {DOUBLES} raised ValueError: too long")):
        one(fails_when_long, DOUBLES).compute(np.arange(8.0))


@pytest.mark.parametrize("name", ALL)
def test_another_value_at_another_call_is_found(name: str) -> None:
    """A function that counts its calls, or draws random numbers, is no function of its argument."""
    generator = np.random.default_rng(0)
    candidate = one(lambda x: x + generator.random(np.shape(x), np.float32), name)
    with pytest.raises(HostError, match=rf"f\({name[2:-1]}\) at 7\.0: it gave .*, and at another call .*; its result"):
        candidate.compute(np.full(3, 7.0, candidate.dtype))


@pytest.mark.parametrize("name", ALL)
def test_buffers_that_are_used_again_are_no_fault(name: str) -> None:
    """A function may keep what it was given, write to it later, and give the same object again and again."""
    kept: list[Any] = []
    shared: dict[tuple[int, ...], Any] = {}

    def keeps(x: Any) -> Any:
        for old in kept:
            if isinstance(old, np.ndarray):
                old[...] = -1.0
        kept[:] = [x]
        buffer = shared.setdefault((*np.shape(x), np.asarray(x).itemsize), np.empty_like(x))
        buffer[...] = x
        return buffer

    candidate = one(keeps, name)
    inputs = np.arange(20.0, dtype=candidate.dtype)
    assert candidate.compute(inputs).tolist() == list(range(20))
    assert inputs.tolist() == list(range(20))


def test_input_that_is_changed_is_refused() -> None:
    """A function that works in place has changed its caller's array."""

    def in_place(x: Any) -> Any:
        x *= 2.0
        return x

    found = in_process(in_place)
    assert names(found) == [FLOAT]
    assert all("it changed its input" in refusal.reason for refusal in found.refusals)


def test_warnings_are_no_faults() -> None:
    """NumPy's overflow is a warning, which the tests' settings would turn into an exception."""
    found = one(lambda x: 1.0 / (1.0 + np.exp(-x)), DOUBLES).compute(np.array([-710.0, 0.0]))
    assert found.tolist() == [0.0, 0.5]


def test_ctrl_c_is_the_users() -> None:
    """In this process KeyboardInterrupt is not the function's."""

    def interrupted(x: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_process(interrupted)


def test_names_of_functions_without_a_name() -> None:
    """Of functools.partial the inner one's, of objects their class's."""
    functions = (math.exp, partial(scaled, scale=3.0), Callme(), vectorised)
    assert [FunctionTarget(one).name for one in functions] == ["exp", "partial scaled", "Callme", "vectorised"]


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
