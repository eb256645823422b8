"""Reports, layers, marks, numbers, settings and suggestions are read back as they were written."""

import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, update

from app.domain.marks import Mark
from app.domain.reports import Layer, LayerState
from app.domain.scheme import TagStyle
from app.domain.spans import Span
from app.domain.suggestions import Commitment, Suggestions
from app.domain.tasks import Dismissal, Tag, TagKind, Task
from db import changes, marks, office, reports
from db.engine import Store
from db.mapping import UNITS
from db.schema import LayerRow, SuggestionCacheRow, table_of
from tests.stored import HERE, LAYER, REPORT, TEXT, UNIT, adding, card, put_report, reading_of

SUGGESTED = Suggestions("7", (Commitment(Span(17, 24), "新建泊位3个。"),))


def test_that_a_report_comes_back_whole(filled: Store) -> None:
    reading = reading_of(card())
    with filled.reading() as connection:
        assert reports.cards(connection) == (card(),)
        assert reports.text(connection, REPORT) == TEXT
        assert reports.sections(connection, REPORT) == reading.sections
        assert reports.notes(connection, REPORT) == reading.notes
        assert reports.layers(connection, REPORT) == (Layer(LAYER, REPORT, "周宁"),)


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
    bare = replace(reading_of(about), sections=(), notes=())
    layer = Layer("l", about.id, "周宁", LayerState.SUBMITTED, datetime(2026, 1, 20, 9, 30, 1, 7, tzinfo=UTC))
    with store.writing() as connection:
        reports.insert_report(connection, about, bare, layer)
    with store.reading() as connection:
        assert reports.sections(connection, about.id) == ()
        assert reports.notes(connection, about.id) == ()
        assert reports.layers(connection, about.id) == (layer,)


def test_that_layers_come_oldest_first(filled: Store) -> None:
    rows = [
        {
            "id": f"l{day}",
            "report_id": REPORT,
            "author": "",
            "state": "draft",
            "created": datetime(2026, 1, day, tzinfo=UTC),
        }
        for day in (9, 3)
    ]
    with filled.writing() as connection:
        connection.execute(insert(table_of(LayerRow)), rows)
    with filled.reading() as connection:
        assert [layer.id for layer in reports.layers(connection, REPORT)] == [LAYER, "l3", "l9"]


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
        assert marks.issue_numbers(connection, LAYER, {"a": 1, "b": 2}) == 2
        assert marks.issue_numbers(connection, LAYER, {"a": 9, "c": 3}) == 1
        assert marks.issue_numbers(connection, LAYER, {"a": 7}) == 0
    with filled.reading() as connection:
        assert marks.issued_numbers(connection, LAYER) == {"a": 1, "b": 2, "c": 3}
        assert marks.issued_numbers(connection, "another") == {}


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
