"""The reader and the suggester, imported only when a report is read: the first screen needs neither."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.experience import Precedent, Proposer
from app.domain.report import Reading, ShownText
from app.domain.spans import Span
from app.domain.suggestions import Commitment, Suggestions
from app.domain.tasks import Role, TagKind, Value
from app.domain.units import Unit

if TYPE_CHECKING:
    from app.domain.slips import Slip
    from app.suggest.experience import Past


def read_file(path: Path, year: int | None = None, tell: Callable[[float], None] | None = None) -> Reading:
    """A report's file read; `year` overrides that of its text. UserError for what is no report.

    `tell` is told the share that is read, and may raise CancelledError.
    """
    from app import reading

    return reading.read_file(path, year, tell)


def read_bytes(
    data: bytes, name: str, year: int | None = None, tell: Callable[[float], None] | None = None
) -> Reading:
    """A report's bytes read, as `read_file` does."""
    from app import reading

    return reading.read_bytes(data, name, year, tell)


def reader() -> str:
    """The version of the rules that tidy a text."""
    from app.reading.version import READER

    return READER


def show(text: str) -> ShownText:
    """The shown text of a stored report's source text, derived anew."""
    from app import reading

    return reading.show(text)


def slips(text: str) -> "tuple[Slip, ...]":
    """Likely slips of a source text."""
    from app.reading.slips import slips_of

    return slips_of(text)


def suggestion_engine() -> str:
    """The version of the rules."""
    from app.suggest.version import ENGINE

    return ENGINE


def suggest(reading: Reading, units: tuple[Unit, ...]) -> Suggestions:
    """What is proposed for a report with this unit directory."""
    from app.suggest import engine

    return engine.suggest(reading, units)


def past(units: tuple[Unit, ...], precedents: Iterable[Precedent]) -> "Past":
    """Earlier years' decisions, indexed."""
    from app.suggest.engine import owner_model
    from app.suggest.experience import Past

    return Past(units, owner_model(units), precedents)


def experienced(known: "Past", reading: Reading, commitments: Sequence[Commitment]) -> Proposer:
    """The proposer of a report's commitments by what is known from before."""
    from app.suggest.experience import Experienced
    from app.suggest.partition import Partition

    partition = Partition(reading.sections)

    def section_at(offset: int) -> int:
        section = partition.at(offset)
        return section.index if section else -1

    return Experienced(known, commitments, section_at, reading.metadata.year)


def with_experience(suggestions: Suggestions, proposer: Proposer) -> Suggestions:
    """The suggestions with the owners of their commitments as experience proposes them."""
    commitments = (
        commitment if commitment.is_lead_in else proposer.proposed(i)
        for i, commitment in enumerate(suggestions.commitments)
    )
    return suggestions._replace(commitments=tuple(commitments))


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
