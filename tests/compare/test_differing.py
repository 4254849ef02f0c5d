"""What differs is told by kind and case by case: each case once, with the bits of every implementation."""

from __future__ import annotations

import json
from functools import cache
from io import StringIO
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.console import Console

from sigmoid_parity import floats
from sigmoid_parity.cases import load_all
from sigmoid_parity.compare import differing, files, terminal
from sigmoid_parity.compare.comparison import Report
from sigmoid_parity.compare.verify import verify
from sigmoid_parity.diagnosis.differences import Kind
from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.port import PythonArray, PythonScalar
from tests.compare.candidates import FALSE, Original

Doubles = NDArray[np.float64]
FUNCTIONS = ("activation", "d_activation", "derivative")


@cache
def report(pair: str) -> Report:
    """The port beside a false candidate on two runtimes."""
    return verify([PythonScalar(), PythonArray(), Original(pair), Original(pair, "runtime-2.0")], FUNCTIONS)


def screen(found: Report) -> list[str]:
    console = Console(file=StringIO(), width=120, record=True)
    terminal.screen(found, console)
    return console.export_text().splitlines()


@pytest.mark.parametrize("pair", FALSE)
def test_implementations_with_the_same_bits_are_one_contrast(pair: str) -> None:
    """Two runtimes and both forms of the port: a contrast a function that differs, called C# and the port."""
    found = differing.contrasts(report(pair))
    expected = {one.function for one in report(pair).parity if one.differ}
    assert [one.function for one in found] == [name for name in FUNCTIONS if name in expected]
    for one in found:
        assert one.names == (("runtime-1.0", "runtime-2.0"), ("python-scalar", "python-array"))
        assert one.whole == (True, True)


@pytest.mark.parametrize("pair", FALSE)
def test_every_differing_case_is_in_the_json_once(pair: str) -> None:
    """Those that NumPy finds to differ, or that the bounds refuse, and no others; all values with their bits."""
    content = json.loads(files.to_json(report(pair), {}, []))
    rows = {(row["function"], row["id"]): row for row in content["cases"]}
    assert len(rows) == len(content["cases"])
    original, port = Original(pair), PythonArray()
    for fixture in load_all(functions=FUNCTIONS):
        theirs, ours = (one.apply(fixture.function, fixture.inputs) for one in (original, port))
        differ = (floats.bits(theirs) != floats.bits(ours)) & ~(np.isnan(theirs) & np.isnan(ours))
        for case, apart, one, other in zip(fixture.cases, differ, theirs, ours, strict=True):
            row = rows.pop((fixture.function, case.id), None)
            assert row is not None or not apart
            if row is not None:
                check(row, float(one), float(other), bool(apart))
    assert not rows


def check(row: dict[str, Any], theirs: float, ours: float, apart: bool) -> None:
    found = {name: result for result in row["results"] for name in result["implementations"]}
    assert found["runtime-1.0"]["bits"] == floats.hexadecimal(theirs)
    assert found["python-array"]["bits"] == floats.hexadecimal(ours)
    assert bool(row["kinds"]) == apart == (row["ulp"] != 0)
    for value in (row["input"], row["formula"], row["exact"], *row["results"]):
        floats.parse_pair(value["value"], value["bits"])


@pytest.mark.parametrize("pair", FALSE)
def test_the_json_counts_what_it_lists(pair: str) -> None:
    """The kinds of a difference add up to its cases, and each case has one of them."""
    content = json.loads(files.to_json(report(pair), {}, []))
    for one in content["differences"]:
        listed = [case["kinds"] for case in content["cases"] if case["function"] == one["function"] and case["kinds"]]
        counts = {kind["kind"]: kind["count"] for kind in one["kinds"]}
        assert sum(counts.values()) == one["differ"] == len(listed)
        assert {kind: listed.count([kind]) for kind in counts} == counts


@pytest.mark.parametrize("pair", FALSE)
def test_the_screen_is_one_screen_and_says_nothing_twice(pair: str) -> None:
    """At most 32 lines of 145 columns; no line stands twice, but that each function looks like float32."""
    lines = screen(report(pair))
    assert len(lines) <= 32
    assert max(map(len, lines)) <= 145
    told = [line for line in lines if line.strip() and "looks like" not in line]
    assert len(told) == len(set(told))


def test_the_class_more_accurate_below_the_overflow_has_its_story() -> None:
    """A few ULP at ordinary inputs come first; below the overflow C# is the nearer one, in every case."""
    text = screen(report("accurate"))
    rows = [line for line in text if "at most" in line]
    assert "ordinary inputs, a few ULP" in rows[0]
    (overflow,) = [line for line in rows if "exp(-x) overflows" in line]
    count = overflow.split()[0]
    assert overflow.endswith(f"nearer to the true value: C# {count}")
    assert not any("derivative:" in line for line in text), "the derivative differs because activation does"
    verdict = terminal.verdict(report("accurate"), {}).plain
    assert verdict.startswith("DIFFER: activation in ")
    assert "at ordinary inputs by at most" in verdict
    assert "; and so do derivative\n" in verdict


def test_the_float_class_has_its_story() -> None:
    """It looks like float32, in both functions; infinities are a kind of their own, after the ordinary inputs."""
    text = "\n".join(screen(report("float")))
    assert text.count("C# looks like float32: all of its results are float32 values") == 2
    found = {one.function: [kind.kind for kind in one.found.kinds] for one in differing.contrasts(report("float"))}
    assert found["d_activation"][:2] == [Kind.FEW, Kind.MANY]
    assert Kind.INFINITY in found["d_activation"][2:]


def test_the_cut_off_has_its_story() -> None:
    """Many ULP at ordinary inputs: C# gives 0 below -45, and its bits are shown beside the port's."""
    text = screen(report("cut-off"))
    (place,) = [index for index, line in enumerate(text) if line.endswith("hard-exp-wide-22:")]
    assert [line.split()[-1] for line in text[place + 1 : place + 3]] == ["c04872ea5debf893", "0" * 16]


def test_a_case_a_line_for_grep() -> None:
    """As many lines as the JSON has cases, each with function, id, kind, and 16 hex digits behind every value."""
    console = Console(file=StringIO(), width=80, record=True)
    terminal.cases(report("float"), console)
    lines = console.export_text().splitlines()
    assert len(lines) == len(json.loads(files.to_json(report("float"), {}, []))["cases"])
    for line in lines:
        function, _, kinds, ulp, *values = line.split(" ")
        assert function in FUNCTIONS
        assert kinds == "too-far" or all(Kind(kind) for kind in kinds.split(","))
        assert ulp.startswith("ulp=")
        assert [value.partition("=")[0] for value in values][-2:] == ["formula", "exact"]
        for value in values:
            floats.parse_pair(*value.rpartition("=")[2].split(":"))


def test_runtimes_that_differ_are_named() -> None:
    """Two originals with other bits: each has its own contrast with the port, and there is one between them."""
    found = verify([PythonArray(), Original("accurate"), Original("cut-off", "runtime-2.0")], ["activation"])
    assert [(one.names, one.whole) for one in differing.contrasts(found)] == [
        ((("runtime-1.0",), ("python-array",)), (False, True)),
        ((("runtime-2.0",), ("python-array",)), (False, True)),
        ((("runtime-2.0",), ("runtime-1.0",)), (False, False)),
    ]


class Refusing(Original):
    """A class that is not there, or a method of it."""

    def __init__(self, problem: str, name: str, missing: str) -> None:
        super().__init__("float", name)
        self._problem = problem
        self._missing = missing

    def apply(self, function: str, inputs: Doubles) -> Doubles:
        if function in (self._missing, "derivative"):
            raise HostError(self.name, "load", self._problem)
        return super().apply(function, inputs)


@pytest.mark.parametrize("missing", ["activation", "d_activation"])
def test_a_class_that_is_not_there_is_one_failure(missing: str) -> None:
    """The same on two runtimes is said once, and nothing is compared; on one of two, the other is compared."""
    both = [Refusing("no such class", "runtime-1.0", missing), Refusing("no such class", "runtime-2.0", missing)]
    found = verify([PythonArray(), *both], ["layer"])
    assert [(one.runtime, one.problem) for one in found.failures] == [("runtime-1.0", "no such class")]
    assert (found.verdict, found.results) == ("error", [])
    one = verify([PythonArray(), both[0], Original("float", "runtime-2.0")], ["d_activation", "activation"])
    assert {result.against for result in one.parity if result.function == missing} == {"runtime-2.0"}
    assert [failure.functions for failure in one.failures] == [(missing,)]
    other = {"activation": "d_activation", "d_activation": "activation"}[missing]
    assert {result.function for result in verify([PythonArray(), *both], [other]).parity} == {other}


def test_two_problems_are_two_failures() -> None:
    """What is wrong on each runtime is said, in their order."""
    two = [Refusing("too new", "runtime-1.0", "activation"), Refusing("no class", "runtime-2.0", "activation")]
    found = verify([PythonArray(), *two], ["activation"])
    assert [one.problem for one in found.failures] == ["too new", "no class"]
