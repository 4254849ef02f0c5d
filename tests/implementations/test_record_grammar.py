"""The grammar of records in ``fixtures/README.md`` is that of what is read."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from sigmoid_parity import resources
from sigmoid_parity.implementations.record import RecordTarget
from tests.implementations.records import HEAD, X, callable_, digits, record

GRAMMAR_TERMS = re.compile(r'(\d*\*?\d*)("[^"]*"|%x[0-9A-F]+-[0-9A-F]+|[A-Za-z0-9]+|\(|\[)|(\)|\]|/)')


def as_regex(rules: dict[str, str], name: str) -> str:
    """Write a rule of RFC 5234 as a regular expression; no rule of ours contains itself."""
    own = {"LF": r"\n", "SP": " ", "DIGIT": "[0-9]", "HEXDIG": "[0-9A-Fa-f]"}
    if name in own:
        return own[name]
    parts = []
    for count, term, mark in GRAMMAR_TERMS.findall(rules[name]):
        if mark:
            parts.append({")": ")", "]": ")?", "/": "|"}[mark])
            continue
        least, star, most = count.partition("*")
        repeated = f"{{{least or 0},{most}}}" if star else f"{{{least}}}" if least else ""
        if term in "([":
            parts.append("(?:" + ("" if not repeated else "\0" + repeated))
        elif term.startswith('"'):
            parts.append(f"(?:{re.escape(term[1:-1])}){repeated}")
        elif term.startswith("%x"):
            low, high = (chr(int(code, 16)) for code in term[2:].split("-"))
            parts.append(f"[{re.escape(low)}-{re.escape(high)}]{repeated}")
        else:
            parts.append(f"(?:{as_regex(rules, term)}){repeated}")
    return f"(?:{_moved(parts)})"


def _moved(parts: list[str]) -> str:
    """Put the count of a group behind it."""
    counts: list[str] = []
    done = []
    for part in parts:
        if part.startswith("(?:") and part[3:4] in {"", "\0"}:
            counts.append(part[4:])
            done.append("(?:")
        else:
            done.append(part + counts.pop() if part in {")", ")?"} else part)
    return "".join(done)


def grammar() -> re.Pattern[str]:
    readme = (resources.fixtures_dir() / "README.md").read_text(encoding="utf-8")
    text = re.search(r"```abnf\n(.*?)```", readme, re.DOTALL)
    assert text is not None
    rules = dict(re.findall(r"^(\w+) += (.*)$", text[1], re.MULTILINE))
    return re.compile(as_regex(rules, "record"))


def test_the_grammar_is_what_is_read(path: Path) -> None:
    """A record with all there can be is of the grammar in fixtures/README.md; what is refused for its form is not."""
    words = [*digits(X[:4]), "skip", "throw"]
    sections = (
        callable_("F(double)", (X,), words, "owner: Acme.S", "member: F", "threw: E"),
        callable_("f", (X.astype(np.float32),) * 2, digits(X.astype(np.float32)), "arguments: 2", "format: binary32"),
        "refused: 3 methods\nreason: neither take nor give ｄouble\n",
    )
    text = record(path, *sections, head=HEAD).read_text(encoding="utf-8")
    pattern = grammar()
    assert pattern.fullmatch(text)
    with RecordTarget(path).open() as found:
        assert (len(found.candidates), len(found.refusals)) == (2, 1)
    for old, new in (
        ("record 1", "record 2"),
        ("3ff8", "3fg8"),
        ("throw", "thrown"),
        ("libm: musl", "no field"),
        ("results: ", "count: "),
        ("digest: ", "sha256: "),
        ("\n\n", "\n"),
    ):
        assert not pattern.fullmatch(text.replace(old, new, 1)), (old, new)
    assert not pattern.fullmatch(text[: len(text) // 2])
