"""What the 任务分解表 says: its rows, and what it says of itself. Made by `app.ledger.rows.build`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.reports import LayerState

LAYER_STATES = {
    LayerState.DRAFT: "草稿",
    LayerState.SUBMITTED: "已提交稿",
    LayerState.IN_REVIEW: "复核中的稿",
    LayerState.RETURNED: "已退回稿",
    LayerState.FINAL: "定稿",
}


class RowState(StrEnum):
    """Whether a reviewer confirmed the row's task; the value is what the cell says."""

    CONFIRMED = "已确认"
    OPEN = "待确认"


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One target of 主要指标, as text. `id` is the target's, for a suggestion its key.

    `offsets` are the task's spans in the source text, 0-based, end exclusive ("120-160 300-310").
    """

    number: int
    indicator: str
    baseline: str
    figure: str
    nature: str
    lead: str
    deadline: str
    source: str
    state: RowState
    id: str
    offsets: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of 任务分解表, as text; lines of a cell are parted by LF. `id` and `offsets` as above.

    `person` is 责任人 with the telephone, which 任务分解表 has among its 备注.
    """

    number: int
    category: str
    quote: str
    summary: str
    targets: str
    leader: str
    lead: str
    support: str
    deadline: str
    source: str
    remarks: str
    state: RowState
    id: str
    offsets: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class LedgerSummary:
    """What a ledger was made from and how far it is: `opened` rows nobody confirmed, `gaps` of 遗漏检查.

    `head` stands for the workspace's record as it was then ("57-3f9a1c20ab34": how many entries, and the beginning of
    the last one's hash), so that a record whose end was cut off later is told from it; "" for none. `is_reviewed`:
    it was made from what review makes of others' layers, and `author` is the reviewer.
    """

    state: LayerState
    author: str
    made: date
    tasks: int
    opened: int
    gaps: int
    head: str = ""
    is_reviewed: bool = False

    @property
    def basis(self) -> str:
        """The layer in words: 草稿（标注人 甲）."""
        role = "复核人" if self.is_reviewed else "标注人"
        return LAYER_STATES[self.state] + (f"（{role} {self.author}）" if self.author else "")

    @property
    def line(self) -> str:
        """The line under the sheet's title."""
        opened = self._open_words or "均已确认"
        count = f"共{self.tasks}项，{opened}" if self.tasks else "共0项"
        gaps = self._gap_words or "无遗漏"
        day = f"{self.made.year}年{self.made.month}月{self.made.day}日"
        mark = (f"记录{self.head}",) if self.head else ()
        return " · ".join((f"依据：{self.basis}", count, gaps, day, *mark))

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is still wanting, as every sheet that goes out from here must say; nothing where all is done."""
        return tuple(words for words in (self._open_words, self._gap_words) if words)

    @property
    def _open_words(self) -> str:
        return f"待确认{self.opened}项" if self.opened else ""

    @property
    def _gap_words(self) -> str:
        return f"遗漏{self.gaps}处" if self.gaps else ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One report's ledger. `title` is the report's as a heading (云港区2026年政府工作报告), `name` its short
    name (云港区2026年), by which the sheets of several reports are told apart.
    """

    title: str
    name: str
    summary: LedgerSummary
    indicators: tuple[IndicatorRow, ...]
    tasks: tuple[TaskRow, ...]
