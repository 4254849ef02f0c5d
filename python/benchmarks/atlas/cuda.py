"""PyTorch's sigmoid on a GPU, as a function of an array."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def torch_sigmoid(x: Floats) -> Floats:
    """Call PyTorch's, on the first GPU."""
    torch = import_module("torch")
    result: Floats = torch.sigmoid(torch.from_numpy(np.array(x)).cuda()).cpu().numpy()
    return result
