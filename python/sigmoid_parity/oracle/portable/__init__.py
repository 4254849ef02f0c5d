"""The oracle of the portable pair: its constants, and what each step of its exp gives, both by MPFR."""
