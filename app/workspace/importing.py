"""A file read, suggested on and stored: whole or not at all."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection

from app.domain.changes import Change, Edit
from app.domain.errors import UserError
from app.domain.report import Reading
from app.domain.reports import Layer, ReportCard
from app.domain.suggestions import Suggestions
from app.domain.units import Unit
from app.workspace import fitting, rooms, seeding
from db import changes, log, office, reports
from db.engine import Store
from db.log import Author

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done (0 to 1); raises CancelledError to stop the work."""


def refuse_twice(cards: tuple[ReportCard, ...], text_sha256: str) -> None:
    """Refuse with a UserError a text that the workspace has already, also as a removed report."""
    card = next((card for card in cards if card.text_sha256 == text_sha256), None)
    if card is None:
        return
    which = f"这份报告已在工作区中：第{card.number}号《{card.metadata.title}》"
    if card.is_removed:
        raise UserError(
            f"{which}，只是已被移除。不用重新导入，在“报告”菜单里恢复它就可以，原来的标注都还在。"
        )
    raise UserError(f"{which}。内容完全相同，不用重复导入。")


def run(
    store: Store, author: Author, read: Callable[[], Reading], progress: Progress | None = None
) -> ReportCard:
    """Read, suggest and store; returns the report's card. UserError and CancelledError leave nothing written."""
    tell = progress or (lambda _words, _share: None)
    tell("正在读取", 0.0)
    reading = read()
    with store.reading() as connection:
        refuse_twice(reports.cards(connection), reading.source.text_sha256)
        units = _fitted(connection, office.units(connection), reading)
    tell("正在分析", 0.3)
    suggestions = rooms.suggest(reading, units)
    tell("正在保存", 0.9)
    return keep(store, author, reading, suggestions, units)


def keep(
    store: Store, author: Author, reading: Reading, suggestions: Suggestions, units: tuple[Unit, ...]
) -> ReportCard:
    """Write a report with its outline and first layer in one transaction; returns its card.

    The suggestions, made with `units`, are kept if nobody has changed the directory since.
    """
    with store.writing() as connection:
        refuse_twice(reports.cards(connection), reading.source.text_sha256)
        fitted = _fit_directory(connection, author, reading)
        now = datetime.now(UTC)
        source = reading.source
        card = ReportCard(
            id=str(uuid4()),
            number=reports.next_number(connection),
            metadata=reading.metadata,
            source_name=source.name,
            file_sha256=source.file_sha256,
            text_sha256=source.text_sha256,
            encoding=source.encoding,
            imported=now,
            version=1,
        )
        layer = Layer(str(uuid4()), card.id, author.name, created=now)
        reports.insert_report(connection, card, reading, layer)
        if fitted == units:
            reports.keep_suggestions(connection, card.id, suggestions)
        log.append(connection, author, "导入报告", card.id, (Edit(None, card),))
    return card


def _fit_directory(connection: Connection, author: Author, reading: Reading) -> tuple[Unit, ...]:
    """Write and log what fitting changes; returns the directory as `_fitted` does."""
    units = office.units(connection)
    fitted = _fitted(connection, units, reading)
    edits = tuple(Edit(old, new) for old, new in zip(units, fitted, strict=True) if old != new)
    changes.apply(connection, Change(f"按首份报告调整单位名录（{len(edits)}项）", "", edits), author)
    return fitted


def _fitted(connection: Connection, units: tuple[Unit, ...], reading: Reading) -> tuple[Unit, ...]:
    """Before the first report, a directory that nobody has touched takes the level of the office."""
    if reports.cards(connection) or units != fitting.for_any_office(seeding.units()):
        return units
    return fitting.for_report(units, reading.metadata)
