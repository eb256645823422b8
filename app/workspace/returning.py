"""Returned workbooks read and set against what stands in a workspace."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import UserError
from app.domain.outgoing import units_of
from app.domain.returned import FileTold, ReturnedFile, ReturnPreview
from app.domain.returning import compare
from app.domain.returning_ground import Standing, Taker
from app.domain.supervising import cases
from app.workspace import work_facts
from db import log
from db.engine import Store

if TYPE_CHECKING:
    from app.ledger.layout import Layout
    from app.workspace.store import Workspace

TWICE = "两个文件叫“{name}”，请改名后再收回"


def preview(
    workspace: "Workspace",
    store: Store,
    paths: Sequence[Path],
    taker: Taker,
    work_of: Callable[[str], work_facts.Work],
    own: "tuple[str, Iterable[Layout]]",
    units: Mapping[str, str],
) -> ReturnPreview:
    """What taking workbooks in would do. `own` is this workspace's fingerprint, and its templates."""
    from app.ledger.returning import read

    files: list[ReturnedFile] = []
    unread: list[FileTold] = []
    fingerprint, layouts = own
    layouts = tuple(layouts)
    for path in paths:
        if any(path.name == other.name for other in files):
            unread.append(FileTold(path.name, refused=TWICE.format(name=path.name)))
            continue
        try:
            files.append(_of_today(workspace, read(path, layouts)))
        except UserError as error:
            unread.append(FileTold(path.name, refused=str(error)))
    standing = dict(_standing(workspace, store, files, work_of))
    found = compare(files, standing, fingerprint, taker, units)
    return replace(found, files=(*found.files, *unread))


def _of_today(workspace: "Workspace", file: ReturnedFile) -> ReturnedFile:
    """A file that went out for an older version of a report as one of the version that took its place: ids stay."""
    named = file.marks.get("report", "")
    there = {card.id for card in workspace.reports()}
    if named not in {card.id for card in workspace.reports(include_removed=True)}:
        return file
    newest = [card.id for card in workspace.versions(named) if card.id in there]
    return replace(file, marks={**file.marks, "report": newest[-1]}) if newest else file


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
        yield report_id, Standing(work.facts, work.stored(), work.names, bodies, sent.at)


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
