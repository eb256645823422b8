"""Small things that tests build: an office, commitments, a store that behaves like the real one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.domain.board import Board
from app.domain.changes import Change, Edit, Stored
from app.domain.errors import ConflictError
from app.domain.proposals import Office
from app.domain.spans import Span
from app.domain.suggestions import (
    Commitment,
    DeadlineFound,
    OwnerProposal,
    Suggestions,
    TargetFound,
    Uncovered,
)
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Dismissal, Tag, Target, Task
from app.domain.units import Unit

LAYER = "layer"
REPORT = "report"

KJ = Unit(
    "u-kj", "科技", "云港区科学技术局", "区科技局", aliases=("科技局", "区科委"), initials="qkjj", order=3
)
GX = Unit("u-gx", "工信", "云港区工业和信息化局", "区工信局", aliases=("工信局",), initials="qgxj", order=4)
CZ = Unit("u-cz", "财政", "云港区财政局", "区财政局", initials="qczj", order=8)
STREETS = (
    Unit("u-j1", "街道", "云港区望海街道办事处", "望海街", group="街道", initials="whj", order=60),
    Unit("u-j2", "街道", "云港区盐桥街道办事处", "盐桥街", group="街道", initials="yqj", order=61),
)
UNITS = (KJ, GX, CZ, *STREETS)

TEXT = "新建中试平台2个，6月底前完成。技术合同登记额突破45亿元。办好科技周。每季度调度一次。"
#       0         1         2         3         4
#       0123456789012345678901234567890123456789012


def words(span: Span) -> str:
    """The words of a span of TEXT."""
    return TEXT[span.start : span.end]


def commitment(start: int, end: int, **fields: object) -> Commitment:
    """A commitment over a span of TEXT."""
    span = Span(start, end)
    return Commitment(span, words(span), **fields)  # type: ignore[arg-type]  # callers name its fields


PLATFORMS = commitment(
    0,
    16,
    targets=(TargetFound(Span(6, 8), Target("新建中试平台", Comparator.EQ, 2, 2, "个"), "数量"),),
    deadlines=(DeadlineFound(Span(9, 13), Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30)), "N月底前"),),
    leads=(OwnerProposal("科技", 0.8, "职责词：中试平台"), OwnerProposal("工信", 0.4, "职责词：平台")),
    supports=(OwnerProposal("财政", 0.3, "职责词：平台"),),
    opener="推进成果转化",
)
CONTRACTS = commitment(
    16,
    30,
    targets=(TargetFound(Span(23, 29), Target("技术合同登记额", Comparator.GT, 4.5e9, None, "元")),),
    leads=(OwnerProposal("科技", 0.9, "职责词：技术合同"),),
)
WEEK = commitment(30, 36)
SUGGESTIONS = Suggestions(
    "test", (PLATFORMS, CONTRACTS, WEEK), (Uncovered(Span(36, 44), TEXT[36:44], "含时限"),)
)
OFFICE = Office(LAYER, date(2026, 12, 31), UNITS)


class Store:
    """Objects by id, with the real store's rules: what stands is compared, what is written gets the next one."""

    def __init__(self) -> None:
        self.rows: dict[str, Stored] = {}

    def apply(self, change: Change) -> Change:
        rows = dict(self.rows)
        done = []
        for edit in change.edits:
            stands = rows.get(edit.id)
            if _content(stands) != _content(edit.before):
                raise ConflictError("这项内容已被改动，请看过最新内容后再改。")
            if edit.after is None:
                del rows[edit.id]
                done.append(edit)
            else:
                after = replace(edit.after, version=(stands.version if stands else 0) + 1)
                rows[edit.id] = after
                done.append(Edit(edit.before, after))
        self.rows = rows
        return change._replace(edits=tuple(done))

    def content(self) -> set[Stored]:
        """Everything stored, versions left out."""
        return {replace(row, version=0) for row in self.rows.values()}

    def of(self, kind: type) -> list[Stored]:
        """The stored objects of a type."""
        return [row for row in self.rows.values() if isinstance(row, kind)]


class Desk:
    """A store with the board that follows it."""

    def __init__(self, suggestions: Suggestions = SUGGESTIONS, issued: dict[str, int] | None = None) -> None:
        self.store = Store()
        self.issued = issued or {}
        self.suggestions = suggestions
        self.board = self.fresh()

    def fresh(self) -> Board:
        """A board built from the store alone."""
        board = Board(OFFICE, self.suggestions, words, self.issued)
        board.load(_of(self.store, Task), _of(self.store, Tag), _of(self.store, Dismissal))
        return board

    def do(self, change: Change) -> Change:
        """Write a change and let the board follow."""
        done = self.store.apply(change)
        self.board.apply(done)
        return done


def _content(thing: Stored | None) -> Stored | None:
    return thing and replace(thing, version=0)


def _of(store: Store, kind: type) -> Iterable:  # type: ignore[type-arg]  # of that kind
    return store.of(kind)
