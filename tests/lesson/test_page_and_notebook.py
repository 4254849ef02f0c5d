"""The notebook and the page that teach the derivations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import nbclient
import nbformat
import pytest

from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.lesson import graphs, notebook, page, words
from sigmoid_parity.lesson.derivations import Step
from sigmoid_parity.lesson.page import setting
from tests.lesson.proofs import DERIVATIONS as KNOWN
from tests.lesson.proofs import checked

TOP = Path(__file__).parent.parent.parent
NOTEBOOKS = TOP / "python" / "notebooks"
KEPT = {language: NOTEBOOKS / f"derivations.{language}.ipynb" for language in LANGUAGES}
DERIVATIONS = list(KNOWN.values())


def sources(text: str, kind: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == kind]


def outputs(notebook: Any) -> tuple[str, list[Any]]:
    """What was printed, and what was drawn."""
    found = [output for cell in notebook["cells"] if cell["cell_type"] == "code" for output in cell["outputs"]]
    printed = "".join("".join(output["text"]) for output in found if output["output_type"] == "stream")
    return printed, [output for output in found if "image/svg+xml" in output.get("data", {})]


def check_outputs(notebook: Any, language: str) -> None:
    """All steps are proved, every witness refutes, and each graph is drawn, in the language."""
    printed, drawn = outputs(notebook)
    for one in DERIVATIONS:
        assert "".join(f"{step.number:>2} ✓ {step.rule[language]}\n" for step in one.steps) in printed
    assert printed.count(words.say("refuted", language)) == 24
    titles = [graph(language).title for graph in graphs.GRAPHS.values()]
    assert [title in "".join(one["data"]["image/svg+xml"]) for title, one in zip(titles, drawn, strict=True)] == [
        True
    ] * len(titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kept_notebook_is_what_is_composed_today(language: str) -> None:
    """But for its outputs, the kept file is what the command composes; all steps and graphs are in its outputs."""
    kept, composed = (
        json.loads(text) for text in (KEPT[language].read_text("utf-8"), notebook.compose(DERIVATIONS, language))
    )
    ids = [cell["id"] for cell in kept["cells"]]
    assert len(set(ids)) == len(ids)
    assert [(cell["id"], cell["source"]) for cell in kept["cells"]] == [
        (cell["id"], cell["source"]) for cell in composed["cells"]
    ], "write it anew: make derivations"
    check_outputs(kept, language)


# The kernel's own: it opens sockets and leaves loops behind when it ends.
@pytest.mark.filterwarnings("default")
@pytest.mark.processes
def test_the_kept_notebook_runs(tmp_path: Path) -> None:
    """Every cell runs in a kernel."""
    read = nbformat.read(KEPT["en"], 4)  # type: ignore[no-untyped-call]
    nbclient.NotebookClient(
        read, timeout=300, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
    check_outputs(read, "en")


def test_notebooks_in_other_languages_run_the_same_code() -> None:
    """Only words differ between languages: formulas are the same, and code but for comments and the language's name."""
    code, formulas = [], []
    for language in LANGUAGES:
        text = notebook.compose(DERIVATIONS, language)
        code.append([re.sub('#.*|LANGUAGE = ".."', "", source) for source in sources(text, "code")])
        formulas.append([source for source in sources(text, "markdown") if "\\begin{align}" in source])
    assert code[0] == code[1] == code[2]
    assert formulas[0] == formulas[1] == formulas[2]
    assert len(formulas[0]) == len(DERIVATIONS)


def told_of(step: Step, language: str) -> str:
    """What stands under a step: formulas in it without what only places their letters."""
    why = "".join(re.sub("<[^>]+>", "", setting.sentence(step.why[language])))
    conditions = setting.sentence(words.condition(step, language))
    return re.sub(r"\s|<[^>]+>", "", f"✓{step.rule[language]}{words.say('colon', language)}{why}{conditions}").replace(
        "&#x27;", "'"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_by_itself(language: str) -> None:
    """Well-formed, every step in it with its rule, its reason and its mark, and nothing that would be fetched."""
    checks = {one.id: checked(one.id) for one in DERIVATIONS[:2]}
    text = page.compose(DERIVATIONS[:2], checks, language)
    body = ET.fromstring(re.search(r"<main>.*</main>", text, re.DOTALL)[0])  # type: ignore[index]  # noqa: S314
    steps = [item for item in body.findall(".//ol[@class='steps']/li") if item.find("p") is not None]
    told = ["".join(item.find("p").itertext()) for item in steps]  # type: ignore[union-attr]
    expected = [told_of(step, language) for one in DERIVATIONS[:2] for step in one.steps]
    assert [re.sub(r"\s+D\d-\d+$|\s", "", one) for one in told] == expected
    assert all(item.find(".//math") is not None for item in steps)
    # What stands in it already: the font, and names that are no addresses.
    own = re.sub(r"url\((data:font/woff;base64,|#\$\{clip\})|http://www.w3.org/2000/svg", "", text)
    assert not re.search(r"https?:|src=|@import|<link|url\(|fetch\(|import\(", own)
    assert f'<html lang="{language}' in text


def test_marks_stand_for_checks() -> None:
    """A page that nothing was checked for has no marks, and does not say that anything was proved."""
    text = page.compose(DERIVATIONS[:1], {}, "en")
    assert "✓" not in text
    assert "proved by SymPy" not in text
