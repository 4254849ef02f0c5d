"""The lesson as one page of HTML that needs nothing else: figures that move, formulas in MathML, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import extras
from sigmoid_parity.figures import drawing
from sigmoid_parity.lesson import words
from sigmoid_parity.lesson.checking import Check
from sigmoid_parity.lesson.derivations import Derivation
from sigmoid_parity.lesson.graphs import GRAPHS
from sigmoid_parity.lesson.page import assets
from sigmoid_parity.lesson.page.places import GRAPHS_AT
from sigmoid_parity.notation import mathml

_TAGS: Final = {"en": "en", "ja": "ja", "zh": "zh-Hans"}
_TEMPLATES: Final = Path(__file__).with_name("templates")


def compose(derivations: Sequence[Derivation], checks: Mapping[str, Sequence[Check]], language: str) -> str:
    """Compose the page from the template ``page.html.jinja``, which escapes whatever is put into it.

    :param derivations: which, in order.
    :param checks: of each derivation's steps, by its id, for a mark at each; or none.
    :param language: of `LANGUAGES`.
    :raises MissingError: Jinja is not installed.
    """
    jinja = _library()
    markup = jinja.utils.markupsafe.Markup
    environment = jinja.Environment(
        loader=jinja.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        language=language,
        say=lambda name, **values: words.say(name, language, **values),
        words=words,
        math=lambda node: markup(mathml(node)),
        graph=lambda name: markup(drawing.inline(GRAPHS[name](language))),
        graphs_at=lambda name: GRAPHS_AT.get(name, ()),
    )
    verdicts = {(name, check.step.number): check.verdict for name, found in checks.items() for check in found}
    return str(
        environment.get_template("page.html.jinja").render(
            derivations=derivations,
            verdicts=verdicts,
            tag=_TAGS[language],
            style=markup(assets.style()),
            script=markup(assets.script()),
            phrases=words.in_script(language),
        )
    )


def _library() -> Any:
    with extras.needed("jinja2", "pages", "derive"):
        import jinja2
    return jinja2
