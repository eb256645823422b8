"""Layers over one made-up text, by hand and at random, and a store that holds them as the real one does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from app.domain.changes import Change, Edit, Stored
from app.domain.contents import Contents
from app.domain.errors import ConflictError
from app.domain.people import EVERY_ROLE, entered
from app.domain.reports import Layer, LayerState
from app.domain.spans import Span, Spans, joined
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Dismissal,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
    Value,
)
from app.domain.wording import short_title
from app.review import Review, build

Thing = Task | Tag | Dismissal
REPORT = "report"
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
BING = entered("复核人丙", EVERY_ROLE)
FIRST = Layer("a", REPORT, "甲", LayerState.IN_REVIEW, AT, "p-a", revision=1)
SECOND = Layer("b", REPORT, "乙", LayerState.IN_REVIEW, AT, "p-b", revision=1)
FINAL = Layer("f", REPORT, "丙", LayerState.IN_REVIEW, AT, BING.id, ("a", "b"))
ALONE = replace(FINAL, base_ids=("a",))

TEXT = (
    "新建云港中试平台2个，6月底前完成。技术合同登记额达到45亿元左右。办好海港科技周。"
    "改造老旧泊位12个以上，年底前投用。规上工业增加值增长6%。每季度调度一次进度。"
)


def words(spans: Spans) -> str:
    """The words of spans of TEXT."""
    return "".join(TEXT[span.start : span.end] for span in spans)


def at(text: str) -> Span:
    """The place of words in TEXT."""
    start = TEXT.index(text)
    return Span(start, start + len(text))


def task(task_id: str, text: str | Spans, layer: Layer = FIRST, **fields: object) -> Task:
    """A task over words of TEXT, over spans of it, or (if they are not there) without a place."""
    spans = (at(text),) if isinstance(text, str) and text in TEXT else text if isinstance(text, tuple) else ()
    quote = words(spans) if spans else str(text)
    return replace(
        Task(task_id, layer.id, spans, short_title(quote), quote),
        **fields,  # type: ignore[arg-type]  # callers name Task's fields
    )


def saying(of: Task, name: str, text: str) -> Task:
    """A task with another text in the field of that name."""
    fields: dict[str, Any] = {name: text}
    return replace(of, **fields)


def tag(tag_id: str, owner: Task, kind: TagKind, text: str = "", value: Value = None) -> Tag:
    """A tag of a task; over its words where TEXT has them."""
    spans = (at(text),) if text and text in TEXT else ()
    return Tag(tag_id, owner.layer_id, owner.id, kind, spans, text, value)


def target(
    tag_id: str, owner: Task, text: str, number: float, unit: str = "个", name: str = "平台", **value: object
) -> Tag:
    """A target tag, exactly `number` unless its value says otherwise."""
    figure = replace(
        Target(name, Comparator.EQ, number, number, unit),
        **value,  # type: ignore[arg-type]  # callers name Target's fields
    )
    return tag(tag_id, owner, TagKind.TARGET, text, figure)


def owner(tag_id: str, of: Task, name: str, role: Role = Role.LEAD) -> Tag:
    """An owner tag that the text does not name."""
    return tag(tag_id, of, TagKind.OWNER, name, Owner(role, name))


def due(
    tag_id: str, of: Task, text: str, day: date | None, kind: DeadlineKind = DeadlineKind.EXPLICIT
) -> Tag:
    """A deadline tag."""
    return tag(tag_id, of, TagKind.DEADLINE, text, Deadline(kind, day))


def layer_of(layer: Layer, *things: Thing) -> Contents:
    """A stored layer with these things, brought into it."""
    here = [replace(thing, layer_id=layer.id, version=1) for thing in things]
    return Contents(
        layer,
        tuple(t for t in here if isinstance(t, Task)),
        tuple(t for t in here if isinstance(t, Tag)),
        tuple(t for t in here if isinstance(t, Dismissal)),
    )


class Office:
    """A store of F and its decisions with the real store's rules, and the review that follows it."""

    def __init__(self, first: Contents, second: Contents | None) -> None:
        layer = FINAL if second else ALONE
        self.first, self.second = first, second
        self.rows: dict[tuple[type, str], Stored] = {}
        self.review = Review(first, second, Contents(layer))
        self.done: list[Change] = []
        merging = self.review.merging()
        if merging is not None:
            self.write(merging)
        self.done.clear()

    def write(self, change: Change) -> Change:
        """Write a change as the store does, and let the review follow."""
        rows, edits = dict(self.rows), []
        for edit in change.edits:
            thing = edit.after or edit.before
            place = type(thing), edit.id
            stands = rows.get(place)
            if bare(stands) != bare(edit.before):
                raise ConflictError(f"{place}: {stands} / {edit.before}")
            if edit.after is None:
                del rows[place]
                edits.append(edit)
            else:
                rows[place] = replace(edit.after, version=(stands.version if stands else 0) + 1)
                edits.append(Edit(edit.before, rows[place]))
        self.rows = rows
        done = change._replace(edits=tuple(edits))
        self.done.append(done)
        self.review.apply(done)
        return done

    def undo(self) -> None:
        """Take the last change back."""
        done = self.done.pop()
        self.write(done.inverse())
        self.done.pop()

    def by_hand(self, change: Change) -> Change:
        """Write a hand edit of F, completed."""
        return self.write(self.review.completed(change, BING, AT))

    def corrected(self, first: Contents, second: Contents | None) -> None:
        """Let the annotators correct their layers: the review is opened anew and F built again."""
        self.first, self.second = first, second
        self.review = Review(first, second, self.review.final, self.review.decisions)
        merging = self.review.merging()
        if merging is not None:
            self.write(merging)

    @property
    def content(self) -> set[Stored]:
        """Everything stored, versions left out."""
        return {thing for row in self.rows.values() if (thing := bare(row))}

    def check(self) -> None:
        """What must always hold: stored F is what is built, and so is the review's own."""
        review = self.review
        made = build(review.layer, self.first, self.second, review.decisions)
        built = {*made.tasks, *made.tags, *made.dismissals}
        assert {thing for thing in self.content if isinstance(thing, Task | Tag | Dismissal)} == built
        final: tuple[Stored, ...] = (*review.final.tasks, *review.final.tags, *review.final.dismissals)
        assert {bare(thing) for thing in final} == built
        anew = Review(self.first, self.second, review.final, review.decisions)
        assert anew.differences == review.differences
        assert anew.merging() is None


def bare(thing: Stored | None) -> Stored | None:
    """A stored thing without its version."""
    return thing and replace(thing, version=0)


# --- at random

_SPAN = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 24)).map(
    lambda pair: Span(pair[0], min(len(TEXT), pair[0] + pair[1]))
)
_SPANS = st.lists(_SPAN, max_size=2).map(joined)
_BODIES = st.sampled_from(("区科技局", "区工信局", "区财政局", "区交通局"))
_VALUES: dict[TagKind, st.SearchStrategy[Value]] = {
    TagKind.TARGET: st.builds(
        Target,
        st.sampled_from(("平台", "泊位", "登记额")),
        st.sampled_from((Comparator.EQ, Comparator.GE, Comparator.LE, Comparator.ABOUT)),
        st.sampled_from((None, 2.0, 45e8)),
        st.sampled_from((None, 2.0, 12.0)),
        st.sampled_from(("个", "元", "")),
        is_cumulative=st.booleans(),
    ),
    TagKind.OWNER: st.builds(Owner, st.sampled_from(Role), _BODIES),
    TagKind.DEADLINE: st.builds(
        Deadline,
        st.sampled_from((DeadlineKind.EXPLICIT, DeadlineKind.DURING, DeadlineKind.EVENT)),
        st.sampled_from((None, date(2026, 6, 30), date(2026, 12, 31))),
    ),
    TagKind.MEASURE: st.none(),
    TagKind.STANDARD: st.none(),
}


@st.composite
def a_tag(draw: st.DrawFn, tag_id: str, of: Task) -> Tag:
    """Any tag of a task."""
    kind = draw(st.sampled_from(TagKind))
    spans = draw(_SPANS) if draw(st.booleans()) else ()
    text = words(spans) or draw(st.sampled_from(("约定", "会议定的")))
    return Tag(tag_id, of.layer_id, of.id, kind, spans, text, draw(_VALUES[kind]))


@st.composite
def a_layer(draw: st.DrawFn, layer: Layer, prefix: str) -> Contents:
    """Any layer of a few tasks with a few tags."""
    things: list[Thing] = []
    for n in range(draw(st.integers(0, 4))):
        spans = draw(_SPANS)
        made = task(f"{prefix}{n}", spans or draw(st.sampled_from(("会议定的事", "补充的一件事"))), layer)
        origin = f"task:{spans[0].start}-{spans[0].end}" if spans else ""
        if origin not in {thing.origin for thing in things if isinstance(thing, Task)} and draw(
            st.booleans()
        ):
            made = replace(made, origin=origin)
        made = replace(made, summary=draw(st.sampled_from(("", "分两步做", "先试点"))))
        made = replace(made, title=draw(st.sampled_from((made.title, "自拟标题"))))
        things.append(made)
        things += [draw(a_tag(f"{prefix}{n}t{k}", made)) for k in range(draw(st.integers(0, 3)))]
    if draw(st.booleans()):
        span = draw(_SPAN)
        things.append(Dismissal(f"{prefix}d", layer.id, f"task:{span.start}-{span.end}", span, "去年的事"))
    return layer_of(layer, *things)


@st.composite
def slipped(draw: st.DrawFn, contents: Contents, layer: Layer, prefix: str) -> Contents:
    """A layer much like another: some of its tasks and tags moved, changed, gone or new."""
    things: list[Thing] = list(contents.dismissals) if draw(st.booleans()) else []
    for own in contents.tasks:
        if draw(st.integers(0, 5)):
            task = draw(_slipped_task(replace(own, id=prefix + own.id, layer_id=layer.id)))
            tags = [replace(t, task_id=task.id) for t in contents.tags if t.task_id == own.id]
            things.append(task)
            things += [
                draw(_slipped_tag(replace(t, id=prefix + t.id))) for t in tags if draw(st.integers(0, 4))
            ]
            things += [draw(a_tag(f"{prefix}{own.id}new", task))] if draw(st.integers(0, 2)) == 0 else []
    return layer_of(layer, *things)


@st.composite
def _slipped_task(draw: st.DrawFn, task: Task) -> Task:
    is_moved = draw(st.booleans())
    if task.spans and is_moved:
        spans = draw(_moved(task.spans))
        task = replace(task, spans=spans, quote=words(spans), title=short_title(words(spans)))
    if draw(st.integers(0, 3)) == 0:
        task = replace(task, summary="改过的分解", leader="李副区长")
    return task


@st.composite
def _slipped_tag(draw: st.DrawFn, tag: Tag) -> Tag:
    if draw(st.booleans()):
        tag = replace(tag, value=draw(_VALUES[tag.kind]))
    is_moved = draw(st.booleans())
    if tag.spans and is_moved:
        spans = draw(_moved(tag.spans))
        tag = replace(tag, spans=spans, text=words(spans))
    return tag


def _moved(spans: Spans) -> st.SearchStrategy[Spans]:
    """Spans slipped by a few characters at either end."""
    first, last = spans[0].start, spans[-1].end
    return st.tuples(st.integers(-3, 3), st.integers(-3, 3)).map(
        lambda by: (_within(first + by[0], last + by[1]),)
    )


def _within(start: int, end: int) -> Span:
    start = min(max(0, start), len(TEXT) - 1)
    return Span(start, min(len(TEXT), max(end, start + 1)))


@st.composite
def two_layers(draw: st.DrawFn) -> tuple[Contents, Contents | None]:
    """Two layers as two people make them; sometimes only one."""
    first = draw(a_layer(FIRST, "x"))
    way = draw(st.integers(0, 6))
    if way == 0:
        return first, None
    return first, draw(a_layer(SECOND, "y")) if way == 1 else draw(slipped(first, SECOND, "y"))


def ids(things: Iterable[Task | Tag]) -> list[str]:
    """The ids of things, in order."""
    return [thing.id for thing in things]
