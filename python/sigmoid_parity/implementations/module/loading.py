"""Finds a function by its name: ``module:name`` or ``file.py:name``."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from sigmoid_parity.errors import HostError, UsageError, nearest
from sigmoid_parity.implementations.module.calling import Code
from sigmoid_parity.implementations.module.unfit import describe

_LISTED: Final = 8  # Names of a module, where the one that was asked for is not in it.


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of a function.

    :ivar text: as it was given.
    :ivar module: of a module, or the path of a file.
    :ivar name: of the function in it, with dots where it belongs to an object.
    """

    text: str
    module: str
    name: str

    @property
    def is_file(self) -> bool:
        """Whether it names a file."""
        return self.module.endswith(".py") or "/" in self.module


def parse(text: str) -> Reference:
    """Read the name of a function.

    :raises UsageError: it has another form.
    """
    module, colon, name = text.rpartition(":")
    reference = Reference(text, module, name)
    parts = [*name.split("."), *([] if reference.is_file else module.split("."))]
    if not colon or not module or not all(part.isidentifier() for part in parts):
        raise UsageError(f"{text!r} names no function; write module:name or file.py:name, such as scipy.special:expit")
    return reference


def load(reference: Reference, folder: Path) -> Code:
    """Import the module, in a process that calls code under test, and return what has the name in it.

    :param reference: what to find.
    :param folder: from which relative paths start; modules are found there too.
    :raises HostError: it cannot be imported, or has no such name.
    """
    sys.argv = [reference.module]
    if reference.is_file:
        module = _from_file(reference, folder / reference.module)
    else:
        sys.path.insert(0, str(folder))
        module = _imported(reference, folder)
    # KeyboardInterrupt too: Ctrl-C does not come to such a process, so that it is the code's own.
    return Code(_found(reference, module), reference.name, reference.text, (BaseException,))


def _imported(reference: Reference, folder: Path) -> ModuleType:
    try:
        return importlib.import_module(reference.module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{reference.module}.".startswith(f"{error.name}."):
            raise _failed(reference, error) from None
        problem = f"there is no module {error.name}, neither in {folder} nor installed for {sys.executable}"
        raise HostError(reference.text, "load", f"{problem}; install it there, or write file.py:name") from None
    except BaseException as error:  # SystemExit too.
        raise _failed(reference, error) from None


def _from_file(reference: Reference, path: Path) -> ModuleType:
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise HostError(reference.text, "load", f"the file {path} {what}; write file.py:name, or module:name")
    name = path.stem if path.stem not in sys.modules else f"sigmoid_parity_file_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise HostError(reference.text, "load", f"{path.name} is no Python file: its name must end in .py")
    sys.path.insert(0, str(path.parent))
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException as error:  # SystemExit too.
        raise _failed(reference, error) from None
    return module


def _failed(reference: Reference, error: BaseException) -> HostError:
    remedy = ""
    if isinstance(error, (SystemExit, KeyboardInterrupt)):
        remedy = '; put what is to run as a program under if __name__ == "__main__"'
    elif "relative import" in str(error):
        remedy = "; name the file as the module of its package, as in package.module:name"
    problem = f"importing {reference.module} raised {describe(error)}{_line(error)}{remedy}"
    return HostError(reference.text, "load", problem)


def _line(error: BaseException) -> str:
    """Say where it was raised: the last line that is not Python's own import machinery."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if not one.filename.startswith("<frozen")]
    if isinstance(error, SyntaxError) or len(frames) < 2:  # noqa: PLR2004 - the first frame is ours; SyntaxError says it
        return ""
    return f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})"


def _found(reference: Reference, module: ModuleType) -> Any:
    thing: Any = module
    for part in reference.name.split("."):
        try:
            thing = getattr(thing, part)
        except AttributeError:
            raise HostError(reference.text, "load", _missing(part, thing)) from None
    return thing


def _missing(part: str, thing: Any) -> str:
    there = [name for name in dir(thing) if not name.startswith("_") and callable(getattr(thing, name, None))]
    what = getattr(thing, "__name__", type(thing).__name__)
    if (near := nearest(part, there)) is not None:
        return f"{what} has no {part}; did you mean {near}?"
    more = f" and {len(there) - _LISTED:,} more" if len(there) > _LISTED else ""
    return f"{what} has no {part}; there {'are: ' + ', '.join(there[:_LISTED]) + more if there else 'are no functions'}"
