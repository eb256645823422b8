"""What a side reads, as people read it, and what a decision remembers of it."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.decisions import FIELD_NAMES, Field
from app.domain.phrases import NATURES, number_words
from app.domain.signs import deadline_chip, deadline_signs, target_signs
from app.domain.spans import Spans
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Direction, Owner, Role, Tag, Task
from app.review.fields import PARTS, PLACED, TEXTS, by_list, figures, target_of
from app.review.matching import Entry

NO_YEAR = 0
"""Read with no year of its own, every date names its year."""
_NEAR = 6
_DIRECTIONS = {Direction.UP: "增长", Direction.DOWN: "下降", Direction.LEVEL: "保持"}
_COMPARATORS = {
    Comparator.EQ: "＝ 等于",
    Comparator.GE: "≥ 不少于",
    Comparator.LE: "≤ 不超过",
    Comparator.GT: "＞ 超过",
    Comparator.LT: "＜ 低于",
    Comparator.ABOUT: "≈ 左右",
    Comparator.RANGE: "— 区间",
    Comparator.SYNC: "保持同步",
    Comparator.ASSIGNED: "完成下达任务",
    Comparator.GT_REF: "高于参照水平",
}
_KINDS = {
    DeadlineKind.EXPLICIT: "截止",
    DeadlineKind.PLAN_END: "规划期末",
    DeadlineKind.DURING: "期间",
    DeadlineKind.RECURRING: "定期",
    DeadlineKind.EVENT: "事件",
    DeadlineKind.ROLLING: "持续",
    DeadlineKind.DEFAULT_YEAR_END: "默认",
}


def place_words(spans: Spans) -> str:
    """Spans as a decision remembers them: 〔12—50、60—72〕; "" for none."""
    return f"〔{'、'.join(f'{span.start}—{span.end}' for span in spans)}〕" if spans else ""


def at_place(words: str, spans: Spans) -> str:
    """Words with their place, so that the same words elsewhere are not taken for them."""
    return words.strip() + place_words(spans)


def list_words(tags: Iterable[Tag], field: Field) -> str:
    """A list as people read it: 区科技局、区财政局（参与）; 6月底前 → 2026-06-30. In the order of the tags."""
    read = _deadline if field is Field.DEADLINE else _owner
    return "、".join(dict.fromkeys(read(tag) for tag in tags))


def list_seen(tags: Iterable[Tag], field: Field) -> str:
    """What is compared of a list: its members in an order of their own."""
    read = _deadline_seen if field is Field.DEADLINE else _owner
    return "、".join(sorted({read(tag) for tag in tags}))


def part_words(tag: Tag, field: Field) -> str:
    """A part of a target as people read it; its value is the whole figure (≈ 45 亿元)."""
    return figure(tag) if field is Field.VALUE else part_seen(tag, field) or "（空）"


def part_seen(tag: Tag, field: Field) -> str:
    """What is compared of a target's part."""
    target = target_of(tag)
    match field:
        case Field.INDICATOR:
            return target.indicator.strip()
        case Field.VALUE:
            return "—".join(number_words(number, target.unit) for number in figures(target)) or "无数值"
        case Field.COMPARATOR:
            return _COMPARATORS[target.comparator]
        case Field.UNIT:
            return target.unit
    signs = (
        _DIRECTIONS.get(target.direction, "") if target.direction else "",
        NATURES.get(target.nature, "") if target.nature else "",
        f"基期{target.baseline.strip()}" if target.baseline.strip() else "",
        "累计" if target.is_cumulative else "",
    )
    return "、".join(sign for sign in signs if sign)


def figure(tag: Tag) -> str:
    """A target without its indicator: ≈ 45 亿元; its words where it has no number."""
    return target_signs(replace(tag, value=replace(target_of(tag), indicator=""))) or "无数值"


def tag_seen(tag: Tag) -> str:
    """A target, measure or standard with everything in it."""
    parts = [part_seen(tag, field) for field in PARTS] if PLACED[tag.kind] is Field.TARGET else []
    return "／".join((at_place(tag.text, tag.spans), *(part for part in parts if part)))


def own_words(task: Task) -> str:
    """What a task says: its summary where it has one, else its quote or its title."""
    return task.summary or task.quote or task.title


def task_seen(entry: Entry, *, with_placed: bool) -> str:
    """A task with all its fields, a line each; `with_placed`: its targets, measures and standards too."""
    task = entry.task
    lines = [at_place(task.quote, task.spans), f"标题：{task.title}"]
    lines += [
        f"{FIELD_NAMES[field]}：{text}" for field, name in TEXTS.items() if (text := getattr(task, name))
    ]
    lists = by_list(entry.tags).items()
    lines += [f"{FIELD_NAMES[field]}：{seen}" for field, tags in lists if (seen := list_seen(tags, field))]
    if with_placed:
        lines += sorted(
            f"{FIELD_NAMES[PLACED[t.kind]]}：{tag_seen(t)}" for t in entry.tags if t.kind in PLACED
        )
    return "\n".join(lines)


def told_apart(first: str, second: str) -> tuple[str, str]:
    """Two long texts cut to where they differ, with a few characters around: …实施改造， and …实施改造."""
    if not first or not second or first == second:
        return first, second
    head = _common(first, second)
    tail = min(_common(first[::-1], second[::-1]), min(len(first), len(second)) - head)
    begin, end = max(0, head - _NEAR), max(0, tail - _NEAR)
    return _cut(first, begin, end), _cut(second, begin, end)


def _common(first: str, second: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(first, second, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))


def _cut(text: str, begin: int, end: int) -> str:
    rest = text[begin : len(text) - end]
    return f"{'…' if begin else ''}{rest}{'…' if end else ''}"


def _owner(tag: Tag) -> str:
    if not isinstance(tag.value, Owner):
        return tag.text.strip()
    return tag.value.name.strip() + ("（参与）" if tag.value.role is Role.ACTOR else "")


def _deadline(tag: Tag) -> str:
    return deadline_chip(tag, NO_YEAR)


def _deadline_seen(tag: Tag) -> str:
    """A date with its kind; the words themselves where no date is meant."""
    if not isinstance(tag.value, Deadline):
        return tag.text.strip()
    if tag.value.due is None:
        return f"{deadline_signs(tag, NO_YEAR)}（{_kind(tag)}）"
    return f"{tag.value.due.isoformat()}（{_kind(tag)}）"


def _kind(tag: Tag) -> str:
    return _KINDS[tag.value.kind] if isinstance(tag.value, Deadline) else "未读出"
