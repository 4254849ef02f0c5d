"""Where the figures stand in the page: each beside the derivation that it illustrates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

GRAPHS_AT: Final[Mapping[str, Sequence[str]]] = {
    "quotient-rule": ("sigmoid-curve",),
    "power-and-chain-rule": ("sigmoid",),
    "reciprocal-rule": ("sigmoid-and-derivative",),
    "network-hidden-weight": ("double-sigmoid",),
    "port-takes-the-output": ("derivative-from-output", "x-passed-for-y"),
    "port-error-of-the-output": ("relative-error",),
}
"""The names of the graphs, by the derivation's id."""
