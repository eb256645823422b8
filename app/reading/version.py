"""Which rules tidied a text. Apart from the rules, so that a kept shown text is taken up without loading them."""

READER = "reader-3"
"""The version of the rules: raised whenever the same source text may be shown, or divided into sections, differently."""
