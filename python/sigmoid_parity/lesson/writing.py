r"""Write ``latex`` anew from ``expression`` in the files of derivations, errata and rules.

Nothing else in a file changes: comments, order and layout are its author's. Where ``latex`` is missing, it is put
behind ``expression``, on a line of its own or within the same braces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from sigmoid_parity import notation
from sigmoid_parity.cases import document
from sigmoid_parity.errors import FixtureError


@dataclass(frozen=True)
class _Formula:
    """A mapping with an ``expression``, and the names that its formula may use."""

    mapping: yaml.MappingNode
    variables: frozenset[str]
    functions: frozenset[str]


def compose(path: Path) -> str:
    """Compose a file with every ``latex`` written from the ``expression`` beside it.

    :param path: a derivation, or the errata; ``latex`` may be missing.
    :raises FixtureError: it is not YAML, or an expression does not parse; names the line.
    """
    return _composed(path.name, document.read(path))


def _composed(file: str, text: str) -> str:
    document.parse(file, text)  # Says what is wrong where it is no YAML.
    top = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    # From the end to the start, so that what is put in moves nothing that is still to be changed.
    for start, end, written in sorted((_change(file, one) for one in _formulas(top)), reverse=True):
        text = text[:start] + written + text[end:]
    return text


def write(folder: Path) -> list[str]:
    """Write ``latex`` anew in every derivation, the errata and the rules, each file whole or not at all.

    :param folder: the fixtures.
    :returns: the names of the files that changed.
    :raises FixtureError: as `compose` does.
    """
    paths = [*sorted(folder.glob("derivations/*.yaml")), *folder.glob("errata.yaml"), *folder.glob("rules.yaml")]
    texts = {path: document.read(path) for path in paths}
    composed = {path: _composed(path.name, text) for path, text in texts.items()}
    changed = [path for path in paths if composed[path] != texts[path]]
    for path in changed:
        document.write(path, composed[path])
    return [path.name for path in changed]


def _change(file: str, formula: _Formula) -> tuple[int, int, str]:
    """Find where a formula's LaTeX stands or belongs, and what to write there."""
    fields = _fields(formula.mapping)
    expression = fields["expression"]
    try:
        node = notation.parse(str(expression.value), formula.variables, formula.functions)
    except ValueError as error:
        raise FixtureError(file, f"line {expression.start_mark.line + 1}: {error}", field="expression") from None
    written = "'{}'".format(notation.latex(node).replace("'", "''"))
    if "latex" in fields:
        return fields["latex"].start_mark.index, fields["latex"].end_mark.index, written
    end, column = expression.end_mark.index, formula.mapping.start_mark.column
    return end, end, f", latex: {written}" if formula.mapping.flow_style else f"\n{' ' * column}latex: {written}"


def _formulas(
    node: yaml.Node | None, variables: frozenset[str] = frozenset(), functions: frozenset[str] = frozenset()
) -> Iterator[_Formula]:
    """Yield the formulas in a file, each with the names that are declared around it."""
    fields = _fields(node)
    if isinstance(node, yaml.MappingNode) and "expression" in fields:
        argument = {str(fields["argument"].value)} if "argument" in fields else set()
        yield _Formula(node, variables | argument, functions)
        return
    variables |= _fields(fields.get("variables")).keys()
    defined = (_fields(one).get("name") for one in _items(fields.get("definitions")))
    functions |= {str(one.value) for one in (*_items(fields.get("unknowns")), *defined) if one is not None}
    for inner in (*fields.values(), *_items(node)):
        yield from _formulas(inner, variables, functions)


def _fields(node: yaml.Node | None) -> Mapping[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []
