"""Say what results are: how they differ from others by kind, and which convention they follow."""
