"""Reports in the store: their cards, texts, outlines and layers, and what is cached beside them."""

import json
import zlib
from collections.abc import Collection
from datetime import UTC, datetime
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select

from app.domain import codec
from app.domain.codec import Json
from app.domain.report import Note, Place, Reading, Section, SectionKind, ShownText
from app.domain.reports import Layer, ReportCard
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from db import tables
from db.mapping import LAYERS, REPORTS, card_of, layer_of

_report, _section, _note = tables.report, tables.section, tables.note
_cache, _shown, _layer = tables.suggestion_cache, tables.shown_cache, tables.layer
_source_place = tables.source_place
T = TypeVar("T")
_its_id: BindParameter[str] = bindparam("report_id")


def cards(connection: Connection) -> tuple[ReportCard, ...]:
    """Every report, removed ones as well, by number."""
    return tuple(card_of(row) for row in connection.execute(REPORTS.every.order_by(_report.c.number)))


def next_number(connection: Connection) -> int:
    """The number of the next report; a number is never used again, since removed reports keep theirs."""
    last: int | None = connection.execute(select(func.max(_report.c.number))).scalar()
    return (last or 0) + 1


def insert_report(connection: Connection, card: ReportCard, reading: Reading) -> None:
    """Write a new report whole: its card and text, outline and notes. Layers are begun with their first edit."""
    connection.execute(insert(_report), {**REPORTS.row_of(card), "text": reading.source.text})
    sections = [_section_row(card.id, section) for section in reading.sections]
    notes = [_note_row(card.id, index, note) for index, note in enumerate(reading.notes)]
    for table, rows in ((_section, sections), (_note, notes)):
        if rows:
            connection.execute(insert(table), rows)
    if reading.places:
        payload = _compressed(reading.places)
        connection.execute(insert(_source_place), {"report_id": card.id, "payload": payload})


def places(connection: Connection, report_id: str) -> tuple[Place, ...]:
    """Where a report's text stands in the file it was read from; none for a format that is text."""
    payload: bytes | None = connection.execute(_places, {"report_id": report_id}).scalar()
    return tuple(Place(*row) for row in json.loads(zlib.decompress(payload))) if payload else ()


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
    return tuple(layer_of(row) for row in connection.execute(_layers, {"report_id": report_id}))


def layers_by_report(connection: Connection) -> dict[str, tuple[Layer, ...]]:
    """The layers of every report that has any, oldest first, by the report's id."""
    found: dict[str, tuple[Layer, ...]] = {}
    for row in connection.execute(_every_layer):
        layer = layer_of(row)
        found[layer.report_id] = (*found.get(layer.report_id, ()), layer)
    return found


def layers_by_id(connection: Connection, ids: Collection[str]) -> dict[str, Layer]:
    """Those of these layers that are stored, by id."""
    found = (layer_of(row) for row in connection.execute(_some_layers, {"ids": list(ids)})) if ids else ()
    return {layer.id: layer for layer in found}


def keep_suggestions(connection: Connection, report_id: str, suggestions: Suggestions) -> None:
    """Put a report's suggestions in the place of those computed before."""
    forget_suggestions(connection, report_id)
    row = {
        "report_id": report_id,
        "engine": suggestions.engine,
        "payload": _packed(suggestions),
        "made_at": datetime.now(UTC),
    }
    connection.execute(insert(_cache), row)


def kept_suggestions(connection: Connection, report_id: str, engine: str) -> Suggestions | None:
    """A report's suggestions as that version of the rules computed them; None where there are none to be read."""
    payload = connection.execute(_kept, {"report_id": report_id, "engine": engine}).scalar()
    return _unpacked(Suggestions, payload)


def forget_suggestions(connection: Connection, report_id: str | None = None) -> None:
    """Drop the suggestions of a report, or all, so that they are computed again."""
    gone = delete(_cache)
    connection.execute(gone if report_id is None else gone.where(_cache.c.report_id == report_id))


def keep_shown(connection: Connection, report_id: str, reader: str, shown: ShownText) -> None:
    """Put a report's shown text, as that version of the reader derives it, in the place of the one before."""
    connection.execute(delete(_shown).where(_shown.c.report_id == report_id))
    row = {"report_id": report_id, "reader": reader, "payload": _packed(shown)}
    connection.execute(insert(_shown), row)


def kept_shown(connection: Connection, report_id: str, reader: str) -> ShownText | None:
    """A report's shown text as that version of the reader derived it; None where there is none to be read."""
    payload = connection.execute(_kept_shown, {"report_id": report_id, "reader": reader}).scalar()
    return _unpacked(ShownText, payload)


def _packed(thing: object) -> bytes:
    return _compressed(codec.encode(thing))


def _compressed(data: Json) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def _unpacked(kind: type[T], payload: bytes | None) -> T | None:
    if payload is None:
        return None
    try:
        return codec.decode(kind, json.loads(zlib.decompress(payload)))
    except (zlib.error, ValueError, TypeError, KeyError):
        return None  # another program's shape: it is made again


_places = select(_source_place.c.payload).where(_source_place.c.report_id == _its_id)
_text = select(_report.c.text).where(_report.c.id == _its_id)
_sections = select(*_section.c).where(_section.c.report_id == _its_id).order_by(_section.c.index)
_notes = select(*_note.c).where(_note.c.report_id == _its_id).order_by(_note.c.index)
_every_layer = LAYERS.every.order_by(_layer.c.created, _layer.c.id)
_layers = _every_layer.where(_layer.c.report_id == _its_id)
_some_layers = LAYERS.every.where(_layer.c.id.in_(bindparam("ids", expanding=True)))
_kept = select(_cache.c.payload).where(_cache.c.report_id == _its_id, _cache.c.engine == bindparam("engine"))
_kept_shown = select(_shown.c.payload).where(
    _shown.c.report_id == _its_id, _shown.c.reader == bindparam("reader")
)

_section_fields = attrgetter("index", "parent", "depth", "kind.value", "title", "span.start", "span.end")
_note_fields = attrgetter("term", "text", "span.start", "span.end")


def _section_row(report_id: str, section: Section) -> dict[str, object]:
    return dict(zip(_section.c.keys(), (report_id, *_section_fields(section)), strict=True))


def _note_row(report_id: str, index: int, note: Note) -> dict[str, object]:
    return dict(zip(_note.c.keys(), (report_id, index, *_note_fields(note)), strict=True))
