"""What a process's first array takes, part by part, with the compiled code on disk or not.

Processor time: what else the machine does meanwhile is not counted, nor is waiting for the disk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import timing
from sigmoid_parity.errors import SigmoidParityError
from sigmoid_parity.port.backends import storage

REFERENCE: Final = "import numpy"
"""The part that the others are ratios to."""

TOTAL: Final = "all but import numpy"

_PROGRAM: Final = """
import json, time
times = {}
def lap(name, began=[time.process_time()]):
    now = time.process_time()
    times[name] = now - began[0]
    began[0] = now
import numpy
lap("import numpy")
import sigmoid_parity
lap("import sigmoid_parity")
try:
    import llvmlite.binding, llvmlite.ir
except ImportError:
    pass
lap("import llvmlite")
from sigmoid_parity.port.backends import choice
choice.chosen()
lap("choose the backend: code and probes")
sigmoid_parity.activation(numpy.zeros(1))
lap("compute")
print(json.dumps(times))
"""


def measure(turns: int) -> Iterator[tuple[str, str, float, float]]:
    """Measure in new processes, in turn.

    :param turns: how often each.
    :yields: whether the code was on disk, in words; the part; its median processor time in seconds; its ratio to
        `REFERENCE`.
    :raises SigmoidParityError: a process failed; what it said.
    """
    with TemporaryDirectory() as folder:
        _parts(Path(folder))
        folders = {"compiled in another process": Path(folder), "nothing compiled yet": None}
        found: dict[str, list[Mapping[str, float]]] = {state: [] for state in folders}
        for _ in range(turns):
            for state, chosen in folders.items():
                found[state].append(_parts(chosen))
    for state, runs in found.items():
        for part in runs[0]:
            times = [run[part] for run in runs]
            yield state, part, median(times), timing.ratio(times, [run[REFERENCE] for run in runs])


def _parts(folder: Path | None) -> dict[str, float]:
    if folder is None:
        with TemporaryDirectory() as empty:
            return _parts(Path(empty))
    # Ctrl-C is for this process, which then ends the other.
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", _PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {storage.VARIABLE: str(folder)},
        start_new_session=True,
    )
    if done.returncode:
        raise SigmoidParityError(f"the first array of a process was not computed: {done.stderr.strip()}")
    parts: dict[str, float] = json.loads(done.stdout)
    return parts | {TOTAL: sum(parts.values()) - parts[REFERENCE]}
