"""A report's board from the store, and what makes its suggestions out of date."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from sqlalchemy import Connection

from app.domain.board import Board
from app.domain.changes import Change
from app.domain.proposals import Office
from app.domain.report import Reading
from app.domain.reports import Layer, ReportCard
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.units import Unit
from app.workspace.experience import Known
from db import marks, office


def loaded(
    connection: Connection, layer: Layer, reading: Reading, suggestions: Suggestions, known: Known
) -> Board:
    """The board of a layer, with everything stored on it, its owners proposed by what is known from elsewhere."""
    here = Office(layer.id, date(reading.metadata.end_year, 12, 31), office.units(connection))
    shown = reading.shown

    def words(span: Span) -> str:
        place = shown.to_shown(span)
        return shown.text[place.start : place.end] if place else ""

    experience = partial(known.proposer, reading, layer.report_id)
    board = Board(here, suggestions, words, marks.issued_numbers(connection, layer.report_id), experience)
    board.load(
        marks.tasks(connection, layer.id),
        marks.tags(connection, layer.id),
        marks.dismissals(connection, layer.id),
        is_experienced=known.is_there(connection, layer.report_id),
    )
    return board


def outdated_suggestions(change: Change) -> Iterator[str | None]:
    """The reports whose suggestions a change makes out of date; None for all of them."""
    for edit in change.edits:
        before, after = edit.before, edit.after
        if isinstance(before or after, Unit):
            yield None
        elif (
            isinstance(before, ReportCard)
            and isinstance(after, ReportCard)
            and _basis(before) != _basis(after)
        ):
            yield edit.id


def _basis(card: ReportCard) -> tuple[object, ...]:
    """What of a report's card the rules read: 年底 is of this year, and a corrected word is read as corrected."""
    about = card.metadata
    return about.year, about.end_year, about.level, about.kind, card.corrections
