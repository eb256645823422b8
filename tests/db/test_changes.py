"""A change is checked against what stands, written whole with its log entry, or not at all."""

from dataclasses import replace

import pytest

from app.domain.chains import linked
from app.domain.changes import Change, Edit, Stored
from app.domain.errors import ConflictError, UserError
from app.domain.tasks import Task
from app.domain.units import Unit
from db import changes, dots, log, marks, office, people, reports, talk
from db.engine import Store
from db.mapping import LAYERS
from tests.stored import (
    AT,
    COMMENT,
    DECISION,
    DISMISSAL,
    FULL,
    HERE,
    LAYER,
    NING,
    REPORT,
    TAGS,
    TASK,
    UNIT,
    a_layer,
    adding,
    card,
)


def apply(store: Store, change: Change, author: log.Author = HERE) -> Change:
    with store.writing() as connection:
        return changes.apply(connection, change, author)


def everything(store: Store) -> tuple[tuple[Stored, ...], ...]:
    with store.reading() as connection:
        return (
            marks.tasks(connection, LAYER),
            marks.tags(connection, LAYER),
            marks.dismissals(connection, LAYER),
            office.units(connection),
            reports.cards(connection),
        )


def contents(store: Store) -> list[list[Stored]]:
    """Everything but the versions."""
    return [[replace(thing, version=0) for thing in part] for part in everything(store)]


def log_length(store: Store) -> int:
    with store.reading() as connection:
        return len(list(log.entries(connection)))


def test_that_every_kind_of_object_is_stored_whole_with_version_one(filled: Store) -> None:
    done = apply(filled, adding(TASK, FULL, *TAGS, DISMISSAL, UNIT))
    stored = [edit.after for edit in done.edits]
    assert stored == [replace(t, version=1) for t in (TASK, FULL, *TAGS, DISMISSAL, UNIT)]
    tasks, tags, dismissals, units, _ = everything(filled)
    assert set(tasks) == set(stored[:2])
    assert set(tags) == set(stored[2:9])
    assert (dismissals, units) == ((stored[9],), (stored[10],))


def test_that_each_edit_of_an_object_gives_it_the_next_version(filled: Store) -> None:
    first = apply(filled, adding(TASK)).edits[0].after
    second = apply(filled, Change("改", REPORT, (Edit(first, replace(TASK, title="扩建泊位")),)))
    assert second.edits[0].before == first
    assert second.edits[0].after == replace(TASK, title="扩建泊位", version=2)
    assert everything(filled)[0] == (second.edits[0].after,)


def test_that_an_object_edited_twice_in_one_change_ends_as_the_last_edit_says(filled: Store) -> None:
    one, two = replace(TASK, title="一"), replace(TASK, title="二")
    done = apply(filled, Change("改", REPORT, (Edit(None, TASK), Edit(TASK, one), Edit(one, two))))
    assert [edit.after.version for edit in done.edits if edit.after] == [1, 2, 3]
    assert everything(filled)[0] == (replace(two, version=3),)


def test_that_an_object_made_and_taken_away_in_one_change_leaves_nothing(filled: Store) -> None:
    apply(filled, Change("改", REPORT, (Edit(None, TASK), Edit(TASK, None))))
    assert everything(filled)[0] == ()


def test_that_edits_may_name_a_tag_before_its_task(filled: Store) -> None:
    apply(filled, adding(TAGS[0], TASK))
    task, tag = everything(filled)[0][0], everything(filled)[1][0]
    apply(filled, Change("删", REPORT, (Edit(task, None), Edit(tag, None))))
    assert everything(filled)[:2] == ((), ())


def test_that_undo_restores_equal_content_and_redo_does_it_again(filled: Store) -> None:
    start = contents(filled)
    done = [apply(filled, adding(TASK, FULL, *TAGS, DISMISSAL, UNIT))]
    made = [edit.after for edit in done[0].edits if edit.after]
    task, unit = made[0], made[10]
    assert isinstance(task, Task)
    assert isinstance(unit, Unit)
    changed = (
        Edit(task, replace(task, title="别的", spans=(), merged_ids=("a", "b"))),
        Edit(made[2], None),
        Edit(made[9], None),
        Edit(unit, replace(unit, telephone="")),
    )
    end_of_first = contents(filled)
    done.append(apply(filled, Change("改", REPORT, changed)))
    end = contents(filled)
    undone = [apply(filled, change.inverse()) for change in reversed(done)]
    assert contents(filled) == start
    apply(filled, undone[1].inverse())
    assert contents(filled) == end_of_first
    apply(filled, undone[0].inverse())
    assert contents(filled) == end


def test_that_an_undo_after_an_undo_fits_though_its_version_is_old(filled: Store) -> None:
    first = apply(filled, adding(TASK))
    stored = first.edits[0].after
    second = apply(filled, Change("改", REPORT, (Edit(stored, replace(TASK, title="一")),)))
    apply(filled, second.inverse())
    assert everything(filled)[0] == (replace(TASK, version=3),)
    apply(filled, first.inverse())
    assert everything(filled)[0] == ()


def test_that_an_object_put_back_goes_on_counting(filled: Store) -> None:
    stored = apply(filled, adding(TASK)).edits[0].after
    gone = apply(filled, Change("删", REPORT, (Edit(stored, None),)))
    assert gone.edits == (Edit(stored, None),)
    back = apply(filled, gone.inverse())
    assert back.edits[0].after == replace(TASK, version=2)


def changed_elsewhere(store: Store) -> tuple[Stored, Stored]:
    """A task as this window knows it, and as another has changed it since."""
    mine = apply(store, adding(TASK, TAGS[0])).edits[0].after
    other = apply(store, Change("改", REPORT, (Edit(mine, replace(TASK, title="别人的")),))).edits[0].after
    assert mine is not None
    assert other is not None
    return mine, other


@pytest.mark.parametrize("after", [replace(TASK, title="我的"), None])
def test_that_an_edit_of_what_someone_else_changed_is_refused(filled: Store, after: Task | None) -> None:
    mine, other = changed_elsewhere(filled)
    stood, logged = everything(filled), log_length(filled)
    with pytest.raises(ConflictError, match=r"已在别的窗口.*。$"):
        apply(filled, Change("改", REPORT, (Edit(None, DISMISSAL), Edit(mine, after))))
    assert everything(filled) == stood
    assert stood[0] == (other,)
    assert log_length(filled) == logged


def test_that_equal_versions_do_not_hide_another_content(filled: Store) -> None:
    mine, other = changed_elsewhere(filled)
    pretended = replace(mine, version=other.version)
    with pytest.raises(ConflictError):
        apply(filled, Change("改", REPORT, (Edit(pretended, replace(TASK, title="我的")),)))


def test_that_making_what_is_there_is_refused(filled: Store) -> None:
    apply(filled, adding(TASK))
    with pytest.raises(ConflictError):
        apply(filled, adding(TASK))


@pytest.mark.parametrize("after", [replace(TASK, title="我的"), None])
def test_that_changing_what_is_gone_is_refused(filled: Store, after: Task | None) -> None:
    with pytest.raises(ConflictError):
        apply(filled, Change("改", REPORT, (Edit(replace(TASK, version=1), after),)))


def test_that_a_tag_for_a_task_deleted_elsewhere_is_refused(filled: Store) -> None:
    with pytest.raises(ConflictError, match=r"已在别的窗口.*。$"):
        apply(filled, adding(TAGS[0]))
    assert everything(filled)[1] == ()
    assert log_length(filled) == 0


def test_that_deleting_a_task_tagged_elsewhere_meanwhile_is_refused(filled: Store) -> None:
    stored = apply(filled, adding(TASK)).edits[0].after
    apply(filled, adding(TAGS[1]))
    with pytest.raises(ConflictError):
        apply(filled, Change("删", REPORT, (Edit(stored, None),)))
    assert [thing.id for thing in everything(filled)[0]] == ["task-1"]


def test_that_a_change_without_edits_writes_nothing(filled: Store) -> None:
    empty = Change("空", REPORT, ())
    assert apply(filled, empty) == empty
    assert log_length(filled) == 0


def test_that_a_report_is_removed_by_its_flag_and_comes_back(filled: Store) -> None:
    about = card()
    done = apply(filled, Change("移除报告", about.id, (Edit(about, replace(about, is_removed=True)),)))
    assert everything(filled)[4] == (replace(about, is_removed=True, version=2),)
    apply(filled, done.inverse())
    assert everything(filled)[4] == (replace(about, version=3),)


@pytest.mark.parametrize("edit", [Edit(None, card(2)), Edit(card(), None)])
def test_that_a_report_is_never_made_or_deleted_by_an_edit(filled: Store, edit: Edit) -> None:
    with pytest.raises(ValueError, match="imported with its text"):
        apply(filled, Change("改", REPORT, (edit,)))


def test_that_more_objects_than_one_query_asks_for_are_all_checked(filled: Store) -> None:
    many = [replace(TASK, id=f"task-{i}") for i in range(1201)]
    done = apply(filled, adding(*many))
    assert len(everything(filled)[0]) == 1201
    gone = tuple(Edit(edit.after, None) for edit in done.edits)
    apply(filled, Change("删", REPORT, gone))
    assert everything(filled)[0] == ()


def limit_pages(store: Store) -> None:
    """Let the disk be full as soon as the file would grow by more than two pages."""
    with store.bare() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 2}")


def test_that_a_full_disk_leaves_everything_as_it_was(filled: Store) -> None:
    apply(filled, adding(TASK))
    stood, logged = everything(filled), log_length(filled)
    limit_pages(filled)
    many = [replace(TASK, id=f"more-{i}", quote="字" * 2000) for i in range(50)]
    with pytest.raises(UserError, match="磁盘空间不足"):
        apply(filled, adding(*many))
    assert everything(filled) == stood
    assert log_length(filled) == logged
    apply(filled, Change("删", REPORT, (Edit(stood[0][0], None),)))
    assert everything(filled)[0] == ()


def test_that_a_suggestion_becomes_one_task_also_when_two_windows_accept_it(filled: Store) -> None:
    first = replace(TASK, origin="task:1-9")
    apply(filled, adding(first))
    with pytest.raises(ConflictError):
        apply(filled, adding(replace(first, id="another")))
    assert len(everything(filled)[0]) == 1
    apply(filled, adding(replace(first, id="another", origin="task:9-12")))
    apply(filled, adding(replace(first, id="by hand", origin="")))
    apply(filled, adding(replace(first, id="by hand too", origin="")))
    assert len(everything(filled)[0]) == 4


def test_that_a_task_may_take_the_place_of_one_that_goes_in_the_same_change(filled: Store) -> None:
    first = replace(TASK, origin="task:1-9")
    stored = apply(filled, adding(first)).edits[0].after
    twin = replace(first, id="another")
    apply(filled, Change("换", REPORT, (Edit(stored, None), Edit(None, twin))))
    assert [task.id for task in everything(filled)[0]] == ["another"]


# --- layers


def test_that_two_layers_hold_their_own_versions_of_a_task_and_its_tags(filled: Store) -> None:
    with filled.writing() as connection:
        LAYERS.insert(connection, [a_layer(id="layer-f", base_ids=(LAYER,))])
    apply(filled, adding(TASK, TAGS[0], DISMISSAL))
    other = [replace(thing, layer_id="layer-f") for thing in (TASK, TAGS[0], DISMISSAL)]
    done = apply(filled, adding(*other))
    task = done.edits[0].after
    assert isinstance(task, Task)
    apply(filled, Change("改", REPORT, (Edit(task, replace(task, title="扩建")),)))
    assert [task.title for task in everything(filled)[0] if isinstance(task, Task)] == ["新建泊位"]
    with filled.reading() as connection:
        f = marks.contents(connection, a_layer(id="layer-f"))
    assert f.tasks == (replace(TASK, layer_id="layer-f", title="扩建", version=2),)
    assert f.tags == (replace(TAGS[0], layer_id="layer-f", version=1),)
    assert f.dismissals == (replace(DISMISSAL, layer_id="layer-f", version=1),)
    apply(
        filled,
        Change("删", REPORT, (Edit(f.tags[0], None), Edit(f.tasks[0], None), Edit(f.dismissals[0], None))),
    )
    assert [len(part) for part in everything(filled)[:3]] == [1, 1, 1]


def test_that_a_tag_belongs_to_a_task_of_its_own_layer(filled: Store) -> None:
    with filled.writing() as connection:
        LAYERS.insert(connection, [a_layer(id="layer-f")])
    apply(filled, adding(TASK))
    with pytest.raises(ConflictError):
        apply(filled, adding(replace(TAGS[0], layer_id="layer-f")))


def test_that_nothing_is_moved_from_layer_to_layer(filled: Store) -> None:
    stored = apply(filled, adding(TASK)).edits[0].after
    with pytest.raises(ValueError, match="from layer to layer"):
        apply(filled, Change("移", REPORT, (Edit(stored, replace(TASK, layer_id="layer-f")),)))


def test_that_a_layer_is_begun_and_logged_with_the_first_change_that_touches_it(filled: Store) -> None:
    fresh = a_layer(id="layer-new", created=AT)
    with filled.writing() as connection:
        done = changes.apply(
            connection, adding(replace(TASK, layer_id="layer-new")), HERE, begun=(fresh,), layers={}
        )
        assert reports.layers_by_id(connection, ["layer-new"]) == {"layer-new": fresh}
        (entry,) = log.entries(connection)
    assert len(done.edits) == 1
    assert entry.edits == (Edit(None, fresh), *done.edits)
    apply(filled, done.inverse())
    with filled.reading() as connection:
        assert reports.layers_by_id(connection, ["layer-new"]) == {"layer-new": fresh}


def test_that_people_comments_decisions_and_layers_are_stored_like_the_rest(filled: Store) -> None:
    made = (
        replace(
            a_layer(id="layer-f", base_ids=(LAYER, "x"), revision=3, submitted=AT, created=AT), version=0
        ),
    )
    done = apply(filled, adding(NING, COMMENT, replace(COMMENT, id="bare", span=None), DECISION, *made))
    done = apply(
        filled, adding(replace(DECISION, id="task", value=FULL), replace(DECISION, id="none", value=None))
    )
    with filled.reading() as connection:
        assert people.people(connection) == (replace(NING, version=1),)
        assert talk.comments(connection, REPORT) == (
            replace(COMMENT, id="bare", span=None, version=1),
            replace(COMMENT, version=1),
        )
        assert {d.id: d for d in talk.decisions(connection, LAYER)} == {
            "decision-1": replace(DECISION, version=1),
            "task": replace(DECISION, id="task", value=FULL, version=1),
            "none": replace(DECISION, id="none", value=None, version=1),
        }
        assert reports.layers_by_id(connection, ["layer-f"]) == {"layer-f": replace(made[0], version=1)}
        told = [edit.after for entry in log.entries(connection) for edit in entry.edits]
    assert {thing for thing in told if thing} >= {replace(NING, version=1), replace(DECISION, version=1)}
    apply(filled, done.inverse())
    with filled.reading() as connection:
        assert [d.id for d in talk.decisions(connection, LAYER)] == ["decision-1"]


# --- what merging goes by


def dots_of(store: Store, scope: str) -> dict[str, tuple[str, int]]:
    """The one dot of each object of a scope, by kind and id."""
    with store.reading() as connection:
        found = dots.dots(connection, scope)
    return {f"{key.kind} {key.id}": (dot.chain, dot.position) for key, (dot,) in found.items()}


def test_that_every_object_has_the_entry_that_wrote_it(filled: Store) -> None:
    about = card()
    apply(filled, adding(TASK, TAGS[0]))
    apply(filled, adding(UNIT, NING, COMMENT, DECISION))
    apply(filled, Change("移除", REPORT, (Edit(about, replace(about, is_removed=True)),)))
    with filled.reading() as connection:
        chain = next(iter(log.entries(connection))).chain
    assert dots_of(filled, LAYER) == {
        f"layer {LAYER}": (chain, 1),
        "comment comment-1": (chain, 2),
        "decision decision-1": (chain, 2),
    }
    assert dots_of(filled, dots.OFFICE) == {"unit u1": (chain, 2), f"person {NING.id}": (chain, 2)}
    assert dots_of(filled, REPORT) == {f"report {REPORT}": (chain, 3)}


def test_that_a_layer_is_one_object_with_all_it_holds(filled: Store) -> None:
    stored = apply(filled, adding(TASK, DISMISSAL)).edits
    apply(filled, Change("删", REPORT, (Edit(stored[1].after, None),)))
    (place,) = dots_of(filled, LAYER).values()
    assert place[1] == 2
    apply(filled, Change("删", REPORT, (Edit(stored[0].after, None),)))
    assert [position for _, position in dots_of(filled, LAYER).values()] == [3]


def test_that_of_a_reviewed_layer_only_the_layer_itself_is_anybodys_word(filled: Store) -> None:
    reviewed = a_layer(id="layer-f", base_ids=(LAYER,))
    with filled.writing() as connection:
        LAYERS.insert(connection, [reviewed])
    apply(filled, adding(replace(TASK, layer_id="layer-f"), replace(DECISION, layer_id="layer-f")))
    assert dots_of(filled, "layer-f").keys() == {"decision decision-1"}
    apply(filled, Change("定稿", REPORT, (Edit(reviewed, replace(reviewed, revision=1)),)))
    assert dots_of(filled, "layer-f").keys() == {"decision decision-1", "layer layer-f"}


def test_that_what_is_taken_away_has_no_dot_any_more(filled: Store) -> None:
    done = apply(filled, adding(COMMENT))
    apply(filled, done.inverse())
    assert dots_of(filled, LAYER) == {}


def test_that_everything_written_here_is_seen_in_every_scope(filled: Store) -> None:
    apply(filled, adding(TASK))
    apply(filled, adding(UNIT), log.Author("陈静", "station-b", "person-b"))
    with filled.reading() as connection:
        chains = {entry.chain: entry.position for entry in log.entries(connection)}
        assert len(chains) == 2
        assert dots.context(connection, LAYER) == dots.context(connection, "another") == chains


def test_that_what_a_package_has_seen_is_seen_in_its_scopes_alone(filled: Store) -> None:
    with filled.writing() as connection:
        dots.widen(connection, LAYER, {"chain-x": 4, "chain-y": 2})
        dots.widen(connection, LAYER, {"chain-x": 3, "chain-y": 5})
        assert dots.context(connection, LAYER) == {"chain-x": 4, "chain-y": 5}
        assert dots.context(connection, REPORT) == {}


def test_that_a_chain_written_on_elsewhere_is_seen_as_far_as_it_stood_here(filled: Store) -> None:
    apply(filled, adding(TASK))
    with filled.writing() as connection:
        (first,) = log.links(connection)
        told = {**(first.body or {}), "id": "another"}
        log.receive(connection, [linked(first.chain, 2, first.hash, told)])
        assert dots.context(connection, REPORT) == {first.chain: 1}
        dots.widen(connection, LAYER, {first.chain: 2})
        assert dots.context(connection, LAYER) == {first.chain: 2}
    apply(filled, adding(UNIT))
    with filled.reading() as connection:
        newest = next(iter(log.entries(connection)))
        assert (newest.chain != first.chain, newest.position) == (True, 1)
        assert dots.context(connection, REPORT) == {first.chain: 1, newest.chain: 1}


def test_that_nothing_is_built_on_one_of_several_versions_before_a_person_has_chosen(filled: Store) -> None:
    apply(filled, adding(UNIT))
    key = dots.Key(dots.OFFICE, "unit", UNIT.id)
    waiting = dots.Sibling(key, dots.Dot("chain-x", 2), "{}", "交接包")
    with filled.writing() as connection:
        dots.put_siblings(connection, key, [waiting])
        assert dots.siblings(connection) == dots.siblings(connection, dots.OFFICE) == (waiting,)
        assert dots.siblings(connection, LAYER) == ()
    stood, stored = everything(filled), everything(filled)[3][0]
    with pytest.raises(UserError, match="冲突"):
        apply(filled, Change("改", "", (Edit(stored, replace(UNIT, telephone="2")),)))
    assert everything(filled) == stood
    assert log_length(filled) == 1
    apply(filled, adding(TASK))
    with filled.writing() as connection:
        dots.put_siblings(connection, key, [])
    apply(filled, Change("改", "", (Edit(stored, replace(UNIT, telephone="2")),)))


def test_that_a_layer_whose_versions_wait_takes_no_edit_of_what_it_holds(filled: Store) -> None:
    apply(filled, adding(TASK))
    key = dots.Key(LAYER, "layer", LAYER)
    with filled.writing() as connection:
        dots.put_siblings(connection, key, [dots.Sibling(key, dots.Dot("x", 1), "{}", "")])
    with pytest.raises(UserError, match="冲突"):
        apply(filled, adding(DISMISSAL))
    apply(filled, adding(COMMENT))
