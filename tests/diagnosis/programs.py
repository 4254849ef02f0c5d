"""Conventions as a C library of one function each, called over arrays."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tests.diagnosis import printing
from tests.diagnosis.printing import Printed

Doubles = NDArray[np.float64]

_START: Final = """
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define PICK(T, name) \\
static T greater##name(T a, T b) { \\
    return isnan(a) || isnan(b) ? (T)NAN : a == 0 && b == 0 ? a + b : a > b ? a : b; \\
} \\
static T lesser##name(T a, T b) { return -greater##name(-a, -b); }
PICK(double, ) PICK(float, f) PICK(long double, l)
"""
_MAIN: Final = """
int main(int count, char **words) {
    double (*function)(double) = functions[atoi(words[1])];
    if (count > 2) flush();
    uint64_t bits;
    double value;
    while (scanf("%" SCNx64, &bits) == 1) {
        memcpy(&value, &bits, sizeof value);
        value = function(value);
        memcpy(&bits, &value, sizeof value);
        printf("%016" PRIx64 "\\n", bits);
    }
    return 0;
}
"""
_FLUSH: Final = """
#if defined(__x86_64__)
#include <xmmintrin.h>
static void flush(void) { _mm_setcsr(_mm_getcsr() | 0x8040); }
#else
static void flush(void) { abort(); }
#endif
"""
EXACT: Final = ("-O1", "-ffp-contract=off", "-fexcess-precision=standard", "-fno-builtin")
X87: Final = ("-O1", "-mfpmath=387", "-fexcess-precision=standard", "-fno-builtin")


def compile_c(printed: Sequence[Printed], options: Sequence[str], folder: Path) -> Path:
    """Compile conventions into one program, whose first argument is the number of a convention."""
    compiler = shutil.which("cc")
    assert compiler, "there is no C compiler; install gcc"
    functions = [printing.c(one, f"f{number}") for number, one in enumerate(printed)]
    table = f"static double (*functions[])(double) = {{{', '.join(f'f{number}' for number in range(len(printed)))}}};"
    source = folder / "conventions.c"
    source.write_text("\n".join([_START, _FLUSH, *functions, table, _MAIN]), encoding="utf-8")
    program = folder / "conventions"
    done = subprocess.run(
        [compiler, *options, str(source), "-o", str(program), "-lm"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[:2000]
    return program


def run(program: Path, number: int, *, flushed: bool = False) -> Callable[[NDArray[np.floating[Any]]], Doubles]:
    """Return one of a program's functions over arrays: 16 hex digits a line, in and out."""

    def call(values: NDArray[np.floating[Any]]) -> Doubles:
        given = values.astype(">f8").tobytes().hex("\n", 8)
        command = [str(program), str(number), *(["flush"] if flushed else [])]
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
        return np.frombuffer(bytes.fromhex(done.stdout), ">f8").astype(np.float64)

    return call
