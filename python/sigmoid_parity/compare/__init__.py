"""Compare implementations on the fixtures: exercises, the comparison, and its reports."""
