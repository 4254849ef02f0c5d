"""Another rounding, and arithmetic without subnormal numbers, are found and refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

MODES: Final = ("FE_DOWNWARD", "FE_UPWARD", "FE_TOWARDZERO")
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


@pytest.mark.parametrize("program", [AT_IMPORT, LATER], ids=["at-import", "later"])
@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        *((mode.lower(), "rounded once, to nearest") for mode in MODES),
        ("flush", "subnormal numbers"),
        ("ignore", "subnormal numbers"),
    ],
)
def test_is_refused(settings: Path, program: str, setting: str, reason: str) -> None:
    """With the reason and the remedy: at the import, and at the next array where it is set later."""
    command = [sys.executable, "-c", program, str(settings), setting]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert reason in done.stdout, done.stderr
    assert "restore the rounding" in done.stdout or "turn that off" in done.stdout
