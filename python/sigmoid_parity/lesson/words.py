"""What the lesson says in three languages: the phrases of the folder ``phrases``, and how a step is said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from sigmoid_parity.cases import document
from sigmoid_parity.cases.texts import Texts
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.notation import prose

MARKS: Final[Mapping[str, str]] = {"proved": "✓", "wrong": "✗", "unproved": "?"}
"""The mark of a checked step, by the verdict on it."""

_SCRIPT: Final = Path(__file__).with_name("phrases") / "script.yaml"


@cache
def phrases() -> Mapping[str, Texts]:
    """Read the phrases, by their names, with what is filled in between braces."""
    files = sorted(Path(__file__).with_name("phrases").glob("*.yaml"))
    return {name: texts for file in files for name, texts in document.load(file).items()}


def in_script(language: str) -> Mapping[str, str]:
    """Return the phrases of the page's script, by their names; it fills in their values itself."""
    return {name: texts[language] for name, texts in document.load(_SCRIPT).items()}


def say(name: str, language: str, /, **values: object) -> str:
    """Say a phrase in a language, with its values filled in."""
    return phrases()[name][language].format(**values)


def steps(count: int, language: str) -> str:
    """Say how many steps there are: ``1 step``, ``2 steps``."""
    return say("step" if count == 1 else "steps", language, count=f"{count:,}")


def source(derivation: Derivation, language: str) -> str:
    """Say which documents a derivation is from: ``source: D0``."""
    return say("source", language, keys=", ".join(derivation.sources))


def rule(step: Step, language: str) -> str:
    """Name a step's rule, with the earlier derivation that it refers to, if any."""
    return step.rule[language] if step.of is None else f"{step.rule[language]} ({step.of.id})"


def reason(derivation: Derivation, step: Step, language: str, bold: str = "") -> str:
    """Say by which rule a step follows, and why; with the number of the document's line, as in ``[D3-6]``.

    :param bold: what to put around the rule's name.
    """
    number = f" [{line(derivation, step)}]" if step.line is not None else ""
    return say("reason", language, rule=f"{bold}{rule(step, language)}{bold}", why=step.why[language]) + number


def typeset(text: str) -> str:
    """Write a sentence as Markdown, with its formulas as LaTeX between dollar signs."""
    return "".join(f"${prose.latex(part)}$" if maths else part for maths, part in prose.parts(text))


def line(derivation: Derivation, step: Step) -> str:
    """Name the document's line that a step is, as in ``D3-6``."""
    return f"{derivation.sources[0]}-{step.line}"


def condition(step: Step, language: str) -> str:
    """Say what must hold for a step; empty where nothing must."""
    return say("condition", language, text=step.conditions[language]) if step.conditions is not None else ""
