"""Two people's layers over the small report, and a workspace in memory that reviews them with the real rules."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from typing_extensions import override

from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.domain.contents import Contents
from app.domain.decisions import Decision
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import MOVES, MoveName, checked, edit_refusal, is_visible, moved, refusal
from app.domain.people import Person, PersonRole, entered
from app.domain.report import Block, BlockKind, Reading, RunMap, ShownText
from app.domain.reports import Layer, LayerState
from app.domain.spans import Span, Spans
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
from app.review import AgreementTable, Review, agreement, build
from app.workspace import Workspace
from tests.ui.fake_workspace import CARD, HEADINGS, READING, SENTENCES, TEXT, FakeWorkspace, span_of

REVIEWER = entered("王复核", (PersonRole.REVIEWER,))
ZHANG, LI = entered("张三"), entered("李四")
THEN = datetime(2026, 1, 12, 8, 30, tzinfo=UTC)


def _shown() -> ShownText:
    """The small report with its headings and paragraphs as blocks."""
    blocks, at = [], 0
    for line in TEXT.split("\n"):
        kind = BlockKind.HEADING if line in HEADINGS else BlockKind.PARAGRAPH
        level = (HEADINGS.index(line) > 0) + 1 if kind is BlockKind.HEADING else 0
        blocks.append(Block(kind, at, at + len(line), level=level))
        at += len(line) + 1
    return ShownText(TEXT, tuple(blocks), (RunMap(0, 0, len(TEXT)),))


SHOWN_READING = Reading(READING.source, READING.metadata, _shown(), READING.sections, ())


class Layers:
    """Builds one layer's contents. Ids are readable: `a-0` the task of the first sentence, `a-0-20家以上` a tag."""

    def __init__(self, name: str, person: Person, state: LayerState = LayerState.SUBMITTED) -> None:
        revision = int(state is not LayerState.DRAFT)
        self.name = name
        self.layer = Layer(
            f"layer-{name}",
            CARD.id,
            person.name,
            state,
            datetime(2026, 1, 10, tzinfo=UTC),
            person.id,
            revision=revision,
            submitted=THEN if revision else None,
            version=1,
        )
        self.tasks: list[Task] = []
        self.tags: list[Tag] = []

    def task(self, index: int, *, spans: Spans = (), name: str = "") -> str:
        """A task over a sentence, or over parts of it."""
        spans = spans or (span_of(SENTENCES[index]),)
        quote = "".join(TEXT[s.start : s.end] for s in spans)
        task_id = f"{self.name}-{name or index}"
        self.tasks.append(Task(task_id, self.layer.id, spans, quote[:8], quote, is_confirmed=True, version=1))
        return task_id

    def tag(self, task_id: str, kind: TagKind, words: str, value: Value, *, placed: bool = True) -> None:
        """A tag of a task, over its words unless it is not `placed`."""
        spans = (span_of(words),) if placed else ()
        tag_id = f"{task_id}-{words}"
        self.tags.append(Tag(tag_id, self.layer.id, task_id, kind, spans, words, value, version=1))

    def target(
        self, task_id: str, words: str, indicator: str, sign: Comparator, number: float, unit: str
    ) -> None:
        """A target over its words."""
        high = None if sign in {Comparator.GE, Comparator.GT} else number
        self.tag(task_id, TagKind.TARGET, words, Target(indicator, sign, number, high, unit))

    def owner(self, task_id: str, name: str, role: Role = Role.LEAD, *, placed: bool = False) -> None:
        """A body that answers for a task or supports it."""
        self.tag(task_id, TagKind.OWNER, name, Owner(role, name), placed=placed)

    def deadline(self, task_id: str, words: str, due: date) -> None:
        """A deadline over its words."""
        self.tag(task_id, TagKind.DEADLINE, words, Deadline(DeadlineKind.EXPLICIT, due))

    def contents(self) -> Contents:
        """All of it."""
        return Contents(self.layer, tuple(self.tasks), tuple(self.tags))


def first(state: LayerState = LayerState.SUBMITTED) -> Contents:
    """张三's layer."""
    made = Layers("a", ZHANG, state)
    one = made.task(0)
    made.target(one, "20家以上", "科技型企业", Comparator.GE, 20, "家")
    made.target(one, "超过300家", "高新技术企业", Comparator.GT, 300, "家")
    made.owner(one, "区科技局", placed=True)
    made.deadline(one, "6月底前", date(2026, 6, 30))
    two = made.task(1)
    made.target(two, "达到45亿元左右", "技术合同登记额", Comparator.ABOUT, 4.5e9, "元")
    made.target(two, "2个", "中试平台", Comparator.EQ, 2, "个")
    made.owner(two, "区科技局")
    made.deadline(two, "年底前", date(2026, 12, 31))
    three = made.task(2)
    made.target(three, "40项", "技改项目", Comparator.EQ, 40, "项")
    made.owner(three, "区工信局")
    four = made.task(3)
    made.owner(four, "区政务服务办")
    five = made.task(4)
    made.target(five, "20个", "老旧小区", Comparator.EQ, 20, "个")
    made.target(five, "6个", "口袋公园", Comparator.EQ, 6, "个")
    made.owner(five, "区城管委")
    return made.contents()


def second(state: LayerState = LayerState.SUBMITTED) -> Contents:
    """李四's layer: another support, another figure, a deadline and a target left out, a lead, a task more."""
    made = Layers("b", LI, state)
    one = made.task(0)
    made.target(one, "20家以上", "科技型企业", Comparator.GE, 20, "家")
    made.target(one, "超过300家", "高新技术企业", Comparator.GT, 300, "家")
    made.owner(one, "区科技局", placed=True)
    made.owner(one, "区财政局", Role.SUPPORT)
    made.deadline(one, "6月底前", date(2026, 6, 30))
    two = made.task(1)
    made.target(two, "达到45亿元", "技术合同登记额", Comparator.EQ, 4.5e9, "元")
    made.target(two, "2个", "中试平台", Comparator.EQ, 2, "个")
    made.owner(two, "区科技局")
    three = made.task(2)
    made.owner(three, "区工信局")
    whole = span_of(SENTENCES[3])
    four = made.task(3, spans=(Span(whole.start, whole.end - 1),))
    made.owner(four, "区发改委")
    five = made.task(4)
    made.target(five, "20个", "老旧小区", Comparator.EQ, 20, "个")
    made.target(five, "6个", "口袋公园", Comparator.EQ, 6, "个")
    made.owner(five, "区城管委")
    six = made.task(5)
    made.owner(six, "区城管委")
    return made.contents()


class ReviewWorkspace(FakeWorkspace):
    """Reviews in memory, by the real rules of moves, differences and building."""

    def __init__(self, *bases: Contents, person: Person = REVIEWER) -> None:
        super().__init__()
        self.person: Person | None = person
        self.path = Path("fake.duban")
        self.base = {contents.layer.id: contents for contents in bases}
        self.final: Contents | None = None
        self.ruled: dict[str, Decision] = {}
        self.spoken: dict[str, Comment] = {}
        self.length = 0

    # --- layers

    def layers(self, report_id: str) -> tuple[Layer, ...]:
        found = [contents.layer for contents in self.base.values()]
        return (*found, *([self.final.layer] if self.final else []))

    @override
    def layer(self, _report_id: str) -> Layer:
        return self.layers(CARD.id)[0]

    def is_visible(self, layer: Layer) -> bool:
        return is_visible(layer, self.person, self.layers(CARD.id))

    def edit_refusal(self, layer: Layer) -> str:
        return edit_refusal(self.person, layer, self.layers(CARD.id))

    def move_refusal(self, name: MoveName, layer: Layer) -> str:
        return refusal(MOVES[name], self.person, layer, self._bases_of(layer))

    def move(self, name: MoveName, layer_id: str, reason: str = "") -> None:
        layer = next(found for found in self.layers(CARD.id) if found.id == layer_id)
        bases = self._bases_of(layer)
        checked(MOVES[name], self.person, layer, bases, reason)
        for each in (layer, *bases):
            if each.state in MOVES[name].sources:
                self._put(moved(MOVES[name], each, THEN))
        self.length += 1

    def tasks(self, layer_id: str) -> tuple[Task, ...]:
        return self._contents(layer_id).tasks

    def tags(self, layer_id: str) -> tuple[Tag, ...]:
        return self._contents(layer_id).tags

    # --- review

    def start_review(self, _report_id: str, base_ids: list[str]) -> Layer:
        for base_id in base_ids:
            base = self.base[base_id].layer
            checked(MOVES[MoveName.TAKE_UP], self.person, base, (), "")
            self._put(moved(MOVES[MoveName.TAKE_UP], base, THEN))
        layer = Layer("final", CARD.id, "", LayerState.IN_REVIEW, THEN, base_ids=tuple(base_ids), version=1)
        one, other = self._sides(layer)
        self.final = build(layer, one, other, ())
        self.final = replace(
            self.final,
            tasks=tuple(replace(t, version=1) for t in self.final.tasks),
            tags=tuple(replace(t, version=1) for t in self.final.tags),
        )
        self.length += 1
        return layer

    def review(self, _layer_id: str) -> Review:
        assert self.final is not None
        return Review(*self._sides(self.final.layer), self.final, self.ruled.values())

    def agreement(self, _report_id: str, first_id: str, second_id: str) -> AgreementTable:
        return agreement(self.base[first_id], self.base[second_id], SHOWN_READING)

    def comments(self, _report_id: str) -> tuple[Comment, ...]:
        return tuple(sorted(self.spoken.values(), key=lambda comment: comment.at))

    def issued_numbers(self, _report_id: str) -> dict[str, int]:
        return {}

    @override
    def reading(self, _report_id: str) -> Reading:
        return SHOWN_READING

    def word_span(self, _text: str, span: Span) -> Span:
        return span

    def log_length(self) -> int:
        return self.length

    @override
    def apply(self, change: Change) -> Change:
        if self.refuse:
            raise ConflictError("这项任务已在别处修改，请查看后再改。")
        assert self.person is not None
        if any(isinstance(e.after or e.before, Task | Tag | Decision) for e in change.edits):
            assert self.final is not None
            words = self.edit_refusal(self.final.layer)
            if words:
                raise UserError(words)
            change = self.review("").completed(change, self.person, THEN)
        done = change._replace(edits=tuple(self._written(edit) for edit in change.edits))
        self.changes.append(done)
        self.length += 1
        return done

    def _written(self, edit: Edit) -> Edit:
        before, after = edit.before, edit.after
        if after is not None:
            after = replace(after, version=(before.version if before else 0) + 1)
        self._keep(before, after)
        return Edit(before, after)

    def _keep(self, before: Any, after: Any) -> None:
        thing = after or before
        if isinstance(thing, Decision | Comment):
            kept: dict[str, Any] = self.ruled if isinstance(thing, Decision) else self.spoken
            kept.pop(thing.id, None)
            if after is not None:
                kept[thing.id] = after
        elif self.final is not None:
            field = {Task: "tasks", Tag: "tags", Dismissal: "dismissals"}[type(thing)]
            others = [x for x in getattr(self.final, field) if x.id != thing.id]
            parts: dict[str, Any] = {field: (*others, *([after] if after is not None else []))}
            self.final = replace(self.final, **parts)

    def _sides(self, layer: Layer) -> tuple[Contents, Contents | None]:
        one, *other = (self.base[base_id] for base_id in layer.base_ids)
        return one, other[0] if other else None

    def _bases_of(self, layer: Layer) -> list[Layer]:
        return [base.layer for base in self.base.values() if base.layer.id in layer.base_ids]

    def _put(self, layer: Layer) -> None:
        if layer.is_reviewed:
            assert self.final is not None
            self.final = replace(self.final, layer=layer)
        else:
            self.base[layer.id] = replace(self.base[layer.id], layer=layer)

    def _contents(self, layer_id: str) -> Contents:
        if self.final is not None and self.final.layer.id == layer_id:
            return self.final
        return self.base[layer_id]


def in_review(*, single: bool = False, person: Person = REVIEWER) -> ReviewWorkspace:
    """A workspace with a review begun by the reviewer, opened by a person."""
    made = ReviewWorkspace(first(), *([] if single else [second()]))
    made.start_review(CARD.id, list(made.base))
    made.person = person
    return made


def as_workspace(made: ReviewWorkspace) -> Workspace:
    """As the window takes it."""
    return cast("Workspace", made)
