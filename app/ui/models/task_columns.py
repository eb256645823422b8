"""The columns of the task table as data, and what the table can be narrowed to."""

from collections.abc import Callable
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from app.domain import edits
from app.domain.changes import Change
from app.domain.signs import deadline_signs, figure_signs, target_signs
from app.domain.spans import Span
from app.domain.tasks import Deadline, DeadlineKind, Item, Owner, TagKind, Target
from app.ui.labels import STATES, State, state_of


class Facts(NamedTuple):
    """What cells need beside the item: the numbers in force and the report's year."""

    numbers: dict[str, int]
    year: int

    def number(self, item: Item) -> int:
        """The item's number."""
        return self.numbers.get(item.task.id, item.number)


class Editor(Enum):
    """How a cell is edited in place."""

    NONE = auto()
    LINE = auto()
    OWNER = auto()
    DEADLINE = auto()


Words = Callable[[Item, Facts], str]
Key = Callable[[Item, Facts], tuple[object, ...]]


class ColumnSpec(NamedTuple):
    """One column. `widest` is a text it must have room for, "" for the column that takes what is left.

    `may_hide`: it gives way where the table is too narrow for the titles.
    `change` makes an edit of what was typed into the cell (report id, item, typed), where `editor` is LINE.
    """

    title: str
    text: Words
    key: Key
    widest: str = ""
    hint: Words | None = None
    may_hide: bool = False
    editor: Editor = Editor.NONE
    change: Callable[[str, Item, str], Change] | None = None


def _nothing(_item: Item, _facts: Facts) -> str:
    return ""


def _by_state(item: Item, _facts: Facts) -> tuple[object, ...]:
    return (int(state_of(item)),)


def _by_title(item: Item, _facts: Facts) -> tuple[object, ...]:
    return (item.task.title,)


def _any(_item: Item) -> bool:
    return True


def _state(item: Item, _facts: Facts) -> str:
    return STATES[state_of(item)]


def _number(item: Item, facts: Facts) -> str:
    return str(facts.number(item))


def _title(item: Item, _facts: Facts) -> str:
    return item.task.title


def _title_hint(item: Item, _facts: Facts) -> str:
    return "\n".join(dict.fromkeys(t for t in (item.task.title, item.task.quote) if t))


def _targets(item: Item, _facts: Facts) -> str:
    tags = item.of_kind(TagKind.TARGET)
    return "；".join(figure_signs(t.value, t.text) if isinstance(t.value, Target) else t.text for t in tags)


def _targets_hint(item: Item, _facts: Facts) -> str:
    return "\n".join(target_signs(tag) for tag in item.of_kind(TagKind.TARGET))


def _lead(item: Item, _facts: Facts) -> str:
    value = item.lead.value if item.lead else None
    return value.name if isinstance(value, Owner) else "待定"


def _lead_hint(item: Item, facts: Facts) -> str:
    reason = item.lead.reason if item.lead else "还没有牵头单位"
    return f"{_lead(item, facts)}\n{reason}".strip()


def _deadline(item: Item, facts: Facts) -> str:
    return "；".join(dict.fromkeys(deadline_signs(tag, facts.year) for tag in item.deadlines))


def _deadline_hint(item: Item, facts: Facts) -> str:
    reason = item.deadline.reason if item.deadline else ""
    return f"{_deadline(item, facts)}\n{reason}".strip()


def _due(item: Item, facts: Facts) -> tuple[object, ...]:
    value = item.deadline.value if item.deadline else None
    due = value.due if isinstance(value, Deadline) else None
    return (due is None, due.toordinal() if due else 0, _deadline(item, facts))


def _retitle(report_id: str, item: Item, typed: str) -> Change:
    title = typed.strip()
    return edits.change_task(report_id, item, title=title or item.task.title)


COLUMNS: tuple[ColumnSpec, ...] = (
    ColumnSpec("", _nothing, _by_state, "●", _state),
    ColumnSpec("编号", _number, lambda i, f: (f.number(i),), "000"),
    ColumnSpec("重点任务", _title, _by_title, "", _title_hint, editor=Editor.LINE, change=_retitle),
    ColumnSpec(
        "目标",
        _targets,
        lambda i, f: (not _targets(i, f), _targets(i, f)),
        "≥20家；＞300家",
        _targets_hint,
        may_hide=True,
    ),
    ColumnSpec(
        "牵头单位",
        _lead,
        lambda i, f: (i.lead is None, _lead(i, f)),
        "区政务服务",
        _lead_hint,
        editor=Editor.OWNER,
    ),
    ColumnSpec("时限", _deadline, _due, "年底（默认）", _deadline_hint, editor=Editor.DEADLINE),
)
STATE_COLUMN = 0
TITLE_COLUMN = 2


class Progress(StrEnum):
    """Which states the table shows."""

    ALL = "全部状态"
    OPEN = "待处理"
    SUGGESTED = "只看建议"
    DRAFT = "待确认"
    CONFIRMED = "已确认"


class Content(StrEnum):
    """Which tasks the table shows by what they hold or lack."""

    ALL = "不限内容"
    WITH_TARGET = "有指标"
    WITHOUT_TARGET = "无指标"
    WITHOUT_LEAD = "无牵头单位"
    DEFAULT_DEADLINE = "时限为默认"
    WITHOUT_SOURCE = "无原文"


def _has_default_deadline(item: Item) -> bool:
    value = item.deadline.value if item.deadline else None
    return isinstance(value, Deadline) and value.kind is DeadlineKind.DEFAULT_YEAR_END


_BY_PROGRESS: dict[Progress, Callable[[Item], bool]] = {
    Progress.ALL: _any,
    Progress.OPEN: lambda item: item.is_open,
    Progress.SUGGESTED: lambda item: state_of(item) is State.SUGGESTED,
    Progress.DRAFT: lambda item: state_of(item) is State.DRAFT,
    Progress.CONFIRMED: lambda item: state_of(item) is State.CONFIRMED,
}
_BY_CONTENT: dict[Content, Callable[[Item], bool]] = {
    Content.ALL: _any,
    Content.WITH_TARGET: lambda item: bool(item.of_kind(TagKind.TARGET)),
    Content.WITHOUT_TARGET: lambda item: not item.of_kind(TagKind.TARGET),
    Content.WITHOUT_LEAD: lambda item: item.lead is None,
    Content.DEFAULT_DEADLINE: _has_default_deadline,
    Content.WITHOUT_SOURCE: lambda item: not item.task.spans,
}


class TaskFilter(NamedTuple):
    """What the table is narrowed to: a section, states, contents, and a text that some field holds."""

    section: Span | None = None
    progress: Progress = Progress.ALL
    content: Content = Content.ALL
    text: str = ""

    def passes(self, item: Item) -> bool:
        """Whether an item is shown."""
        in_section = self.section is None or self.section.start <= item.start < self.section.end
        return (
            in_section
            and _BY_PROGRESS[self.progress](item)
            and _BY_CONTENT[self.content](item)
            and (not self.text or self.text.lower() in _searched(item))
        )


def _searched(item: Item) -> str:
    """Every text of an item that a search may mean, in lower case."""
    task = item.task
    texts = [task.title, task.quote, task.summary, task.measures, task.standard, task.remarks]
    texts += [task.leader, task.person]
    for tag in item.tags:
        texts.append(tag.text)
        if isinstance(tag.value, Target):
            texts.append(target_signs(tag))
        elif isinstance(tag.value, Owner):
            texts.append(tag.value.name)
    return "\n".join(texts).lower()
