"""The documents' layer and network, with the port or any other pair, in a stated order of additions.

>>> from sigmoid_parity.backprop import Network, SigmoidLayer
"""

from __future__ import annotations

from sigmoid_parity.backprop.layer import SigmoidLayer
from sigmoid_parity.backprop.network import Network
from sigmoid_parity.backprop.pair import PORT, AsPair, Pair
from sigmoid_parity.backprop.product import blas, ordered

__all__ = ["PORT", "AsPair", "Network", "Pair", "SigmoidLayer", "blas", "ordered"]
