"""The lesson as a Jupyter notebook: LaTeX cells, cells that check the steps, run the witnesses and draw the graphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sigmoid_parity import extras
from sigmoid_parity.lesson import notebook_errata, words
from sigmoid_parity.lesson.derivations import Derivation, Step
from sigmoid_parity.lesson.graphs import GRAPHS
from sigmoid_parity.lesson.words import say, typeset
from sigmoid_parity.notation import latex

_SETUP: Final = """\
# pip install 'sigmoid-parity[derive,plot]'
from IPython.display import SVG

from sigmoid_parity import lesson
from sigmoid_parity.lesson import graphs
from sigmoid_parity.lesson.words import MARKS

LANGUAGE = "{language}"
known = {{one.id: one for one in lesson.load_derivations()}}


def check(name):
    for one in lesson.check(known[name]):
        assert one.verdict == "proved", one.problem
        print(f"{{one.step.number:>2}} {{MARKS[one.verdict]}} {{one.step.rule[LANGUAGE]}}")"""
_METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def compose(derivations: Sequence[Derivation], language: str, folder: Path | None = None) -> str:
    """Compose the notebook's file, without outputs; the same text every time.

    :param derivations: which, in order.
    :param language: of `LANGUAGES`; code is the same in each, but for the language's name.
    :param folder: the fixtures, with the errata; the package's own by default.
    :raises FixtureError: of the errata in that folder.
    :raises MissingError: nbformat is not installed.
    """
    nbformat = _library()
    parts = [*_cells(derivations, language), *notebook_errata.cells(language, folder)]
    notebook = nbformat.v4.new_notebook(
        cells=[_cell(nbformat, number, *one) for number, one in enumerate(parts)], metadata=_METADATA
    )
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n"


def _library() -> Any:
    with extras.needed("nbformat", "notebooks", "derive"):
        import nbformat
    return nbformat


def _cells(derivations: Sequence[Derivation], language: str) -> Iterator[tuple[str, str]]:
    yield "markdown", f"# {say('title', language)}\n\n{say('introduction', language)}"
    yield "code", _SETUP.format(language=language)
    for derivation in derivations:
        yield "markdown", _heading(derivation, language)
        yield "markdown", _align(derivation)
        yield "markdown", "\n".join(_reason(derivation, step, language) for step in derivation.steps)
        yield "code", f"# {say('check', language)}\ncheck({derivation.id!r})"
    yield "markdown", f"## {say('pictures', language)}"
    for name in GRAPHS:
        yield "code", f"SVG(graphs.svg({name!r}, LANGUAGE))"


def _heading(derivation: Derivation, language: str) -> str:
    title, summary = typeset(derivation.title[language]), typeset(derivation.summary[language])
    holds = f" {typeset(derivation.holds[language])}" if derivation.holds else ""
    return f"## {title}\n\n{summary}{holds} ({words.source(derivation, language)})"


def _align(derivation: Derivation) -> str:
    lines = [rf"{latex(derivation.left)} &= {latex(derivation.steps[0].formula)} \tag{{1}}"]
    lines += [rf"&= {latex(step.formula)} \tag{{{step.number}}}" for step in derivation.steps[1:]]
    where = [
        f"{latex(definition.call)} = {latex(definition.formula)}"
        for definition in derivation.scope.definitions.values()
    ]
    given = "\\begin{gather*}\n" + " \\\\\n".join(where) + "\n\\end{gather*}\n\n" if where else ""
    return given + "\\begin{align}\n" + " \\\\\n".join(lines) + "\n\\end{align}"


def _reason(derivation: Derivation, step: Step, language: str) -> str:
    stated = f"  \n   {typeset(words.condition(step, language))}" if step.conditions is not None else ""
    return f"{step.number}. {typeset(words.reason(derivation, step, language, bold='**'))}{stated}"


def _cell(nbformat: Any, number: int, kind: str, source: str) -> Any:
    make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
    name = hashlib.sha256(f"{number}\0{source}".encode()).hexdigest()[:12]
    return make(source, id=name)
