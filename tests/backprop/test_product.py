"""The ordered product: its sums are those of exact fractions, rounded term by term, in every shape and block size."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sigmoid_parity import floats
from sigmoid_parity.backprop import product

Doubles = NDArray[np.float64]


def rounded(left: Doubles, right: Doubles) -> Doubles:
    """Multiply with exact fractions, each product and each sum rounded once, from left to right."""

    def element(row: list[float], column: list[float]) -> float:
        terms = [float(Fraction(a) * Fraction(b)) for a, b in zip(row, column, strict=True)]
        total = terms[0]
        for term in terms[1:]:
            total = float(Fraction(total) + Fraction(term))
        return total

    return np.array([[element(row, column) for column in right.T.tolist()] for row in left.tolist()], np.float64)


def matrices(rows: int, inner: int, columns: int, seed: int) -> tuple[Doubles, Doubles]:
    """Draw matrices whose sums cancel and whose sizes differ widely: order and rounding then show."""
    random = np.random.default_rng(seed)
    sizes = 10.0 ** random.integers(-8, 8, (rows, inner))
    return random.normal(size=(rows, inner)) * sizes, random.normal(size=(inner, columns))


@given(st.integers(1, 5), st.integers(1, 20), st.integers(1, 5), st.integers(0, 2**32))
def test_every_sum_is_rounded_from_left_to_right(rows: int, inner: int, columns: int, seed: int) -> None:
    """0 ULP from exact fractions, rounded after each product and each sum."""
    left, right = matrices(rows, inner, columns, seed)
    expected = rounded(left, right)
    assert not floats.distance(expected, product.ordered(left, right)).any()


@pytest.mark.parametrize("few", [0, 128, 1 << 20])
@pytest.mark.parametrize("block", [1, 7, 64, 1 << 15])
@pytest.mark.parametrize("shape", [(3, 50, 4), (1, 300, 1), (20, 9, 20), (2, 1, 3)])
def test_blocks_do_not_change_the_order(
    few: int, block: int, shape: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few numbers fit into memory at once, and whichever way is the quicker, the additions are the same."""
    left, right = matrices(*shape, seed=1)
    monkeypatch.setattr(product, "_BLOCK", block)
    monkeypatch.setattr(product, "_FEW", few)
    assert not floats.distance(rounded(left, right), product.ordered(left, right)).any()


@pytest.mark.parametrize("transposed", [False, True])
def test_layout_in_memory_does_not_matter(transposed: bool) -> None:
    """A transposed, strided or reversed view gives the bits of its copy."""
    left, right = matrices(6, 40, 5, seed=2)
    views = (right.T @ np.eye(40)).T if transposed else np.repeat(right, 2, axis=0)[::2]
    np.testing.assert_array_equal(views, right)
    for one, other in ((left, views), (np.asfortranarray(left), right), (left[::-1][::-1], right)):
        assert not floats.distance(product.ordered(left, right), product.ordered(one, other)).any()


def test_negative_zeros_stay() -> None:
    """A sum of negative zeros is -0.0: it starts from the first product."""
    found = product.ordered(np.array([[-0.0, 0.0]]), np.array([[1.0], [-1.0]]))
    assert np.signbit(found).all()


def test_blas_gives_up_the_bits_and_not_the_value() -> None:
    """The faster product is within rounding of the ordered one; that it has other bits is why there are two."""
    random = np.random.default_rng(3)
    left, right = random.normal(size=(40, 500)), random.normal(size=(500, 40))
    ordered, fast = product.ordered(left, right), product.blas(left, right)
    bound = 500 * np.finfo(np.float64).eps * (np.abs(left) @ np.abs(right))
    assert (np.abs(ordered - fast) <= bound).all()
