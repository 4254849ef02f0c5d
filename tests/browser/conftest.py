"""Pages in Chromium, driven as a reader would; `make test-browser` installs what it needs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sigmoid_parity.cases.texts import LANGUAGES
from sigmoid_parity.lesson import page as pages
from tests.lesson.proofs import DERIVATIONS, checked

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The whole lesson in each language, as a file."""
    folder, derivations = tmp_path_factory.mktemp("pages"), list(DERIVATIONS.values())
    checks = {one.id: checked(one.id) for one in derivations}
    files = {language: folder / f"lesson.{language}.html" for language in LANGUAGES}
    for language, file in files.items():
        file.write_text(pages.compose(derivations, checks, language), encoding="utf-8")
    return files


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, headless."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "there is no Chromium; `make test-browser` installs it"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Open]:
    """Open a file, with settings of the browser; what it fetches or complains of fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_(file: Path, width: int = 1000, height: int = 900, **settings: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **settings))
        opened = contexts[-1].new_page()
        opened.on("console", lambda message: complaints.append(f"console: {message.text}"))
        opened.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        opened.on("request", lambda request: complaints.extend(_foreign(request.url)))
        opened.goto(file.as_uri())
        return opened

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def open_page(visit: Open, written: dict[str, Path]) -> Open:
    """Open the lesson in a language, and wait until it is drawn."""

    def open_(language: str = "en", width: int = 1000, **settings: Any) -> Any:
        opened = visit(written[language], width, **settings)
        if settings.get("java_script_enabled", True):
            opened.wait_for_selector("html.live #loop .point")
            opened.evaluate("document.fonts.ready")
        return opened

    return open_


def _foreign(url: str) -> list[str]:
    return [] if url.startswith(("file:", "data:")) else [url]
