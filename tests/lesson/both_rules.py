"""The mutants of rules that are not caught, each with the reason: the step is an instance of the other rule too."""

from __future__ import annotations

RENAMED = {
    "a product of the numbers 3 and 1 is worked out by either rule": {
        ("chain-rule-example", 8, "arithmetic"),
    },
}
"""Derivation, step, and the other rule that may be named there."""

LEFT_OUT = {
    "the factor 1 of a numerator need not be written before the fraction is split": {
        ("reciprocal-rule", 13),
    },
}
"""Derivation, and the step without which the next one is still an instance of its rule."""
