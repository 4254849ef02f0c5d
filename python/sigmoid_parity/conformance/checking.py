"""Run a check: every target through the suite, into one report; and `check`, the same for a function in Python."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Final

from sigmoid_parity import diagnosis
from sigmoid_parity.cases import load_all
from sigmoid_parity.conformance import targets, terminal
from sigmoid_parity.conformance.judging import Suite, judge
from sigmoid_parity.conformance.originals import Originals
from sigmoid_parity.conformance.points import SAMPLES, SEED
from sigmoid_parity.conformance.report import Report, Verdict
from sigmoid_parity.conformance.targets import Options
from sigmoid_parity.implementations.candidates import Target
from sigmoid_parity.implementations.module import FunctionTarget
from sigmoid_parity.progress import Progress, silent

_LOG: Final = logging.getLogger("sigmoid_parity")


def run(
    chosen: Sequence[tuple[Target, bool]],
    against: str | None,
    options: Options,
    functions: Sequence[str] = (),
    samples: int = SAMPLES,
    seed: int = SEED,
    every: bool = False,
    progress: Progress = silent,
) -> Report:
    """Judge targets.

    :param chosen: the targets, each with whether its callables were named.
    :param against: what they are held to; see `targets.originals`.
    :param options: how things are run.
    :param functions: which must be there; see `Report.asked`.
    :param samples: how many points besides the cases.
    :param seed: what they are drawn with.
    :param every: describe what is neither a sigmoid nor a derivative of one too.
    :param progress: called with what is about to be done.
    :raises HostError: what they are held to cannot be loaded.
    :raises MissingError: there is no .NET runtime, or no assembly.
    """
    progress("reading the fixtures")
    held, asked = Originals(), tuple(functions)

    def suite() -> Suite:
        return Suite(list(load_all()), diagnosis.load(), held, asked, samples, seed, every)

    with ThreadPoolExecutor(1) as reader, ExitStack() as stack:
        read = reader.submit(suite).result  # While the processes start.
        held.add(targets.originals(against, options, read, stack))
        held.check(asked)
        places = [judge(target, read, named, progress) for target, named in chosen]
        return Report(asked, places, held.names, held.are_pair, held.failures)


class Checked:
    """What `check` found: whether the functions agree, and the screen that says how.

    :ivar report: all that was found.
    """

    def __init__(self, report: Report) -> None:
        """Keep a report."""
        self.report = report

    @property
    def agrees(self) -> bool:
        """Whether every function asked for has the bits of C#."""
        return self.verdict == "agree"

    @property
    def verdict(self) -> Verdict:
        """``agree``, ``differ``, or ``error`` where something could not be run."""
        return self.report.verdict

    def __str__(self) -> str:
        return terminal.text(self.report)

    __repr__ = __str__


def check(
    function: Callable[..., Any] | str,
    derivative: Callable[..., Any] | str | None = None,
    *,
    against: str | None = None,
    functions: Sequence[str] = (),
    samples: int = SAMPLES,
    seed: int = SEED,
    runtimes: Sequence[str] = (),
    dtype: str | None = None,
) -> Checked:
    """Hold a function to the C# pair, bit for bit, and say what it computes.

    >>> from sigmoid_parity import activation, check, d_activation
    >>> check(activation, d_activation).agrees
    True

    A function object is called in this process; a name such as ``"scipy.special:expit"`` in one of its own, with a time
    limit. Where they do not agree, the screen is logged as a warning, which pytest shows with the test that fails.

    :param function: of one float, of a NumPy array, or of both, each of which is judged; or its name.
    :param derivative: likewise; what it takes, x or y, its values say.
    :param against: hold it to this instead of the C# class on each runtime: a runtime's name, ``"port"``, or a target.
    :param functions: which must be there: names such as ``"d_activation"``. By default ``activation``, and
        ``d_activation`` where something takes the place of a derivative.
    :param samples: how many points besides the fixtures' cases; formats of 16 and 8 bits are tried whole.
    :param seed: what they are drawn with.
    :param runtimes: the names of the .NET runtimes; every one that is found where there is none.
    :param dtype: call it with this format alone: ``"float64"``, ``"float32"``, ``"float16"``, ``"bfloat16"``,
        ``"float8_e4m3fn"`` or ``"float8_e5m2"``; C#'s result is rounded to it once.
    :raises HostError: what it is held to cannot be loaded.
    :raises MissingError: there is no .NET runtime, or no assembly; ``against="port"`` needs none. Or ml_dtypes is not
        installed, which has bfloat16 and the formats of 8 bits.
    :raises UsageError: a name has no form that is known.
    """
    options = Options(tuple(runtimes), dtype=targets.known_format(dtype))
    chosen = [found for one in (function, derivative) if one is not None for found in _targets(one, options)]
    checked = Checked(run(chosen, against, options, functions, samples, seed))
    if not checked.agrees:
        _LOG.warning("%s", checked)
    return checked


def _targets(one: Callable[..., Any] | str, options: Options) -> list[tuple[Target, bool]]:
    return targets.read(one, options) if isinstance(one, str) else [(FunctionTarget(one, dtype=options.dtype), True)]
