"""What must hold whatever two people tag and a third decides."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import edits
from app.domain.changes import Change
from app.domain.contents import Contents
from app.domain.decisions import Choice
from app.domain.errors import UserError
from app.domain.spans import Span
from app.domain.tasks import Dismissal, Item, Owner, Role, Tag, TagKind, Target, Task
from app.review import Pair, Status, agree, choices, decide, pairs
from app.review.fields import PLACED
from tests.review.cases import AT, BING, FIRST, SECOND, TEXT, Office, slipped, two_layers

RELAXED = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@RELAXED
@given(two_layers(), st.data())
def test_that_f_is_always_what_bases_and_decisions_build(
    layers: tuple[Contents, Contents | None], data: st.DataObject
) -> None:
    office = Office(*layers)
    office.check()
    for _ in range(data.draw(st.integers(1, 8))):
        act(office, data)
        office.check()


@RELAXED
@given(two_layers(), st.data())
def test_that_undoing_everything_restores_f_and_the_decisions(
    layers: tuple[Contents, Contents | None], data: st.DataObject
) -> None:
    office = Office(*layers)
    begun, differences = office.content, office.review.differences
    for _ in range(data.draw(st.integers(1, 6))):
        act(office, data)
    while office.done:
        office.undo()
        office.check()
    assert office.content == begun
    assert [replace(d, decision=None) for d in office.review.differences] == list(differences)


@RELAXED
@given(two_layers(), st.data())
def test_that_a_correction_keeps_what_was_decided(
    layers: tuple[Contents, Contents | None], data: st.DataObject
) -> None:
    office = Office(*layers)
    for _ in range(data.draw(st.integers(1, 6))):
        act(office, data)
    decisions = office.review.decisions
    first, second = office.first, office.second
    if second is not None and data.draw(st.booleans()):
        second = data.draw(slipped(second, SECOND, ""))
    else:
        first = data.draw(slipped(first, FIRST, ""))
    office.corrected(first, second)
    office.check()
    assert office.review.decisions == decisions
    for difference in office.review.differences:
        decision = difference.decision
        if decision is None:
            assert difference.status is Status.OPEN
        elif (decision.first_seen, decision.second_seen) != (difference.first_seen, difference.second_seen):
            assert difference.status is Status.STALE
        else:
            waits = decision.choice is Choice.RETURNED
            assert difference.status is (Status.RETURNED if waits else Status.DECIDED)


@RELAXED
@given(two_layers())
def test_that_every_task_and_tag_is_in_a_pair_and_what_is_not_the_same_is_a_difference(
    layers: tuple[Contents, Contents | None],
) -> None:
    first, second = layers
    office = Office(first, second)
    found = pairs(first, second)
    for side, contents in ((0, first), (1, second)):
        entries = [entry for pair in found for entry in (pair.first, pair.second)[side]]
        tasks = contents.tasks if contents else ()
        assert sorted(entry.task.id for entry in entries) == sorted(task.id for task in tasks)
        matched = [match[side] for pair in found for match in pair.matches]
        placed = [tag for tag in contents.tags if tag.kind in PLACED] if contents else []
        assert sorted(tag.id for tag in matched if tag) == sorted(tag.id for tag in placed)
    confirmed = {task.id: task.is_confirmed for task in office.review.final.tasks}
    for pair in found:
        rows = office.review.of_task(pair.key)
        assert rows or _reads_the_same(pair)
        assert all(confirmed[entry.task.id] is not bool(rows) for entry in pair.first)


def _reads_the_same(pair: Pair) -> bool:
    (one,), (other,) = pair.first, pair.second
    ours, theirs = (
        [(t.kind, t.spans or t.text) for t in entry.tags if t.kind in PLACED] for entry in (one, other)
    )
    return one.task.summary == other.task.summary and sorted(map(str, ours)) == sorted(map(str, theirs))


@RELAXED
@given(two_layers())
def test_that_agreeing_with_every_task_finishes_with_the_first_side(
    layers: tuple[Contents, Contents | None],
) -> None:
    office = Office(*layers)
    before = {replace(t, is_confirmed=True, version=0) for t in office.review.final.tasks}
    for pair in office.review.pairs:
        if any(row.is_open for row in office.review.of_task(pair.key)):
            office.write(agree(office.review, pair.key, BING, AT))
    assert office.review.is_finished
    assert {replace(t, version=0) for t in office.review.final.tasks} == before


def act(office: Office, data: st.DataObject) -> None:
    """Anything that a reviewer may do."""
    step = data.draw(st.sampled_from(("decide", "decide", "agree", "hand", "hand", "undo")))
    if step == "undo" and office.done:
        office.undo()
    elif step == "hand":
        by_hand(office, data)
    elif office.review.differences:
        row = data.draw(st.sampled_from(office.review.differences))
        if step == "agree" and any(
            d.status in {Status.OPEN, Status.STALE} for d in office.review.of_task(row.pair_key)
        ):
            office.write(agree(office.review, row.pair_key, BING, AT))
        elif step == "decide":
            can = [c for c, why in choices(office.review, row).items() if not why and c is not Choice.EDITED]
            choice = data.draw(st.sampled_from(can))
            office.write(decide(office.review, row, choice, BING, AT, "有依据"))


def by_hand(office: Office, data: st.DataObject) -> None:
    """Any edit of F's tasks and tags by hand, and that it holds afterwards."""
    final = office.review.final
    items = [Item(t, tuple(g for g in final.tags if g.task_id == t.id)) for t in final.tasks]
    change = hand_edit(items, data)
    if change is None:
        return
    gone = {edit.id for edit in change.edits if edit.after is None}
    last = {edit.id: edit.after for edit in change.edits}.values()
    office.by_hand(change)
    final = office.review.final
    there: list[Task | Tag] = [*final.tasks, *final.tags]
    assert {told(thing) for thing in last if isinstance(thing, Task | Tag)} <= {told(t) for t in there}
    assert {thing.key for thing in last if isinstance(thing, Dismissal)} <= {d.key for d in final.dismissals}
    assert gone.isdisjoint(thing.id for thing in there)


def told(thing: Task | Tag) -> Task | Tag:
    """What a hand edit says of a task or tag: not its version, nor whether it is confirmed or whose suggestion."""
    if isinstance(thing, Task):
        return replace(thing, version=0, is_confirmed=True, origin="")
    return replace(thing, version=0)


def hand_edit(items: list[Item], data: st.DataObject) -> Change | None:
    """One of the edits that a card or the table makes; None where it cannot be made."""
    if not items or data.draw(st.integers(0, 8)) == 0:
        start = data.draw(st.integers(0, len(TEXT) - 5))
        return edits.new_task("report", "f", (Span(start, start + 4),), TEXT[start : start + 4])[0]
    item = data.draw(st.sampled_from(items))
    try:
        return data.draw(st.sampled_from(HANDS))(item, items, data)
    except UserError:
        return None


def body(data: st.DataObject, role: Role) -> Owner:
    return Owner(role, data.draw(st.sampled_from(("区水务局", "区财政局"))))


def rewrite(item: Item, _items: list[Item], data: st.DataObject) -> Change | None:
    return edits.change_task("report", item, summary=data.draw(st.sampled_from(("改写", "", "另写"))))


def add_target(item: Item, _items: list[Item], _data: st.DataObject) -> Change | None:
    return edits.add_tag("report", item, TagKind.TARGET, Target("手加", low=3.0, high=3.0), "手加")


def lead(item: Item, _items: list[Item], data: st.DataObject) -> Change | None:
    return edits.set_lead("report", item, body(data, Role.LEAD))


def support(item: Item, _items: list[Item], data: st.DataObject) -> Change | None:
    return edits.add_support("report", item, body(data, Role.SUPPORT))


def drop(item: Item, _items: list[Item], _data: st.DataObject) -> Change | None:
    return edits.dismiss("report", item, "不是任务")


def merge(item: Item, items: list[Item], data: st.DataObject) -> Change | None:
    others = [other for other in items if other.task.id != item.task.id]
    return edits.merge("report", [item, data.draw(st.sampled_from(others))]) if others else None


def split(item: Item, _items: list[Item], data: st.DataObject) -> Change | None:
    span = data.draw(st.sampled_from(item.task.spans or (Span(0, 1),)))
    at = data.draw(st.integers(span.start, span.end))
    return edits.split("report", item, at, lambda s: TEXT[s.start : s.end])[0]


def drop_tag(item: Item, _items: list[Item], data: st.DataObject) -> Change | None:
    return edits.dismiss_tag("report", item, data.draw(st.sampled_from(item.tags))) if item.tags else None


def change_tag(item: Item, _items: list[Item], data: st.DataObject) -> Change | None:
    if not item.tags:
        return None
    tag = data.draw(st.sampled_from(item.tags))
    if isinstance(tag.value, Target):
        number = data.draw(st.sampled_from((7.0, 8.0)))
        return edits.change_tag("report", item, tag, replace(tag.value, low=number, high=number), "改的数")
    return edits.change_tag("report", item, tag, tag.value, "改的词")


HANDS = (rewrite, add_target, lead, support, drop, merge, split, drop_tag, change_tag)
