"""What a reviewer can do to tasks and tags, each as a Change. Pure: nothing here touches the store."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from app.domain.changes import Change, Edit
from app.domain.errors import UserError
from app.domain.proposals import Office, default_deadline
from app.domain.reports import ReportCard
from app.domain.spans import Span, Spans, joined
from app.domain.suggestions import key
from app.domain.tasks import Deadline, Dismissal, Item, Owner, Role, Tag, TagKind, Task, Value
from app.domain.wording import short_title

Words = Callable[[Span], str]
"""Gives the words of a source span as shown."""


def new_id() -> str:
    """An identity that is never used again."""
    return str(uuid4())


def accept(report_id: str, items: Iterable[Item]) -> Change:
    """Confirm tasks as a whole: every tag still suggested in them is taken.

    Those that a new version of the report changed are left out until somebody has looked at the change; UserError
    where none is left.
    """
    every = list(items)
    settled = [item for item in every if not _is_revised(item)]
    if every and not settled:
        raise UserError("新稿改动了这项任务，请先在修订核对里处理，再采纳。")
    edits: list[Edit] = []
    count = 0
    for item in settled:
        count += 1
        task, made = _kept(item, is_confirmed=True)
        edits += made + [_taken(tag, task.id) for tag in item.tags if tag.version == 0]
    return Change("采纳任务" if count == 1 else f"采纳{count}项任务", report_id, tuple(edits))


def reopen(report_id: str, item: Item) -> Change:
    """Take a task's confirmation back."""
    return Change("取消确认", report_id, (Edit(item.task, replace(item.task, is_confirmed=False)),))


def dismiss(report_id: str, item: Item, reason: str = "") -> Change:
    """Decide that an item is no task: a stored one goes with its tags, a suggested one does not come back."""
    edits: list[Edit] = []
    if not item.is_suggested:
        edits += [Edit(tag, None) for tag in item.tags if tag.version]
        edits.append(Edit(item.task, None))
    if item.task.origin:
        edits.append(_dismissed(item.task.layer_id, item.task.origin, item.task.spans, reason))
    return Change("忽略任务" if item.is_suggested else "删除任务", report_id, tuple(edits))


def dismiss_sentence(report_id: str, layer_id: str, span: Span, reason: str) -> Change:
    """Decide that a sentence of 遗漏检查 is no task, and say why."""
    edit = _dismissed(layer_id, key("sentence", span), (span,), reason)
    return Change("忽略遗漏", report_id, (edit,))


def accept_tag(report_id: str, item: Item, tag: Tag) -> Change:
    """Take one suggested tag; its task is there from then on, still to be confirmed."""
    task, made = _kept(item)
    return Change("采纳标注", report_id, (*made, _taken(tag, task.id)))


def dismiss_tag(report_id: str, item: Item, tag: Tag, reason: str = "") -> Change:
    """Decide that a tag is none: a stored one goes, a suggested one does not come back."""
    edits = [Edit(tag, None)] if tag.version else []
    if tag.origin:
        edits.append(_dismissed(tag.layer_id, tag.origin, tag.spans or item.task.spans, reason))
    return Change("忽略标注" if not tag.version else "删除标注", report_id, tuple(edits))


def add_tag(report_id: str, item: Item, kind: TagKind, value: Value, text: str, spans: Spans = ()) -> Change:
    """Tag a piece of a task, or give it a value that the text does not name."""
    task, made = _kept(item)
    tag = Tag(new_id(), task.layer_id, task.id, kind, spans, text, value)
    return Change("添加标注", report_id, (*made, Edit(None, tag)))


def change_tag(report_id: str, item: Item, tag: Tag, value: Value, text: str | None = None) -> Change:
    """Give a tag another value; a suggested one is taken with it, a new version's change of it is settled."""
    task, made = _kept(item)
    # the reason spoke for what was suggested
    reason = tag.reason if value == tag.value else ""
    words = tag.text if text is None else text
    changed = replace(
        tag, value=value, text=words, reason=reason, revised=""
    )  # whoever changes it has looked
    edit = Edit(tag, changed) if tag.version else _taken(changed, task.id)
    return Change("修改标注", report_id, (*made, edit))


def change_task(report_id: str, item: Item, **fields: str) -> Change:
    """Give a task other words: title, summary, measures, standard, remarks, leader, person."""
    _, made = _kept(item, **fields)
    return Change("修改任务", report_id, tuple(made))


def set_lead(report_id: str, item: Item, owner: Owner) -> Change:
    """Make a body the one lead. It stops supporting if it did."""
    task, made = _kept(item)
    edits = list(made)
    lead = item.lead
    value = replace(owner, role=Role.LEAD)
    for tag in item.owners(Role.SUPPORT):
        if isinstance(tag.value, Owner) and tag.value.name == owner.name:
            edits += _without(tag, item)
    if lead is None:
        edits.append(Edit(None, _unplaced(task, TagKind.OWNER, value, owner.name)))
    else:
        changed = replace(lead, value=value, text=lead.text if lead.spans else owner.name, reason="")
        edits.append(Edit(lead, changed) if lead.version else _taken(changed, task.id))
    return Change("设牵头单位", report_id, tuple(edits))


def add_support(report_id: str, item: Item, owner: Owner) -> Change:
    """Let a body support. Refused when it leads or supports already."""
    names = [t.value.name for t in item.of_kind(TagKind.OWNER) if isinstance(t.value, Owner) and t.version]
    if owner.name in names:
        raise UserError(f"{owner.name}已经是这项任务的责任单位，不用再加。")
    for tag in item.owners(Role.SUPPORT):
        if isinstance(tag.value, Owner) and tag.value.name == owner.name:
            return accept_tag(report_id, item, tag)
    value = replace(owner, role=Role.SUPPORT)
    return add_tag(report_id, item, TagKind.OWNER, value, owner.name)._replace(label="加配合单位")


def set_deadline(report_id: str, item: Item, deadline: Deadline, text: str) -> Change:
    """Give a task its deadline; the words of the text stay where they are tagged."""
    tag = item.deadline
    if tag is None:
        return add_tag(report_id, item, TagKind.DEADLINE, deadline, text)
    return change_tag(report_id, item, tag, deadline, text)


def new_task(report_id: str, layer_id: str, spans: Spans, quote: str) -> tuple[Change, str]:
    """A task made by hand over a place in the text, still to be confirmed; and its id."""
    task = Task(new_id(), layer_id, spans, short_title(quote), quote)
    return Change("新建任务", report_id, (Edit(None, task),)), task.id


def decided_task(
    report_id: str, layer_id: str, words: str, source: str, year_end: date
) -> tuple[Change, str]:
    """A task without a place in the text, such as a meeting's decision; it is confirmed, due by default; its id."""
    task = Task(new_id(), layer_id, (), short_title(words), words, remarks=source, is_confirmed=True)
    due = default_deadline(Office(layer_id, year_end), "", task.id)
    tag = replace(due, id=new_id())
    return Change("新建任务", report_id, (Edit(None, task), Edit(None, tag))), task.id


def split(report_id: str, item: Item, at: int, words: Words) -> tuple[Change, str]:
    """Split a task at a source offset inside it: the id stays with the first part; returns the second's id.

    Tags go with their place; a decided deadline and owners that the text does not name count for both parts. A
    title that somebody wrote stays with the first.
    """
    before, after = _divided(item.task.spans, at)
    if not before or not after:
        raise UserError("请把光标放在这项任务的句子中间，再拆分。")
    first_quote, second_quote = ("".join(words(s) for s in spans) for spans in (before, after))
    is_own_title = item.task.title != short_title(item.task.quote)
    title = item.task.title if is_own_title else short_title(first_quote)
    first, edits = _kept(item, spans=before, quote=first_quote, title=title)
    second = Task(
        new_id(),
        first.layer_id,
        after,
        short_title(second_quote),
        second_quote,
        parent_id=first.parent_id or first.id,
        leader=first.leader,
        person=first.person,
    )
    edits.append(Edit(None, second))
    for tag in item.tags:
        if not tag.version:
            continue  # what is only suggested is suggested again where it belongs
        if not tag.spans:
            edits.append(Edit(None, replace(tag, id=new_id(), task_id=second.id, origin="", version=0)))
        elif tag.spans[0].start >= at:
            edits.append(Edit(tag, replace(tag, task_id=second.id)))
    return Change("拆分任务", report_id, tuple(edits)), second.id


def merge(report_id: str, items: list[Item]) -> Change:
    """Merge tasks into the first: it keeps its id and records the others; their leads come to support it."""
    if len(items) < 2:
        raise UserError("请选中两项或更多任务，再合并。")
    head, *others = items
    spans = joined(span for item in items for span in item.task.spans)
    merged, edits = _kept(
        head,
        spans=spans,
        quote="".join(item.task.quote for item in items),
        is_confirmed=all(item.task.is_confirmed for item in items),
        merged_ids=(*head.task.merged_ids, *(item.task.id for item in others)),
    )
    names = {t.value.name for t in head.tags if isinstance(t.value, Owner) and t.version}
    for item in others:
        edits += _moved_tags(item, merged, names)
        edits += [] if item.is_suggested else [Edit(item.task, None)]
    return Change("合并任务", report_id, tuple(edits))


def remove_report(card: ReportCard) -> Change:
    """Take a report out of the workspace; its rows stay, so that this can be undone."""
    return Change("移除报告", card.id, (Edit(card, replace(card, is_removed=True)),))


def restore_report(card: ReportCard) -> Change:
    """Bring a removed report back with all its tags."""
    return Change("恢复报告", card.id, (Edit(card, replace(card, is_removed=False)),))


def correct_report(card: ReportCard, corrected: ReportCard) -> Change:
    """Correct what was read of a report's title, issuer, number, date, year or level."""
    return Change("更正报告信息", card.id, (Edit(card, corrected),))


def _is_revised(item: Item) -> bool:
    return bool(item.task.revised) or any(tag.revised for tag in item.tags)


def _kept(item: Item, **fields: object) -> tuple[Task, list[Edit]]:
    """The item's task as it will stand, and the edit that puts it there: made anew if it was suggested."""
    if item.is_suggested:
        task = replace(item.task, id=new_id(), **fields)  # type: ignore[arg-type]  # callers name Task's fields
        return task, [Edit(None, task)]
    if not fields:
        return item.task, []
    task = replace(item.task, **fields)  # type: ignore[arg-type]  # callers name Task's fields
    return task, [Edit(item.task, task)]


def _taken(tag: Tag, task_id: str) -> Edit:
    """A suggested tag made a stored one."""
    return Edit(None, replace(tag, id=new_id(), task_id=task_id, version=0))


def _unplaced(task: Task, kind: TagKind, value: Value, text: str) -> Tag:
    return Tag(new_id(), task.layer_id, task.id, kind, (), text, value)


def _dismissed(layer_id: str, key: str, spans: Spans, reason: str) -> Edit:
    span = spans[0] if spans else Span(0, 0)
    return Edit(None, Dismissal(new_id(), layer_id, key, span, reason))


def _without(tag: Tag, item: Item) -> list[Edit]:
    if tag.version:
        return [Edit(tag, None)]
    return [_dismissed(tag.layer_id, tag.origin, tag.spans or item.task.spans, "改作牵头单位")]


def _divided(spans: Spans, at: int) -> tuple[Spans, Spans]:
    before = tuple(Span(s.start, min(s.end, at)) for s in spans if s.start < at)
    after = tuple(Span(max(s.start, at), s.end) for s in spans if s.end > at)
    return before, after


def _moved_tags(item: Item, merged: Task, names: set[str]) -> list[Edit]:
    """The decided tags of a task that is merged away; owners already there and defaults are not doubled."""
    edits: list[Edit] = []
    for tag in item.tags:
        value = tag.value
        is_new = bool(tag.spans)
        if isinstance(value, Owner) and not tag.spans:
            is_new = value.name not in names
            names.add(value.name)
            value = replace(value, role=Role.SUPPORT)
        if tag.version:
            edits.append(Edit(tag, replace(tag, task_id=merged.id, value=value) if is_new else None))
    return edits
