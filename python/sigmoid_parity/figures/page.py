"""A report as one page of HTML that needs nothing else: verdict, tables, pictures; no script, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final, Literal

from sigmoid_parity.figures import templates

_TEMPLATE: Final = "page.html.jinja"
# What names something within a picture, and what refers to it.
_NAMES: Final = re.compile(r'( id="|href="#|url\(#)')
_SVG: Final = re.compile(rb"<svg .*</svg>", re.DOTALL)
_EXTRA: Final = "plot"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    :ivar title: what stands above it.
    :ivar kind: ``"text"``, ``"number"`` (set to the right), or ``"code"`` (names and bits, in letters of one width).
    """

    title: str
    kind: Literal["text", "number", "code"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    :ivar columns: at least one.
    :ivar rows: each with a text for every column.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture within the page.

    :ivar svg: the content of an SVG file.
    :ivar words: what it shows, for who cannot see it.
    """

    svg: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page, in the order: words, table, pictures.

    :ivar title: its heading.
    :ivar words: paragraphs.
    :ivar table: what it tabulates, or None.
    :ivar pictures: what it shows, side by side where there is room.
    """

    title: str
    words: Sequence[str] = field(default=())
    table: Table | None = None
    pictures: Sequence[Picture] = field(default=())


@dataclass(frozen=True, slots=True)
class Page:
    """A report.

    :ivar language: of its words: ``"en"``, ``"ja"`` or ``"zh"``.
    :ivar title: its heading.
    :ivar state: the verdict: ``"agree"``, ``"differ"`` or ``"error"``.
    :ivar verdict: the same in a word or two of the language.
    :ivar summary: what was found, in a sentence.
    :ivar sections: the rest, in order.
    """

    language: str
    title: str
    state: Literal["agree", "differ", "error"]
    verdict: str
    summary: str
    sections: Sequence[Section]


def check() -> None:
    """Make sure, before long work, that pages can be composed.

    :raises MissingError: Jinja is not installed.
    """
    templates.library(_EXTRA)


def compose(page: Page) -> str:
    """Compose the page from the template ``page.html.jinja``, which escapes whatever is put into it.

    :raises MissingError: Jinja is not installed.
    """
    markup = templates.library(_EXTRA).utils.markupsafe.Markup
    environment = templates.environment(Path(__file__).parent, _EXTRA)
    numbers = count(1)
    environment.filters["inline"] = lambda svg: markup(_inline(svg, f"picture-{next(numbers)}-"))
    return str(environment.get_template(_TEMPLATE).render(page=page, tag=templates.TAGS[page.language]))


def _inline(svg: bytes, prefix: str) -> str:
    """Return the element of an SVG file, what stands before it being for files alone; its names get a prefix."""
    found = _SVG.search(svg)
    if found is None:
        raise ValueError("a picture of a page must be SVG")
    return _NAMES.sub(rf"\g<1>{prefix}", found[0].decode())
