"""The picture of what was swept: where results are not comparable it says so, in a colour of its own."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from matplotlib import image

from sigmoid_parity import floats
from sigmoid_parity.figures import strips
from sigmoid_parity.figures.strips import Panel, Strip

ODD = (0xD5, 0x5E, 0x00)


def pixels(largest: dict[int, int]) -> Any:
    drawn = strips.draw([Panel("all", (-3, 3), [Strip("mine", "some differ", largest)])], "png")
    return np.rint(255.0 * image.imread(io.BytesIO(drawn))[..., :3]).astype(int)


@pytest.mark.parametrize("beside", [1, 2**52, 2**63])
def test_not_comparable_has_a_colour_of_its_own(beside: int) -> None:
    """A binade in which any result is not comparable is orange, however far others are apart; the rest are not."""
    place = 1023  # The binade of 1.

    def orange(largest: dict[int, int]) -> int:
        return int((pixels(largest) == ODD).all(axis=2).sum())

    none = orange({place: 5, place + 1: beside})
    assert orange({place: floats.INCOMPARABLE, place + 1: beside}) > none + 1000
