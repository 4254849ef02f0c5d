"""What the tests of the portable pair start with: a library that sets the processor another way."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import pytest

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


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that sets the processor, by the C compiler."""
    folder = tmp_path_factory.mktemp("environment")
    (folder / "environment.c").write_text(SOURCE, encoding="utf-8")
    made = folder / "environment.so"
    command = ["cc", "-shared", "-fPIC", "-o", str(made), str(folder / "environment.c"), "-lm"]
    subprocess.run(command, check=True, capture_output=True)
    return made
