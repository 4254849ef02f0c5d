"""``python -m sigmoid_parity`` is the command ``sigmoid-parity``."""

from sigmoid_parity.cli import main

main()
