"""Figures, by matplotlib (the extra ``plot``), which is imported where it is used. Nothing is computed here."""
