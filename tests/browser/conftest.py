"""The page of the lesson in Chromium, driven as a reader would; `make test-browser` installs what it needs."""

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
    """The whole page in each language, as a file."""
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
def open_page(browser: Any, written: dict[str, Path]) -> Iterator[Open]:
    """Open the page in a language, with settings of the browser; what it fetches or complains of fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_(language: str = "en", width: int = 1000, height: int = 900, **settings: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        opened = context.new_page()
        opened.on("console", lambda message: complaints.append(f"console: {message.text}"))
        opened.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        opened.on("request", lambda request: complaints.extend(_foreign(request.url)))
        opened.goto(written[language].as_uri())
        if settings.get("java_script_enabled", True):
            opened.wait_for_selector("html.live #loop .point")
            opened.evaluate("document.fonts.ready")
        return opened

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def _foreign(url: str) -> list[str]:
    return [] if url.startswith(("file:", "data:")) else [url]
