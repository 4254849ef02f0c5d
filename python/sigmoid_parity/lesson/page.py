"""Derivations as one page of HTML that needs nothing else: formulas in MathML, its own style, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import extras
from sigmoid_parity.lesson import words
from sigmoid_parity.lesson.checking import Check
from sigmoid_parity.lesson.derivations import Derivation
from sigmoid_parity.notation import Node, mathml

_TAGS: Final = {"en": "en", "ja": "ja", "zh": "zh-Hans"}
_TEMPLATE: Final = Path(__file__).with_name("page.html.jinja")


def compose(derivations: Sequence[Derivation], checks: Mapping[str, Sequence[Check]], language: str) -> str:
    """Compose the page from the template ``page.html.jinja``, which escapes whatever is put into it.

    :param derivations: which, in order.
    :param checks: of each derivation's steps, by its id, for a mark at each; or none.
    :param language: of `LANGUAGES`.
    :raises MissingError: Jinja is not installed.
    """
    jinja = _library()

    def math(node: Node) -> Any:
        return jinja.utils.markupsafe.Markup(mathml(node))

    environment = jinja.Environment(
        autoescape=True, trim_blocks=True, undefined=jinja.StrictUndefined, keep_trailing_newline=True
    )
    verdicts = {(name, check.step.number): check.verdict for name, found in checks.items() for check in found}
    return str(
        environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
            derivations=derivations,
            verdicts=verdicts,
            language=language,
            tag=_TAGS[language],
            say=lambda name: words.say(name, language),
            words=words,
            math=math,
        )
    )


def _library() -> Any:
    with extras.needed("jinja2", "pages", "derive"):
        import jinja2
    return jinja2
