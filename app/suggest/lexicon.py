"""The word lists of resources/lexicons, each read once when first needed."""

import json
import re
from functools import cache

from app.places import RESOURCES


@cache
def words(file: str, name: str) -> tuple[str, ...]:
    """One list of resources/lexicons/<file>.json, longest word first. KeyError if there is none."""
    return tuple(sorted(_file(file)[name], key=lambda word: (-len(word), word)))


@cache
def _file(file: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((RESOURCES / "lexicons" / f"{file}.json").read_text("utf-8"))
    return found


@cache
def alternatives(file: str, *names: str) -> str:
    """A group of a regular expression that matches any word of the lists, longest first."""
    every = {word for name in names for word in words(file, name)}
    return "(?:" + "|".join(re.escape(w) for w in sorted(every, key=lambda w: (-len(w), w))) + ")"
