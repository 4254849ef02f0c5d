"""The connection to a child process: whatever arrives is an answer, or one HostError; never another exception."""

from __future__ import annotations

import io
import json
import os
import queue
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import Pipe
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigmoid_parity.errors import HostError
from sigmoid_parity.implementations.hosting.process import Process
from sigmoid_parity.implementations.hosting.words import Words

NONCE: Final = "6e6f6e6365"
QUICK: Final = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
ANYTHING: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS: Final = st.fixed_dictionaries(
    {},
    optional={
        "nonce": st.just(NONCE) | ANYTHING,
        "number": st.just(1) | ANYTHING,
        "kind": ANYTHING,
        "problem": ANYTHING,
    },
)
MESSAGES: Final = st.binary() | ANYTHING.map(json.dumps).map(str.encode) | FIELDS.map(json.dumps).map(str.encode)


@pytest.fixture(scope="module")
def ended() -> Iterator[subprocess.Popen[bytes]]:
    """A process that has ended."""
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], start_new_session=True) as process:
        process.wait()
        yield process


def waiting(ended: subprocess.Popen[bytes]) -> Any:
    """Make a parent that has asked its first question, of a child that has ended."""
    parent: Any = object.__new__(Process)
    parent._name, parent._nonce, parent._number, parent._time_limit = "coreclr-0", NONCE, 1, 5.0
    parent._answers = queue.SimpleQueue()
    parent._process, parent._words = ended, Words(io.BytesIO(b"its last words\n"))
    parent._kill = lambda: None
    return parent


def genuine(message: bytes) -> bool:
    """Tell whether a message answers the question, without a problem."""
    with suppress(ValueError, RecursionError):
        found = json.loads(message)
        if isinstance(found, dict) and (found.get("nonce"), found.get("number")) == (NONCE, 1):
            return "problem" not in found
    return False


@QUICK
@given(message=MESSAGES)
def test_any_message(message: bytes, ended: subprocess.Popen[bytes]) -> None:
    """An answer is what carries nonce and number; all else, empty and deep and of another form, is a HostError."""
    parent = waiting(ended)
    parent._answers.put(message)
    if genuine(message):
        parent._answer(lambda: "Activation")
        return
    with pytest.raises(HostError) as caught:
        parent._answer(lambda: "Activation")
    assert str(caught.value).startswith("coreclr-0: ")


@pytest.mark.parametrize("message", [b"[" * 60_000, b'{"a":' * 10_000, b"9" * 60_000, b"\xff\xfe[", b"NaN"])
def test_messages_that_are_hard_to_read(message: bytes, ended: subprocess.Popen[bytes]) -> None:
    """Deep nesting, long numbers and other encodings are no answers."""
    parent = waiting(ended)
    parent._answers.put(message)
    with pytest.raises(HostError, match="answered what it was not asked"):
        parent._answer(lambda: "Activation")


def framed(message: bytes) -> bytes:
    """Frame a message as `multiprocessing.connection` does."""
    return struct.pack("!i", len(message)) + message


@QUICK
@given(content=st.binary() | st.lists(MESSAGES.map(framed) | st.binary(max_size=12)).map(b"".join))
def test_any_bytes(content: bytes, ended: subprocess.Popen[bytes]) -> None:
    """Bytes that a child writes past the framing, and then closes the connection: an answer, or a HostError."""
    parent = waiting(ended)
    parent._channel, theirs = Pipe()
    with parent._channel, theirs:
        os.write(theirs.fileno(), content)
        theirs.close()
        parent._receive()
        with suppress(HostError):
            parent._answer(lambda: "Activation")


@pytest.mark.parametrize("length", [1 << 30, -1, -2, -(1 << 31)])
def test_lengths_that_are_no_lengths(length: int, ended: subprocess.Popen[bytes]) -> None:
    """A message that claims to be longer than any answer, or shorter than nothing, is not waited for."""
    parent = waiting(ended)
    parent._channel, theirs = Pipe()
    with parent._channel, theirs:
        os.write(theirs.fileno(), struct.pack("!i", length) + struct.pack("!Q", 1 << 62))
        theirs.close()
        parent._receive()
        with pytest.raises(HostError):
            parent._answer(lambda: "Activation")
