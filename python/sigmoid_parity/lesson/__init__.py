"""The lesson: derivations whose steps are proved, mistakes that are refuted, and how both are shown.

- Read from the fixtures: `derivations`, `errata`; a formula and what its names mean: `formulas`. `writing` puts the
  LaTeX into the files.
- Check a step (`checking`) in three ways that share nothing but the formula's tree: equal as expressions, by SymPy
  (`symbolic`); equal as numbers of 50 digits, by mpmath, at seeded points (`numeric`); and what changed is an instance
  of the rule that the step names (`rules`), which compares the trees.
- Refute a mistake (`refuting`): by the same means, or by running a program (`programs`).
- Show it all, in three languages (`words`): `terminal`, `page`, `notebook`, and the graphs (`graphs`).
"""

from __future__ import annotations

from sigmoid_parity.lesson.checking import Check, check
from sigmoid_parity.lesson.derivations import find_derivation, load_derivations

__all__ = ["Check", "check", "find_derivation", "load_derivations"]
