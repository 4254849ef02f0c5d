"""The cases of the portable exp: chosen inputs, and what each step gives, every operation rounded once by MPFR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sigmoid_parity.oracle import exact, form, formulas, mpfr
from sigmoid_parity.oracle.form import Quoted
from sigmoid_parity.oracle.portable.constants import SIZE, constants

EDGE: Final = 709.78
"""From here on the power of two exceeds the doubles, and integers decide alone."""

_SATURATED: Final = 36.8  # From here on there is no exp to compute.
_HEX: Final = """
    1.fffffffffffffp-53 1.ba07d73250de7p-14 1.6a4d1af9cc989p-8 1.5a75293a5dcdap-6 1.42ea46949b3c7p-5 1.7c8bb0cf5d16p-5
    1.0948d39a41695p-3 1.a065fefae814fp-3 1.f6e4c3ced7c72p-3 1.1a0408712e00ap-2 1.bcab27d05abdep-2 1.005ae04256babp-1
    1.273c188aa7b14p+2 1.83d4bcdebb3f4p+2 1.08f51434652c3p+4 1.1d5c2daebe367p+4 1.c44ce0d716a1ap+4 1.e07e71bfcf06fp+5
    1.f7216c4b435c9p+5 1.54cd1fea7663ap+7 1.d6479eba7c971p+8 -1.664716b68a409p-14 -1.a2fefefd580dfp-13
    -1.ce3f638d0c742p-12 -1.ceff32831e2c2p-12 -1.33accae78b371p-11 -1.d792b60084f92p-11 -1.7fb235d76cce7p-8
    -1.1ff9b8e8b38bep-7 -1.54511e930898cp-7 -1.5c5ed0ec83666p-6 -1.8c56ff5326197p-6 -1.a4187f2ca71f9p-6
    -1.a8f783d749a8fp-4 -1.bd44fdaed819fp-4 -1.daf693d64fadap-4 -1.290ea09e36479p-3 -1.8aeb636f3ce35p-3
    -1.d3f3799439415p-3 -1.ea16274b0109bp-3 -1.22e24fa3d5cf9p-1 -1.85068c07fbbf6p-1 -1.bdc7955d1482cp-1
    -1.2a9cad9998262p+0 -1.cc37ef7de7501p+0 -1.02393d5976769p+1 -1.65061daf79a78p+1 -1.e8bdbfcd9144ep+3
    -1.8f80e06f3a04cp+4 -1.59f038076039cp+6 -1.981587ad4542fp+7 1.9e9cbbfd6080bp-31 -1.6ff486dc6f81ap-24
    1.282aae3169ee7p-20 -1.0401ae48409b5p-28 -1.694431f063c66p+9 -1.6668cf1c012f3p+9 -1.6396c9f346e1cp+9
"""
PUBLISHED: Final = [float.fromhex(f"-0x{text[1:]}" if text[0] == "-" else f"0x{text}") for text in _HEX.split()]
"""The hardest arguments of exp, with 59 and more equal bits behind the rounding bit, and some that are subnormal.

Source: Lefevre and Muller, Worst Cases for Correct Rounding of the Elementary Functions in Double Precision, ARITH-15,
2001; CORE-MATH's list for exp.
"""

_ERROR_BITS: Final = 67  # The bound on the sum's error is 2^-67.
_BANNER: Final = "# Written by `sigmoid-parity fixtures write`, but for the head. README.md has the format.\n"
# fmt: off
_INPUTS: Final[Mapping[str, tuple[float, ...]]] = {
    "ordinary": (0.0, 0.5, -0.5, 1.0, -1.0, 2.5, -2.5, 10.0, -10.0, 20.0, -20.0, 36.0, -36.0, -100.0, -400.0),
    "small": (5e-324, 1e-300, -1e-20, 1e-16, -1e-16, 1e-9, -1e-9, 0.001, -0.001),
    "reduction": (
        0.0027076061740622863, -0.0027076061740622863, 0.008122818522186859, 27.078769346797926, -27.081476952971988,
        36.79907891171955, -189.5351397960561, -704.0992855848976,
    ),
    "edge": (
        36.7368005696771, 36.79, -709.0, -709.77, -709.7799999999999, -709.78, -709.781, -709.7827, -709.7827128933839,
        -709.782712893384,
    ),
    "hard": tuple(-u for u in PUBLISHED if -_SATURATED < u < EDGE),
    "result": (28.442654640316206, -2.0039050256443005, 6.735761986595058, 3.7268693538275386),
    "integers": (
        -19.124364041693624, -9.186645733641853, -35.26186431267145, -12.14484597440137, -7.892545756397965,
        -6.594748550878393, -23.363979823974518, -35.4508514353239, -4.458225798229321, -20.402819019737507,
        -27.38740701912529, -18.38698213368571, -24.090065257097624, -3.3227564269657055, 27.095385124364707,
        7.280548237231752, -3.626663764783025,
    ),
}
# fmt: on


def text(_: str, content: Mapping[str, Any]) -> str:
    """Compose ``portable.yaml`` anew: its own head, the constants, and the cases with their expected values.

    :param content: the file as it is; its head is kept.
    """
    head = {name: value for name, value in content.items() if name != "constants"}
    cases = (form.item(case) for case in _cases())
    return form.document(_BANNER, head, "portable_cases", cases) + "constants:\n" + "".join(_constants())


def _constants() -> Iterator[str]:
    for name, constant in constants().items():
        long = {"hex": Quoted(f"{constant.integers[0]:x}")}
        value = long if constant.is_long else {"integers": list(constant.integers)}
        yield form.line({"name": Quoted(name), "bits": constant.bits, **value})


def _cases() -> Iterator[dict[str, Any]]:
    for flag, inputs in _INPUTS.items():
        for number, x in enumerate(inputs):
            yield _case(f"{flag}-{number:02}", x, flag)


def _case(name: str, x: float, flag: str) -> dict[str, Any]:
    true = exact.exact("activation", x)
    with mpfr.binary64():
        steps, decided = _steps(-mpfr.number(x)) if x > -EDGE else ({}, "integers")
        exp = mpfr.exp(-mpfr.number(x))
        formula = formulas.activation(mpfr.number(x))
    return {
        "id": name,
        **form.pair("input", x),
        **({"steps": {step: list(form.pair("", value).values()) for step, value in steps.items()}} if steps else {}),
        "decided_by": decided,
        **form.pair("exp", exp),
        "exp_exact": Quoted(mpfr.digits(mpfr.certain(lambda: mpfr.exp(-mpfr.number(x)), mpfr.digits))),
        **form.pair("formula", formula),
        **form.pair("exact", true.value),
        "flags": [flag],
    }


def _steps(u: Any) -> tuple[dict[str, Any], str]:
    """Compute each step, and say what decides; in the context of binary64."""
    numbers = {name: _doubles(name) for name in ("STEPS", "STEP_HIGH", "STEP_LOW", "TABLE_HIGH", "TABLE_LOW")}
    whole, part = mpfr.number(1.5 * 2.0**52), mpfr.number(1.5 * 2.0**18)
    k = u * numbers["STEPS"][0] + whole - whole
    rest, tail = u - k * numbers["STEP_HIGH"][0], k * numbers["STEP_LOW"][0]
    r = rest - tail
    cut = r + part - part
    t1, t2 = (numbers[name][int(k) % SIZE] for name in ("TABLE_HIGH", "TABLE_LOW"))
    product = t1 * cut
    high = t1 + product
    one = mpfr.number(1.0)
    series = r * r * (one / 2 + r * (one / 6 + r * (one / 24 + r * (one / 120 + r * (one / 720)))))
    low = (product - (high - t1)) + (t2 + (t2 * cut + (t1 + t2) * (((rest - cut) - tail) + series)))
    error = one / 2**_ERROR_BITS
    below, above = high + (low - error), high + (low + error)
    steps = {"k": k, "rest": rest, "tail": tail, "r": r, "cut": cut, "t1": t1, "t2": t2, "product": product}
    steps |= {"high": high, "series": series, "low": low, "below": below, "above": above}
    scale = mpfr.number(2.0) ** (int(k) // SIZE)
    same = 1 / (1 + below * scale) == 1 / (1 + above * scale)
    return steps, "sum" if below == above else "result" if same else "integers"


def _doubles(name: str) -> list[Any]:
    constant = constants()[name]
    return [mpfr.number(float(integer)) / mpfr.number(2.0) ** constant.bits for integer in constant.integers]
