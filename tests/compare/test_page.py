"""The page of a comparison needs nothing else, holds what the report holds, and is the same every time."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import Final

import pytest

from sigmoid_parity import floats
from sigmoid_parity.compare import differing, page
from sigmoid_parity.compare.comparison import Failure, Report
from sigmoid_parity.figures.page import Column, Page, Picture, Section, Table, compose
from tests.compare.candidates import FALSE
from tests.compare.test_differing import report

VOID: Final = {"meta", "br"}


class Reader(HTMLParser):
    """What stands in a page: its elements, which must be closed in order, their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)


@cache
def written(pair: str) -> str:
    """The page of a false candidate."""
    return page.compose(report(pair), {"cpu": "abacus 3000"}, "en")


@pytest.mark.parametrize("pair", FALSE)
def test_the_page_holds_the_report(pair: str) -> None:
    """Verdict, every kind with its count, the worst cases with all bits, a picture a function, on what it was."""
    read = Reader(written(pair))
    text = "\n".join(read.text)
    assert "DIFFER" in read.text
    assert read.names.count("svg") == 3
    assert "abacus 3000" in read.text
    for one in differing.elementary(differing.contrasts(report(pair))):
        for kind in one.found.kinds:
            assert one.fixture.cases[kind.worst].id in read.text
            assert f"{kind.count:,}" in read.text
            for side in one.values:
                value = float(side[kind.worst])
                assert f"{floats.decimal(value)}\n{floats.hexadecimal(value)}" in text


def test_the_page_needs_nothing_else() -> None:
    """No script, and nothing that refers to anything outside it; whatever is referred to within it is there, once."""
    text = written("float")
    read = Reader(text)
    assert not {"script", "link", "img", "iframe", "object", "image"} & set(read.names)
    assert not re.search(r"@import|url\((?!#)", text)
    referring = [value for name, value in read.attributes if name in {"href", "xlink:href", "src"}]
    assert all(value.startswith("#") for value in referring)
    ids = [value for name, value in read.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for value in referring} | set(re.findall(r"url\(#([^)]*)\)", text)) <= set(ids)


def test_the_same_report_is_the_same_page() -> None:
    """To the byte."""
    assert written("accurate") == written.__wrapped__("accurate")


def test_what_could_not_run_is_a_page_too() -> None:
    """Without any comparison: what failed, and the verdict; no picture and no table of comparisons."""
    failed = Report(failures=[Failure("runtime-1.0", ("activation",), "hang", "took longer than 1 s")])
    read = Reader(page.compose(failed, {}, "en"))
    assert {"COULD NOT RUN", "runtime-1.0", "took longer than 1 s", "hang"} <= set(read.text)
    assert "svg" not in read.names
    assert "Every comparison" not in read.text


def test_whatever_is_put_into_a_page_is_text() -> None:
    """A name may look like HTML: it is shown, not obeyed."""
    evil = "<script>alert(1)</script> & \" '"
    table = Table((Column(evil), Column(evil, "code")), [(evil, evil)])
    section = Section(evil, [evil], table, [Picture(b'<?xml?><svg id="a"></svg>', evil)])
    read = Reader(compose(Page("zh", evil, "agree", evil, evil, [section])))
    assert "script" not in read.names
    assert read.text.count(evil) >= 7
    assert ("lang", "zh-Hans") in read.attributes
    assert ("id", "picture-1-a") in read.attributes


def test_a_picture_that_is_not_svg_is_an_error() -> None:
    """A page holds no other kind."""
    with pytest.raises(ValueError, match="must be SVG"):
        compose(Page("en", "t", "agree", "a", "s", [Section("t", pictures=[Picture(b"\x89PN", "words")])]))
