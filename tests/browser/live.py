"""What the tests of the live page share: the formula by MPFR, the numbers shown, the sliders."""

from __future__ import annotations

from typing import Any

import gmpy2


def formula(x: float) -> tuple[float, float, float]:
    """y, (1 - y) y and stable_derivative with every operation rounded once, by MPFR."""
    with gmpy2.ieee(64):
        one = gmpy2.mpfr(1)
        y = one / (one + gmpy2.exp(gmpy2.mpfr(-x)))
        z = gmpy2.exp(-abs(gmpy2.mpfr(x)))
        w = (z + z) + z * z
        d = one + w
        q = z / d
        stable = z - q * w if z < 0.125 else q - q * ((w - (d - one)) * (one - z))
        return float(y), float((one - y) * y), float(stable)


def shown(page: Any, table: str = "#numbers") -> dict[str, float]:
    """The numbers in a table, by what they are of."""
    rows = page.evaluate(
        """table => [...document.querySelectorAll(`${table} tr[data-of]`)]
        .map(row => [row.dataset.of, row.querySelector(".decimal").dataset.value])""",
        table,
    )
    return {name: float(value) for name, value in rows}


def move(page: Any, slider: str, value: int) -> None:
    """Move a slider to a value in hundredths, and wait for the drawing."""
    page.evaluate(
        """([slider, value]) => new Promise(done => {
          const one = document.querySelector(slider);
          one.value = value;
          one.dispatchEvent(new Event("input"));
          requestAnimationFrame(() => requestAnimationFrame(done));
        })""",
        [slider, value],
    )
