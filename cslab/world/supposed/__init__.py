"""Worlds one can only wish for: the same customers and the same luck, with one thing otherwise."""
