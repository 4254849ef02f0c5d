"""A function of Python as something to judge, by its name: it runs in a child process."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats, Found, Refusal
from sigmoid_parity.implementations.hosting.process import Process
from sigmoid_parity.implementations.hosting.words import brief
from sigmoid_parity.implementations.module import inside, loading
from sigmoid_parity.implementations.module.calling import EVERY, Way, other_ways, ways
from sigmoid_parity.implementations.module.function import none_left

TIME_LIMIT: Final = 60.0
"""How long an import or a call may take by default, in seconds."""

_MODULE: Final = "sigmoid_parity.implementations.module.child"


class PythonTarget:
    """A function of Python, run by this very Python in a child process, in the present working folder."""

    def __init__(self, text: str, time_limit: float = TIME_LIMIT, dtype: str | None = None) -> None:
        """Name the function; nothing is started yet.

        :param text: ``module:name`` or ``file.py:name``; the name may have dots.
        :param time_limit: for the import and for each call, in seconds.
        :param dtype: the only format that is tried, a name of `formats`; see `calling.ways`.
        :raises UsageError: the text has another form.
        """
        self._reference = loading.parse(text)
        self._time_limit = time_limit
        self._dtype = dtype
        self.name = text
        self.place = f"{platform.python_implementation()} {platform.python_version()}"

    def moved(self, text: str) -> PythonTarget:
        """Return the same of another place, with the same time limit and format.

        :param text: see above.
        """
        return PythonTarget(text, self._time_limit, self._dtype)

    @contextmanager
    def open(self) -> Iterator[Found]:
        """Find the ways to call it; see `Target`.

        :raises HostError: it cannot be imported, or there is no way to call it.
        """
        with closing(_Hosted(self._reference, self._time_limit)) as hosted:
            hosted.start()
            yield _find(hosted, ways(self._dtype, hosted.declared), self._dtype)

    def inside(self) -> AbstractContextManager[Found]:
        """Find them in this very process, where the function may crash or hang; see `inside.found`.

        :raises HostError: it cannot be imported, or there is no way to call it.
        """
        return nullcontext(inside.found(self._reference, self._dtype))


class _Hosted:
    """The child process. It starts with the first request, and anew with the next one after it has died."""

    def __init__(self, reference: loading.Reference, time_limit: float) -> None:
        self.text = reference.text
        self.function = reference.name
        self._importing = f"importing {reference.module}"
        self._time_limit = time_limit
        self._process: Process | None = None
        self.declared: list[str] = []

    def start(self) -> None:
        """Start the process and import the function."""
        with self._running():
            pass

    def ask(self, request: Mapping[str, Any], doing: str) -> dict[str, Any]:
        """Send a request; see `Process.ask`."""
        with self._running() as process:
            return process.ask(request, doing)

    def compute(self, request: Mapping[str, Any], arguments: Sequence[Floats], doing: str) -> Floats:
        """Send a request with arrays; see `Process.compute`."""
        with self._running() as process:
            return process.compute(request, arguments, doing)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()
            self._process = None

    @contextmanager
    def _running(self) -> Iterator[Process]:
        if self._process is None:
            self._process = self._loaded()
        try:
            yield self._process
        except HostError as error:
            if error.ended:
                self.close()
            raise

    def _loaded(self) -> Process:
        setup = {"text": self.text, "folder": str(Path.cwd())}
        process = Process(_MODULE, setup, self.text, self._time_limit)
        try:
            self.declared = process.ask({"do": "load"}, self._importing)["formats"]
        except BaseException:
            process.close()
            raise
        return process


@dataclass(frozen=True, slots=True)
class _Function:
    """A way to call the function; see `Candidate`."""

    owner: str
    name: str
    arity: int
    dtype: np.dtype[Any]
    way: int
    hosted: _Hosted

    def compute(self, *arguments: Floats) -> Floats:
        count = arguments[0].size
        if not count:
            return np.empty(0, self.dtype)
        given = [np.ascontiguousarray(argument, self.dtype) for argument in arguments]
        request = {"do": "compute", "way": self.way, "count": count}
        return self.hosted.compute(request, given, self.name)


def _find(hosted: _Hosted, chosen: Sequence[Way], dtype: str | None) -> Found:
    candidates: list[_Function] = []
    refusals: list[Refusal] = []
    kind = "throw"
    for way in chosen:
        name = f"{hosted.function}({way.takes})"
        if way.last and any(one.dtype == way.dtype for one in candidates):
            continue
        if kind == "hang":  # It would cost its time limit again.
            refusals.append(Refusal("", name, "not tried after that"))
            continue
        try:
            answer = _probed(hosted, way)
        except HostError as error:
            if not error.ended:
                raise
            kind = error.kind
            refusals.append(Refusal("", name, brief(error.problem)))
            continue
        if "refused" in answer:
            refusals.append(Refusal("", str(answer["name"]), str(answer["refused"])))
        else:
            called, arity = str(answer["name"]), int(answer["arity"])
            candidates.append(_Function("", called, arity, way.dtype, EVERY.index(way), hosted))
    if not candidates:
        others = [] if dtype is None or kind == "hang" else other_ways(dtype)
        takes = [way.takes for way in others if _works(hosted, way)]
        raise HostError(hosted.text, kind, none_left(refusals, takes))
    return Found(tuple(candidates), tuple(refusals))


def _probed(hosted: _Hosted, way: Way) -> dict[str, Any]:
    return hosted.ask({"do": "probe", "way": EVERY.index(way)}, f"{hosted.function}({way.takes})")


def _works(hosted: _Hosted, way: Way) -> bool:
    try:
        return "refused" not in _probed(hosted, way)
    except HostError as error:
        if not error.ended:
            raise
        return False
