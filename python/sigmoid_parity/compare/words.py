"""What the page of a comparison says, in three languages: the phrases of ``words.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sigmoid_parity.cases.texts import Phrases
from sigmoid_parity.compare.differing import Contrast

_PHRASES: Final = Phrases(Path(__file__).with_name("words.yaml"))

say = _PHRASES.say
speaker = _PHRASES.speaker


def called(contrast: Contrast, language: str) -> tuple[str, str]:
    """Call the two groups C# and the port where all of these are meant, else by the implementations' names."""
    left, right = (", ".join(names) for names in contrast.names)
    return "C#" if contrast.whole[0] else left, say("port", language) if contrast.whole[1] else right
