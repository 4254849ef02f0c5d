"""The machine: what it has, what it lacks, and what to type to get it."""
