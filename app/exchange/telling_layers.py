"""What versions of a layer, or of a hand edit, have differently, as people read it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.domain.contents import Contents
from app.domain.decisions import FIELD_NAMES, Field
from app.domain.layer_moves import STATE_NAMES
from app.domain.signs import deadline_chip, target_signs
from app.domain.tasks import Owner, Role, Tag, TagKind, Task

TITLES_SHOWN = 12
"""How many differing tasks a side names."""
_TEXTS = {
    "quote": Field.SPAN,
    "summary": Field.SUMMARY,
    "measures": Field.MEASURES,
    "standard": Field.STANDARDS,
    "remarks": Field.REMARKS,
    "leader": Field.LEADER,
    "person": Field.PERSON,
}
_ROLES = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.ACTOR: "参与"}
_NO_YEAR = 0


class _Entry(NamedTuple):
    """A task with its tags, versions left out."""

    task: Task
    tags: tuple[Tag, ...]


def layer_words(contents: Contents, others: Sequence[Contents]) -> Iterator[str]:
    """A layer's state, then each task that the others have otherwise, with what they have otherwise in it."""
    yield f"{STATE_NAMES[contents.layer.state]}，任务{len(contents.tasks)}项，标注{len(contents.tags)}个"
    mine, theirs = _by_task(contents), [_by_task(other) for other in others]
    told = [
        _entry_words(entry, [found[task_id] for found in theirs if task_id in found])
        for task_id, entry in mine.items()
        if any(found.get(task_id) != entry for found in theirs)
    ]
    yield from told[:TITLES_SHOWN]
    if len(told) > TITLES_SHOWN:
        yield f"等{len(told)}项任务不同"


def thing_words(thing: Task | Tag | None, others: Sequence[Task | Tag | None]) -> Iterator[str]:
    """What somebody made of a task or tag by hand: a tag whole, of a task what the others have otherwise."""
    if thing is None:
        yield "删去"
    elif isinstance(thing, Tag):
        yield tag_words(thing)
    else:
        yield thing.title or thing.quote
        yield from _text_words(thing, [other for other in others if isinstance(other, Task)])


def tag_words(tag: Tag) -> str:
    """A tag as a chip says it."""
    if isinstance(tag.value, Owner):
        return f"{_ROLES[tag.value.role]}：{tag.value.name}"
    return deadline_chip(tag, _NO_YEAR) if tag.kind is TagKind.DEADLINE else target_signs(tag)


def _entry_words(entry: _Entry, others: Sequence[_Entry]) -> str:
    words = [*_text_words(entry.task, [other.task for other in others])]
    words += [tag_words(tag) for tag in entry.tags if any(tag not in other.tags for other in others)]
    title = entry.task.title or entry.task.quote
    return f"{title}（{'；'.join(words)}）" if words else title


def _text_words(task: Task, others: Sequence[Task]) -> Iterator[str]:
    for name, field in _TEXTS.items():
        text: str = getattr(task, name)
        if any(getattr(other, name) != text for other in others):
            yield f"{FIELD_NAMES[field]}：{text.strip() or '（空）'}"
    if any(other.is_confirmed != task.is_confirmed for other in others):
        yield "已确认" if task.is_confirmed else "未确认"


def _by_task(contents: Contents) -> dict[str, _Entry]:
    """Each task of a layer with its tags, by the task's id."""
    tags: dict[str, list[Tag]] = {}
    for tag in sorted(contents.tags, key=lambda tag: tag.id):
        tags.setdefault(tag.task_id, []).append(replace(tag, version=0))
    return {
        task.id: _Entry(replace(task, version=0), tuple(tags.get(task.id, ()))) for task in contents.tasks
    }
