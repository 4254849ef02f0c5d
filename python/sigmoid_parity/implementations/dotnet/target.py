"""An assembly on one runtime as a target: each of its public methods that can be tried is a candidate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.candidates import Floats, Found, Refusal
from sigmoid_parity.implementations.dotnet import absence
from sigmoid_parity.implementations.dotnet.host import ENVIRONMENT, TIME_LIMIT, common_setup
from sigmoid_parity.implementations.dotnet.inventory import Inventory, Method
from sigmoid_parity.implementations.dotnet.runtimes import Runtime
from sigmoid_parity.implementations.hosting.inline import Inline
from sigmoid_parity.implementations.hosting.process import Process
from sigmoid_parity.implementations.hosting.service import Starter
from sigmoid_parity.implementations.hosting.worker import Worker

_MODULE: Final = "sigmoid_parity.implementations.dotnet.exploring"


@dataclass(frozen=True, slots=True)
class AssemblyTarget:
    """The methods of an assembly, on one runtime, in a child process that starts anew after each that ends it.

    :ivar runtime: which runtime to host.
    :ivar path: the DLL.
    :ivar class_name: the full name of one class; all public classes by default.
    :ivar arguments: numbers for the constructors; what they take beyond these must have defaults.
    :ivar member: the name of one method, ``Function``, or one of its overloads, ``Function(double)``.
    :ivar time_limit: for the start, each constructor and each call, in seconds.
    """

    runtime: Runtime
    path: Path
    class_name: str | None = None
    arguments: tuple[float, ...] = ()
    member: str | None = None
    time_limit: float = TIME_LIMIT

    @property
    def name(self) -> str:
        """The path, with the class and the method that are named."""
        named = ".".join(part for part in (self.class_name, self.member) if part)
        return f"{self.path}:{named}" if named else str(self.path)

    @property
    def place(self) -> str:
        """The runtime's name, as in ``coreclr-10.0.12``."""
        return self.runtime.name

    def open(self) -> AbstractContextManager[Found]:
        """Find the methods and make the objects; see `Target`.

        :raises HostError: the assembly cannot be loaded; the class or method that is named is not there or cannot be
            tried; or nothing in it can.
        """
        return self._open(Process)

    def inside(self) -> AbstractContextManager[Found]:
        """Find the methods in this very process, where they may crash or hang; see `open`.

        :raises HostError: see `open`.
        """
        return self._open(Inline)

    @contextmanager
    def _open(self, start: Starter) -> Iterator[Found]:
        setup = {
            **common_setup(self.runtime, self.path),
            "class_name": self.class_name,
            "arguments": [float(number) for number in self.arguments],
        }
        with Worker(_MODULE, setup, self.place, self.time_limit, ENVIRONMENT, start) as worker:
            yield self._found(worker)

    def _found(self, worker: Worker) -> Found:
        inventory = Inventory.of(worker)
        wanted = [method for method in inventory.methods if self._is_wanted(method.member, method.name)]
        refused = [one for one in inventory.refused if self._is_wanted(one.member, one.name)]
        problems = _make_objects(worker, wanted)
        candidates = [_Candidate(worker, method) for method in wanted if method.owner_if_object not in problems]
        refusals = [Refusal(one.owner, one.name, one.reason) for one in refused]
        refusals += [
            Refusal(method.owner, method.name, problems[method.owner])
            for method in wanted
            if method.owner_if_object in problems
        ]
        if not candidates:
            problem = absence.reason(inventory, self.class_name, self.member, refusals)
            raise HostError(self.place, "load", f"{self.path} {problem}")
        return Found(tuple(candidates), (*refusals, *_others(inventory, self.member)))

    def _is_wanted(self, member: str, name: str) -> bool:
        return self.member in (None, member, name) or not member  # Those of a whole class have none.


def _make_objects(worker: Worker, methods: Sequence[Method]) -> dict[str, str]:
    """Make the objects; return why there is none, by owner, for those whose constructor failed."""
    problems: dict[str, str] = {}
    first = {method.owner: method for method in reversed(methods) if method.owner_if_object}
    for owner, method in first.items():
        try:
            _make(worker, method)
        except HostError as error:
            if error.kind == "load":
                raise
            problems[owner] = error.problem
    return problems


def _make(worker: Worker, method: Method) -> None:
    doing = f"the constructor of {method.owner}"
    worker.run(doing, lambda process: process.ask({"make": method.number}, doing))


def _others(inventory: Inventory, member: str | None) -> Iterator[Refusal]:
    if inventory.others and member is None:
        yield Refusal("", f"{inventory.others:,} methods", "neither take nor give double or float")


class _Candidate:
    """A method; see `Candidate`."""

    def __init__(self, worker: Worker, method: Method) -> None:
        self._worker = worker
        self._method = method
        self.owner, self.name, self.arity = method.owner, method.name, method.arity
        self.dtype: np.dtype[Any] = np.dtype(method.dtype)

    def compute(self, *arguments: Floats) -> Floats:
        """Compute it for each element; see `Candidate`.

        :raises HostError: it failed, hung, threw, or gave something else than n results. What crashed or hung once is
            not called again.
        """
        arrays = [np.ascontiguousarray(values, self.dtype) for values in arguments]
        count = arrays[0].size
        if not count:
            return np.empty(0, self.dtype)
        request = {"call": self._method.number, "count": count}
        return self._worker.run(
            f"{self.owner}.{self.name}",
            lambda process: process.compute(request, arrays, self.name, lambda at: at.call(self._method.member)),
        )
