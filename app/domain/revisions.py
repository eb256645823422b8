"""What the next version of a report leaves for a person: derived from the tasks and tags, settled by changing them.

A task or tag whose words changed in a way that nobody may pass over carries what it read before (`revised`). That is
all that is stored: it is undone, merged and handed over with what it is about.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.changes import Change, Edit
from app.domain.errors import UserError
from app.domain.figure_words import figure_words
from app.domain.signs import WITHOUT_NUMBER
from app.domain.spans import Spans
from app.domain.tasks import Tag, Target, Task, Value


class NoteKind(StrEnum):
    """Why a person is asked, the most pressing first."""

    FIGURE = "figure"
    REWORDED = "reworded"
    ORPHANED = "orphaned"


NOTE_NAMES = {
    NoteKind.FIGURE: "数字有改动",
    NoteKind.REWORDED: "表述有改动",
    NoteKind.ORPHANED: "新稿中找不到",
}
UNSETTLED = "还有{count}处修订改动没有核对，不能提交。请在修订核对里逐条处理后再提交。"
_ORDER = {kind: place for place, kind in enumerate(NoteKind)}
_NOWHERE = 1 << 40


@dataclass(frozen=True, slots=True)
class RevisionNote:
    """One thing to look at. `thing` is the task or tag as it stands; `old` what it read in the version before.

    `new` is what its place reads now, "" for one without a place.
    """

    kind: NoteKind
    thing: Task | Tag
    old: str
    new: str

    @property
    def task_id(self) -> str:
        """The task that it is, or is of."""
        return self.thing.task_id if isinstance(self.thing, Tag) else self.thing.id

    @property
    def spans(self) -> Spans:
        """Where it stands in the new text; none for an orphan."""
        return self.thing.spans


def notes(tasks: Iterable[Task], tags: Iterable[Tag]) -> tuple[RevisionNote, ...]:
    """What waits for a person among a layer's tasks and tags: changed figures first, then in text order."""
    things: tuple[Task | Tag, ...] = (*tasks, *tags)
    found = (_note(thing) for thing in things if thing.revised)
    return tuple(sorted(found, key=_place))


def kept(report_id: str, note: RevisionNote) -> Change:
    """The value stays as it was (an orphan stays without a place); the person has seen the new words."""
    return _settled("核对修订：保留", report_id, note, note.thing)


def taken(report_id: str, note: RevisionNote, value: Value) -> Change:
    """The tag takes the value that the new words say, or that the person gives.

    UserError for a task, an orphan, and where the new words could not be read (None).
    """
    thing = note.thing
    if not isinstance(thing, Tag) or not thing.spans or value is None:
        raise UserError("这一项读不出新值。请在任务卡上改，或选“保留”“删除”。")
    return _settled("核对修订：采用新稿", report_id, note, replace(thing, value=value))


def placed(report_id: str, note: RevisionNote, spans: Spans, words: str) -> Change:
    """An orphan, or what was carried to the wrong place, gets the place that a person points at."""
    if not spans:
        raise UserError("请先在新稿中选中这一项所在的文字。")
    thing = note.thing
    there = (
        replace(thing, spans=spans, text=words)
        if isinstance(thing, Tag)
        else replace(thing, spans=spans, quote=words)
    )
    return _settled("核对修订：重新定位", report_id, note, there)


def dropped(report_id: str, note: RevisionNote, tags: Iterable[Tag]) -> Change:
    """The task with its tags, or the tag, is taken away. `tags` are those of the task."""
    edits = [Edit(tag, None) for tag in tags if isinstance(note.thing, Task)]
    return Change("核对修订：删除", report_id, (*edits, Edit(note.thing, None)))


def read_anew(old: Value, read: Value) -> Value:
    """What the new words say, with what of the old value a sentence rarely tells: its name, direction and nature.

    None where a figure was expected and none is read.
    """
    if not isinstance(old, Target) or not isinstance(read, Target):
        return read if type(old) is type(read) else None
    is_read = (read.low, read.high) != (None, None) or read.comparator in WITHOUT_NUMBER
    if not is_read and (old.low, old.high) != (None, None):
        return None
    return replace(
        read,
        indicator=old.indicator or read.indicator,
        direction=read.direction or old.direction,
        nature=read.nature or old.nature,
        is_cumulative=old.is_cumulative or read.is_cumulative,
    )


def _note(thing: Task | Tag) -> RevisionNote:
    new = (thing.text if isinstance(thing, Tag) else thing.quote) if thing.spans else ""
    if not thing.spans:
        kind = NoteKind.ORPHANED
    elif figure_words(thing.revised) != figure_words(new):
        kind = NoteKind.FIGURE
    else:
        kind = NoteKind.REWORDED
    return RevisionNote(kind, thing, thing.revised, new)


def _place(note: RevisionNote) -> tuple[int, int, str]:
    start = note.spans[0].start if note.spans else _NOWHERE
    return _ORDER[note.kind], start, note.thing.id


def _settled(label: str, report_id: str, note: RevisionNote, after: Task | Tag) -> Change:
    return Change(label, report_id, (Edit(note.thing, replace(after, revised="")),))
