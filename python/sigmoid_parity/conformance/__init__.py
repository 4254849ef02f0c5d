"""Does anybody's class, function or program have the bits of the C# pair, and if not, what is it?"""
