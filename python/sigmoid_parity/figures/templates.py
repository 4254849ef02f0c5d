"""Pages from templates, which escape whatever is put into them; Jinja is imported where it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sigmoid_parity import extras

TAGS: Final = {"en": "en", "ja": "ja", "zh": "zh-Hans"}
"""The languages as HTML names them."""


def library(extra: str) -> Any:
    """Return Jinja.

    :param extra: the extra that has it.
    :raises MissingError: it is not installed.
    """
    with extras.needed("jinja2", "pages", extra):
        import jinja2
    return jinja2


def environment(folder: Path, extra: str) -> Any:
    """Return Jinja's environment for the templates of a folder: a value that is not given is an error.

    :param folder: where they are.
    :param extra: the extra that has Jinja.
    :raises MissingError: it is not installed.
    """
    jinja = library(extra)
    return jinja.Environment(
        loader=jinja.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja.StrictUndefined,
        keep_trailing_newline=True,
    )
