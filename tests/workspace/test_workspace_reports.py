"""Reports are read in whole or not at all, once each, and come back as they were read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.errors import CancelledError, UserError
from app.domain.report import Level, Reading, ReportKind, ShownText
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Deadline, Owner, Role, TagKind, Target, Value
from app.domain.units import Unit
from app.places import SEEDS
from app.reading import show
from app.workspace import Workspace, rooms
from db import log

TEXT = """云港区2026年政府工作报告

一、2025年工作回顾

过去一年，新建泊位2个。

二、2026年重点工作

（一）建设枢纽港口。新建泊位3个，6月底前完成航道疏浚。办好港口开放日。

三、加强政府自身建设

坚持依法行政，办理建议提案满意率达到95%以上。
"""


def imported(workspace: Workspace, text: str = TEXT, name: str = "报告.txt") -> str:
    return workspace.import_bytes(text.encode(), name).id


def test_that_a_report_comes_back_as_it_was_read(empty: Workspace) -> None:
    card = empty.import_bytes(TEXT.encode("gb18030"), "报告.txt")
    reading = rooms.read_bytes(TEXT.encode("gb18030"), "报告.txt")
    assert empty.reading(card.id) == reading
    assert empty.suggestions(card.id) == rooms.suggest(reading, empty.units())
    assert empty.reports() == (card,)
    assert (card.number, card.version, card.is_removed, card.metadata) == (1, 1, False, reading.metadata)
    source = reading.source
    assert (card.source_name, card.encoding) == (source.name, source.encoding)
    assert (card.file_sha256, card.text_sha256) == (source.file_sha256, source.text_sha256)
    assert timedelta(0) <= datetime.now(UTC) - card.imported < timedelta(minutes=5)


def test_that_a_year_given_at_import_overrides_the_texts(empty: Workspace) -> None:
    card = empty.import_bytes(TEXT.encode(), "报告.txt", year=2031)
    assert (card.metadata.year, card.metadata.end_year) == (2031, 2031)
    assert empty.report(1).metadata.year == 2031


def test_that_a_file_is_read_from_its_path(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "云港报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    card = empty.import_file(path, year=2027)
    assert (card.source_name, card.metadata.year) == ("云港报告.txt", 2027)
    with pytest.raises(UserError, match="找不到"):
        empty.import_file(tmp_path / "没有.txt")


def test_that_what_is_no_report_leaves_nothing(empty: Workspace) -> None:
    for data in (b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 64):
        with pytest.raises(UserError):
            empty.import_bytes(data, "x.txt")
    assert empty.reports(include_removed=True) == ()
    assert [entry.label for entry in empty.history()] == ["登记人员周宁"]


def test_that_the_same_text_is_not_imported_twice(empty: Workspace) -> None:
    imported(empty, TEXT.replace("3个", "4个"))
    imported(empty)
    again = TEXT.encode("utf-8-sig").replace(b"\n", b"\r\n")
    with pytest.raises(UserError, match=r"第2号《云港区2026年政府工作报告》.*。$") as caught:
        empty.import_bytes(again, "另一份.txt")
    assert "恢复" not in str(caught.value)
    assert len(empty.reports()) == 2


def test_that_a_removed_report_is_offered_back_instead_of_a_second_import(empty: Workspace) -> None:
    report_id = imported(empty)
    removed = empty.apply(edits.remove_report(empty.report(report_id)))
    with pytest.raises(UserError, match=r"第1号.*已被移除.*恢复.*。$"):
        imported(empty)
    assert empty.reports() == ()
    assert [card.id for card in empty.reports(include_removed=True)] == [report_id]
    empty.apply(removed.inverse())
    assert [card.id for card in empty.reports()] == [report_id]


def test_that_another_window_may_import_the_same_text_only_once(empty: Workspace) -> None:
    with Workspace.open(empty.path) as other:

        def meanwhile(words: str, _share: float) -> None:
            if words == "正在保存":
                imported(other)

        with pytest.raises(UserError, match="第1号"):
            empty.import_bytes(TEXT.encode(), "报告.txt", progress=meanwhile)
    assert len(empty.reports()) == 1


def test_that_progress_goes_forward_and_can_stop_the_work_anywhere(empty: Workspace) -> None:
    told: list[tuple[str, float]] = []

    def stop_at(step: int) -> Callable[[str, float], None]:
        def tell(words: str, share: float) -> None:
            told.append((words, share))
            if len(told) > step:
                raise CancelledError

        return tell

    for step in range(3):
        told.clear()
        with pytest.raises(CancelledError):
            empty.import_bytes(TEXT.encode(), "报告.txt", progress=stop_at(step))
        assert empty.reports(include_removed=True) == ()
    told.clear()
    empty.import_bytes(TEXT.encode(), "报告.txt", progress=stop_at(3))
    shares = [share for _, share in told]
    assert [words for words, _ in told] == ["正在读取", "正在分析", "正在保存"]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1


def test_that_a_full_disk_leaves_no_half_of_a_report(empty: Workspace) -> None:
    with empty._store.bare() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 1}")
    with pytest.raises(UserError, match="磁盘空间不足"):
        empty.import_file(SEEDS / "sample_report.txt")
    assert empty.reports(include_removed=True) == ()
    assert [entry.label for entry in empty.history()] == ["登记人员周宁"]


def test_that_a_report_is_found_by_number_and_by_id(empty: Workspace) -> None:
    with pytest.raises(UserError, match=r"还没有报告。$"):
        empty.report(1)
    first, second = imported(empty), imported(empty, TEXT.replace("3个", "4个"))
    assert empty.report(2).id == second
    assert empty.report(first).number == 1
    with pytest.raises(UserError, match=r"没有编号为3的报告。现有编号：1、2。$"):
        empty.report(3)
    with pytest.raises(UserError):
        empty.report("2")


def test_that_a_removed_report_is_found_by_its_id_only(empty: Workspace) -> None:
    report_id = imported(empty)
    empty.apply(edits.remove_report(empty.report(report_id)))
    assert empty.report(report_id).is_removed
    with pytest.raises(UserError, match="编号为1"):
        empty.report(1)


# --- a text is tidied once, and again when the rules for it have changed


@pytest.fixture
def tidied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stored texts that were tidied again."""
    texts: list[str] = []
    tidy = rooms.show

    def counted(text: str) -> ShownText:
        texts.append(text)
        return tidy(text)

    monkeypatch.setattr(rooms, "show", counted)
    return texts


def test_that_a_text_is_tidied_at_import_alone(empty: Workspace, tidied: list[str]) -> None:
    report_id = imported(empty)
    assert empty.reading(report_id).shown == show(TEXT)
    assert tidied == []


def test_that_new_rules_tidy_a_text_again_once(
    empty: Workspace, tidied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = imported(empty)
    monkeypatch.setattr(rooms, "reader", lambda: "reader-next")
    assert empty.reading(report_id) == empty.reading(report_id)
    assert empty.reading(report_id).shown == show(TEXT)
    assert tidied == [TEXT]


# --- suggestions are computed once, and again when what they rest on has changed


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the reports that suggestions were computed for."""
    made: list[str] = []
    suggest = rooms.suggest

    def counted(reading: Reading, units: tuple[Unit, ...]) -> Suggestions:
        made.append(reading.metadata.title)
        return suggest(reading, units)

    monkeypatch.setattr(rooms, "suggest", counted)
    return made


def test_that_suggestions_are_computed_at_import_and_kept(empty: Workspace, computed: list[str]) -> None:
    report_id = imported(empty)
    assert len(computed) == 1
    assert empty.suggestions(report_id) == empty.suggestions(report_id)
    assert len(computed) == 1


def test_that_new_rules_compute_them_again_once(
    empty: Workspace, computed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = imported(empty)
    suggest = rooms.suggest
    monkeypatch.setattr(rooms, "suggestion_engine", lambda: "rules-next")
    monkeypatch.setattr(rooms, "suggest", lambda r, u: suggest(r, u)._replace(engine="rules-next"))
    assert empty.suggestions(report_id).engine == "rules-next"
    assert empty.suggestions(report_id).engine == "rules-next"
    assert len(computed) == 2


def test_that_a_changed_directory_computes_all_of_them_again(empty: Workspace, computed: list[str]) -> None:
    ids = [imported(empty), imported(empty, TEXT.replace("3个", "4个"))]
    unit = empty.units()[0]
    empty.apply(Change("改单位", "", (Edit(unit, replace(unit, duties=("泊位", "航道"))),)))
    for report_id in ids:
        empty.suggestions(report_id)
    assert len(computed) == 4


def test_that_a_new_body_and_one_that_is_gone_count_too(empty: Workspace, computed: list[str]) -> None:
    report_id = imported(empty)
    made = empty.apply(Change("加单位", "", (Edit(None, replace(empty.units()[0], id="new", version=0)),)))
    empty.suggestions(report_id)
    assert len(computed) == 2
    empty.apply(made.inverse())
    empty.suggestions(report_id)
    assert len(computed) == 3


def test_that_a_corrected_year_computes_that_reports_again(empty: Workspace, computed: list[str]) -> None:
    first, second = imported(empty), imported(empty, TEXT.replace("3个", "4个"))
    card = empty.report(first)
    later = replace(card, metadata=replace(card.metadata, year=2027, end_year=2027))
    empty.apply(edits.correct_report(card, later))
    dues = {d.value.due for c in empty.suggestions(first).commitments for d in c.deadlines}
    assert {due.year for due in dues if due} == {2027}
    empty.suggestions(second)
    assert len(computed) == 3


@pytest.mark.parametrize("field", [{"end_year": 2030}, {"level": Level.PROVINCE}, {"kind": ReportKind.PLAN}])
def test_that_whatever_the_rules_read_of_the_metadata_counts(
    empty: Workspace, computed: list[str], field: dict[str, Any]
) -> None:
    report_id = imported(empty)
    card = empty.report(report_id)
    empty.apply(edits.correct_report(card, replace(card, metadata=replace(card.metadata, **field))))
    empty.suggestions(report_id)
    assert len(computed) == 2


def test_that_other_edits_leave_them_as_they_are(empty: Workspace, computed: list[str]) -> None:
    report_id = imported(empty)
    card = empty.report(report_id)
    empty.apply(edits.correct_report(card, replace(card, metadata=replace(card.metadata, title="别的"))))
    empty.apply(edits.accept(report_id, empty.items(report_id)[:1]))
    empty.suggestions(report_id)
    assert len(computed) == 1


# --- the board


def test_that_items_are_what_is_suggested_until_it_is_accepted(empty: Workspace) -> None:
    report_id = imported(empty)
    items = empty.items(report_id)
    assert items
    assert all(item.is_suggested for item in items)
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    empty.apply(edits.accept(report_id, items[:1]))
    again = empty.items(report_id)
    assert [item.is_open for item in again] == [False, *(True for _ in items[1:])]
    assert again[0].task.origin == items[0].task.id
    layer_id = empty.layer(report_id).id
    assert [task.id for task in empty.tasks(layer_id)] == [again[0].task.id]
    assert {tag.task_id for tag in empty.tags(layer_id)} == {again[0].task.id}
    assert {mark.task_id for mark in empty.marks(layer_id)} == {again[0].task.id}


def test_that_the_board_names_bodies_and_ends_with_the_reports_period(empty: Workspace) -> None:
    card = empty.import_bytes(TEXT.encode(), "报告.txt", year=2026)
    board = empty.board(card.id)
    assert (board.office.year_end.isoformat(), board.office.units) == ("2026-12-31", empty.units())
    assert board.office.layer_id == empty.layer(card.id).id
    assert board._words(Span(0, 3)) == "云港区"
    assert board._words(Span(len(TEXT) + 5, len(TEXT) + 9)) == ""


def test_that_words_of_tags_are_those_of_the_shown_text(empty: Workspace) -> None:
    report_id = imported(empty, TEXT.replace("3个", "3 个"))
    found = {tag.text for item in empty.items(report_id) for tag in item.tags if tag.spans}
    assert "3个" in found


def test_that_dismissals_stay(empty: Workspace) -> None:
    report_id = imported(empty)
    item = empty.items(report_id)[0]
    empty.apply(edits.dismiss(report_id, item, "去年的事"))
    (dismissal,) = empty.dismissals(empty.layer(report_id).id)
    assert (dismissal.key, dismissal.reason, dismissal.version) == (item.task.id, "去年的事", 1)
    assert item.task.id not in {i.task.id for i in empty.items(report_id)}


def test_that_frozen_numbers_stand_still_when_tasks_come_and_go(empty: Workspace) -> None:
    report_id = imported(empty)
    items = empty.items(report_id)
    assert len(items) >= 3
    empty.freeze_numbers(report_id, items)
    assert empty.issued_numbers(report_id) == {item.task.id: item.number for item in items}
    assert (empty.history()[0].label, empty.history()[0].report_id) == (
        f"固定{len(items)}项任务的编号",
        report_id,
    )
    empty.apply(edits.accept(report_id, items[1:2]))
    empty.apply(edits.dismiss(report_id, items[0]))
    assert [item.number for item in empty.items(report_id)] == [item.number for item in items[1:]]
    logged = len(empty.history())
    empty.freeze_numbers(report_id, empty.items(report_id))
    assert len(empty.history()) == logged
    assert empty.issued_numbers(report_id) == {item.task.id: item.number for item in items}


def test_that_selected_words_are_read_as_a_figure_a_body_a_date_or_nothing(empty: Workspace) -> None:
    report_id = imported(empty)
    reading = empty.reading(report_id)

    def read(kind: TagKind, words: str) -> Value:
        start = TEXT.index(words)
        return empty.read_value(reading, kind, Span(start, start + len(words)), Role.SUPPORT)

    target, due = read(TagKind.TARGET, "3个"), read(TagKind.DEADLINE, "6月底前")
    assert isinstance(target, Target)
    assert (target.low, target.unit) == (3, "个")
    assert isinstance(due, Deadline)
    assert due.due == date(2026, 6, 30)
    unit = empty.units()[0]
    named = empty.import_bytes(TEXT.replace("办好港口", f"{unit.name}办好港口").encode(), "b.txt")
    start = empty.reading(named.id).source.text.index(unit.name)
    span = Span(start, start + len(unit.name))
    owner = empty.read_value(empty.reading(named.id), TagKind.OWNER, span, Role.SUPPORT)
    assert owner == Owner(Role.SUPPORT, unit.short_name, unit.code, unit.id)
    assert read(TagKind.MEASURE, "新建泊位") is None


def test_that_a_selection_snaps_to_words(empty: Workspace) -> None:
    assert empty.word_span("加强政府自身建设", Span(3, 5)) == Span(2, 6)


# --- the log


def test_that_an_import_is_in_the_log(empty: Workspace) -> None:
    card = empty.import_bytes(TEXT.encode(), "报告.txt")
    entry = empty.history()[0]
    assert (entry.label, entry.report_id, entry.who) == ("导入报告", card.id, "周宁")
    assert entry.edits == (Edit(None, card),)


def test_that_history_is_newest_first_and_can_be_of_one_report(empty: Workspace) -> None:
    first, second = imported(empty), imported(empty, TEXT.replace("3个", "4个"))
    empty.apply(edits.remove_report(empty.report(first)))
    assert [entry.label for entry in empty.history()] == ["移除报告", "导入报告", "导入报告", "登记人员周宁"]
    assert [entry.label for entry in empty.history(first)] == ["移除报告", "导入报告"]
    assert [entry.label for entry in empty.history(second)] == ["导入报告"]
    assert len(empty.history(limit=1)) == 1
    assert empty.verify_log() == []
    with empty._store.writing() as connection:
        connection.exec_driver_sql("UPDATE change_log SET who = '别人' WHERE seq = 1")
        assert empty.verify_log() == []  # not seen by others before it is done
    assert len(empty.verify_log()) == 1
    assert isinstance(empty.history()[0], log.Entry)
