"""The oracle: which inputs there are, and the expected values that MPFR gives them.

``sigmoid-parity fixtures write`` writes them into the fixture files, ``fixtures check`` finds any drift.
"""
