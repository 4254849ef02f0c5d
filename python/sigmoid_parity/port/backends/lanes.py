"""LLVM IR for eight lanes at a time, or four: what `vector` is compiled from.

Of a loop with a table look-up LLVM makes scalar code. Of code that is written for a vector of eight doubles it makes
what the machine has: one AVX-512 register, two of AVX2, four of NEON.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, Final

from llvmlite import ir

WIDTH: Final = 8
"""Doubles in a vector."""

AHEAD: Final = 2048
"""Bytes from what is read or written to what is fetched meanwhile: processors' own look-ahead ends with each page."""

_WORD: Final = ir.IntType(64)
_INDEX: Final = ir.IntType(32)
_BYTES: Final = ir.VectorType(ir.IntType(8), WIDTH)
_PAIR: Final = ir.VectorType(ir.DoubleType(), 2)


def _encoding(value: float) -> int:
    (word,) = struct.unpack("<Q", struct.pack("<d", value))
    return int(word)


class Lanes:
    """Emits instructions on vectors of eight, or of another width; the methods mirror LLVM's."""

    def __init__(self, builder: Any, width: int = WIDTH) -> None:
        """Emit where the builder stands.

        :param width: doubles in a vector; `look_up` takes eight.
        """
        self.b, self.width = builder, width
        kinds = ir.DoubleType(), ir.FloatType(), _WORD
        self._doubles, self._floats, self._words = (ir.VectorType(kind, width) for kind in kinds)
        self._halves = ir.VectorType(_INDEX, 2 * width)

    def doubles(self, value: float) -> Any:
        """Return a double in every lane."""
        return ir.Constant(self._doubles, [value] * self.width)

    def words(self, value: int) -> Any:
        """Return a 64-bit integer in every lane."""
        return ir.Constant(self._words, [value] * self.width)

    def halves(self, value: int) -> Any:
        """Return a 32-bit integer in each half of every lane."""
        return ir.Constant(self._halves, [value] * (2 * self.width))

    def fma(self, a: Any, b: Any, c: Any) -> Any:
        """Emit a * b + c, rounded once."""
        return self._of_three("llvm.fma", a, b, c)

    def fusible(self, a: Any, b: Any, c: Any) -> Any:
        """Emit a * b + c, rounded once where the processor does that in one instruction, and twice elsewhere."""
        return self._of_three("llvm.fmuladd", a, b, c)

    def _of_three(self, name: str, a: Any, b: Any, c: Any) -> Any:
        kind, name = ir.FunctionType(self._doubles, [self._doubles] * 3), f"{name}.v{self.width}f64"
        return self.b.call(self.b.module.globals.get(name) or ir.Function(self.b.module, kind, name), [a, b, c])

    def clamp(self, a: Any, low: float, high: float) -> Any:
        """Emit a held between two bounds; NaN stays NaN."""
        least, most = (self.same(a, bound) for bound in (low, high))
        a = self.b.select(self.b.fcmp_ordered("<", a, least), least, a)
        return self.b.select(self.b.fcmp_ordered(">", a, most), most, a)

    def limited(self, a: Any, high: float) -> Any:
        """Emit a held below a bound, which replaces NaN too."""
        most = self.same(a, high)
        return self.b.select(self.b.fcmp_ordered("<", a, most), a, most)

    def same(self, a: Any, value: float) -> Any:
        """Return a constant in every lane of a vector like another."""
        return ir.Constant(a.type, [value] * a.type.count)

    def low_words(self, a: Any, b: Any) -> Any:
        """Emit the low halves of the words of two vectors, 32 bits each, as one vector, in some order."""
        # In this order it is one instruction of the cheaper kind, which moves nothing out of groups of 128 bits.
        order = [
            first + lane
            for group in range(0, 2 * self.width, 4)
            for first in (0, 2 * self.width)
            for lane in (group, group + 2)
        ]
        return self._shuffle(self.b.bitcast(a, self._halves), self.b.bitcast(b, self._halves), order)

    def position(self, a: Any, near: float, far: float) -> tuple[Any, int]:
        """Emit where a lies from near to far, doubles of one sign: a word, and the bound it is below if between them.

        One subtraction and one unsigned comparison do what two comparisons of doubles would.
        """
        first, last = _encoding(near), _encoding(far)
        return self.b.sub(self.as_words(a), self.words(first)), last - first

    def smaller(self, a: Any, b: Any) -> Any:
        """Emit the smaller of two integers in each lane, unsigned."""
        return self.b.select(self.b.icmp_unsigned("<", a, b), a, b)

    def larger(self, a: Any, b: Any) -> Any:
        """Emit the larger of two doubles in each lane; b where a is NaN."""
        return self.b.select(self.b.fcmp_ordered(">", a, b), a, b)

    def differences(self, mark: Any, a: Any, value: float) -> Any:
        """Emit words with all bits set that are set already, or in which a double differs from a value."""
        return self.b.or_(mark, self.b.xor(self.as_words(a), self.words(_encoding(value))))

    def any_below(self, a: Any, bound: int) -> Any:
        """Emit whether any lane's integer is below a bound, unsigned."""
        return self.any_of(self.b.icmp_unsigned("<", a, self.same(a, bound)))

    def any_from(self, a: Any, bound: int) -> Any:
        """Emit whether any lane's integer is a bound or above, unsigned."""
        return self.any_of(self.b.icmp_unsigned(">=", a, self.same(a, bound)))

    def any_of(self, lanes: Any) -> Any:
        """Emit whether a condition holds in any lane."""
        mask = ir.IntType(lanes.type.count)
        return self.b.icmp_unsigned("!=", self.b.bitcast(lanes, mask), ir.Constant(mask, 0))

    def absolute(self, a: Any) -> Any:
        """Emit the absolute value."""
        return self.as_doubles(self.b.and_(self.as_words(a), self.words((1 << 63) - 1)))

    def as_words(self, a: Any) -> Any:
        """Emit doubles as their encodings."""
        return self.b.bitcast(a, self._words)

    def as_doubles(self, a: Any) -> Any:
        """Emit encodings as doubles."""
        return self.b.bitcast(a, self._doubles)

    def load(self, pointer: Any, single: bool) -> Any:
        """Emit a load of as many doubles or floats."""
        loaded = self.b.load(self.b.bitcast(pointer, (self._floats if single else self._doubles).as_pointer()))
        loaded.align = 4 if single else 8
        return loaded

    def prefetch(self, pointer: Any, write: bool) -> None:
        """Emit a hint that what is `AHEAD` of a pointer will be read, or written; it may be no memory."""
        place, index = ir.IntType(8).as_pointer(), _INDEX
        ahead = self.b.gep(self.b.bitcast(pointer, place), [ir.Constant(_WORD, AHEAD)])
        kind, name = ir.FunctionType(ir.VoidType(), [place, index, index, index]), "llvm.prefetch.p0i8"
        function = self.b.module.globals.get(name) or ir.Function(self.b.module, kind, name)
        self.b.call(function, [ahead, *(ir.Constant(index, value) for value in (int(write), 3, 1))])

    def widen(self, a: Any) -> Any:
        """Emit floats as doubles; doubles stay as they are."""
        return self.b.fpext(a, self._doubles) if a.type == self._floats else a

    def store(self, values: Any, pointer: Any, single: bool) -> None:
        """Emit a store of doubles, or of doubles each rounded to a float."""
        memory = self.b.bitcast(pointer, (self._floats if single else self._doubles).as_pointer())
        stored = self.b.store(self.b.fptrunc(values, self._floats) if single else values, memory)
        stored.align = 4 if single else 8

    def look_up(self, table: Any, offsets: Any) -> tuple[Any, Any]:
        """Emit the loads of a pair of doubles for each lane; returns the first ones and the second ones.

        :param table: pointer to pairs of doubles.
        :param offsets: where each lane's pair starts, in doubles; below 256.
        """
        # The offsets travel as bytes of one general register: taking lanes out of a vector one by one would keep the
        # shuffle units busy, which the pairs need.
        packed = self.b.bitcast(self.b.trunc(offsets, _BYTES), _WORD)
        pairs = [self._pair(table, self._byte(packed, lane)) for lane in range(WIDTH)]
        even, odd = self._join(pairs[0::2]), self._join(pairs[1::2])
        firsts = [0, 8, 2, 10, 4, 12, 6, 14]
        return self._shuffle(even, odd, firsts), self._shuffle(even, odd, [lane + 1 for lane in firsts])

    def _byte(self, packed: Any, lane: int) -> Any:
        return self.b.and_(self.b.lshr(packed, ir.Constant(_WORD, 8 * lane)), ir.Constant(_WORD, 255))

    def _pair(self, table: Any, offset: Any) -> Any:
        pair = self.b.load(self.b.bitcast(self.b.gep(table, [offset]), _PAIR.as_pointer()))
        pair.align = 8
        return pair

    def _join(self, parts: Sequence[Any]) -> Any:
        while len(parts) > 1:
            parts = [self._concatenate(*two) for two in zip(parts[0::2], parts[1::2], strict=True)]
        return parts[0]

    def _concatenate(self, a: Any, b: Any) -> Any:
        return self._shuffle(a, b, list(range(2 * a.type.count)))

    def _shuffle(self, a: Any, b: Any, lanes: list[int]) -> Any:
        return self.b.shuffle_vector(a, b, ir.Constant(ir.VectorType(_INDEX, len(lanes)), lanes))
