"""Which schema a file has."""

SCHEMA = 6
"""The number of the newest migration; a file carries the number of its own."""
