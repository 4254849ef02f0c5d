"""What a reader names: targets to be judged, and what they are held to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sigmoid_parity import formats
from sigmoid_parity.conformance.judging import ReadSuite, identify
from sigmoid_parity.conformance.originals import Given, Named, Original
from sigmoid_parity.errors import HostError, UsageError, instead
from sigmoid_parity.implementations.candidates import Found, Target
from sigmoid_parity.implementations.dotnet import KINDS, TIME_LIMIT, AssemblyTarget, Host, Runtime, assembly, select
from sigmoid_parity.implementations.module import PythonTarget
from sigmoid_parity.implementations.port import PythonArray
from sigmoid_parity.implementations.portable import PortableArray
from sigmoid_parity.implementations.record import RecordTarget

PAIR: Final = "pair"
"""The C# pair on its runtimes: what targets are held to where nothing or a runtime is named."""

PORT: Final = "port"
"""How the port is named."""

PORTABLE: Final = "portable"
"""How the portable pair is named."""

_ASSEMBLIES: Final = (".dll", ".exe")
_RECORD: Final = ".record"
_FORMS: Final = (
    "name an assembly (Acme.dll, Acme.dll:Class.Method), a Python function (module:name, file.py:name) or a record "
    "(acme.record, acme.record:Class.Method)"
)


@dataclass(frozen=True, slots=True)
class Options:
    """How targets are run.

    :ivar runtimes: the names of the .NET runtimes; every one that is found where there is none.
    :ivar class_name: the only class of an assembly that is judged, by its full name.
    :ivar arguments: of its constructor.
    :ivar time_limit: for a start and for each call, in seconds.
    :ivar dtype: the only format in which callables are judged, a name of `formats`; by default the one of their types.
    """

    runtimes: tuple[str, ...] = ()
    class_name: str | None = None
    arguments: tuple[float, ...] = ()
    time_limit: float = TIME_LIMIT
    dtype: str | None = None


def read(name: str, options: Options) -> list[tuple[Target, bool]]:
    """Read what a reader named: a target for each place, and whether a callable was named, not only its file.

    :raises MissingError: it needs a .NET runtime that is not there.
    :raises UsageError: it has no form that is known.
    """
    file, separator, member = _split(name)
    if file.lower().endswith(_ASSEMBLIES):
        class_name, _, method = member.rpartition(".") if separator else (options.class_name, "", None)
        chosen = class_name or options.class_name, options.arguments, method, options.time_limit
        found = [AssemblyTarget(one, Path(file), *chosen) for one in select(options.runtimes)]
        return [(one if options.dtype is None else OfFormat(one, options.dtype), bool(separator)) for one in found]
    if file.lower().endswith(_RECORD):
        return [(RecordTarget(Path(file), options.class_name, member or None), bool(separator))]
    if not (file and member):
        raise UsageError(f"{name!r} names nothing that can be checked; {_FORMS}")
    return [(PythonTarget(name, options.time_limit, options.dtype), True)]


def read_all(names: Sequence[str], programs: Sequence[Target], options: Options) -> list[tuple[Target, bool]]:
    """Read all that a reader named, each as `read` does, and add programs, which are callables themselves."""
    return [found for name in names for found in read(name, options)] + [(program, True) for program in programs]


class OfFormat:
    """Those of a target's callables that have a format."""

    def __init__(self, target: Target, dtype: str) -> None:
        """Take a target.

        :param target: whose candidates say their formats by their types.
        :param dtype: the format, a name of `formats`.
        """
        self._target = target
        self._dtype = dtype

    @property
    def name(self) -> str:
        """As it was named."""
        return self._target.name

    @property
    def place(self) -> str:
        """Where it runs."""
        return self._target.place

    @contextmanager
    def open(self) -> Iterator[Found]:
        """Find the candidates of the format; see `Target`.

        :raises HostError: there is none.
        """
        with self._target.open() as found:
            fitting = tuple(one for one in found.candidates if one.dtype.name == self._dtype)
            if not fitting:
                others = ", ".join(dict.fromkeys(one.dtype.name for one in found.candidates))
                raise HostError(self.name, "load", f"nothing in it takes {self._dtype}; it takes {others}")
            yield Found(fitting, found.refusals)


def known_format(name: str | None) -> str | None:
    """Return a format's name that can be used here.

    :raises MissingError: it is one of ml_dtypes, which is not installed.
    :raises UsageError: there is no such format.
    """
    if name is None:
        return None
    if name not in formats.NAMES:
        raise UsageError(f"there is no format {name!r}; {instead(name, formats.NAMES)}")
    return formats.dtype(name).name


def _split(name: str) -> tuple[str, str, str]:
    if Path(name).is_file():
        return name, "", ""
    file, separator, member = name.rpartition(":")
    return (file, separator, member) if separator else (name, "", "")


def own(against: str | None) -> str | None:
    """Tell which of the package's own is named as what targets are held to.

    :param against: a runtime's name, ``port``, ``portable``, or a target; None for the C# pair on each runtime.
    :returns: `PAIR`, `PORT` or `PORTABLE`; None where it is a target, which `read` reads.
    """
    if against in (PORT, PORTABLE):
        return against
    return PAIR if against is None or against.lower().partition("-")[0] in KINDS else None


def runtimes(against: str | None, options: Options) -> list[Runtime]:
    """Find the runtimes of the C# pair that is meant: the one that is named, or those of the options.

    :raises MissingError: there is none.
    """
    return select(options.runtimes if against is None else (against,))


def originals(against: str | None, options: Options, read_suite: ReadSuite, stack: ExitStack) -> list[Original]:
    """Open what candidates are held to.

    :param against: a runtime's name, ``port``, ``portable``, or a target; the C# pair on each runtime where it is None.
    :param read_suite: returns the suite, to find out what the target's candidates are.
    :param stack: ends what is started here.
    :raises HostError: the target cannot be loaded.
    :raises MissingError: there is no such runtime, or no assembly.
    :raises UsageError: it has no form that is known, or is a record of other points.
    """
    kind = own(against)
    if kind == PORT:
        return [Given(PythonArray())]
    if kind == PORTABLE:
        return [Given(PortableArray(), is_pair=False)]
    if kind == PAIR:
        dll = assembly.find().path
        hosts = [Host(one, dll, time_limit=options.time_limit) for one in runtimes(against, options)]
        for host in hosts:
            stack.enter_context(host).start()
        return [Given(host) for host in hosts]
    return [_named(target, read_suite, stack) for target, _ in read(str(against), options)]


def _named(target: Target, read_suite: ReadSuite, stack: ExitStack) -> Original:
    found = stack.enter_context(target.open())
    suite = read_suite()
    own = suite.at(found.recording, target)
    if found.recording is not None and (suite.seed != own.seed or suite.samples > own.samples):
        has = f"--samples {own.samples} --seed {own.seed}"
        raise UsageError(f"{target.name} has no results at these points; it was recorded at others: give {has}")
    name = f"{target.name} on {target.place}" if target.place else target.name
    return Named(name, [(identify(candidate, own), candidate) for candidate in found.candidates])
