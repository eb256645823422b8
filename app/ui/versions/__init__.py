"""A report and its next version: which it replaces, both side by side, what is left to look at, slips of the text."""
