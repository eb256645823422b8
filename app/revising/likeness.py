"""How much of one text stands in another: whether a new file may be the next version of a report that is here."""

ALIKE = 0.35
"""From this share on two texts may be versions of one: reports of other years and offices share a twentieth."""
_LENGTH = 12
"""Characters of a passage: long enough to be no phrase that every report has."""


def passages(text: str) -> frozenset[str]:
    """Every passage of a text, white space left out; that a sentence moved does not matter."""
    plain = "".join(text.split())
    return frozenset(plain[at : at + _LENGTH] for at in range(len(plain) - _LENGTH + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share (0 to 1) of the shorter text's passages that the other has; 0 where a text has none."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0
