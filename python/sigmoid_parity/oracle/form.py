"""How a file of cases is written: its head by PyYAML, a case or a row of a matrix on a line of its own."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import yaml

from sigmoid_parity import floats
from sigmoid_parity.oracle import mpfr

_PLAIN: Final = re.compile(r"(?!(?:yes|no|on|off|true|false|null)$)[a-z][a-z0-9]+(?:-[a-z0-9]+)*")


class Quoted(str):
    """A number, written in quotes, so that no YAML parser takes it for one."""

    __slots__ = ()


def document(banner: str, content: Mapping[str, Any], key: str, items: Iterable[str], **generator: Any) -> str:
    """Write a file: its own head, how its expected values are computed, and its cases.

    :param banner: the comment that it starts with.
    :param content: the file as it is.
    :param key: what its cases stand under, last in the file.
    :param items: the cases, written.
    :param generator: what the generator needs besides the command and the oracle.
    """
    how = {
        "command": "sigmoid-parity fixtures write",
        "oracle": "MPFR, through gmpy2",
        "precisions_bits": list(mpfr.PRECISIONS),
    }
    head = {name: value for name, value in content.items() if name != key} | {"generator": how | generator}
    written = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=118)
    return f"{banner}{written}{key}:\n{''.join(items)}"


def line(case: Mapping[str, Any]) -> str:
    """Write a case on one line."""
    return f"  - {_flow(case)}\n"


def item(value: Any, indent: str = "") -> str:
    """Write an item of a list: a mapping over several lines, a row of numbers on one."""
    written = f"{indent}  {_flow(value)}\n" if _is_flat(value) else _block(value, indent + "  ")
    return f"{indent}- {written[len(indent) + 2 :]}"


def pair(field: str, values: Any) -> dict[str, Any]:
    """Give a double, or a matrix of them, as decimal and as bits."""
    return {field: quoted(floats.decimal, values), f"{field}_bits": quoted(floats.hexadecimal, values)}


def quoted(write: Callable[[Any], str], values: Any) -> Any:
    """Write a number, or each of a matrix, to stand in quotes."""
    return [quoted(write, one) for one in values] if isinstance(values, Iterable) else Quoted(write(values))


def _block(fields: Mapping[str, Any], indent: str) -> str:
    text = ""
    for key, value in fields.items():
        if _is_flat(value):
            text += f"{indent}{key}: {_flow(value)}\n"
        elif isinstance(value, Mapping):
            text += f"{indent}{key}:\n{_block(value, indent + '  ')}"
        else:
            text += f"{indent}{key}:\n{''.join(item(one, indent) for one in value)}"
    return text


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, Quoted):
        return f'"{value}"'
    if not isinstance(value, str) or _PLAIN.fullmatch(value):
        return str(value)
    return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=math.inf).strip()


def _is_flat(value: Any) -> bool:
    return not isinstance(value, Mapping | list) or (
        isinstance(value, list) and not any(isinstance(one, Mapping | list) for one in value)
    )
