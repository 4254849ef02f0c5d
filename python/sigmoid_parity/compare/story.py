"""Differences in words: by kind with the worst case of each, or a case a line."""

from __future__ import annotations

from collections.abc import Iterator

from sigmoid_parity import floats
from sigmoid_parity.compare import words as say
from sigmoid_parity.compare.differing import Contrast, Differing
from sigmoid_parity.diagnosis import words


def heading(contrast: Contrast) -> str:
    """Say what differs, and in how many cases."""
    of = f"{contrast.found.count:,} of {contrast.found.points:,} cases"
    left, right = say.called(contrast, "en")
    return f"{contrast.function}: {left} and {right} differ in {of}"


def kinds(contrast: Contrast) -> Iterator[str]:
    """Yield a line a kind of difference, ordinary inputs first; and whether something looks like float32."""
    names = say.called(contrast, "en")
    for one in contrast.found.kinds:
        worst = f"worst at {floats.decimal(contrast.fixture.cases[one.worst].input)}"
        told = f"{words.kind(one.kind, 'en'):<29}  {words.at_most(one.max_ulp, 'en'):<20}  {worst:<32}"
        yield f"{one.count:>7,}  {told}  {words.nearer(one, names, 'en')}".rstrip()
    if looks := words.float32(contrast.found, names, "en"):
        yield f"         {looks}"


def values(contrast: Contrast) -> Iterator[str]:
    """Yield the worst case, at ordinary inputs if there is one: its id, and its values with their bits."""
    place = max(contrast.found.ordinary or contrast.found.kinds, key=lambda one: one.max_ulp).worst
    case = contrast.fixture.cases[place]
    rows = {"input": case.input}
    rows |= {name: float(found[place]) for name, found in zip(say.called(contrast, "en"), contrast.values, strict=True)}
    rows["true value"] = case.exact
    width = max(map(len, rows))
    yield f"         {case.id}:"
    for name, value in rows.items():
        yield f"           {name.ljust(width)}  {number(value)}"


def line(differing: Differing) -> str:
    """Write a case on a line: function, id, kinds, distance, input, results by implementation, the expected values."""
    apart = "incomparable" if differing.steps == floats.INCOMPARABLE else str(differing.steps)
    case = differing.case
    fields = [
        differing.function,
        case.id,
        ",".join(kind.value for kind in differing.kinds) or "too-far",
        f"ulp={apart}",
        f"input={_pair(case.input)}",
        *(f"{','.join(names)}={_pair(value)}" for names, value in differing.results),
        f"formula={_pair(case.formula)}",
        f"exact={_pair(case.exact)}",
    ]
    return " ".join(fields)


def summary(contrasts: list[Contrast]) -> str:
    """Say in how many cases which functions differ, and how many of them lie at ordinary inputs."""
    return "; ".join(
        f"{one.function} in {one.found.count:,} of {one.found.points:,} cases, {_ordinary(one)}" for one in contrasts
    )


def number(value: float) -> str:
    """Write a double in columns: its decimal, and its bits."""
    return f"{floats.decimal(value):>24}  {floats.hexadecimal(value)}"


def _ordinary(contrast: Contrast) -> str:
    found = contrast.found.ordinary
    if not found:
        return "none of them at ordinary inputs"
    count = sum(one.count for one in found)
    most = max(one.max_ulp for one in found)
    return f"{count:,} of them at ordinary inputs by {words.at_most(most, 'en')}"


def _pair(value: float) -> str:
    return f"{floats.decimal(value)}:{floats.hexadecimal(value)}"
