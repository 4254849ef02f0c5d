"""Check derivations: each step against the one before it, in three ways that share nothing but the formula's tree.

Two ask whether the step is equal: as expressions, by SymPy; and as numbers of 50 digits, by mpmath, at seeded points.
SymPy is never asked for a number, nor mpmath for a rule of algebra or of the calculus. The third, `rules`, asks whether
what changed is an instance of the rule that the step names; it compares the trees, and uses neither.
"""

from __future__ import annotations

from sigmoid_parity.lesson.checking import Check, check

__all__ = ["Check", "check"]
