"""D1's layer: the sigmoid in back-propagation, which keeps its output and goes back from that."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sigmoid_parity.backprop.pair import PORT, Pair
from sigmoid_parity.port import arguments

Doubles = NDArray[np.float64]


class SigmoidLayer:
    """The sigmoid as a layer: forward keeps y, backward multiplies a gradient by (1 - y) y.

    An object serves any number of inputs, one after another: x is handed to `forward`, not to the constructor as in D1.

    `backward` computes grad_y * ((1 - y) * y): the pair's derivative is rounded first. D1 multiplies from left to
    right, (grad_y * y) * (1 - y), which is not always the same double. Source: D1.

    >>> layer = SigmoidLayer()
    >>> layer.forward(np.array([0.0, 0.5])).tolist()
    [0.5, 0.6224593312018546]
    >>> layer.backward(np.array([1.0, 2.0])).tolist()
    [0.25, 0.470007424403189]
    """

    def __init__(self, pair: Pair = PORT) -> None:
        """Make a layer.

        :param pair: the sigmoid and its derivative; the port by default.
        """
        self._pair = pair
        self._y: Doubles | None = None

    def forward(self, x: float | NDArray[Any]) -> Doubles:
        """Compute y = activation(x), and keep it for `backward`.

        :param x: the input, a real number or an array of any shape; converted to float64.
        :returns: float64 of that shape; it is the caller's to change.
        :raises TypeError: x is neither a real number nor an array of them.
        :raises OverflowError: x is an int beyond the largest double.
        """
        self._y = self._pair.activation(_doubles("SigmoidLayer.forward", x))
        return self._y.copy()

    def backward(self, grad_y: float | NDArray[Any]) -> Doubles:
        """Compute a loss's gradient by x from its gradient by y, with the y of the last `forward`.

        :param grad_y: the gradient by y, of the shape of y.
        :returns: grad_y * d_activation(y), float64 of that shape.
        :raises ValueError: `forward` has not been called, or ``grad_y`` has another shape than y.
        :raises TypeError: ``grad_y`` is neither a real number nor an array of them.
        """
        if self._y is None:
            raise ValueError("SigmoidLayer.backward: there is no y to go back from; call forward(x) first")
        gradient = _doubles("SigmoidLayer.backward", grad_y)
        if gradient.shape != self._y.shape:
            raise ValueError(
                f"SigmoidLayer.backward: the gradient has shape {gradient.shape}, and y of the last forward "
                f"{self._y.shape}; they must be equal"
            )
        return gradient * self._pair.d_activation(self._y)


def _doubles(function: str, value: float | NDArray[Any]) -> Doubles:
    if isinstance(value, int | float) and not isinstance(value, np.generic):
        return np.asarray(arguments.double(function, value))
    return arguments.array(function, value).astype(np.float64)
