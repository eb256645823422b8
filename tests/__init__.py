"""Tests, by room; `tests.scoring` is shared by them."""
