"""Show the mistakes in the documents: run each one's witness, and prove what is right.

A wrong formula must have another value than what it is said to equal, at each point that its entry gives, and the right
one must be proved equal. A failing program must raise the exception that its entry names, and the mended one must do
what it is for. A wrong text is noted only: nothing can be run.
"""

from __future__ import annotations

from sigmoid_parity.errata.refuting import Problem, Refutation, refute

__all__ = ["Problem", "Refutation", "refute"]
