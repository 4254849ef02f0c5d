"""JUnit's XML, as CI servers read it: suites of test cases, each passed, failed or not run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a test case did not pass.

    :ivar kind: in a word.
    :ivar message: in a line.
    :ivar text: whatever else helps; may be empty.
    """

    kind: str
    message: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TestCase:
    """A test case.

    :ivar group: what it is about.
    :ivar name: its name within the group.
    :ivar failure: why it failed, or None.
    :ivar error: why it could not be run, or None.
    """

    __test__ = False  # pytest collects classes of this name.

    group: str
    name: str
    failure: Trouble | None = None
    error: Trouble | None = None


def compose(suite: str, properties: Mapping[str, str], cases: Sequence[TestCase]) -> str:
    """Compose a file with one suite.

    :param suite: its name.
    :param properties: on what it was run.
    :param cases: its test cases.
    """
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.failure is not None for case in cases)),
        "errors": str(sum(case.error is not None for case in cases)),
    }
    top = ET.Element("testsuites", counts)
    element = ET.SubElement(top, "testsuite", {"name": suite, **counts})
    listed = ET.SubElement(element, "properties")
    for name, value in properties.items():
        ET.SubElement(listed, "property", {"name": name, "value": value})
    for case in cases:
        _add(element, case)
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def _add(suite: ET.Element, case: TestCase) -> None:
    element = ET.SubElement(suite, "testcase", {"classname": case.group, "name": case.name})
    for tag, trouble in (("failure", case.failure), ("error", case.error)):
        if trouble is not None:
            found = ET.SubElement(element, tag, {"type": trouble.kind, "message": trouble.message})
            found.text = trouble.text or None
