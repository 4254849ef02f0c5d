"""What a function is, by its values: which convention of the sigmoid, in which arithmetic, with which library's exp.

The conventions are data, ``fixtures/conventions.yaml``; none has a name in here.
"""

from __future__ import annotations

from sigmoid_parity.diagnosis.catalogue import Catalogue, Convention, Fingerprint
from sigmoid_parity.diagnosis.finding import Diagnosis, Finding
from sigmoid_parity.diagnosis.identification import diagnose
from sigmoid_parity.diagnosis.loading import load
from sigmoid_parity.diagnosis.observation import Observation
from sigmoid_parity.diagnosis.shape import Shape

__all__ = [
    "Catalogue",
    "Convention",
    "Diagnosis",
    "Finding",
    "Fingerprint",
    "Observation",
    "Shape",
    "diagnose",
    "load",
]
