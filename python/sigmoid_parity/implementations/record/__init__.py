"""Results that were recorded elsewhere, on a machine that is not here."""

from sigmoid_parity.implementations.record.target import RecordTarget

__all__ = ["RecordTarget"]
