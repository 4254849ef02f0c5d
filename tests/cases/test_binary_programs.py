"""The binary mode of the programs that have one: the same results as by lines."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from sigmoid_parity.cases import load_languages
from sigmoid_parity.implementations.program import ProgramTarget

pytestmark = pytest.mark.processes

PROGRAMS = {program.id: program for program in load_languages().programs}
POINTS = np.array([0.0, -0.0, 1.0, -1.0, 0.5, -745.2, 709.9, -709.9, np.inf, -np.inf, 5e-324, -36.7])


@pytest.mark.parametrize("name", ["c", "java", "javascript"])
def test_the_same_as_by_lines(name: str, tmp_path: Path) -> None:
    """Bytes in and out give the bits that hex digits give, for each function."""
    program = PROGRAMS[name]
    shutil.copy(program.path, tmp_path)
    if program.build is not None:
        subprocess.run(program.build, cwd=tmp_path, check=True)
    command, results = shlex.join(program.run), []
    for binary in (False, True):
        target = ProgramTarget(command, program.functions, binary=binary, folder=tmp_path)
        with target.open() as found:
            assert len(found.candidates) == len(program.functions)
            results.append([one.compute(POINTS).tobytes() for one in found.candidates])
    assert results[0] == results[1]
