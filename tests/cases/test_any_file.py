"""The loaders, given any text and any bytes: content, or a FixtureError; no other exception, ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sigmoid_parity.cases import document, functions, load_layer, load_limits, load_trainings
from sigmoid_parity.errors import FixtureError

ACCEPTED: Final = Path(__file__).parent.parent / "meta" / "accepted"
LOADERS: Final[dict[str, Callable[[Path], Any]]] = {
    "activation.yaml": functions.load,
    "layer.yaml": load_layer,
    "limits.yaml": load_limits,
    "network.yaml": load_trainings,
}
# What YAML gives a meaning to, right and wrong.
TOKENS: Final = (
    *("- ", ": ", "? ", "{", "}", "[", "]", ", ", "\n", "\n  ", "'", '"', "# ", "---\n", "...\n", "%YAML 1.1\n"),
    *(
        "&a ",
        "*a",
        "<<: *a",
        "<<: 3",
        "!!int x",
        "!!float x",
        "!!timestamp x",
        "!!binary x",
        "!!set {a, b}",
        "!!omap [a]",
    ),
    *(
        "!!python/object:os.system",
        "!x ",
        "2001-99-99",
        "1:99:99",
        "0b",
        "0x",
        "1e999",
        ".nan",
        "~",
        "null",
        "yes",
        "'\\0'",
    ),
    *('"\\ud800"', '"\\U00110000"', '"\\x0"', "|2\n", ">-\n", "\t", "\x00", "\x85", "\ufeff", "=", "9" * 5_000, "a"),
)
WORDS: Final = st.lists(st.sampled_from(TOKENS) | st.text(max_size=4), max_size=30).map("".join)
QUICK: Final = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(text=WORDS | st.text())
@example(text="a: 2001-99-99")
@example(text="[" * 100_000)
@example(text="a: " * 10_000)
@example(text="- " * 100_000)
@example(text="a: " + "[" * 900)
@example(text="a: !!int x")
@example(text="&a [*a]")
@example(text="? [a]\n: b")
def test_any_text(text: str) -> None:
    """It is a mapping, or a FixtureError that names the file."""
    try:
        assert isinstance(document.parse("a.yaml", text), dict)
    except FixtureError as error:
        assert str(error).startswith("a.yaml")  # noqa: PT017 - that it may be raised is the property


@QUICK
@given(content=st.binary() | WORDS.map(lambda text: text.encode("utf-16")))
def test_any_bytes(content: bytes, tmp_path: Path) -> None:
    """A file of any bytes: the same."""
    file = tmp_path / "a.yaml"
    file.write_bytes(content)
    try:
        assert isinstance(document.load(file), dict)
    except FixtureError as error:
        assert str(error).startswith("a.yaml")  # noqa: PT017


@pytest.mark.parametrize("name", LOADERS)
@QUICK
@given(data=st.data())
def test_any_change(name: str, data: st.DataObject, tmp_path: Path) -> None:
    """A well-formed file with a piece of it replaced by anything is read, or refused by a FixtureError."""
    text = (ACCEPTED / name).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 40))
    file = tmp_path / name
    file.write_text(text[:start] + data.draw(WORDS) + text[end:], encoding="utf-8")
    try:
        assert LOADERS[name](file) is not None
    except FixtureError as error:
        assert str(error).startswith(name)  # noqa: PT017
