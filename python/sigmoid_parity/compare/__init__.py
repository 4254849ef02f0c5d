"""What was found, for people and for machines. Nothing is computed here."""
