"""The flips of one sign that leave a step proved, each with the reason: equal, and still an instance of the rule."""

from __future__ import annotations

EQUAL = {
    "the sign of zero, or of what is multiplied by zero": {
        ("port-output-rounded-to-one", 2, "(-(1 - 1) · 1 - (1 - y(x)) · y(x))/((1 - y(x)) · y(x))"),
        ("port-output-rounded-to-one", 3, "(-0 - (1 - y(x)) · y(x))/((1 - y(x)) · y(x))"),
    },
}
