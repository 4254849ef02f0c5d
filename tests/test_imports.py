"""What importing the package costs; who may import whom is held by `make lint`."""

from __future__ import annotations

import subprocess
import sys


def test_import_pulls_in_numpy_and_nothing_else_heavy() -> None:
    """``import sigmoid_parity`` loads no third-party package but NumPy."""
    code = "import sys, sigmoid_parity; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True).stdout
    third_party = {
        name
        for name in loaded.split()
        if name not in sys.stdlib_module_names and not name.startswith(("_", "sitecustomize"))
    }
    assert third_party == {"numpy", "sigmoid_parity"}


def test_the_command_line_needs_no_posix_to_be_imported() -> None:
    """What only POSIX has is imported where a process is started: elsewhere all else works."""
    code = "import sys; sys.modules.update(dict.fromkeys(('fcntl', 'resource'))); import sigmoid_parity.cli"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
