"""Where the results change their nature: the first double of each region, found by bisection in the tests."""

from __future__ import annotations

from typing import Final

SATURATED_FROM: Final = 36.73680056967711
"""From this input on the computed y is exactly 1.0, and (1 - y) y exactly 0.0: 1 + exp(-x) rounds to 1."""

TRUE_ONE_FROM: Final = 37.42994775023705
"""From this input on the double nearest to the true y is 1.0: 54 ln 2."""

OVERFLOW_BELOW: Final = -709.782712893384
"""Below this input exp(-x) exceeds the largest double, and the computed y is 0.0."""

VANISHES_FROM: Final = 745.1332191019412
"""From this size of the input on exp(-abs(x)), and with it `stable_derivative`, is 0.0."""

SUM_TIES: Final = (-37.42994775023705, -36.7368005696771)
"""Between these inputs exp(-x) lies in [2^53, 2^54): adding 1 to an odd multiple of 2 is a tie."""
