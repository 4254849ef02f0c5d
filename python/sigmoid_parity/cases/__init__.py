"""The shared cases: YAML files that any language can read, and what may differ by how much.

The format is described for a reader in any language in ``fixtures/README.md``; its schema is ``fixtures/schema.json``.
"""

from __future__ import annotations

from sigmoid_parity.cases.functions import Case, Fixture, load, load_all
from sigmoid_parity.cases.languages import Languages, Program, Reader, load_languages
from sigmoid_parity.cases.layer import LayerCase, load_layer
from sigmoid_parity.cases.limits import PARITY, Kind, Limit, Limits, load_limits
from sigmoid_parity.cases.portable import Portable, PortableCase, load_portable
from sigmoid_parity.cases.trainings import Training, load_trainings

__all__ = [
    "PARITY",
    "Case",
    "Fixture",
    "Kind",
    "Languages",
    "LayerCase",
    "Limit",
    "Limits",
    "Portable",
    "PortableCase",
    "Program",
    "Reader",
    "Training",
    "load",
    "load_all",
    "load_languages",
    "load_layer",
    "load_limits",
    "load_portable",
    "load_trainings",
]
