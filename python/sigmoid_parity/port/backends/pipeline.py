"""A software-pipelined loop in LLVM IR: float32's sigmoid, two vectors at a time, in four stages.

A turn of the loop takes four pairs of vectors one stage further each. What one pair waits for, an addition or a
division of another is done meanwhile, without the processor's looking far ahead for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from llvmlite import ir

from sigmoid_parity.port.backends import single
from sigmoid_parity.port.backends.lanes import Lanes
from sigmoid_parity.port.backends.single import LARGEST, NEAREST, OUTSIDE, Mark, Note, Stage

_VECTORS: Final = 2  # In each stage.


@dataclass(frozen=True, slots=True)
class Shape:
    """What suits a processor.

    :ivar width: doubles in a vector.
    :ivar divided: the stage of the division.
    """

    width: int
    divided: Callable[[Lanes, Stage, Note, bool], Stage]

    @property
    def block(self) -> int:
        """Floats that are computed together, and the fewest that can be."""
        return _VECTORS * self.width


def shape(features: str) -> Shape:
    """Return the shape for a processor, given its features as LLVM writes them (``+avx512f``)."""
    if "+avx512f" in features.split(","):
        return Shape(8, single.divided_at_once)
    return Shape(4, single.divided)


def activation(shape: Shape, careful: bool, b: Any, source: Any, target: Any, start: Any, stop: Any) -> Any:
    """Emit the sigmoid of the floats from start to stop, in a loop from here; the builder then stands behind it.

    :param shape: see `shape`.
    :param careful: whether NaN and any number are taken; otherwise NaN and large numbers spoil results, which is told.
    :param b: an `ir.IRBuilder`.
    :param source: pointer to floats.
    :param target: pointer to floats; not the source.
    :param start: index; elements in front of it are computed again where fewer than a block are behind it.
    :param stop: index, at least a block.
    :returns: whether any result cannot be vouched for, as an i1; if careful, only those that libm must tell.
    """
    lanes, one = Lanes(b, shape.width), start.type
    block, delay = (ir.Constant(one, count) for count in (shape.block, 3 * shape.block))
    before, loop, after = b.block, b.append_basic_block("turn"), b.append_basic_block("done")
    # The last block ends where the elements do, and may have some of the one before it. In the first turns, blocks that
    # are none pass through the later stages, and are written where the first one will be.
    last = b.sub(stop, block)
    first, end = _smaller(b, start, last), b.add(stop, delay)
    b.branch(loop)
    b.position_at_end(loop)
    index = _carried(b, before, [first])[0]
    values = [
        _carried(b, before, [lanes.doubles(value) for value in stage] * _VECTORS)
        for stage in ((0.0, 1.0), (1.0, 2.0), (1.0,))
    ]
    kept = (NEAREST, OUTSIDE, LARGEST)
    marks = dict(zip(kept, _carried(b, before, [mark.first(lanes) for mark in kept]), strict=True))
    phis = [index, *marks.values(), *(value for stage in values for value in stage)]

    def note(mark: Mark, vector: Any) -> None:
        marks[mark] = mark.joined(lanes, marks[mark], vector)

    # The last stages first: each frees the registers that the one before it fills.
    reduced, fractions, results = values
    _store(lanes, results, target, _smaller(b, _larger(b, b.sub(index, delay), first), last))
    single.note_midpoints(lanes, results, note)
    quotients = shape.divided(lanes, fractions, note, careful)
    parts = single.fractions(lanes, reduced)
    arguments = single.reduced(lanes, _load(lanes, source, _smaller(b, index, last)), note, careful)

    following = b.add(index, block)
    for phi, value in zip(phis, [following, *marks.values(), *arguments, *parts, *quotients], strict=True):
        phi.add_incoming(value, loop)
    b.cbranch(b.icmp_signed("<", following, end), loop, after)
    b.position_at_end(after)
    return reduce(b.or_, [mark.tells(lanes, value) for mark, value in marks.items()])


def _carried(b: Any, before: Any, values: Sequence[Any]) -> list[Any]:
    """Return what a turn has from the one before it, and the first turn from the block before the loop."""
    phis = [b.phi(value.type) for value in values]
    for phi, value in zip(phis, values, strict=True):
        phi.add_incoming(value, before)
    return phis


def _load(lanes: Lanes, source: Any, index: Any) -> list[Any]:
    lanes.prefetch(lanes.b.gep(source, [index]), write=False)
    return [lanes.load(lanes.b.gep(source, [place]), single=True) for place in _places(lanes, index)]


def _store(lanes: Lanes, results: Stage, target: Any, index: Any) -> None:
    lanes.prefetch(lanes.b.gep(target, [index]), write=True)
    for result, place in zip(results, _places(lanes, index), strict=True):
        lanes.store(result, lanes.b.gep(target, [place]), single=True)


def _places(lanes: Lanes, index: Any) -> list[Any]:
    return [lanes.b.add(index, ir.Constant(index.type, vector * lanes.width)) for vector in range(_VECTORS)]


def _smaller(b: Any, one: Any, other: Any) -> Any:
    return b.select(b.icmp_signed("<", one, other), one, other)


def _larger(b: Any, one: Any, other: Any) -> Any:
    return b.select(b.icmp_signed(">", one, other), one, other)
