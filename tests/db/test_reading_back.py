"""Reports, layers, marks, numbers, settings and suggestions are read back as they were written."""

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app.domain.marks import Mark
from app.domain.report import Block, BlockKind, RunMap, ShownText
from app.domain.reports import LayerState
from app.domain.scheme import TagStyle
from app.domain.spans import Span
from app.domain.suggestions import Commitment, Suggestions
from app.domain.tasks import Dismissal, Owner, Tag, TagKind, Task
from db import changes, experience, marks, office, reports, supervision
from db.engine import Store
from db.mapping import LAYERS, UNITS
from db.schema import ShownCacheRow, SuggestionCacheRow, table_of
from tests.stored import (
    AT,
    HERE,
    LAYER,
    MOVES,
    PRECEDENT,
    PROGRESS,
    REPORT,
    TAGS,
    TASK,
    TEXT,
    UNIT,
    VERDICT,
    YEAR_GOALS,
    a_layer,
    adding,
    card,
    put_report,
    reading_of,
)

SUGGESTED = Suggestions("7", (Commitment(Span(17, 24), "新建泊位3个。"),))


def test_that_a_report_comes_back_whole(filled: Store) -> None:
    reading = reading_of(card())
    with filled.reading() as connection:
        assert reports.cards(connection) == (card(),)
        assert reports.text(connection, REPORT) == TEXT
        assert reports.sections(connection, REPORT) == reading.sections
        assert reports.notes(connection, REPORT) == reading.notes
        assert reports.layers(connection, REPORT) == (a_layer(),)


def test_that_reports_are_kept_apart_and_numbered_on(filled: Store) -> None:
    with filled.reading() as connection:
        assert reports.next_number(connection) == 2
    put_report(filled, 4)
    put_report(filled, 3)
    with filled.reading() as connection:
        assert [about.number for about in reports.cards(connection)] == [1, 3, 4]
        assert reports.next_number(connection) == 5
        assert len(reports.sections(connection, REPORT)) == 2


def test_that_the_first_report_is_number_one(store: Store) -> None:
    with store.reading() as connection:
        assert reports.next_number(connection) == 1


def test_that_a_report_may_have_no_sections_and_no_notes(store: Store) -> None:
    about = card()
    bare = reading_of(about)._replace(sections=(), notes=())
    with store.writing() as connection:
        reports.insert_report(connection, about, bare)
    with store.reading() as connection:
        assert reports.sections(connection, about.id) == ()
        assert reports.notes(connection, about.id) == ()
        assert reports.layers(connection, about.id) == ()


def test_that_layers_come_oldest_first(filled: Store) -> None:
    ninth, third = (
        a_layer(
            id=f"l{day}", state=LayerState.SUBMITTED, created=datetime(2026, 1, day, 9, 30, 1, 7, tzinfo=UTC)
        )
        for day in (9, 3)
    )
    reviewed = a_layer(id="f", base_ids=(LAYER, "l3"), revision=2, submitted=AT, created=AT, version=7)
    put_report(filled, 2)
    with filled.writing() as connection:
        LAYERS.insert(connection, [ninth, reviewed, third])
    with filled.reading() as connection:
        assert reports.layers(connection, REPORT) == (a_layer(), third, ninth, reviewed)
        assert reports.layers_by_report(connection) == {
            REPORT: (a_layer(), third, ninth, reviewed),
            "report-2": (a_layer(2),),
        }
        assert reports.layers_by_id(connection, ["l3", "gone", "f"]) == {"l3": third, "f": reviewed}
        assert reports.layers_by_id(connection, []) == {}


# --- suggestions


def kept(store: Store, engine: str = "7") -> Suggestions | None:
    with store.reading() as connection:
        return reports.kept_suggestions(connection, REPORT, engine)


def keep(store: Store, made: Suggestions = SUGGESTED, report_id: str = REPORT) -> None:
    with store.writing() as connection:
        reports.keep_suggestions(connection, report_id, made)


def test_that_suggestions_are_kept_until_the_rules_change(filled: Store) -> None:
    assert kept(filled) is None
    keep(filled)
    assert kept(filled) == SUGGESTED
    assert kept(filled, "8") is None


def test_that_suggestions_computed_again_take_the_place_of_the_old(filled: Store) -> None:
    keep(filled)
    keep(filled, Suggestions("8"))
    assert kept(filled, "8") == Suggestions("8")
    assert kept(filled, "7") is None


def test_that_the_suggestions_of_one_report_or_all_can_be_dropped(filled: Store) -> None:
    put_report(filled, 2)
    for forgotten, left in ((REPORT, 1), (None, 0)):
        keep(filled)
        keep(filled, SUGGESTED, "report-2")
        with filled.writing() as connection:
            reports.forget_suggestions(connection, forgotten)
            found = [reports.kept_suggestions(connection, i, "7") for i in (REPORT, "report-2")]
        assert found[0] is None
        assert (found[1] is not None) == bool(left)


@pytest.mark.parametrize(
    "payload",
    [
        b"not compressed",
        zlib.compress(b"no JSON"),
        zlib.compress(b'{"engine": "7", "colour": "red"}'),
        zlib.compress(b'{"engine": "7", "commitments": [7]}'),
        zlib.compress(
            b'{"engine": "7", "commitments": [{"span": [0, 9], "text": "", "mentions":'
            b' [{"span": [0, 1], "name": "", "role": "boss"}]}]}'
        ),
    ],
)
def test_that_suggestions_that_cannot_be_read_count_as_none(filled: Store, payload: bytes) -> None:
    keep(filled)
    with filled.writing() as connection:
        connection.execute(update(table_of(SuggestionCacheRow)).values(payload=payload))
    assert kept(filled) is None


# --- the shown text

SHOWN = ShownText(
    "云港区政府工作报告\n新建泊位3个。",
    (Block(BlockKind.TITLE, 0, 9), Block(BlockKind.PARAGRAPH, 10, 17)),
    (RunMap(0, 0, 9), RunMap(10, 17, 7)),
)
OTHER = ShownText("云港区", (Block(BlockKind.HEADING, 0, 3, level=1),), ())


def keep_shown(store: Store, shown: ShownText, reader: str = "3", report_id: str = REPORT) -> None:
    with store.writing() as connection:
        reports.keep_shown(connection, report_id, reader, shown)


def kept_shown(store: Store, reader: str = "3", report_id: str = REPORT) -> ShownText | None:
    with store.reading() as connection:
        return reports.kept_shown(connection, report_id, reader)


def test_that_a_shown_text_is_kept_until_the_reader_changes(filled: Store) -> None:
    assert kept_shown(filled) is None
    keep_shown(filled, SHOWN)
    assert kept_shown(filled) == SHOWN
    assert kept_shown(filled, "4") is None


def test_that_a_text_tidied_again_takes_the_place_of_the_old_in_its_report_alone(filled: Store) -> None:
    put_report(filled, 2)
    keep_shown(filled, SHOWN)
    keep_shown(filled, SHOWN, report_id="report-2")
    keep_shown(filled, OTHER, "4")
    assert kept_shown(filled, "4") == OTHER
    assert kept_shown(filled, "3") is None
    assert kept_shown(filled, report_id="report-2") == SHOWN


def test_that_a_shown_text_that_cannot_be_read_counts_as_none(filled: Store) -> None:
    keep_shown(filled, SHOWN)
    with filled.writing() as connection:
        connection.execute(
            update(table_of(ShownCacheRow)).values(payload=zlib.compress(b'{"text": "", "blocks": [7]}'))
        )
    assert kept_shown(filled) is None


# --- marks


def test_that_marks_are_those_of_tasks_and_tags_in_text_order(filled: Store) -> None:
    task = Task("t", LAYER, (Span(17, 24), Span(30, 35)), "新建泊位")
    tag = Tag("g", LAYER, "t", TagKind.TARGET, (Span(21, 23),), "3个")
    torn = Tag("h", LAYER, "t", TagKind.MEASURE, (Span(19, 20), Span(31, 33)), "建")
    placeless = Tag("o", LAYER, "t", TagKind.OWNER, (), "区交通局")
    without_source = Task("m", LAYER, (), "会议决定")
    with filled.writing() as connection:
        changes.apply(connection, adding(task, tag, torn, placeless, without_source), HERE)
    with filled.reading() as connection:
        assert marks.marks(connection, LAYER) == [
            Mark("t", "t", "task", 17, 24, False),
            Mark("h", "t", "measure", 19, 20, False),
            Mark("g", "t", "target", 21, 23, False),
            Mark("t", "t", "task", 30, 35, False),
            Mark("h", "t", "measure", 31, 33, False),
        ]
        assert marks.marks(connection, "another") == []


def test_that_marks_are_found_whatever_their_ids_are_made_of(filled: Store) -> None:
    odd = Task('t "1", \n甲', LAYER, (Span(17, 24),), "新建泊位")
    tag = Tag("g-1,2", LAYER, odd.id, TagKind.TARGET, (Span(121, 1023),), "3个")
    with filled.writing() as connection:
        changes.apply(connection, adding(odd, tag), HERE)
    with filled.reading() as connection:
        assert marks.marks(connection, LAYER) == [
            Mark(odd.id, odd.id, "task", 17, 24, False),
            Mark("g-1,2", odd.id, "target", 121, 1023, False),
        ]


def test_that_tasks_and_tags_come_in_text_order_with_the_placeless_last(filled: Store) -> None:
    tasks = [
        Task(i, LAYER, spans, "")
        for i, spans in (("b", ()), ("a", ()), ("c", (Span(9, 10),)), ("d", (Span(2, 30),)))
    ]
    tags = [
        Tag("x", LAYER, "a", TagKind.OWNER, (), ""),
        Tag("y", LAYER, "a", TagKind.OWNER, (Span(4, 5),), ""),
    ]
    dismissals = [Dismissal(str(at), LAYER, f"task:{at}-9", Span(at, 9)) for at in (8, 3)]
    with filled.writing() as connection:
        changes.apply(connection, adding(*tasks, *tags, *dismissals), HERE)
    with filled.reading() as connection:
        assert [task.id for task in marks.tasks(connection, LAYER)] == ["d", "c", "a", "b"]
        assert [tag.id for tag in marks.tags(connection, LAYER)] == ["y", "x"]
        assert [d.id for d in marks.dismissals(connection, LAYER)] == ["3", "8"]
        assert marks.tasks(connection, "another") == ()
        assert marks.tags(connection, "another") == ()


def test_that_a_number_once_issued_stands_still(filled: Store) -> None:
    with filled.writing() as connection:
        assert marks.issue_numbers(connection, REPORT, {"a": 1, "b": 2}) == 2
        assert marks.issue_numbers(connection, REPORT, {"a": 9, "c": 3}) == 1
        assert marks.issue_numbers(connection, REPORT, {"a": 7}) == 0
    with filled.reading() as connection:
        assert marks.issued_numbers(connection, REPORT) == {"a": 1, "b": 2, "c": 3}
        assert marks.issued_numbers(connection, "another") == {}


# --- work


def test_that_what_units_reported_and_the_moves_of_tasks_come_oldest_first(filled: Store) -> None:
    moments = (("b", AT), ("a", AT + timedelta(seconds=1)), ("c", AT))
    told = [
        replace(PROGRESS, id=its_id, period=f"2026-Q{n}", at=at) for n, (its_id, at) in enumerate(moments)
    ]
    made = [replace(MOVES[0], id=its_id, at=at) for its_id, at in moments]
    with filled.writing() as connection:
        changes.apply(connection, adding(*told, *made), HERE)
    with filled.reading() as connection:
        assert [each.id for each in supervision.progress(connection, REPORT)] == ["b", "c", "a"]
        assert [each.id for each in supervision.moves(connection, REPORT)] == ["b", "c", "a"]
        assert supervision.progress(connection, "another") == ()
        assert supervision.moves(connection, "another") == ()


def test_that_a_plans_values_come_target_by_target_and_year_by_year(filled: Store) -> None:
    places = (("1", "b", 2026), ("2", "a", 2027), ("3", "a", 2026))
    goals = [replace(YEAR_GOALS[0], id=i, target_id=target, year=year) for i, target, year in places]
    verdicts = [replace(VERDICT, id=i, target_id=target) for i, target, _ in reversed(places)]
    with filled.writing() as connection:
        changes.apply(connection, adding(*goals, *verdicts), HERE)
    with filled.reading() as connection:
        assert [goal.id for goal in supervision.year_goals(connection, REPORT)] == ["3", "2", "1"]
        assert [verdict.id for verdict in supervision.verdicts(connection, REPORT)] == ["1", "2", "3"]
        assert supervision.year_goals(connection, "another") == ()
        assert supervision.verdicts(connection, "another") == ()


# --- experience


def test_that_there_is_experience_where_a_lead_is_decided_in_one_of_the_layers(filled: Store) -> None:
    lead, support = (tag for tag in TAGS if isinstance(tag.value, Owner))
    with filled.writing() as connection:
        changes.apply(connection, adding(TASK, support), HERE)
        assert not experience.has_any(connection, [LAYER])
        changes.apply(connection, adding(lead), HERE)
        assert experience.has_any(connection, [LAYER])
        assert not experience.has_any(connection, ["another"])
        assert not experience.has_any(connection, [])
        experience.keep(connection, [PRECEDENT])
        assert experience.has_any(connection, [])


def test_that_a_decided_task_is_known_by_its_words_and_one_without_any_is_not(filled: Store) -> None:
    lead = TAGS[1]
    silent = Task("t", LAYER, (), "")
    with filled.writing() as connection:
        changes.apply(connection, adding(TASK, lead, silent, replace(lead, id="g", task_id="t")), HERE)
        (found,) = experience.decided(connection, {LAYER: card()})
    about = card().metadata
    assert (found.id, found.text, found.lead, found.start) == (TASK.id, TASK.quote, lead.value, -1)
    assert (found.source, found.year) == (about.title, about.year)


# --- the office


def test_that_units_come_in_the_directorys_order(store: Store) -> None:
    units = [replace(UNIT, id=i, order=order, version=1) for i, order in (("c", 2), ("b", 1), ("a", 2))]
    with store.writing() as connection:
        UNITS.insert(connection, list(units))
    with store.reading() as connection:
        assert [unit.id for unit in office.units(connection)] == ["b", "a", "c"]


def test_that_a_tag_scheme_takes_the_place_of_the_one_before(store: Store) -> None:
    def style(kind: str) -> TagStyle:
        return TagStyle(kind, "名", "字", "1", "#111111", "#222222", "#333333", "#444444")

    for kinds in (("task", "owner"), ("target", "task", "deadline")):
        styles = tuple(style(kind) for kind in kinds)
        with store.writing() as connection:
            office.replace_tag_scheme(connection, styles)
        with store.reading() as connection:
            assert office.tag_scheme(connection) == styles


@pytest.mark.parametrize("value", [7, "字", None, True, [1, {"a": [None]}], {"report": 1}])
def test_that_a_setting_keeps_what_json_can_say(store: Store, value: object) -> None:
    for each in ("before", value):
        with store.writing() as connection:
            office.set_setting(connection, "place", each)
    with store.reading() as connection:
        assert office.setting(connection, "place", "default") == value
        assert office.setting(connection, "other", "default") == "default"
        assert office.setting(connection, "other") is None
