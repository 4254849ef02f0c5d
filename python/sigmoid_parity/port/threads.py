"""Share a large array among threads: a setting of the process, as numexpr and torch have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from numpy.typing import NDArray

SHARED_FROM: Final = 1 << 20
"""Elements of an array that is worth sharing. Starting two threads took as long as half as many on a busy machine."""

_EVERY: Final = 8  # Shares begin at a multiple of this, as vectors do.
_setting = {"threads": 1}


def set_threads(count: int) -> int:
    """Set how many threads share a large array, and return the former setting.

    It holds for the whole process and is 1 at the start. Contiguous float64 and float32 arrays of at least 1,048,576
    elements are shared; all others take one thread. The results have the same bits. Without llvmlite nothing gets
    faster: Python's own loop runs on one thread at a time.

    :param count: at least 1.
    :returns: the former count, with which to restore it.
    :raises TypeError: ``count`` is no int.
    :raises ValueError: ``count`` is below 1.
    """
    if not isinstance(count, int) or isinstance(count, bool):
        raise TypeError(f"set_threads: takes an int, not {type(count).__name__}")
    if count < 1:
        raise ValueError(f"set_threads: takes an int of at least 1, not {count}")
    former, _setting["threads"] = _setting["threads"], count
    return former


def share(kernel: Callable[[Any, Any], None], source: NDArray[Any], target: NDArray[Any]) -> None:
    """Call a kernel on an array, or on parts of it by as many threads as are set.

    :param source: of shape (n,), contiguous.
    :param target: of the same dtype and shape, without a byte of ``source``, or ``source`` itself.
    """
    threads = _setting["threads"]
    if threads == 1 or source.size < SHARED_FROM:
        kernel(source, target)
        return
    # Imported late: it takes more time than all else that `import sigmoid_parity` adds to `import numpy`.
    from concurrent.futures import ThreadPoolExecutor

    length = -(-source.size // threads // _EVERY) * _EVERY
    parts = [slice(start, start + length) for start in range(0, source.size, length)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda part: kernel(source[part], target[part]), parts))
