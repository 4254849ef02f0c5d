"""The libraries by their exp: whose it is, is known from bits; and the tables hold what they say."""

from __future__ import annotations

import math
import shutil
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.cases import load_all
from sigmoid_parity.diagnosis import Fingerprint, diagnose, load
from sigmoid_parity.machine import provenance
from sigmoid_parity.oracle import exact
from tests.diagnosis.points import Floats, observe, points

CATALOGUE: Final = load()
OWN: Final = {
    one.id for one in CATALOGUE.fingerprints if one.results.tolist() == [math.exp(x) for x in one.inputs.tolist()]
}
Doubles = NDArray[np.float64]


def correctly_rounded(x: Floats) -> Doubles:
    return np.array([exact.exp(value) if np.isfinite(value) else np.exp(value) for value in x.tolist()])


@pytest.mark.parametrize("library", CATALOGUE.fingerprints, ids=lambda library: library.id)
def test_its_results_are_those_of_an_exp(library: Fingerprint) -> None:
    """Each is at most 4 ULP from the true value; that of the correctly rounded one is 0."""
    off = floats.distance(correctly_rounded(library.inputs), library.results)
    assert off.max() <= 4
    assert (off.max() == 0) == (library.id == "correctly-rounded")


def test_any_two_differ_in_the_sigmoid() -> None:
    """At 12 of the inputs or more, and each of these is a case of activation.yaml: recorded results are enough."""
    for one, other in combinations(CATALOGUE.fingerprints, 2):
        assert np.count_nonzero(1.0 / (1.0 + one.results) != 1.0 / (1.0 + other.results)) >= 12, (one.id, other.id)
    (fixture,) = load_all(functions=["activation"])
    assert np.isin(-CATALOGUE.fingerprints[0].inputs, fixture.inputs).all()


@pytest.mark.parametrize("asked", [True, False])
def test_a_correctly_rounded_exp_is_named(asked: bool) -> None:
    """The sigmoid with MPFR's exp: close, by its name, whether it can be asked or not."""

    def sigmoid(x: Floats) -> Floats:
        with np.errstate(over="ignore"):
            return 1.0 / (1.0 + correctly_rounded(-x))

    (first, *_) = diagnose(observe(sigmoid, asked=asked, seeded=50), CATALOGUE).findings
    assert (first.convention.id, first.sure) == ("sigmoid", "close")
    assert first.library is not None
    assert first.library.id == "correctly-rounded"
    assert 0 < first.differ < first.same // 50


def test_the_own_library_is_no_other() -> None:
    """What this machine's exp explains has no library to its name, and a spoilt result has none either."""

    def spoilt(x: Floats) -> Floats:
        results = np.array([1.0 / (1.0 + float(np.exp(np.longdouble(-value)))) for value in x.tolist()])
        return np.where(x == points(50)[0][100], 0.125, results)

    with np.errstate(all="ignore"):
        found = diagnose(observe(spoilt, seeded=50), CATALOGUE).findings
    assert found
    assert all(one.library is None or one.library.id not in OWN for one in found)


def test_this_machine_s_library_is_in_the_list() -> None:
    """On glibc with FMA, the platform's exp is the one that is called so."""
    if provenance.libm().startswith("glibc") and "fma" in provenance.cpu():
        assert set(OWN) == {"glibc-fma"}


@pytest.mark.processes
def test_a_vectorised_exp_is_named(tmp_path: Path) -> None:
    """C compiled with -O3 -ffast-math uses glibc's libmvec, and is known by it."""
    compiler = shutil.which("cc")
    assert compiler, "there is no C compiler; install gcc"
    if not provenance.libm().startswith("glibc"):
        pytest.skip("libmvec is a part of glibc")
    source = tmp_path / "fast.c"
    source.write_text(_FAST, encoding="utf-8")
    program = tmp_path / "fast"
    subprocess.run([compiler, "-O3", "-ffast-math", str(source), "-o", str(program), "-lm"], check=True)

    def sigmoid(x: Floats) -> Floats:
        given = x.astype(np.float64).tobytes()
        done = subprocess.run([str(program)], input=given, capture_output=True, check=True)
        return np.frombuffer(done.stdout, np.float64).copy()

    (first, *_) = diagnose(observe(sigmoid), CATALOGUE).findings
    assert (first.convention.id, first.library and first.library.id) == ("sigmoid", "libmvec")


_FAST: Final = """
#include <math.h>
#include <stdio.h>
static double x[1 << 16], y[1 << 16];
int main(void) {
    size_t count = fread(x, sizeof *x, 1 << 16, stdin);
    for (int i = 0; i < 1 << 16; i++) y[i] = 1.0 / (1.0 + exp(-x[i]));
    return fwrite(y, sizeof *y, count, stdout) != count;
}
"""
