"""What a child process found in an assembly, as rows of text and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

from sigmoid_parity.implementations.hosting.service import Service
from sigmoid_parity.implementations.hosting.worker import Worker

_LOOKING: Final = "looking into the assembly"


@dataclass(frozen=True, slots=True)
class Method:
    """A method that can be tried.

    :ivar number: its place, for the child.
    :ivar owner: what it belongs to, such as ``Acme.Neuro.Sigmoid(2.0)``.
    :ivar member: its name in C#.
    :ivar name: its name with what it takes.
    :ivar arity: 1 or 2.
    :ivar dtype: ``"float64"`` or ``"float32"``.
    :ivar needs_object: whether it is a method of an object, and not static.
    """

    number: int
    owner: str
    member: str
    name: str
    arity: int
    dtype: str
    needs_object: bool

    @property
    def owner_if_object(self) -> str | None:
        """Its owner where that is an object that must be made, else None."""
        return self.owner if self.needs_object else None


@dataclass(frozen=True, slots=True)
class Refused:
    """A method that cannot be tried; ``owner``, ``member`` and ``name`` as in `Method`.

    :ivar reason: why, in a few words.
    """

    owner: str
    member: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that was found.

    :ivar methods: those that can be tried, in the assembly's own order.
    :ivar refused: those with real numbers that cannot.
    :ivar classes: the public classes.
    :ivar hidden: the classes that are not public.
    :ivar others: how many public methods neither take nor give real numbers.
    """

    methods: tuple[Method, ...]
    refused: tuple[Refused, ...]
    classes: tuple[str, ...]
    hidden: tuple[str, ...]
    others: int

    @classmethod
    def of(cls, worker: Worker) -> Self:
        """Ask for it, page by page: an answer has a largest size, and an assembly need not."""
        return worker.run(_LOOKING, cls._read)

    @classmethod
    def _read(cls, process: Service) -> Self:
        methods = tuple(Method(number, *row) for number, row in enumerate(_rows(process, "callables")))
        refused = tuple(Refused(*row) for row in _rows(process, "refusals"))
        classes, hidden = (tuple(_rows(process, name)) for name in ("classes", "hidden"))
        return cls(methods, refused, classes, hidden, process.ready["others"])


def _rows(process: Service, name: str) -> Iterator[Any]:
    start = 0
    while start < process.ready[name]:
        page = process.ask({"rows": name, "start": start}, _LOOKING)["rows"]
        yield from page
        start += len(page)
