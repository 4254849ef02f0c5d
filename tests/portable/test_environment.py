"""Another rounding, and arithmetic without subnormal numbers, are found and refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

MODES: Final = ("FE_DOWNWARD", "FE_UPWARD", "FE_TOWARDZERO")
SOURCE: Final = """
#include <fenv.h>
#if defined(__x86_64__) || defined(__i386__)
#include <xmmintrin.h>
void flush(void) { _mm_setcsr(_mm_getcsr() | 0x8000); }
void ignore(void) { _mm_setcsr(_mm_getcsr() | 0x0040); }
#elif defined(__aarch64__)
void flush(void) { __asm__ volatile("msr fpcr, %0" : : "r"(1UL << 24)); }
void ignore(void) { flush(); }
#endif
void fe_downward(void) { fesetround(FE_DOWNWARD); }
void fe_upward(void) { fesetround(FE_UPWARD); }
void fe_towardzero(void) { fesetround(FE_TOWARDZERO); }
void restore(void) { fesetenv(FE_DFL_ENV); }
"""
AT_IMPORT: Final = """
import ctypes, sys
from sigmoid_parity import errors, functions, port
library = ctypes.CDLL(sys.argv[1])
getattr(library, sys.argv[2])()
try:
    from sigmoid_parity import portable
except errors.UsageError as error:
    library.restore()
    print(error)
"""
LATER: Final = """
import ctypes, sys
import numpy
from sigmoid_parity import errors, portable
library = ctypes.CDLL(sys.argv[1])
getattr(library, sys.argv[2])()
try:
    portable.activation(numpy.zeros(3))
except errors.UsageError as error:
    library.restore()
    print(error)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that sets the processor, by the C compiler."""
    folder = tmp_path_factory.mktemp("environment")
    (folder / "environment.c").write_text(SOURCE, encoding="utf-8")
    made = folder / "environment.so"
    command = ["cc", "-shared", "-fPIC", "-o", str(made), str(folder / "environment.c"), "-lm"]
    subprocess.run(command, check=True, capture_output=True)
    return made


@pytest.mark.parametrize("program", [AT_IMPORT, LATER], ids=["at-import", "later"])
@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        *((mode.lower(), "rounded once, to nearest") for mode in MODES),
        ("flush", "subnormal numbers"),
        ("ignore", "subnormal numbers"),
    ],
)
def test_is_refused(library: Path, program: str, setting: str, reason: str) -> None:
    """With the reason and the remedy: at the import, and at the next array where it is set later."""
    command = [sys.executable, "-c", program, str(library), setting]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert reason in done.stdout, done.stderr
    assert "restore the rounding" in done.stdout or "turn that off" in done.stdout
