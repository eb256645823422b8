"""Which rules made a suggestion. Apart from the rules, so that a window can ask without loading them."""

ENGINE = "rules-8"
"""The version of the rules: raised whenever the same text may give other suggestions."""
