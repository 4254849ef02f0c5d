"""Programs of any language as something to judge: hex digits in, hex digits out."""

from __future__ import annotations

from sigmoid_parity.implementations.program.target import ProgramTarget

__all__ = ["ProgramTarget"]
