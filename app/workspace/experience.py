"""The workspace's experience of owners: what a report's board asks, and how earlier ledgers come in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection

from app.domain.experience import Precedent, Proposer
from app.domain.report import Reading
from app.domain.reports import ReportCard
from app.domain.suggestions import Commitment
from app.domain.units import Unit
from app.workspace import rooms
from app.workspace.importing import Progress
from db import experience, log, office
from db.engine import Store
from db.log import Author

if TYPE_CHECKING:
    from app.suggest.experience import Past

NAMED = 12
"""How many of the bodies that the directory does not know are named."""


class ExperienceSummary(NamedTuple):
    """What came in: the rows read, those that were not there before, those left out because nobody had confirmed
    them, and the bodies that the directory does not know.
    """

    rows: int
    added: int
    waiting: int = 0
    unknown: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What people are told."""
        told = f"读到{self.rows}项，新增{self.added}项经验"
        if self.waiting:
            told += f"；{self.waiting}项还是“待确认”，没有采用"
        if self.unknown:
            some = "、".join(self.unknown[:NAMED]) + ("等" if len(self.unknown) > NAMED else "")
            told += f"；{len(self.unknown)}个单位名录里没有：{some}"
        return told + "。"


Learned = Callable[[Connection, str], dict[str, ReportCard]]
"""Gives the layers to learn from, with the report that each lies over; the report that is named is left out."""


class Known:
    """What is known of owners. The ledgers of earlier years are indexed once and kept while they stand."""

    def __init__(self, store: Store, learned: Learned) -> None:
        self._store = store
        self._learned = learned
        self._basis: tuple[tuple[Unit, ...], tuple[Precedent, ...]] | None = None
        self._past: Past | None = None

    def is_there(self, connection: Connection, report_id: str) -> bool:
        """Whether there is anything to learn from besides the report itself."""
        return experience.has_any(connection, self._learned(connection, report_id))

    def proposer(self, reading: Reading, report_id: str, commitments: Sequence[Commitment]) -> Proposer:
        """The proposer of a report's commitments, which knows the ledgers and the other reports' decisions."""
        with self._store.reading() as connection:
            decided = experience.decided(connection, self._learned(connection, report_id))
            past = self._indexed(connection)
        proposer = rooms.experienced(past, reading, commitments)
        for precedent in decided:
            proposer.learn(None, precedent)
        return proposer

    def _indexed(self, connection: Connection) -> "Past":
        basis = (office.units(connection), experience.imported(connection))
        if self._past is None or basis != self._basis:
            self._past, self._basis = rooms.past(*basis), basis
        return self._past


def learn(store: Store, author: Author, path: Path, progress: Progress | None) -> ExperienceSummary:
    """Take in a ledger of an earlier year. UserError and CancelledError leave nothing written."""
    from app.ledger.reading_ledgers import read_ledger  # brings openpyxl

    tell = progress or (lambda _words, _share: None)
    tell("正在读取", 0.0)
    ledger = read_ledger(path)
    tell("正在核对单位", 0.6)
    with store.reading() as connection:
        units = office.units(connection)
    names = {o.name: o for p in ledger.precedents for o in (p.lead, *p.supports)}
    bodies = rooms.past(units, ()).bodies
    unknown = tuple(name for name, owner in names.items() if not bodies.meant(owner).code)
    tell("正在保存", 0.9)
    with store.writing() as connection:
        added = experience.keep(connection, ledger.precedents)
        if added:
            log.append(connection, author, f"导入往年分解表“{path.name}”（{added}项）", "")
    return ExperienceSummary(len(ledger.precedents), added, ledger.waiting, unknown)
