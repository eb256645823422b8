"""Duty words: which words of a sentence speak for which functional code, and how strongly."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypedDict

from app.domain.units import Unit
from app.places import RESOURCES

LEXICON = RESOURCES / "lexicons" / "duties.json"

STRENGTH = {"strong": 3.0, "plain": 1.6, "weak": 0.6}
"""A strong word is named in hardly another body's charter, a plain one usually means this body, a weak one hints."""

NAME_STRENGTH = 4.0
"""A unit called by its own name speaks louder than a duty word of the same length."""


class Lexicon(TypedDict):
    """The file. `neutral` words speak for nobody and hide what they contain (高质量 hides 质量).

    `duties`: code -> strength -> words. The order of the codes breaks ties; a word may stand under several.
    """

    neutral: list[str]
    duties: dict[str, dict[str, list[str]]]


Speaks = tuple[tuple[int, float], ...]
"""The codes a word speaks for, as places in the list of codes, each with its weight."""


@cache
def lexicon() -> Lexicon:
    """The lexicon as it comes with the program; not to be changed."""
    content: Lexicon = json.loads(LEXICON.read_text(encoding="utf-8"))
    return content


def codes_of(units: Iterable[Unit]) -> tuple[str, ...]:
    """The lexicon's codes in order, then those that only the directory knows."""
    return tuple(dict.fromkeys((*lexicon()["duties"], *(u.code for u in units if u.code))))


def weighted(codes: tuple[str, ...], units: Iterable[Unit]) -> dict[str, Speaks]:
    """Every word with the codes it speaks for; where one is listed twice for a code, the stronger counts."""
    place = {code: i for i, code in enumerate(codes)}
    table: dict[str, dict[int, float]] = {plain(word): {} for word in lexicon()["neutral"]}
    for listed, code, strength in (*_of_lexicon(), *_of_directory(units)):
        word = plain(listed)
        # a single character is part of too many other words
        if len(word) > 1:
            speaks = table.setdefault(word, {})
            speaks[place[code]] = max(strength * specificity(word), speaks.get(place[code], 0.0))
    return {word: tuple(speaks.items()) for word, speaks in table.items()}


Listed = Iterator[tuple[str, str, float]]
"""Words with the code they speak for and their strength."""


def _of_lexicon() -> Listed:
    for code, groups in lexicon()["duties"].items():
        for strength, words in groups.items():
            for word in words:
                yield word, code, STRENGTH[strength]


def _of_directory(units: Iterable[Unit]) -> Listed:
    for unit in units:
        if unit.code:
            for name in (unit.name, unit.short_name, *unit.aliases):
                yield name, unit.code, NAME_STRENGTH
            for word in unit.duties:
                yield word, unit.code, STRENGTH["strong"]


def specificity(word: str) -> float:
    """A longer word is the more specific one: 1 for two characters, 2 for seven and more."""
    return min(2.0, 0.6 + 0.2 * len(word))


def plain(text: str) -> str:
    """The text without quotation marks and spaces: “一网通办”, "一网通办" and 一网通办 are one word."""
    for mark in "“”\"‘’' \u3000":
        text = text.replace(mark, "")
    return text
