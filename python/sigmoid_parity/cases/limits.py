"""Who may differ from whom by how much: ``fixtures/limits.yaml``. No bound, no pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity import resources
from sigmoid_parity.cases import schema
from sigmoid_parity.errors import FixtureError


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on the distance of two results.

    :ivar function: the function's name.
    :ivar implementation: whose result; ``*`` stands for any characters.
    :ivar against: what it is compared with; ``*`` likewise.
    :ivar flag: the bound is for the cases with this flag, or, where None, for those that no flagged bound takes.
    :ivar max_ulp: the largest distance that passes, in ULP.
    :ivar amplified: whether it is multiplied by each case's amplification.
    :ivar reason: why it is above 0.
    """

    function: str
    implementation: str
    against: str
    flag: str | None
    max_ulp: int
    amplified: bool
    reason: str | None

    def bounds(self, amplifications: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return the bound of each case, in ULP.

        :param amplifications: of the cases, uint64 of shape (cases,).
        :returns: uint64 of that shape.
        """
        return np.uint64(self.max_ulp) * (amplifications if self.amplified else np.ones_like(amplifications))

    def applies(self, function: str, implementation: str, against: str) -> bool:
        """Tell whether this bound is for the comparison of that name."""
        return (
            fnmatchcase(function, self.function)
            and fnmatchcase(implementation, self.implementation)
            and fnmatchcase(against, self.against)
        )


@dataclass(frozen=True)
class Limits:
    """All the bounds of a file, in its order."""

    file: str
    limits: Sequence[Limit]

    def of(self, function: str, implementation: str, against: str) -> list[Limit]:
        """Return the bounds of a comparison: those for a flag first, the one for all other cases last.

        :raises FixtureError: there is none for the cases without a flag, or more than one.
        """
        found = [limit for limit in self.limits if limit.applies(function, implementation, against)]
        general = [limit for limit in found if limit.flag is None]
        if len(general) != 1:
            raise FixtureError(
                self.file,
                f"has {len(general)} bounds without a flag for {function} of {implementation} against {against}; "
                "there must be one",
            )
        return [limit for limit in found if limit.flag is not None] + general


def load_limits(path: Path | None = None) -> Limits:
    """Read the bounds.

    :param path: the file; the package's own by default.
    :raises FixtureError: another form, or a bound above 0 without a reason.
    """
    path = resources.fixtures_dir() / "limits.yaml" if path is None else path
    content = schema.read(path, "limits", "this file holds no bounds")
    limits = [
        Limit(
            entry["function"],
            entry["implementation"],
            entry["against"],
            entry.get("flag"),
            entry["max_ulp"],
            "times" in entry,
            entry.get("reason"),
        )
        for entry in content["limits"]
    ]
    for limit in limits:
        if limit.max_ulp > 0 and not limit.reason:
            raise FixtureError(
                path.name,
                f"{limit.function} of {limit.implementation} against {limit.against} may differ by "
                f"{limit.max_ulp:,} ULP and gives no reason; say why, or make it 0",
                field="reason",
            )
    return Limits(path.name, limits)
