"""Why there is nothing to try in an assembly, in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from sigmoid_parity.implementations.candidates import Refusal
from sigmoid_parity.implementations.dotnet.inventory import Inventory

_MOST: Final = 5
_NEAR: Final = 0.65  # As difflib measures it.


def reason(inventory: Inventory, class_name: str | None, member: str | None, refusals: Sequence[Refusal]) -> str:
    """Say what an assembly lacks, or why what it has cannot be tried.

    :param inventory: what was found.
    :param class_name: the class that is named, if one is.
    :param member: the method that is named, if one is.
    :param refusals: of what is named.
    """
    if class_name is not None and class_name not in inventory.classes:
        return _no_class(inventory, class_name)
    if refusals:
        return f"has nothing that can be tried: {_grouped(refusals)}"
    if member is not None:
        there = [method.member for method in inventory.methods] + [one.member for one in inventory.refused]
        return f"has no public method {member} with double or float{_near(member, there)}"
    if not inventory.classes:
        return f"has no public class{_some(' but these, which are not public', inventory.hidden)}"
    public = f"{inventory.others:,} public methods" if inventory.others else "public classes, without methods"
    return f"has nothing that can be tried: its {public} neither take nor give double or float"


def _no_class(inventory: Inventory, name: str) -> str:
    if name in inventory.hidden:
        return f"has {name}, but it is not public"
    return f"has no public class {name}{_near(name, inventory.classes)}"


def _near(name: str, known: Sequence[str]) -> str:
    last = name.rpartition(".")[2].lower()
    same = [one for one in known if one.rpartition(".")[2].lower() == last]
    near = list(dict.fromkeys([*same, *get_close_matches(name, known, 3, _NEAR)]))
    return f"; did you mean {' or '.join(near)}?" if near else _some("; there is", tuple(dict.fromkeys(known)))


def _some(start: str, names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return f"{start}: {', '.join(names[:_MOST])}{more}" if names else ""


def _grouped(refusals: Sequence[Refusal]) -> str:
    counts = Counter(refusal.reason for refusal in refusals).most_common()
    first = {refusal.reason: refusal for refusal in reversed(refusals)}
    told = [f"{_full(first[why])}: {why}{f' ({count - 1:,} more)' if count > 1 else ''}" for why, count in counts]
    return "; ".join(told[:_MOST]) + (f"; and {len(told) - _MOST} more reasons" if len(told) > _MOST else "")


def _full(refusal: Refusal) -> str:
    return ".".join(part for part in (refusal.owner, refusal.name) if part)
