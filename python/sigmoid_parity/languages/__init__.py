"""The sigmoid in other languages: every program of the fixtures, built, run and held to C#; and one table of them."""
