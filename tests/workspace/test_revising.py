"""A report's next version: every layer comes over, nothing with another figure silently, nothing is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain import edits, revisions
from app.domain.changes import Change, Edit
from app.domain.corrections import Correction
from app.domain.errors import UserError
from app.domain.judged import Verdict, YearGoal, verdict_id, year_goal_id
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole
from app.domain.periods import period_of
from app.domain.progress import Figure, Progress, progress_id
from app.domain.reports import Layer, LayerState, ReportCard, own_layer_id
from app.domain.revisions import NoteKind
from app.domain.slips import correcting
from app.domain.spans import Span
from app.domain.task_moves import TaskMove, TaskMoveName
from app.domain.tasks import Comparator, Owner, Role, Tag, TagKind, Target, Task
from app.revising import CarriedKind, DiffKind
from app.workspace import Workspace
from app.workspace.outgoing import Wanted
from app.workspace.revising import GONE
from tests.rendering import to_docx
from tests.workspace.people import TEXT, enter, put_reviewed, remark, report_in

AT = datetime(2026, 3, 1, tzinfo=UTC)
NEW = (
    TEXT.replace("新建泊位3个", "新建泊位5个")
    .replace("办好港口开放日。", "")
    .replace("坚持依法行政，", "推广绿色航运。坚持依法行政，")
)


def become(workspace: Workspace, name: str) -> None:
    workspace.sign_in(next(p.id for p in workspace.people() if p.name == name))


def accepted(workspace: Workspace) -> str:
    """A report of which every suggested task is accepted; its id."""
    report_id = report_in(workspace)
    workspace.apply(edits.accept(report_id, workspace.items(report_id)))
    return report_id


def revised(workspace: Workspace, report_id: str, text: str = NEW) -> ReportCard:
    """The next version of a report, written."""
    return workspace.apply_revision(workspace.revise_bytes(report_id, text.encode(), "通过稿.txt")).card


def task_of(workspace: Workspace, report_id: str, words: str) -> Task:
    return next(t for t in workspace.tasks(workspace.layer(report_id).id) if words in t.quote)


def tags_of(workspace: Workspace, task: Task, report_id: str) -> list[Tag]:
    return [t for t in workspace.tags(workspace.layer(report_id).id) if t.task_id == task.id]


def ids_in(workspace: Workspace, layer: Layer) -> set[str]:
    return {t.id for t in workspace.tasks(layer.id)} | {t.id for t in workspace.tags(layer.id)}


# --- before anything is written


def test_that_a_preview_tells_what_would_become_of_it_and_writes_nothing(
    empty: Workspace, tmp_path: Path
) -> None:
    report_id = accepted(empty)
    before = empty.log_length()
    path = tmp_path / "通过稿.txt"
    path.write_text(NEW, encoding="utf-8")
    preview = empty.revise(report_id, path)
    assert preview.layer == empty.layer(report_id)
    assert {diff.kind for diff in preview.diffs} == {
        DiffKind.SAME,
        DiffKind.ADDED,
        DiffKind.REMOVED,
        DiffKind.CHANGED,
    }
    first, *_, last = preview.waiting
    assert (first.old_words, first.new_words, first.is_figure_changed) == ("3个", "5个", True)
    assert (last.kind, last.after.spans) == (CarriedKind.ORPHANED, ())
    assert preview.count(CarriedKind.ORPHANED) == sum(not thing.after.spans for thing in preview.things)
    assert "新增1句，删去1句，改动1句" in preview.words
    assert f"待核对{len(preview.waiting)}处，其中数字有改动1处。" in preview.words
    assert (empty.log_length(), len(empty.reports())) == (before, 1)


def test_that_a_preview_without_tags_tells_of_the_sentences(empty: Workspace) -> None:
    preview = empty.revise_bytes(report_in(empty), NEW.encode(), "通过稿.txt")
    assert (preview.layer, preview.things, preview.waiting) == (None, (), ())
    assert preview.words.endswith("还没有标注。")


def test_that_the_same_text_is_no_new_version(empty: Workspace) -> None:
    with pytest.raises(UserError, match="完全相同"):
        empty.revise_bytes(report_in(empty), TEXT.encode(), "再来.txt")


def test_that_only_the_newest_version_has_a_next_one(empty: Workspace) -> None:
    report_id = report_in(empty)
    card = revised(empty, report_id)
    with pytest.raises(UserError, match="已有新版本（第2号）"):
        empty.revise_bytes(report_id, (NEW + "完。").encode(), "三稿.txt")
    with pytest.raises(UserError, match="属于另一个版本"):
        empty.revise_bytes(card.id, TEXT.encode(), "一稿.txt")
    third = revised(empty, card.id, NEW + "完。")
    assert [one.number for one in empty.versions(card.id)] == [1, 2, 3]
    assert empty.versions(third.id) == empty.versions(report_id)
    assert empty.next_version(report_id) == card
    assert empty.next_version(third.id) is None


def test_that_a_removed_version_leaves_the_old_one_the_newest(empty: Workspace) -> None:
    report_id = report_in(empty)
    card = revised(empty, report_id)
    empty.apply(edits.remove_report(card))
    assert empty.next_version(report_id) is None
    with pytest.raises(UserError, match="恢复"):
        empty.revise_bytes(report_id, NEW.encode(), "通过稿.txt")
    assert revised(empty, report_id, NEW + "完。").supersedes == report_id
    assert empty.versions(report_id)[0].number == 1


def test_that_another_reports_version_is_refused(empty: Workspace) -> None:
    first = report_in(empty)
    card = revised(empty, first)
    other = empty.import_bytes(TEXT.replace("航道", "锚地").encode(), "另一份.txt")
    with pytest.raises(UserError, match=f"第{card.number}号报告，属于另一个版本"):
        empty.revise_bytes(other.id, NEW.encode(), "通过稿.txt")


# --- what is carried


def test_that_the_new_version_names_the_old_one_and_is_read_for_its_year(empty: Workspace) -> None:
    report_id = report_in(empty)
    old = empty.report(report_id)
    empty.apply(edits.correct_report(old, replace(old, metadata=replace(old.metadata, year=2027))))
    card = revised(empty, report_id)
    assert (card.supersedes, card.number, card.metadata.year) == (report_id, 2, 2027)
    assert empty.report(card.id) == card
    assert empty.reading(card.id).source.text == NEW


def test_that_tasks_and_tags_keep_their_ids_and_find_their_places(empty: Workspace) -> None:
    report_id = accepted(empty)
    layer = empty.layer(report_id)
    ids = ids_in(empty, layer)
    card = revised(empty, report_id)
    after = empty.layer(card.id)
    assert after.id == own_layer_id(card.id, layer.person_id)
    assert (after.state, after.version, after.created) == (LayerState.DRAFT, 1, layer.created)
    assert ids_in(empty, after) == ids
    task = task_of(empty, card.id, "满意率")
    (span,) = task.spans
    assert NEW[span.start : span.end] == "坚持依法行政，办理建议提案满意率达到95%以上。"
    assert task.origin == f"task:{span.start}-{span.end}"
    assert (task.is_confirmed, task.revised) == (True, "")
    assert empty.tasks(layer.id)[0].layer_id == layer.id  # the old version keeps its own


def test_that_a_changed_figure_stands_with_its_old_value_until_a_person_looks(empty: Workspace) -> None:
    report_id = accepted(empty)
    card = revised(empty, report_id)
    task = task_of(empty, card.id, "泊位")
    assert (task.quote, task.title) == ("新建泊位5个，6月底前完成航道疏浚。", "新建泊位5个")
    assert (task.is_confirmed, task.revised) == (False, "")  # its tag asks already
    (target,) = (t for t in tags_of(empty, task, card.id) if t.kind is TagKind.TARGET)
    assert (target.text, target.revised) == ("5个", "3个")
    assert isinstance(target.value, Target)
    assert target.value.low == 3
    (deadline,) = (t for t in tags_of(empty, task, card.id) if t.kind is TagKind.DEADLINE and t.spans)
    assert (deadline.text, deadline.revised) == ("6月底前", "")


def test_that_a_task_takes_in_what_is_put_before_its_sentence_and_a_tag_does_not(empty: Workspace) -> None:
    report_id = accepted(empty)
    item = next(i for i in empty.items(report_id) if "泊位" in i.task.quote)
    at = item.task.spans[0].start
    empty.apply(edits.add_tag(report_id, item, TagKind.MEASURE, None, "新建", (Span(at, at + 2),)))
    card = revised(empty, report_id, TEXT.replace("新建泊位", "加快新建泊位"))
    task = task_of(empty, card.id, "泊位")
    assert (task.quote, task.spans[0].start) == ("加快新建泊位3个，6月底前完成航道疏浚。", at)
    (measure,) = (t for t in tags_of(empty, task, card.id) if t.kind is TagKind.MEASURE)
    assert (measure.text, measure.spans) == ("新建", (Span(at + 2, at + 4),))


def test_that_an_orphan_stays_as_a_task_without_a_place(empty: Workspace) -> None:
    report_id = accepted(empty)
    old = task_of(empty, report_id, "开放日")
    card = revised(empty, report_id)
    task = task_of(empty, card.id, "开放日")
    assert (task.id, task.spans, task.origin) == (old.id, (), "")
    assert (task.quote, task.revised, task.is_confirmed) == (old.quote, old.quote, False)


@pytest.mark.parametrize(
    ("words", "kind", "now"),
    [
        (("办好港口开放日。", "坚持依法行政"), CarriedKind.REWORDED, ("坚持依法行政",)),
        (("办好港口开放日。",), CarriedKind.ORPHANED, ()),
        (
            ("（一）建设枢纽港口。", "坚持依法行政"),
            CarriedKind.EXACT,
            ("（一）建设枢纽港口。", "坚持依法行政"),
        ),
    ],
)
def test_that_what_has_lost_one_of_its_places_is_told_as_reworded_and_stands_at_the_others(
    empty: Workspace, words: tuple[str, ...], kind: CarriedKind, now: tuple[str, ...]
) -> None:
    report_id = report_in(empty)
    spans = tuple(Span(at := TEXT.index(each), at + len(each)) for each in words)
    change, _ = edits.new_task(report_id, empty.layer(report_id).id, spans, "".join(words))
    empty.apply(change)
    preview = empty.revise_bytes(report_id, NEW.encode(), "通过稿.txt")
    (thing,) = (t for t in preview.things if isinstance(t.before, Task))
    assert thing.kind == kind
    assert tuple(NEW[span.start : span.end] for span in thing.after.spans) == now


def test_that_owners_without_a_place_come_along(empty: Workspace) -> None:
    report_id = accepted(empty)
    item = next(i for i in empty.items(report_id) if "泊位" in i.task.quote)
    empty.apply(edits.set_lead(report_id, item, Owner(Role.LEAD, "区交通局")))
    card = revised(empty, report_id)
    item = next(i for i in empty.items(card.id) if "泊位" in i.task.quote)
    assert item.lead is not None
    assert item.lead.text == "区交通局"
    assert item.lead.revised == ""


def test_that_a_figure_of_another_thing_is_looked_at(empty: Workspace) -> None:
    report_id = accepted(empty)
    task = task_of(empty, report_id, "满意率")
    assert any(
        "满意率" in t.value.indicator for t in tags_of(empty, task, report_id) if isinstance(t.value, Target)
    )
    card = revised(empty, report_id, TEXT.replace("提案满意率", "提案办结率"))
    note = next(n for n in empty.revision_notes(card.id) if isinstance(n.thing, Tag))
    assert (note.kind, note.old, note.new) == (NoteKind.REWORDED, "达到95%以上", "达到95%以上")
    assert not task_of(empty, card.id, "办结率").is_confirmed


@pytest.mark.parametrize(
    ("kind", "value", "needs_person"),
    [
        (TagKind.TARGET, Target("满意率", Comparator.GE, 95.0, None, "%"), True),
        (TagKind.MEASURE, None, False),
    ],
)
def test_that_a_value_is_looked_at_where_its_words_are_hardly_others_and_a_passage_is_not(
    empty: Workspace, kind: TagKind, value: Target | None, needs_person: bool
) -> None:
    report_id = report_in(empty)
    words = "办理建议提案满意率达到95%以上"
    spans = (Span(TEXT.index(words), TEXT.index(words) + len(words)),)
    item = next(i for i in empty.items(report_id) if words in i.task.quote)
    empty.apply(edits.add_tag(report_id, item, kind, value, words, spans))
    new = TEXT.replace("建议提案", "建议和提案")
    preview = empty.revise_bytes(report_id, new.encode(), "通过稿.txt")
    (thing,) = (t for t in preview.things if isinstance(t.before, Tag) and t.before.text == words)
    assert (thing.kind, thing.score > 0.85, thing.is_figure_changed) == (CarriedKind.REWORDED, True, False)
    assert thing.needs_person is needs_person


def test_that_dismissals_are_kept_where_their_words_are(empty: Workspace) -> None:
    report_id = report_in(empty)
    items = {i.task.quote[:4]: i for i in empty.items(report_id)}
    for words, reason in (("新建泊位", "已完成"), ("坚持依法", "不列入"), ("办好港口", "不列入")):
        empty.apply(edits.dismiss(report_id, items[words], reason))
    preview = empty.revise_bytes(report_id, NEW.encode(), "通过稿.txt")
    assert preview.forgotten == 2
    card = empty.apply_revision(preview).card
    (kept,) = empty.dismissals(empty.layer(card.id).id)
    assert (NEW[kept.span.start : kept.span.end][:4], kept.reason) == ("坚持依法", "不列入")
    assert kept.key == f"task:{kept.span.start}-{kept.span.end}"
    quotes = [i.task.quote[:4] for i in empty.items(card.id)]
    assert "坚持依法" not in quotes
    assert "新建泊位" in quotes  # its figure is another: it is proposed again


def test_that_numbers_that_went_out_stand_still_and_are_not_given_again(empty: Workspace) -> None:
    report_id = report_in(empty)
    items = empty.items(report_id)
    empty.apply(edits.accept(report_id, items[:1]))
    empty.freeze_numbers(report_id, items)
    numbers = {i.task.quote[:4]: i.number for i in items}
    card = revised(empty, report_id)
    after = {i.task.quote[:4]: i.number for i in empty.items(card.id)}
    assert after["新建泊位"] == numbers["新建泊位"]
    assert after["坚持依法"] == numbers["坚持依法"]
    gone = [key for key in empty.issued_numbers(card.id) if key.startswith(GONE)]
    assert len(gone) == 1
    assert empty.issued_numbers(card.id)[gone[0]] == numbers["办好港口"]
    fresh = {n for words, n in after.items() if words not in numbers}
    assert all(n > max(numbers.values()) for n in fresh)


def test_that_a_version_that_is_here_with_numbers_that_went_out_keeps_them(empty: Workspace) -> None:
    report_id = accepted(empty)
    newer = empty.import_bytes(NEW.encode(), "通过稿.txt").id
    empty.freeze_numbers(report_id, empty.items(report_id))
    empty.freeze_numbers(newer, empty.items(newer)[1:])
    numbers = empty.issued_numbers(newer)
    assert revised(empty, report_id).id == newer
    assert empty.issued_numbers(newer) == numbers != {}


def test_that_the_number_of_a_task_that_is_not_here_stays_its_own(empty: Workspace) -> None:
    """Somebody elsewhere may still have it: with their layer it comes back under the number that went out."""
    report_id = report_in(empty)
    made, task_id = edits.new_task(report_id, empty.layer(report_id).id, (Span(0, 3),), TEXT[:3])
    empty.apply(made)
    empty.freeze_numbers(report_id, empty.items(report_id))
    number = empty.issued_numbers(report_id)[task_id]
    empty.apply(edits.dismiss(report_id, next(i for i in empty.items(report_id) if i.task.id == task_id)))
    assert empty.issued_numbers(revised(empty, report_id).id)[task_id] == number


def test_that_what_was_decided_about_slips_counts_in_the_new_version(empty: Workspace) -> None:
    slipped = TEXT + "优化菅商环境，推动技术选代。"
    report_id = empty.import_bytes(slipped.encode(), "报告.txt").id
    first, second = empty.slips(report_id)
    empty.apply(correcting(empty.report(report_id), first.span, first.meant))
    empty.apply(correcting(empty.report(report_id), second.span, second.meant))
    card = revised(empty, report_id, "前言。\n" + slipped.replace("选代", "创新"))
    assert card.corrections == (Correction(first.span.start + 4, first.span.end + 4, "营商"),)
    assert "优化营商环境" in empty.reading(card.id).shown.text
    assert empty.slips(card.id) == ()
    assert empty.verify() == []


def test_that_a_draft_in_text_and_a_version_in_word_are_one_report(empty: Workspace, tmp_path: Path) -> None:
    report_id = accepted(empty)
    path = tmp_path / "通过稿.docx"
    path.write_bytes(to_docx(TEXT.replace("开放日", "文化节")))
    preview = empty.revise(report_id, path)
    assert {thing.kind for thing in preview.things} == {CarriedKind.EXACT, CarriedKind.REWORDED}
    assert [thing.new_words for thing in preview.waiting] == ["办好港口文化节。"]
    card = empty.apply_revision(preview).card
    assert empty.reading(card.id).places


def test_that_comments_come_along_with_their_replies(empty: Workspace) -> None:
    report_id = accepted(empty)
    layer = empty.layer(report_id)
    at = TEXT.index("95%")
    first = remark(empty, layer, span=Span(at, at + 3), task_id=task_of(empty, report_id, "满意率").id)
    reply = remark(empty, layer, "已核对", parent_id=first.id)
    lost = remark(empty, layer, span=Span(TEXT.index("3个"), TEXT.index("3个") + 2))
    empty.apply(Change("意见", report_id, tuple(Edit(None, c) for c in (first, reply, lost))))
    card = revised(empty, report_id)
    found = {c.text: c for c in empty.comments(card.id) if c.parent_id or c.task_id}
    assert found["请核对"].span == Span(NEW.index("95%"), NEW.index("95%") + 3)
    assert found["已核对"].parent_id == found["请核对"].id
    assert found["请核对"].id != first.id
    assert [c.span for c in empty.comments(card.id) if not c.task_id and not c.parent_id] == [None]
    assert len(empty.comments(report_id)) == 3


def test_that_what_units_reported_goes_on_over_the_new_version(empty: Workspace) -> None:
    report_id = accepted(empty)
    task = task_of(empty, report_id, "泊位")
    target = next(t for t in tags_of(empty, task, report_id) if isinstance(t.value, Target))
    me = empty.person
    assert me is not None
    told = Progress(
        progress_id(report_id, task.id, "2026-03", "区交通局"),
        report_id,
        task.id,
        "2026-03",
        "区交通局",
        True,
        AT,
        me.id,
        me.name,
        (Figure(target.id, 1.0, "1个"),),
    )
    things = (
        told,
        TaskMove("move-1", report_id, task.origin, TaskMoveName.REGISTER, AT, me.id, me.name),
        Verdict(verdict_id(report_id, target.id), report_id, target.id, True, me.id, me.name, AT),
        YearGoal(year_goal_id(report_id, target.id, 2026), report_id, target.id, 2026, 3.0),
    )
    from db import changes, supervision

    with empty._store.writing() as connection:
        changes.apply(
            connection, Change("进展", report_id, tuple(Edit(None, t) for t in things)), empty._author
        )
    card = revised(empty, report_id)
    with empty._store.reading() as connection:
        (progress,) = supervision.progress(connection, card.id)
        (move,) = supervision.moves(connection, card.id)
        (verdict,) = supervision.verdicts(connection, card.id)
        (goal,) = supervision.year_goals(connection, card.id)
    assert progress == replace(
        told,
        id=progress_id(card.id, task.id, "2026-03", "区交通局"),
        report_id=card.id,
        version=1,
    )
    assert move.task_id == task.id  # the suggestion's words are not there as they were
    assert verdict.id == verdict_id(card.id, target.id)
    assert (goal.id, goal.value) == (year_goal_id(card.id, target.id, 2026), 3.0)
    assert {progress.version, move.version, verdict.version, goal.version} == {1}  # the copies are new here
    assert revised(empty, report_id) == card
    with empty._store.reading() as connection:
        assert set(supervision.of_report(connection, card.id)) == {progress, move, verdict, goal}


# --- settled by a person


def test_that_notes_come_by_how_pressing_they_are_and_are_settled_one_by_one(empty: Workspace) -> None:
    report_id = accepted(empty)
    card = revised(empty, report_id)
    first, *rest = empty.revision_notes(card.id)
    assert (first.kind, first.old, first.new) == (NoteKind.FIGURE, "3个", "5个")
    assert {note.kind for note in rest} == {NoteKind.ORPHANED}
    value = empty.revised_value(first, empty.reading(card.id), empty.suggestions(card.id))
    done = empty.apply(revisions.taken(card.id, first, value))
    assert [note.kind for note in empty.revision_notes(card.id)] == [NoteKind.ORPHANED] * len(rest)
    tag = next(t for t in empty.tags(empty.layer(card.id).id) if t.id == first.thing.id)
    assert isinstance(tag.value, Target)
    assert (tag.value.low, tag.value.indicator, tag.revised) == (5.0, "新建泊位", "")
    empty.apply(done.inverse())
    assert empty.revision_notes(card.id)[0].old == "3个"


def test_that_a_value_is_read_by_the_rules_where_nothing_is_suggested(empty: Workspace) -> None:
    report_id = accepted(empty)
    card = revised(empty, report_id)
    first, *rest = empty.revision_notes(card.id)
    value = empty.revised_value(first, empty.reading(card.id))
    assert isinstance(value, Target)
    assert (value.low, value.comparator) == (5.0, Comparator.EQ)
    assert empty.revised_value(rest[0], empty.reading(card.id)) is None


def test_that_a_task_is_not_confirmed_before_its_changes_are_looked_at(empty: Workspace) -> None:
    report_id = accepted(empty)
    card = revised(empty, report_id)
    item = next(i for i in empty.items(card.id) if "泊位" in i.task.quote)
    with pytest.raises(UserError, match="修订核对"):
        edits.accept(card.id, [item])
    every = edits.accept(card.id, empty.items(card.id))
    confirmed = {edit.after.id for edit in every.edits if isinstance(edit.after, Task)}
    assert task_of(empty, card.id, "满意率").id in confirmed
    assert item.task.id not in confirmed
    empty.apply(revisions.kept(card.id, empty.revision_notes(card.id)[0]))
    item = next(i for i in empty.items(card.id) if "泊位" in i.task.quote)
    assert empty.apply(edits.accept(card.id, [item])).edits


def test_that_nothing_is_submitted_before_everything_is_looked_at(empty: Workspace) -> None:
    report_id = accepted(empty)
    card = revised(empty, report_id)
    layer = empty.layer(card.id)
    count = len(empty.revision_notes(card.id))
    with pytest.raises(UserError, match=f"还有{count}处修订改动没有核对"):
        empty.move(MoveName.SUBMIT, layer.id)
    for note in empty.revision_notes(card.id):
        empty.apply(revisions.kept(card.id, note))
    empty.move(MoveName.SUBMIT, layer.id)
    assert empty.layer(card.id).state is LayerState.SUBMITTED


def test_that_an_older_note_is_kept_through_another_revision(empty: Workspace) -> None:
    report_id = accepted(empty)
    card = revised(empty, report_id)
    third = revised(empty, card.id, NEW.replace("泊位5个", "泊位6个").replace("95%", "96%"))
    told = {(n.old, n.new) for n in empty.revision_notes(third.id) if n.kind is NoteKind.FIGURE}
    assert told == {("3个", "6个"), ("达到95%以上", "达到96%以上")}


# --- several people


def test_that_every_annotators_layer_comes_over_unseen(empty: Workspace) -> None:
    enter(empty, "陈静")
    report_id = accepted(empty)
    become(empty, "陈静")
    items = [i for i in empty.items(report_id) if "满意率" in i.task.quote]
    empty.apply(edits.accept(report_id, items))
    hers = empty.layer(report_id)
    become(empty, "周宁")
    preview = empty.revise_bytes(report_id, NEW.encode(), "通过稿.txt")
    summary = empty.apply_revision(preview)
    assert summary.layers == 2
    after = own_layer_id(summary.card.id, hers.person_id)
    assert {layer.id for layer in empty.layers(summary.card.id)} == {after, empty.layer(summary.card.id).id}
    with pytest.raises(UserError, match="还看不到"):
        empty.tasks(after)
    assert all("陈静" not in e.label for e in empty.history(summary.card.id))
    become(empty, "陈静")
    assert [t.quote[:4] for t in empty.tasks(after)] == ["坚持依法"]


def test_that_a_submitted_layer_comes_back_to_its_author_and_still_counts(empty: Workspace) -> None:
    report_id = accepted(empty)
    layer = empty.layer(report_id)
    empty.move(MoveName.SUBMIT, layer.id)
    submitted = empty.layer(report_id)
    card = revised(empty, report_id)
    after = empty.layer(card.id)
    assert (after.state, after.revision, after.submitted) == (LayerState.RETURNED, 1, submitted.submitted)
    assert empty.edit_refusal(after) == ""
    assert empty.counting_layer(card.id) == after


def test_that_annotators_go_on_from_what_review_made_final(empty: Workspace) -> None:
    enter(empty, "赵平", PersonRole.REVIEWER)
    report_id = accepted(empty)
    layer = empty.layer(report_id)
    empty.move(MoveName.SUBMIT, layer.id)
    final = put_reviewed(empty, report_id, empty.layer(report_id), state=LayerState.FINAL, revision=1)
    from db.mapping import TASKS

    made = Task("by-review", final.id, (), "复核补充", "复核补充", is_confirmed=True, version=1)
    with empty._store.writing() as connection:
        TASKS.insert(connection, [made])
    card = revised(empty, report_id)
    after = empty.layer(card.id)
    assert [t.id for t in empty.tasks(after.id)] == ["by-review"]
    assert [one.is_reviewed for one in empty.layers(card.id)] == [False]


@pytest.mark.parametrize(
    ("state", "revision", "count"), [(LayerState.FINAL, 1, 1), (LayerState.IN_REVIEW, 0, 0)]
)
def test_that_what_was_said_about_a_final_version_comes_to_its_annotator(
    empty: Workspace, state: LayerState, revision: int, count: int
) -> None:
    report_id = accepted(empty)
    empty.move(MoveName.SUBMIT, empty.layer(report_id).id)
    reviewed = put_reviewed(empty, report_id, empty.layer(report_id), state=state, revision=revision)
    from db.kinds import COMMENTS

    at = TEXT.index("95%")
    with empty._store.writing() as connection:
        COMMENTS.insert(connection, [replace(remark(empty, reviewed, span=Span(at, at + 3)), version=1)])
    card = revised(empty, report_id)
    found = empty.comments(card.id)
    assert [(c.layer_id, c.span) for c in found] == [
        (empty.layer(card.id).id, Span(NEW.index("95%"), NEW.index("95%") + 3))
    ] * count


def test_that_a_review_that_is_not_final_is_no_ground(empty: Workspace) -> None:
    report_id = accepted(empty)
    empty.move(MoveName.SUBMIT, empty.layer(report_id).id)
    put_reviewed(empty, report_id, empty.layer(report_id))
    count = len(empty.tasks(empty.layer(report_id).id))
    card = revised(empty, report_id)
    assert len(empty.tasks(empty.layer(card.id).id)) == count > 1


def test_that_a_version_that_is_here_already_is_joined_and_own_work_over_it_kept(empty: Workspace) -> None:
    enter(empty, "陈静")
    report_id = accepted(empty)
    there = empty.import_bytes(NEW.encode(), "通过稿.txt")
    become(empty, "陈静")
    empty.apply(edits.accept(there.id, empty.items(there.id)[:1]))
    mine = empty.layer(there.id)
    tasks = empty.tasks(mine.id)
    become(empty, "周宁")
    card = revised(empty, report_id)
    assert (card.id, card.number, card.supersedes) == (there.id, there.number, report_id)
    assert len(empty.tasks(empty.layer(card.id).id)) > 1
    become(empty, "陈静")
    assert empty.tasks(mine.id) == tasks
    assert empty.verify() == []


# --- the records


def test_that_both_versions_are_in_the_history_and_the_record_is_whole(empty: Workspace) -> None:
    report_id = accepted(empty)
    card = revised(empty, report_id)
    (entry,) = empty.history(card.id)
    assert entry.label == f"以新稿取代第1号《{card.metadata.title}》"
    kinds = {type(edit.after) for edit in entry.edits}
    assert {ReportCard, Layer, Task, Tag} <= kinds
    assert empty.history(report_id)[0].label == f"有了新版本：第2号《{card.metadata.title}》"
    assert empty.verify() == []


def test_that_nothing_is_written_where_somebody_was_quicker(empty: Workspace) -> None:
    report_id = report_in(empty)
    preview = empty.revise_bytes(report_id, NEW.encode(), "通过稿.txt")
    other = empty.revise_bytes(report_id, (NEW + "完。").encode(), "另稿.txt")
    empty.apply_revision(preview)
    before = empty.log_length()
    with pytest.raises(UserError, match="已有新版本"):
        empty.apply_revision(other)
    assert empty.log_length() == before
    assert len(empty.reports()) == 2


def test_that_experience_does_not_hear_the_same_decision_twice(empty: Workspace) -> None:
    report_id = accepted(empty)
    other = empty.import_bytes(TEXT.replace("航道", "锚地").encode(), "另一份.txt")
    card = revised(empty, report_id)
    with empty._store.reading() as connection:
        heard = {c.id for c in empty._learned_from(connection, other.id).values()}
    assert heard == {card.id}


def test_that_two_versions_are_told_side_by_side(empty: Workspace) -> None:
    report_id = report_in(empty)
    card = revised(empty, report_id)
    kinds = [diff.kind for diff in empty.version_diffs(card.id)]
    assert kinds.count(DiffKind.CHANGED) == 1
    with pytest.raises(UserError, match="没有上一个版本"):
        empty.version_diffs(report_id)


def test_that_the_new_report_is_due_in_its_year(empty: Workspace) -> None:
    card = revised(empty, accepted(empty))
    assert empty.reading(card.id).metadata.year == date(2026, 1, 1).year


# --- from workstation to workstation


def test_that_two_workstations_that_revise_make_the_same_layers(empty: Workspace, tmp_path: Path) -> None:
    report_id = accepted(empty)
    empty.move(MoveName.SUBMIT, empty.layer(report_id).id)
    there = tmp_path / "别处.duban"
    empty.save_copy(there)
    texts = TEXT.replace("办好港口开放日。", "") + "菅商环境。"
    card = revised(empty, report_id, texts)
    for note in empty.revision_notes(card.id):
        empty.apply(revisions.kept(card.id, note))
    (slip,) = empty.slips(card.id)
    empty.apply(correcting(empty.report(card.id), slip.span, slip.meant))
    empty.move(MoveName.SUBMIT, empty.layer(card.id).id)
    package = tmp_path / "交接.dubanpkg"
    empty.export_package(card.id, package)
    with Workspace.open(there, author="周宁") as other:
        other.merge_package(package)
        assert other.conflicts() == ()
        arrived = other.report(card.id)
        assert (arrived.supersedes, arrived.corrections) == (report_id, empty.report(card.id).corrections)
        assert other.layers(card.id)[0].id == empty.layer(card.id).id
        assert other.verify() == []


def test_that_a_layer_that_came_with_its_report_is_not_carried_once_more(
    empty: Workspace, tmp_path: Path
) -> None:
    report_id = accepted(empty)
    there = tmp_path / "别处.duban"
    empty.save_copy(there)
    card = revised(empty, report_id)
    with Workspace.open(there, author="周宁") as other:
        after = revised(other, report_id)
        assert after.id == card.id
        ours, theirs = (w.contents(w.layer(card.id).id) for w in (empty, other))
        assert ours == theirs
        before = other.log_length()
        again = other.apply_revision(other.revise_bytes(report_id, NEW.encode(), "通过稿.txt"))
        assert (again.layers, again.waiting, other.log_length()) == (0, 0, before)
        assert other.contents(other.layer(card.id).id) == theirs


# --- what went out before


def test_that_a_form_that_went_out_before_a_revision_lands_on_the_version_that_took_its_place(
    empty: Workspace, tmp_path: Path
) -> None:
    report_id = accepted(empty)
    (form, *_) = empty.supervision.export_layout(
        "units", tmp_path / "out", report_id, Wanted(period=period_of("2026-03"))
    )
    book = load_workbook(form)
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for row in sheet.iter_rows(max_row=5) for cell in row if cell.value}
    text = next(column for title, column in titles.items() if "进展情况" in str(title))
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value in (1, "1"))
    sheet.cell(row, text).value = "已进场施工。"
    book.save(form)
    new = revised(empty, report_id).id
    preview = empty.supervision.preview_return([form])
    empty.supervision.apply_return(preview)
    assert [p.text for p in empty.supervision.progress(new)] == ["已进场施工。"]
    assert empty.supervision.progress(report_id) == ()
