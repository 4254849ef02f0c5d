"""Derivations as one page of HTML that needs nothing else: formulas in MathML, its own style, no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from sigmoid_parity.lesson import Check
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.lesson.terminal import MARKS, condition, line, rule
from sigmoid_parity.lesson.words import WORDS
from sigmoid_parity.notation import mathml

_TAGS: Final = {"en": "en", "ja": "ja", "zh": "zh-Hans"}
_STYLE: Final = """\
:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 0 1rem 3rem; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; }
:lang(ja) { word-break: auto-phrase; }
h2 { font-size: 1.2rem; line-height: 1.35; margin: 3rem 0 .5rem; padding-top: .75rem; border-top: 1px solid #8886; }
nav li { margin: .25rem 0; }
.source, .id { font-size: .85rem; opacity: .75; }
.formula { overflow-x: auto; overflow-y: hidden; padding: .35rem 0; }
math { font: 1.15rem "STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Sans", math, serif; }
math[display=block] { margin: 0; text-align: left; width: max-content; }
.statement { padding-left: .75rem; border-left: 3px solid #0072b2; }
.where { margin: .5rem 0 0; font-size: .85rem; opacity: .75; }
.where ~ .where { display: none; }
.steps { padding-left: 0; list-style: none; }
.steps li { margin: 0 0 .9rem; display: grid; grid-template-columns: 1.9rem minmax(0, 1fr); align-items: baseline; }
.number { font-size: .85rem; opacity: .75; font-variant-numeric: tabular-nums; }
.steps p { grid-column: 2; margin: 0; font-size: .92rem; }
.rule { font-weight: 600; }
.proved { color: #1a7f37; }
.wrong, .unproved { color: #d1242f; }
@media (max-width: 30rem) { math { font-size: .95rem; } }
@media (prefers-color-scheme: dark) { .proved { color: #4ac26b; } .wrong, .unproved { color: #ff8182; } }
"""


def compose(derivations: Sequence[Derivation], checks: Mapping[str, Sequence[Check]], language: str) -> str:
    """Compose the page.

    :param derivations: which, in order.
    :param checks: of each derivation's steps, by its id, for a mark at each; or none.
    :param language: of `LANGUAGES`.
    """
    heading = escape(WORDS["title"][language])
    title = heading if len(derivations) > 1 else escape(derivations[0].title[language])
    return "".join(
        [
            f'<!DOCTYPE html>\n<html lang="{_TAGS[language]}">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n",
            f"<h1>{heading}</h1>\n",
            f"<p>{escape(WORDS['introduction'][language])}</p>\n" if checks else "",
            _contents(derivations, language) if len(derivations) > 1 else "",
            *(_section(one, checks.get(one.id, ()), language) for one in derivations),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _contents(derivations: Sequence[Derivation], language: str) -> str:
    items = "".join(f'<li><a href="#{one.id}">{escape(one.title[language])}</a></li>\n' for one in derivations)
    return f'<nav aria-label="{WORDS["contents"][language]}">\n<ol>\n{items}</ol>\n</nav>\n'


def _section(derivation: Derivation, checks: Sequence[Check], language: str) -> str:
    source = WORDS["source"][language] + WORDS["colon"][language] + ", ".join(derivation.sources)
    verdicts = {check.step.number: check.verdict for check in checks}
    steps = "".join(_step(derivation, step, verdicts.get(step.number), language) for step in derivation.steps)
    return "".join(
        [
            f'<section id="{derivation.id}">\n<h2>{escape(derivation.title[language])}</h2>\n',
            f'<p class="source">{source} · <code>{derivation.id}</code></p>\n',
            f"<p>{escape(derivation.summary[language])}</p>\n",
            f'<div class="statement">\n{_formula(mathml(derivation.left))}\n',
            f"{_formula(f'<mo>=</mo>{mathml(derivation.right)}')}\n",
            *_definitions(derivation, language),
            f'</div>\n<ol class="steps">\n<li><span class="number"></span>{_formula(mathml(derivation.left))}</li>\n',
            f"{steps}</ol>\n</section>\n",
        ]
    )


def _definitions(derivation: Derivation, language: str) -> Iterator[str]:
    for definition in derivation.scope.definitions.values():
        equation = f"{mathml(definition.call)}<mo>=</mo>{mathml(definition.formula)}"
        yield f'<p class="where">{escape(WORDS["where"][language])}</p>\n{_formula(equation)}\n'


def _step(derivation: Derivation, step: Step, verdict: str | None, language: str) -> str:
    mark = ""
    if verdict is not None:
        mark = f'<span class="{verdict}" title="{escape(WORDS[verdict][language])}">{MARKS[verdict]}</span> '
    reason = f'<span class="rule">{escape(rule(step, language))}</span> — {escape(step.why[language])}'
    if step.line is not None:
        reason += f' <span class="number">{line(derivation, step)}</span>'
    if step.conditions is not None:
        reason += f"<br>{escape(condition(step.conditions, language))}"
    number = f'<span class="number">{step.number}</span>'
    formula = _formula(f"<mo>=</mo>{mathml(step.formula)}")
    return f"<li>{number}{formula}<p>{mark}{reason}</p></li>\n"


def _formula(content: str) -> str:
    # Scrolls sideways by itself where the screen is too narrow: the page never does.
    # zxx: a formula is in no language, and takes no other letters in a Japanese or Chinese page.
    return f'<div class="formula" tabindex="0"><math display="block" lang="zxx"><mrow>{content}</mrow></math></div>'
