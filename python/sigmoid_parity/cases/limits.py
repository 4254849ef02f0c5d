"""How far results may be from the expected values: ``fixtures/limits.yaml``. No bound, no pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import resources
from sigmoid_parity.cases import schema
from sigmoid_parity.errors import FixtureError


class Kind(Enum):
    """What a result is compared with."""

    PARITY = "parity"
    """Another implementation's result."""

    FORMULA = "formula"
    """The documented formula, every operation correctly rounded."""

    EXACT = "exact"
    """The true value, rounded once."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on the distance of two results.

    :ivar kind: what is compared with what.
    :ivar function: the function's name, or None for any.
    :ivar flag: the bound is for the cases with this flag, or, where None, for those that no flagged bound takes.
    :ivar max_ulp: the largest distance that passes, in ULP.
    :ivar amplified: whether it is multiplied by each case's amplification.
    :ivar reason: why it is above 0.
    """

    kind: Kind
    function: str | None = None
    flag: str | None = None
    max_ulp: int = 0
    amplified: bool = False
    reason: str | None = None

    @property
    def cases(self) -> tuple[Kind, str | None, str | None]:
        """Which cases of which comparison it bounds."""
        return self.kind, self.function, self.flag

    def bounds(self, amplifications: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return the bound of each case, in ULP.

        :param amplifications: of the cases, uint64 of shape (cases,).
        :returns: uint64 of that shape.
        """
        return np.uint64(self.max_ulp) * (amplifications if self.amplified else np.ones_like(amplifications))


PARITY: Final = Limit(Kind.PARITY)
"""The bound of parity: 0 by definition, and so in no file."""


@dataclass(frozen=True)
class Limits:
    """All the bounds of a file, in its order."""

    file: str
    limits: Sequence[Limit]

    def of(self, function: str, kind: Kind) -> list[Limit]:
        """Return a function's bounds: those for a flag first, the one for all other cases last.

        :raises FixtureError: there is none for the cases without a flag, or more than one.
        """
        found = [limit for limit in self.limits if (limit.function, limit.kind) == (function, kind)]
        general = [limit for limit in found if limit.flag is None]
        if len(general) != 1:
            problem = f"has {len(general)} bounds without a flag for {function} against {kind.value}; there must be one"
            raise FixtureError(self.file, problem)
        return [limit for limit in found if limit.flag is not None] + general

    def wider_than(self, others: Limits) -> list[str]:
        """Say which bounds exceed those of the same cases in other limits, or have none there."""
        known = {limit.cases: limit for limit in others.limits}
        return [text for limit in self.limits if (text := _widened(limit, known.get(limit.cases)))]


def load_limits(path: Path | None = None) -> Limits:
    """Read the bounds.

    :param path: the file; the package's own by default.
    :raises FixtureError: another form, or a bound above 0 without a reason.
    """
    path = resources.fixtures_dir() / "limits.yaml" if path is None else path
    content = schema.read(path, "limits", "this file holds no bounds")
    return Limits(path.name, [_limit(path.name, entry) for entry in content["limits"]])


def _limit(file: str, entry: dict[str, Any]) -> Limit:
    function, against, most = entry["function"], entry["against"], entry["max_ulp"]
    if most > 0 and "reason" not in entry:
        problem = f"{function} against {against} may differ by {most:,} ULP and gives no reason; say why, or make it 0"
        raise FixtureError(file, problem, field="reason")
    return Limit(Kind(against), function, entry.get("flag"), most, "times" in entry, entry.get("reason"))


def _widened(limit: Limit, own: Limit | None) -> str:
    if own is not None and limit.max_ulp <= own.max_ulp and limit.amplified <= own.amplified:
        return ""
    instead = f"{own.max_ulp:,}" if own else "none of its own"
    flag = f" [{limit.flag}]" if limit.flag else ""
    return f"{limit.function}{flag} against {limit.kind.value}: {limit.max_ulp:,} ULP, instead of {instead}"
