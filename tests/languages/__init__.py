"""The programs in other languages, run and told in one table."""
