"""Does the processor, as it is set now, compute as the portable functions need?"""

from __future__ import annotations

import struct

from sigmoid_parity.errors import UsageError

# By their encodings: however the processor is set, these are what they are to be. And no literals, which Python would
# add when it compiles.
_ONE, _TIE, _ABOVE_TIE, _NEXT, _TINY = struct.unpack(
    "<5d", struct.pack("<5Q", 0x3FF0 << 48, 0x3CA0 << 48, (0x3CA0 << 48) + (1 << 35), (0x3FF0 << 48) + 1, 1)
)
"""1, 2^-53, 2^-53 + 2^-70, 1 + 2^-52 and 2^-1074."""


def check() -> None:
    """Refuse a rounding that is not once and to nearest, and arithmetic without subnormal numbers.

    The settings are those of this thread, now.

    :raises UsageError: with the reason, and what restores the setting.
    """
    if _ONE + _TIE != _ONE or _ONE + _ABOVE_TIE != _NEXT:
        raise UsageError(
            "the portable functions need sums that are rounded once, to nearest, and here 1 + 2^-53 "
            "or 1 + (2^-53 + 2^-70) is not; restore the rounding (in C: fesetround(FE_TONEAREST)), and use no x87 "
            "arithmetic"
        )
    if _TINY + _TINY == 0.0:
        raise UsageError(
            "the portable functions need subnormal numbers, and here 2^-1074 + 2^-1074 is 0: the processor is set to "
            "flush them to zero; turn that off (torch.set_flush_denormal(False)), or find the library that was linked "
            "with -ffast-math"
        )
