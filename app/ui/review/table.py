"""The differences as a table: 任务, 字段, what each side reads, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from app.domain.decisions import CHOICE_NAMES, FIELD_NAMES, Choice, Field
from app.domain.spans import Span
from app.review import STATUS_NAMES, Difference, Status

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

DIFFERENCE_ROLE = Qt.ItemDataRole.UserRole
SECOND_LINE_ROLE = Qt.ItemDataRole.UserRole + 1
TONE_ROLE = Qt.ItemDataRole.UserRole + 2
NOTHING = "未标"
RESULTS = CHOICE_NAMES | {Choice.EDITED: "已修改", Choice.RETURNED: "已退回"}
UNCONFIRMED, AGREED = "待确认", "同意"
"""What waiting, and taking the first side, is called where there is one layer only."""


class Progress(StrEnum):
    """What the table can be narrowed to, by how far a difference is."""

    ALL = "全部"
    OPEN = "待裁决"
    DECIDED = "已裁决"
    RETURNED = "已退回"
    STALE = "需再看"


_STATUSES: dict[Progress, frozenset[Status]] = {
    Progress.ALL: frozenset(Status),
    Progress.OPEN: frozenset({Status.OPEN, Status.STALE}),
    Progress.DECIDED: frozenset({Status.DECIDED}),
    Progress.RETURNED: frozenset({Status.RETURNED}),
    Progress.STALE: frozenset({Status.STALE}),
}


class Tone(StrEnum):
    """In which colour a cell is written."""

    INK = "ink"
    MUTED = "muted"
    WAITING = "orange"
    DONE = "green"
    BACK = "red"


_TONES = {
    Status.OPEN: Tone.WAITING,
    Status.STALE: Tone.WAITING,
    Status.DECIDED: Tone.DONE,
    Status.RETURNED: Tone.BACK,
}


@dataclass(frozen=True, slots=True)
class DifferenceFilter:
    """What the table is narrowed to: a section, a field, how far, and words that must occur."""

    section: Span | None = None
    field: Field | None = None
    progress: Progress = Progress.ALL
    text: str = ""

    def passes(self, difference: Difference) -> bool:
        """Whether a difference is shown."""
        return (
            (self.section is None or self.section.start <= difference.start < self.section.end)
            and self.field in (None, difference.field)
            and difference.status in _STATUSES[self.progress]
            and (not self.text or self.text in f"{difference.about}\n{difference.first}\n{difference.second}")
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What cells need beside the difference: the tasks' numbers, the words of tags, and who the sides are.

    `own`: the side of the person who looks at what review changed in their own layer; "" for everybody else.
    """

    numbers: Mapping[str, int]
    words: Mapping[str, str]
    sides: tuple[str, ...]
    is_single: bool = False
    own: str = ""


def result_words(difference: Difference, facts: Facts) -> str:
    """What came of a difference, in a word."""
    decision = difference.decision
    if difference.status is Status.OPEN or decision is None:
        return UNCONFIRMED if facts.is_single else STATUS_NAMES[Status.OPEN]
    if difference.status is Status.STALE:
        return STATUS_NAMES[Status.STALE]
    if facts.own and decision.choice in {Choice.FIRST, Choice.SECOND}:
        return "取本人" if decision.choice.value == facts.own else "取另一方"
    return AGREED if facts.is_single and decision.choice is Choice.FIRST else RESULTS[decision.choice]


def decision_words(difference: Difference, facts: Facts) -> str:
    """Who decided, when, what and why; "" while nobody has."""
    decision = difference.decision
    if decision is None:
        return ""
    words = f"{decision.who} {decision.at.astimezone():%m-%d %H:%M} {result_words(difference, facts)}"
    return f"{words}：{decision.reason}" if decision.reason else words


Words = Callable[[Difference, Facts], str]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column; `widest` is what it must have room for, "" where it takes a share of what is left."""

    title: str
    text: Words
    second: Words
    tone: Callable[[Difference, Facts], Tone]
    widest: str = ""


def _number(difference: Difference, facts: Facts) -> str:
    return str(facts.numbers.get(difference.task_id, ""))


def _field(difference: Difference, _facts: Facts) -> str:
    return FIELD_NAMES[difference.field]


def _about(difference: Difference, _facts: Facts) -> str:
    return difference.about


def _first(difference: Difference, _facts: Facts) -> str:
    return difference.first or NOTHING


def _second(difference: Difference, _facts: Facts) -> str:
    return difference.second or NOTHING


def _words_of(tag_id: str, reading: str, facts: Facts) -> str:
    """A tag's own words, where what was read of them says something else."""
    words = facts.words.get(tag_id, "")
    return "" if words == reading else words


def _first_words(difference: Difference, facts: Facts) -> str:
    return _words_of(difference.first_tag, difference.first, facts) if difference.first else ""


def _second_words(difference: Difference, facts: Facts) -> str:
    return _words_of(difference.second_tag, difference.second, facts) if difference.second else ""


def _result(difference: Difference, facts: Facts) -> str:
    return result_words(difference, facts)


def _reason(difference: Difference, facts: Facts) -> str:
    decision = difference.decision
    return (decision.reason or (decision.who if facts.own else "")) if decision else ""


def _ink(_difference: Difference, _facts: Facts) -> Tone:
    return Tone.INK


def _first_tone(difference: Difference, _facts: Facts) -> Tone:
    return Tone.INK if difference.first else Tone.MUTED


def _second_tone(difference: Difference, _facts: Facts) -> Tone:
    return Tone.INK if difference.second else Tone.MUTED


def _result_tone(difference: Difference, _facts: Facts) -> Tone:
    return _TONES[difference.status]


def _none(_difference: Difference, _facts: Facts) -> str:
    return ""


COLUMNS = (
    ColumnSpec("任务", _number, _none, _ink, "任务00"),
    ColumnSpec("字段", _field, _about, _ink, "技术合同登记额"),
    ColumnSpec("甲", _first, _first_words, _first_tone),
    ColumnSpec("乙", _second, _second_words, _second_tone),
    ColumnSpec("结果", _result, _reason, _result_tone, "待裁决待裁"),
)
FIRST_COLUMN, SECOND_COLUMN = 2, 3


class DifferenceTable(QAbstractTableModel):
    """One row per difference that passes the filter, in text order. `is_patching` while rows come and go."""

    patched = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Difference, ...] = ()
        self._rows: list[Difference] = []
        self._filter = DifferenceFilter()
        self._facts = Facts({}, {}, ())
        self.is_patching = False

    @property
    def filter(self) -> DifferenceFilter:
        """What the table is narrowed to."""
        return self._filter

    @property
    def total(self) -> int:
        """How many differences there are, shown or not."""
        return len(self._all)

    @property
    def is_own(self) -> bool:
        """Whether these are the changes to the layer of the person who looks."""
        return bool(self._facts.own)

    @property
    def rows(self) -> Sequence[Difference]:
        """The differences that are shown."""
        return self._rows

    def show_differences(self, differences: Sequence[Difference], facts: Facts) -> None:
        """Show these differences; rows that stay keep their selection."""
        self._all = tuple(differences)
        is_other = facts != self._facts
        if facts.sides != self._facts.sides:
            self._facts = facts
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._facts = facts
        self._arrange(is_other=is_other)

    def set_filter(self, narrowed: DifferenceFilter) -> None:
        """Narrow the table to what passes a filter."""
        if narrowed != self._filter:
            self._filter = narrowed
            self._arrange()

    def difference_at(self, row: int) -> Difference | None:
        """The difference of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, key: str) -> int:
        """The row of a difference; -1 if it is not shown."""
        return next((row for row, found in enumerate(self._rows) if found.key == key), -1)

    # --- the model

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        difference = self.difference_at(index.row()) if index.isValid() else None
        if difference is None:
            return None
        return self._said(difference, COLUMNS[index.column()], role)

    def _said(self, difference: Difference, spec: ColumnSpec, role: int) -> object:
        facts = self._facts
        text, second = spec.text(difference, facts), spec.second(difference, facts)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == SECOND_LINE_ROLE:
            return second
        if role == TONE_ROLE:
            return spec.tone(difference, facts)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (text, second)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{spec.title}：{'，'.join(filter(None, (text, second)))}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT
        return difference if role == DIFFERENCE_ROLE else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            sides = dict(zip((FIRST_COLUMN, SECOND_COLUMN), self._facts.sides, strict=False))
            return sides.get(section, COLUMNS[section].title)
        return int(_LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    # --- inside

    def _arrange(self, *, is_other: bool = False) -> None:
        rows = list(filter(self._filter.passes, self._all))
        self.is_patching = True
        if [row.key for row in rows] == [row.key for row in self._rows]:
            changed = [n for n, row in enumerate(rows) if is_other or row != self._rows[n]]
            self._rows = rows
            for first, last in _runs(changed):
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))
        else:
            self._exchange(rows)
        self.is_patching = False
        self.patched.emit()

    def _exchange(self, rows: list[Difference]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        keys = [self._rows[index.row()].key for index in old]
        self._rows = rows
        places = {row.key: number for number, row in enumerate(rows)}
        new = [
            self.index(places[key], index.column()) if key in places else QModelIndex()
            for key, index in zip(keys, old, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in order as stretches: (first, last)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
