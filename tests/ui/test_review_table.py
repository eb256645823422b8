"""The differences as a table: its words, its filter, and the rows that stay where they are."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from app.domain.decisions import Choice, Decision, Field
from app.domain.spans import Span
from app.review import Difference, Status
from app.ui.review.table import (
    COLUMNS,
    DIFFERENCE_ROLE,
    FIRST_COLUMN,
    SECOND_COLUMN,
    SECOND_LINE_ROLE,
    TONE_ROLE,
    DifferenceFilter,
    DifferenceTable,
    Facts,
    Progress,
    Tone,
    decision_words,
    result_words,
)

NOON = datetime(2026, 1, 12, 4, 0, tzinfo=UTC)
FACTS = Facts({"t1": 31, "t2": 32}, {"x": "达到45亿元左右", "y": "＝ 9 个"}, ("甲（张三）", "乙（李四）"))
FIRST = Difference(
    "t1/value", "t1", "t1", Field.VALUE, 10, "≈ 45 亿元", "＝ 45 亿元", "技术合同登记额", "x", "y"
)
SECOND = Difference("t2/lead", "t2", "t2", Field.LEAD, 40, "区发改委", "")
THIRD = Difference("t2/deadline", "t2", "t2", Field.DEADLINE, 50, "", "年底前", second_tag="y")
RESULT_COLUMN = 4


def decided(difference: Difference, choice: Choice, *, reason: str = "", seen: str = "") -> Difference:
    decision = Decision(
        f"d-{difference.key}",
        "final",
        difference.key,
        difference.field,
        choice,
        "p",
        "王复核",
        NOON,
        reason,
        first_seen=seen,
    )
    return replace(difference, decision=decision)


@pytest.fixture
def table() -> DifferenceTable:
    made = DifferenceTable()
    made.show_differences((FIRST, SECOND, THIRD), FACTS)
    return made


def cell(table: DifferenceTable, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return table.data(table.index(row, column), role)


def test_that_the_model_keeps_qts_rules(table: DifferenceTable, qtmodeltester: Any) -> None:
    qtmodeltester.check(table)
    table.set_filter(DifferenceFilter(field=Field.LEAD))
    qtmodeltester.check(table)


def test_that_a_row_says_the_task_the_field_and_what_each_side_reads(table: DifferenceTable) -> None:
    assert [cell(table, 0, c) for c in range(5)] == ["31", "目标值", "≈ 45 亿元", "＝ 45 亿元", "待裁决"]
    assert [cell(table, 1, c) for c in range(5)] == ["32", "牵头单位", "区发改委", "未标", "待裁决"]


def test_that_the_second_line_says_of_what_and_in_which_words(table: DifferenceTable) -> None:
    assert [cell(table, 0, c, SECOND_LINE_ROLE) for c in range(5)] == [
        "",
        "技术合同登记额",
        "达到45亿元左右",
        "＝ 9 个",
        "",
    ]
    assert cell(table, 2, FIRST_COLUMN, SECOND_LINE_ROLE) == ""
    same = replace(THIRD, second="＝ 9 个")
    table.show_differences((same,), FACTS)
    assert cell(table, 0, SECOND_COLUMN, SECOND_LINE_ROLE) == ""


def test_that_colour_says_how_far_a_difference_is_and_what_is_missing(table: DifferenceTable) -> None:
    assert cell(table, 0, FIRST_COLUMN, TONE_ROLE) == Tone.INK
    assert cell(table, 1, SECOND_COLUMN, TONE_ROLE) == Tone.MUTED
    assert cell(table, 2, FIRST_COLUMN, TONE_ROLE) == Tone.MUTED
    for difference, tone in (
        (FIRST, Tone.WAITING),
        (decided(FIRST, Choice.FIRST), Tone.DONE),
        (decided(FIRST, Choice.RETURNED, reason="请核对"), Tone.BACK),
        (decided(FIRST, Choice.FIRST, seen="older"), Tone.WAITING),
    ):
        table.show_differences((difference,), FACTS)
        assert cell(table, 0, RESULT_COLUMN, TONE_ROLE) == tone


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice.FIRST, "取甲"),
        (Choice.SECOND, "取乙"),
        (Choice.BOTH, "都取"),
        (Choice.EDITED, "已修改"),
        (Choice.NEITHER, "都不取"),
        (Choice.RETURNED, "已退回"),
    ],
)
def test_that_the_result_is_said_in_a_word(choice: Choice, words: str) -> None:
    assert result_words(decided(FIRST, choice), FACTS) == words


def test_that_what_reads_otherwise_now_is_to_be_looked_at_again() -> None:
    stale = decided(FIRST, Choice.FIRST, seen="older")
    assert stale.status is Status.STALE
    assert result_words(stale, FACTS) == "需再看"


def test_that_with_one_layer_tasks_are_agreed_with() -> None:
    single = Facts({}, {}, ("甲",), is_single=True)
    assert result_words(FIRST, single) == "待确认"
    assert result_words(decided(FIRST, Choice.FIRST), single) == "同意"
    assert result_words(decided(FIRST, Choice.NEITHER), single) == "都不取"


@pytest.mark.parametrize(
    ("own", "choice", "words"),
    [
        ("first", Choice.FIRST, "取本人"),
        ("first", Choice.SECOND, "取另一方"),
        ("second", Choice.SECOND, "取本人"),
        ("second", Choice.FIRST, "取另一方"),
        ("second", Choice.BOTH, "都取"),
    ],
)
def test_that_the_author_of_a_side_reads_whose_words_were_taken(own: str, choice: Choice, words: str) -> None:
    assert result_words(decided(FIRST, choice), replace(FACTS, own=own)) == words


def test_that_the_reason_stands_below_the_result_and_for_an_author_who_decided(
    table: DifferenceTable,
) -> None:
    table.show_differences((decided(FIRST, Choice.FIRST, reason="按去年口径"),), FACTS)
    assert cell(table, 0, RESULT_COLUMN, SECOND_LINE_ROLE) == "按去年口径"
    table.show_differences((decided(FIRST, Choice.FIRST),), FACTS)
    assert cell(table, 0, RESULT_COLUMN, SECOND_LINE_ROLE) == ""
    table.show_differences((decided(FIRST, Choice.FIRST),), replace(FACTS, own="second"))
    assert cell(table, 0, RESULT_COLUMN, SECOND_LINE_ROLE) == "王复核"


def test_that_a_decision_is_told_with_person_time_and_reason() -> None:
    when = NOON.astimezone().strftime("%m-%d %H:%M")
    assert decision_words(FIRST, FACTS) == ""
    assert decision_words(decided(FIRST, Choice.SECOND), FACTS) == f"王复核 {when} 取乙"
    told = decision_words(decided(FIRST, Choice.SECOND, reason="按原文"), FACTS)
    assert told == f"王复核 {when} 取乙：按原文"


def test_that_the_heads_name_who_the_sides_are(table: DifferenceTable) -> None:
    across = Qt.Orientation.Horizontal
    assert [table.headerData(c, across) for c in range(5)] == [
        "任务",
        "字段",
        "甲（张三）",
        "乙（李四）",
        "结果",
    ]
    assert table.headerData(0, Qt.Orientation.Vertical) is None
    assert table.headerData(len(COLUMNS), across) is None
    changed: list[object] = []
    table.headerDataChanged.connect(lambda *args: changed.append(args))
    table.show_differences((FIRST,), FACTS)
    assert changed == []
    table.show_differences((FIRST,), replace(FACTS, sides=("我的标注", "复核结果")))
    assert len(changed) == 1
    assert table.headerData(FIRST_COLUMN, across) == "我的标注"


def test_that_a_cell_is_read_aloud_with_its_column(table: DifferenceTable) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert cell(table, 0, 1, role) == "字段：目标值，技术合同登记额"
    assert cell(table, 0, 0, role) == "任务：31"
    assert cell(table, 0, 1, Qt.ItemDataRole.ToolTipRole) == "目标值\n技术合同登记额"
    assert cell(table, 0, 1, DIFFERENCE_ROLE) is FIRST
    assert cell(table, 0, 1, Qt.ItemDataRole.DecorationRole) is None


@pytest.mark.parametrize(
    ("narrowed", "keys"),
    [
        (DifferenceFilter(), ["t1/value", "t2/lead", "t2/deadline"]),
        (DifferenceFilter(section=Span(10, 40)), ["t1/value"]),
        (DifferenceFilter(section=Span(11, 41)), ["t2/lead"]),
        (DifferenceFilter(field=Field.DEADLINE), ["t2/deadline"]),
        (DifferenceFilter(text="登记额"), ["t1/value"]),
        (DifferenceFilter(text="发改"), ["t2/lead"]),
        (DifferenceFilter(text="年底"), ["t2/deadline"]),
        (DifferenceFilter(text="没有"), []),
    ],
)
def test_that_the_table_is_narrowed(
    table: DifferenceTable, narrowed: DifferenceFilter, keys: list[str]
) -> None:
    table.set_filter(narrowed)
    assert [row.key for row in table.rows] == keys
    assert table.rowCount() == len(keys)


@pytest.mark.parametrize(
    ("progress", "keys"),
    [
        (Progress.ALL, ["t1/value", "t2/lead", "t2/deadline", "t3"]),
        (Progress.OPEN, ["t1/value", "t3"]),
        (Progress.DECIDED, ["t2/lead"]),
        (Progress.RETURNED, ["t2/deadline"]),
        (Progress.STALE, ["t3"]),
    ],
)
def test_that_the_table_is_narrowed_by_how_far_a_difference_is(
    table: DifferenceTable, progress: Progress, keys: list[str]
) -> None:
    stale = decided(replace(SECOND, key="t3"), Choice.FIRST, seen="older")
    rows = (FIRST, decided(SECOND, Choice.BOTH), decided(THIRD, Choice.RETURNED, reason="看"), stale)
    table.show_differences(rows, FACTS)
    table.set_filter(DifferenceFilter(progress=progress))
    assert [row.key for row in table.rows] == keys


def test_that_a_decision_repaints_its_row_alone(table: DifferenceTable) -> None:
    changed: list[tuple[int, int, int, int]] = []
    table.dataChanged.connect(lambda a, b, _roles: changed.append((a.row(), a.column(), b.row(), b.column())))
    table.show_differences((FIRST, decided(SECOND, Choice.FIRST), THIRD), FACTS)
    assert changed == [(1, 0, 1, 4)]
    changed.clear()
    table.show_differences((decided(FIRST, Choice.FIRST), decided(SECOND, Choice.BOTH), THIRD), FACTS)
    assert changed == [(0, 0, 1, 4)]
    changed.clear()
    table.show_differences(tuple(table.rows), replace(FACTS, numbers={"t1": 5}))
    assert changed == [(0, 0, 2, 4)]


def test_that_rows_that_stay_keep_their_selection(table: DifferenceTable) -> None:
    second, third = (QPersistentModelIndex(table.index(row, 1)) for row in (1, 2))
    table.set_filter(DifferenceFilter(progress=Progress.OPEN))
    table.show_differences((FIRST, decided(SECOND, Choice.FIRST), THIRD), FACTS)
    assert not second.isValid()
    assert (third.row(), third.column()) == (1, 1)


def test_that_a_difference_is_found_by_its_key_and_row(table: DifferenceTable) -> None:
    assert [table.row_of(k) for k in ("t1/value", "t2/deadline", "no")] == [0, 2, -1]
    assert table.difference_at(1) is SECOND
    assert table.difference_at(3) is None
    assert table.difference_at(-1) is None


def test_that_it_says_when_it_is_patching(table: DifferenceTable) -> None:
    seen: list[bool] = []
    table.layoutChanged.connect(lambda *_args: seen.append(table.is_patching))
    table.patched.connect(lambda: seen.append(table.is_patching))
    table.set_filter(DifferenceFilter(field=Field.LEAD))
    assert seen == [True, False]
    table.set_filter(DifferenceFilter(field=Field.LEAD))
    assert seen == [True, False]
