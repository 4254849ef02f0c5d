"""LLVM IR for eight lanes at a time: what `vector` is compiled from.

Numba turns a loop with a table look-up into scalar code. Written for a vector of eight doubles instead, LLVM makes of
it what the machine has: one AVX-512 register, two of AVX2, four of NEON.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, Final

from llvmlite import ir

WIDTH: Final = 8
"""Doubles in a vector."""

DOUBLES: Final = ir.VectorType(ir.DoubleType(), WIDTH)
FLOATS: Final = ir.VectorType(ir.FloatType(), WIDTH)
WORDS: Final = ir.VectorType(ir.IntType(64), WIDTH)

_WORD: Final = ir.IntType(64)
_INDEX: Final = ir.IntType(32)
_BYTES: Final = ir.VectorType(ir.IntType(8), WIDTH)
_PAIR: Final = ir.VectorType(ir.DoubleType(), 2)


class Lanes:
    """Emits instructions on vectors of eight; the methods mirror LLVM's."""

    def __init__(self, builder: Any) -> None:
        """Emit where the builder stands."""
        self.b = builder

    def doubles(self, value: float) -> Any:
        """Return a double in every lane."""
        return ir.Constant(DOUBLES, [value] * WIDTH)

    def words(self, value: int) -> Any:
        """Return a 64-bit integer in every lane."""
        return ir.Constant(WORDS, [value] * WIDTH)

    def fma(self, a: Any, b: Any, c: Any) -> Any:
        """Emit a * b + c, rounded once."""
        kind = ir.FunctionType(DOUBLES, [DOUBLES] * 3)
        name = f"llvm.fma.v{WIDTH}f64"
        return self.b.call(self.b.module.globals.get(name) or ir.Function(self.b.module, kind, name), [a, b, c])

    def polynomial(self, x: Any, coefficients: Sequence[float]) -> Any:
        """Emit a polynomial as two of half the degree in x^2, even and odd; the constant coefficient comes first.

        One chain by Horner's rule would be two operations shorter, but each would wait for the one before.
        """
        square = self.b.fmul(x, x)
        return self.fma(self._horner(square, coefficients[1::2]), x, self._horner(square, coefficients[0::2]))

    def clamp(self, a: Any, low: float, high: float) -> Any:
        """Emit a held between two bounds; NaN stays NaN."""
        least, most = (ir.Constant(a.type, [bound] * WIDTH) for bound in (low, high))
        a = self.b.select(self.b.fcmp_ordered("<", a, least), least, a)
        return self.b.select(self.b.fcmp_ordered(">", a, most), most, a)

    def position(self, a: Any, near: float, far: float) -> tuple[Any, int]:
        """Emit where a lies from near to far, doubles of one sign: a word, and the bound it is below if between them.

        One subtraction and one unsigned comparison do what two comparisons of doubles would.
        """
        (first,), (last,) = (struct.unpack("<Q", struct.pack("<d", value)) for value in (near, far))
        return self.b.sub(self.as_words(a), self.words(first)), last - first

    def smaller(self, a: Any, b: Any) -> Any:
        """Emit the smaller of two words in each lane, unsigned."""
        return self.b.select(self.b.icmp_unsigned("<", a, b), a, b)

    def any_below(self, a: Any, bound: int) -> Any:
        """Emit whether any lane's word is below a bound, unsigned."""
        return self.any_of(self.b.icmp_unsigned("<", a, self.words(bound)))

    def any_of(self, lanes: Any) -> Any:
        """Emit whether a condition holds in any lane."""
        mask = ir.IntType(WIDTH)
        return self.b.icmp_unsigned("!=", self.b.bitcast(lanes, mask), ir.Constant(mask, 0))

    def absolute(self, a: Any) -> Any:
        """Emit the absolute value."""
        return self.as_doubles(self.b.and_(self.as_words(a), self.words((1 << 63) - 1)))

    def as_words(self, a: Any) -> Any:
        """Emit doubles as their encodings."""
        return self.b.bitcast(a, WORDS)

    def as_doubles(self, a: Any) -> Any:
        """Emit encodings as doubles."""
        return self.b.bitcast(a, DOUBLES)

    def load(self, pointer: Any, single: bool) -> Any:
        """Emit a load of eight doubles or eight floats."""
        loaded = self.b.load(self.b.bitcast(pointer, (FLOATS if single else DOUBLES).as_pointer()))
        loaded.align = 4 if single else 8
        return loaded

    def widen(self, a: Any) -> Any:
        """Emit floats as doubles; doubles stay as they are."""
        return self.b.fpext(a, DOUBLES) if a.type == FLOATS else a

    def store(self, values: Any, pointer: Any, single: bool) -> None:
        """Emit a store of eight doubles, or of doubles each rounded to a float."""
        memory = self.b.bitcast(pointer, (FLOATS if single else DOUBLES).as_pointer())
        stored = self.b.store(self.b.fptrunc(values, FLOATS) if single else values, memory)
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

    def _horner(self, x: Any, coefficients: Sequence[float]) -> Any:
        total = self.doubles(coefficients[-1])
        for coefficient in coefficients[-2::-1]:
            total = self.fma(total, x, self.doubles(coefficient))
        return total

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
