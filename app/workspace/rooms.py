"""The reader and the suggester, imported only when a report is read: the first screen needs neither."""

from pathlib import Path
from typing import Any

from app.domain.report import Metadata, Note, Reading, Section, Source
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Role, TagKind, Value
from app.domain.units import Unit


def read_file(path: Path, year: int | None = None) -> Reading:
    """A report's file read; `year` overrides that of its text. UserError for what is no report."""
    from app import reading

    return reading.read_file(path, year)


def read_bytes(data: bytes, name: str, year: int | None = None) -> Reading:
    """A report's bytes read, as `read_file` does."""
    from app import reading

    return reading.read_bytes(data, name, year)


def read_again(
    source: Source, metadata: Metadata, sections: tuple[Section, ...], notes: tuple[Note, ...]
) -> Reading:
    """The reading of a stored report: its shown text is derived anew, its outline is as it was stored."""
    from app import reading

    return Reading(source, metadata, reading.show(source.text), sections, notes)


def suggestion_engine() -> str:
    """The version of the rules."""
    from app.suggest.version import ENGINE

    return ENGINE


def suggest(reading: Reading, units: tuple[Unit, ...]) -> Suggestions:
    """What is proposed for a report with this unit directory."""
    from app.suggest import engine

    return engine.suggest(reading, units)


def as_gold(reading: Reading, suggestions: Suggestions) -> dict[str, Any]:
    """Suggestions in the keys of the gold."""
    from app.suggest import gold_json

    return gold_json.as_gold(reading, suggestions)


def read_value(reading: Reading, kind: TagKind, span: Span, role: Role, units: tuple[Unit, ...]) -> Value:
    """What the words of a source span say as a tag of that kind."""
    from app.suggest import by_hand

    return by_hand.read_value(reading, kind, span, role, units)


def word_span(text: str, span: Span) -> Span:
    """A span of a text snapped to word ends; the dictionary is loaded at the first call."""
    from app.suggest import words

    return words.word_span(text, span)


def warm_up() -> None:
    """Load the dictionary that selections snap by: half a second, better spent beside the window."""
    from app.suggest import words

    words.warm_up()
