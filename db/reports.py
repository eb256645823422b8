"""Reports in the store: their cards, texts, outlines, layers and cached suggestions."""

import json
import zlib
from datetime import UTC, datetime
from operator import attrgetter

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select

from app.domain.report import Note, Reading, Section, SectionKind
from app.domain.reports import Layer, LayerState, ReportCard
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from db import codec, tables
from db.mapping import REPORTS, card_of

_report, _section, _note = tables.report, tables.section, tables.note
_cache, _layer = tables.suggestion_cache, tables.layer
_its_id: BindParameter[str] = bindparam("report_id")


def cards(connection: Connection) -> tuple[ReportCard, ...]:
    """Every report, removed ones as well, by number."""
    return tuple(card_of(row) for row in connection.execute(REPORTS.every.order_by(_report.c.number)))


def next_number(connection: Connection) -> int:
    """The number of the next report; a number is never used again, since removed reports keep theirs."""
    last: int | None = connection.execute(select(func.max(_report.c.number))).scalar()
    return (last or 0) + 1


def insert_report(connection: Connection, card: ReportCard, reading: Reading, layer: Layer) -> None:
    """Write a new report whole: its card and text, outline, notes and first layer."""
    connection.execute(insert(_report), {**REPORTS.row_of(card), "text": reading.source.text})
    sections = [_section_row(card.id, section) for section in reading.sections]
    notes = [_note_row(card.id, index, note) for index, note in enumerate(reading.notes)]
    for table, rows in ((_section, sections), (_note, notes)):
        if rows:
            connection.execute(insert(table), rows)
    row = {name: getattr(layer, name) for name in ("id", "report_id", "author", "created")}
    connection.execute(insert(_layer), {**row, "state": layer.state.value})


def text(connection: Connection, report_id: str) -> str:
    """The source text of a report that is there."""
    found: str = connection.execute(_text, {"report_id": report_id}).scalar_one()
    return found


def sections(connection: Connection, report_id: str) -> tuple[Section, ...]:
    """The outline of a report, in order."""
    rows = connection.execute(_sections, {"report_id": report_id})
    return tuple(
        Section(index, parent, depth, SectionKind(kind), title, Span(start, end))
        for _, index, parent, depth, kind, title, start, end in rows
    )


def notes(connection: Connection, report_id: str) -> tuple[Note, ...]:
    """The notes of a report, in order."""
    rows = connection.execute(_notes, {"report_id": report_id})
    return tuple(Note(term, words, Span(start, end)) for _, _, term, words, start, end in rows)


def layers(connection: Connection, report_id: str) -> tuple[Layer, ...]:
    """The layers of a report, oldest first."""
    rows = connection.execute(_layers, {"report_id": report_id})
    return tuple(Layer(i, report, author, LayerState(state), made) for i, report, author, state, made in rows)


def report_of(connection: Connection, layer_id: str) -> str:
    """The id of the report that a layer lies over."""
    found: str = connection.execute(select(_layer.c.report_id).where(_layer.c.id == layer_id)).scalar_one()
    return found


def keep_suggestions(connection: Connection, report_id: str, suggestions: Suggestions) -> None:
    """Put a report's suggestions in the place of those computed before."""
    forget_suggestions(connection, report_id)
    data = json.dumps(codec.encode(suggestions), ensure_ascii=False, separators=(",", ":")).encode()
    row = {
        "report_id": report_id,
        "engine": suggestions.engine,
        "payload": zlib.compress(data),
        "made_at": datetime.now(UTC),
    }
    connection.execute(insert(_cache), row)


def kept_suggestions(connection: Connection, report_id: str, engine: str) -> Suggestions | None:
    """A report's suggestions as that version of the rules computed them; None where there are none to be read."""
    payload = connection.execute(_kept, {"report_id": report_id, "engine": engine}).scalar()
    if payload is None:
        return None
    try:
        return codec.decode(Suggestions, json.loads(zlib.decompress(payload)))
    except (zlib.error, ValueError, TypeError, KeyError):
        return None  # another program's shape: they are computed again


def forget_suggestions(connection: Connection, report_id: str | None = None) -> None:
    """Drop the suggestions of a report, or all, so that they are computed again."""
    gone = delete(_cache)
    connection.execute(gone if report_id is None else gone.where(_cache.c.report_id == report_id))


_text = select(_report.c.text).where(_report.c.id == _its_id)
_sections = select(*_section.c).where(_section.c.report_id == _its_id).order_by(_section.c.index)
_notes = select(*_note.c).where(_note.c.report_id == _its_id).order_by(_note.c.index)
_layers = select(*_layer.c).where(_layer.c.report_id == _its_id).order_by(_layer.c.created, _layer.c.id)
_kept = select(_cache.c.payload).where(_cache.c.report_id == _its_id, _cache.c.engine == bindparam("engine"))

_section_fields = attrgetter("index", "parent", "depth", "kind.value", "title", "span.start", "span.end")
_note_fields = attrgetter("term", "text", "span.start", "span.end")


def _section_row(report_id: str, section: Section) -> dict[str, object]:
    return dict(zip(_section.c.keys(), (report_id, *_section_fields(section)), strict=True))


def _note_row(report_id: str, index: int, note: Note) -> dict[str, object]:
    return dict(zip(_note.c.keys(), (report_id, index, *_note_fields(note)), strict=True))
