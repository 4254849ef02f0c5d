"""Check derivations: each step against the one before it, in two ways that share nothing but the formula's tree.

As expressions, by SymPy; and as numbers of 50 digits, by mpmath, at seeded points. SymPy is never asked for a number,
nor mpmath for a rule of algebra or of the calculus.
"""

from __future__ import annotations

from sigmoid_parity.derivations.checking import Check, check

__all__ = ["Check", "check"]
