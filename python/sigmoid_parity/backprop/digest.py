"""The digest of a training's weights, beside that of the fixtures: with the portable pair it is the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from sigmoid_parity import floats
from sigmoid_parity.backprop.lockstep import Lockstep


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest of weights.

    :ivar epochs: after how many epochs.
    :ivar found: `floats.digest` of the port's weights.
    :ivar expected: that of the fixtures, or None where they have none for so many epochs, or for this learning rate.
    """

    epochs: int
    found: str
    expected: str | None

    @classmethod
    def of(cls, trained: Lockstep) -> Digest:
        """Take the digest of the port's weights as they are now."""
        own = trained.learning_rate == trained.training.learning_rate
        known = {after.epochs: after.digest for after in trained.training.after} if own else {}
        return cls(trained.done, floats.digest(trained.weights[trained.port]), known.get(trained.done))

    @property
    def differs(self) -> bool:
        """Whether the fixtures have another one."""
        return self.expected not in (None, self.found)

    @property
    def words(self) -> str:
        """Say it in a line."""
        line = f"sha256 of the weights after {self.epochs:,} epochs: {self.found}"
        if self.differs:
            return f"DIFFER: {line}, and the fixtures have {self.expected}"
        return f"{line}, as in the fixtures" if self.expected else line
