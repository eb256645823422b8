"""A file read, suggested on and stored: whole or not at all."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection

from app.domain.changes import Edit
from app.domain.errors import UserError
from app.domain.report import Reading
from app.domain.reports import ReportCard, report_id_of
from app.domain.suggestions import Suggestions
from app.domain.units import Unit
from app.workspace import fitting, rooms, seeding
from db import log, office, reports
from db.engine import Store
from db.log import Author

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done (0 to 1); raises CancelledError to stop the work."""


_READING = 0.3
"""The share of an import that is reading."""


def while_reading(progress: Progress | None) -> Callable[[float], None] | None:
    """What a reader tells its own share to; None where nobody listens."""
    if progress is None:
        return None
    return lambda share: progress("正在读取", _READING * share)


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
    tell("正在分析", _READING)
    suggestions = rooms.suggest(reading, units)
    tell("正在保存", 0.9)
    return keep(store, author, reading, suggestions, units)


def keep(
    store: Store, author: Author, reading: Reading, suggestions: Suggestions, units: tuple[Unit, ...]
) -> ReportCard:
    """Write a report with its outline in one transaction; returns its card. Layers are begun by those who tag.

    The suggestions, made with `units`, are kept if nobody has changed the directory since.
    """
    with store.writing() as connection:
        card = put(connection, author, reading, suggestions, units)
        log.append(connection, author, "导入报告", card.id, (Edit(None, card),))
    return card


def put(
    connection: Connection,
    author: Author,
    reading: Reading,
    suggestions: Suggestions,
    units: tuple[Unit, ...],
    supersedes: str = "",
) -> ReportCard:
    """Write what `keep` writes, in the open transaction, but for the log's entry of the report."""
    refuse_twice(reports.cards(connection), reading.source.text_sha256)
    fitted = _fit_directory(connection, author, reading)
    source = reading.source
    card = ReportCard(
        id=report_id_of(source.text_sha256),
        number=reports.next_number(connection),
        metadata=reading.metadata,
        source_name=source.name,
        file_sha256=source.file_sha256,
        text_sha256=source.text_sha256,
        encoding=source.encoding,
        imported=datetime.now(UTC),
        supersedes=supersedes,
        version=1,
    )
    reports.insert_report(connection, card, reading)
    reports.keep_shown(connection, card.id, rooms.reader(), reading.shown)
    if fitted == units:
        reports.keep_suggestions(connection, card.id, suggestions)
    return card


def _fit_directory(connection: Connection, author: Author, reading: Reading) -> tuple[Unit, ...]:
    """Write and log what fitting changes; returns the directory as `_fitted` does."""
    from db import changes

    units = office.units(connection)
    fitted = _fitted(connection, units, reading)
    edits = tuple(Edit(old, new) for old, new in zip(units, fitted, strict=True) if old != new)
    if edits:  # nobody's own word, which would stand against that of another workspace: a better seed
        done = changes.written(connection, edits)
        log.append(connection, author, f"按首份报告调整单位名录（{len(done)}项）", "", done)
    return fitted


def _fitted(connection: Connection, units: tuple[Unit, ...], reading: Reading) -> tuple[Unit, ...]:
    """Before the first report, a directory that nobody has touched takes the level of the office."""
    if reports.cards(connection) or units != fitting.for_any_office(seeding.units()):
        return units
    return fitting.for_report(units, reading.metadata)
