"""The lesson as one page of HTML that needs nothing else: figures that move, formulas in MathML, no network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sigmoid_parity.figures import drawing, templates
from sigmoid_parity.lesson import changes, words
from sigmoid_parity.lesson.checking import Check
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.lesson.errata import load_documents, load_errata
from sigmoid_parity.lesson.graphs import GRAPHS
from sigmoid_parity.lesson.page import assets, network, setting
from sigmoid_parity.lesson.page.places import GRAPHS_AT
from sigmoid_parity.lesson.rulebook import Rule, load_rulebook

_TEMPLATES: Final = Path(__file__).with_name("templates")


def compose(
    derivations: Sequence[Derivation],
    checks: Mapping[str, Sequence[Check]],
    language: str,
    folder: Path | None = None,
) -> str:
    """Compose the page from the template ``page.html.jinja``, which escapes whatever is put into it.

    :param derivations: which, in order.
    :param checks: of each derivation's steps, by its id, for a mark at each; or none.
    :param language: of `LANGUAGES`.
    :param folder: the fixtures, with the rules and the errata; the package's own by default.
    :raises FixtureError: of the fixtures in that folder.
    :raises MissingError: Jinja is not installed.
    """
    environment = _environment(language)
    documents = load_documents(folder)
    return str(
        environment.get_template("page.html.jinja").render(
            derivations=derivations,
            rules=_used(derivations, load_rulebook(folder).rules.values()),
            network=network.draw(words.say("training-text", language)) if len(derivations) > 1 else None,
            documents=documents,
            titles={document.key: document.title for document in documents},
            languages={document.key: document.language for document in documents},
            errata=load_errata(folder, documents),
            shown={one.id for one in derivations},
            whole=len(derivations) > 1,
            heading=words.say("title", language) if len(derivations) > 1 else derivations[0].title[language],
            verdicts={(name, one.step.number): one.verdict for name, found in checks.items() for one in found},
            tag=templates.TAGS[language],
            style=assets.style(),
            script=assets.script(),
            phrases=words.in_script(language),
        )
    )


def _environment(language: str) -> Any:
    """Return Jinja's environment with what the templates call."""
    environment = templates.environment(_TEMPLATES, "derive")
    markup = templates.library("derive").utils.markupsafe.Markup
    environment.globals.update(
        language=language,
        words=words,
        say=lambda name, **values: words.say(name, language, **values),
        formula=lambda *arguments: markup(setting.formula(*arguments)),
        equation=lambda left, right: markup(setting.equation(left, right)),
        goal=lambda left, right: markup(setting.goal(left, right)),
        sentence=lambda text: markup(setting.sentence(text)),
        graph=lambda name: markup(drawing.inline(GRAPHS[name](language))),
        graphs_at=lambda name: GRAPHS_AT.get(name, ()),
        changed=_changed,
        code=lambda path: path.read_text(encoding="utf-8").rstrip(),
        shortened=_shortened,
    )
    return environment


def _used(derivations: Sequence[Derivation], rules: Iterable[Rule]) -> Sequence[Rule]:
    used = {step.rule_id for one in derivations for step in one.steps}
    return [rule for rule in rules if rule.id in used]


def _shortened(digits: str) -> str:
    """Write a value of the errata with ten digits, and a minus sign."""
    return f"{float(digits):.10g}".replace("-", "\u2212")


def _changed(derivation: Derivation, step: Step) -> Collection[int]:
    before = derivation.left if step.number == 1 else derivation.steps[step.number - 2].formula
    return changes.changed(before, step.formula)
