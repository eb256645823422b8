"""Returned workbooks read and set against what stands in a workspace."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.domain.errors import UserError
from app.domain.outgoing import units_of
from app.domain.returned import FileTold, ReturnedFile, ReturnPreview
from app.domain.returning import compare
from app.domain.returning_ground import Standing, Taker
from app.domain.supervising import Facts, cases
from app.workspace import work_facts
from app.workspace.work_then import as_they_read
from db import log
from db.engine import Store

if TYPE_CHECKING:
    from app.ledger.layout import Layout
    from app.workspace.store import Workspace

OLD_WORKBOOKS = frozenset({".xls", ".et"})
"""Endings of Excel's and WPS's old workbooks."""


def preview(
    workspace: "Workspace",
    store: Store,
    paths: Sequence[Path],
    taker: Taker,
    work_of: Callable[[str], work_facts.Work],
    own: "tuple[str, Iterable[Layout]]",
    units: Mapping[str, str],
) -> ReturnPreview:
    """What taking workbooks in would do. `own` is this workspace's fingerprint, and its templates.

    Each file counts once; of several with the same name each is told with its folder's.
    """
    from app.ledger.returning import read

    files: list[ReturnedFile] = []
    unread: list[FileTold] = []
    fingerprint, layouts = own
    layouts = tuple(layouts)
    named = _named(paths)
    with TemporaryDirectory(prefix="duban-", ignore_cleanup_errors=True) as folder:
        for name, path in named.items():
            try:
                file = read(_readable(path, Path(folder)), layouts, name)
                files.append(_of_today(workspace, file))
            except UserError as error:
                unread.append(FileTold(name, refused=str(error)))
    standing = dict(_standing(workspace, store, files, work_of))
    whose = {name: units.get(name, units.get(path.name, "")) for name, path in named.items()}
    found = compare(files, standing, fingerprint, taker, whose)
    return replace(found, files=(*found.files, *unread))


def _readable(path: Path, folder: Path) -> Path:
    """The file, or what an installed LibreOffice makes of an old .xls; without one that is refused when it is read."""
    if path.suffix.lower() not in OLD_WORKBOOKS or not path.is_file():
        return path
    from app.ledger.opening import FILE_LIMIT
    from app.reading.formats import office

    if office.office_program() is None or path.stat().st_size > FILE_LIMIT:
        return path
    made = folder / str(len(list(folder.iterdir()))) / f"{path.stem}.xlsx"  # what is wrong is said by name
    made.parent.mkdir()
    made.write_bytes(office.as_workbook(path.read_bytes(), path.name))
    return made


def _named(paths: Iterable[Path]) -> dict[str, Path]:
    """Each file once, by what it is told as: its name, where others have the same with its folder's, else all of it."""
    names = {
        path: (path.name, f"{path.parent.name}/{path.name}", str(path))
        for path in (path.absolute() for path in paths)
    }
    counts = Counter(name for each in names.values() for name in set(each))
    return {next(name for name in each if counts[name] == 1): path for path, each in names.items()}


def _of_today(workspace: "Workspace", file: ReturnedFile) -> ReturnedFile:
    """A file that went out for an older version of a report as one of the version that took its place: ids stay."""
    named = file.marks.get("report", "")
    there = {card.id for card in workspace.reports()}
    if named not in {card.id for card in workspace.reports(include_removed=True)}:
        return file
    newest = [card.id for card in workspace.versions(named) if card.id in there]
    if not newest or newest[-1] == named:
        return file
    return replace(file, marks={**file.marks, "report": newest[-1], "older": named})


def _standing(
    workspace: "Workspace",
    store: Store,
    files: Iterable[ReturnedFile],
    work_of: Callable[[str], work_facts.Work],
) -> Iterator[tuple[str, Standing]]:
    """Of the reports that files name, of all where one names none."""
    known = [card.id for card in workspace.reports()]
    named = {file.marks.get("report", "") for file in files}
    sent = _Sent(store)
    for report_id in known if "" in named else [each for each in known if each in named]:
        work = work_of(report_id)
        listed = units_of(cases(work.facts, work.facts.first))
        bodies = work_facts.bodies(workspace.units(), listed)
        stood = _stood(workspace, store, report_id, work_of)
        yield report_id, Standing(work.facts, work.stored(), work.names, bodies, sent.at, stood)


def _stood(
    workspace: "Workspace", store: Store, report_id: str, work_of: Callable[[str], work_facts.Work]
) -> Callable[[str, datetime | None], Facts]:
    """A report's facts, or those of the version it replaced, with the tasks as they read at a moment."""

    def stood(older: str, at: datetime | None) -> Facts:
        named = older or report_id
        return as_they_read(workspace, store, named, work_of(named).facts, at)

    return stood


class _Sent:
    """When the entries of the log were written that ledgers name."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, datetime | None] = {}

    def at(self, mark: str) -> datetime | None:
        """When the entry of a mark (57-3f9a1c20ab34) was written; None where it is not here."""
        if mark not in self._known:
            position, _, beginning = mark.partition("-")
            is_mark = position.isascii() and position.isdigit() and len(position) < 10 and len(beginning) >= 8
            with self._store.reading() as connection:
                self._known[mark] = log.written_at(connection, int(position), beginning) if is_mark else None
        return self._known[mark]
