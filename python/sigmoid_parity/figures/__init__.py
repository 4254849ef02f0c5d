"""The figures. They compute nothing but what they draw; matplotlib (extra ``plot``) is imported where it is used."""
