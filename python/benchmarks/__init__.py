"""The port beside its peers: how fast each is, and how far from the C# class."""
