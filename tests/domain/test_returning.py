"""Returned workbooks against what stands: what lands, what is refused, what is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.changes import Edit
from app.domain.outgoing import unit_rows
from app.domain.periods import period_of
from app.domain.progress import Figure, Progress, progress_id
from app.domain.returned import (
    LEADS,
    Place,
    ReturnedFile,
    ReturnedRow,
    ReturnPreview,
    RowFault,
    UnitDifference,
)
from app.domain.returning import GONE, LATER, NO_ID, NOT_OWN, OLD_VERSION, TWICE, compare
from app.domain.returning_ground import Standing, Taker
from app.domain.returning_rows import (
    LOCKED,
    MERGED,
    MISPLACED,
    NEGATIVE,
    NO_DAY,
    NO_NUMBER,
    NO_PERIOD,
    NO_TARGET,
    NOT_CLEARED,
    ON_FIRST_ROW,
    OUT_OF_YEARS,
    TOO_LATE,
)
from app.domain.supervising import Facts, cases
from app.domain.task_moves import TaskMove, TaskMoveName
from app.domain.typed import Cell, Odd
from tests.supervised import CZ, GIVEN_OUT, KJ, WJ, moved, office

ON = date(2026, 5, 10)
SENT = datetime(2026, 4, 25, tzinfo=UTC)
AT = datetime(2026, 5, 10, 9, tzinfo=UTC)
PERIOD = "2026-04"
TITLES = {
    "number": "编号",
    "matter": "督查事项",
    "lead": "牵头单位",
    "light": "亮灯",
    "as_of": "截至日期",
    "actual": "完成值",
    "text": "进展情况",
    "issues": "存在问题",
    "evidence": "佐证材料",
    "id": "标识",
}
TASK, PLATFORMS, DEALS = "建设中试平台", "t-platforms", "t-deals"


def standing(facts: Facts | None = None, **more: object) -> Standing:
    facts = facts or office()
    ids = [tag.id for item in facts.items for tag in item.tags] + [item.task.id for item in facts.items]
    made = Standing(
        facts,
        {(p.task_id, p.period, p.unit): p for p in facts.progress},
        {name: name for name in ids},
        {name: name for name in (KJ, CZ, WJ)} | {"区科委": KJ},
        lambda mark: SENT if mark == "9-abc" else None,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # callers name its fields


def sent_rows(unit: str = KJ, period: str = PERIOD, facts: Facts | None = None) -> list[ReturnedRow]:
    """A unit's form as it went out on the day SENT."""
    found = unit_rows(cases(facts or office(), SENT.date()), unit, period_of(period))
    rows = []
    for line, row in enumerate(found, 4):
        values = {name: getattr(row, name) for name in TITLES if name != "id"}
        rows.append(
            ReturnedRow("反馈表", line, row.id, {k: v for k, v in values.items() if v not in (None, "")})
        )
    return rows


def form(
    cells: Mapping[str, Mapping[str, Cell | None]] | None = None,
    *,
    unit: str = KJ,
    name: str = "甲.xlsx",
    rows: list[ReturnedRow] | None = None,
    **marks: str,
) -> ReturnedFile:
    """A unit's form of April with some cells typed into, by the row's id and the field; None empties one."""
    filled = []
    for row in rows if rows is not None else sent_rows(unit):
        typed = {**row.cells, **(cells or {}).get(row.id, {})}
        filled.append(replace(row, cells={k: v for k, v in typed.items() if v is not None}))
    said = {
        "workspace": "w",
        "report": "r",
        "head": "9-abc",
        "made": "2026-04-25",
        "unit": unit,
        "period": PERIOD,
    }
    return ReturnedFile(
        name, {**said, **marks}, tuple(filled), TITLES, frozenset({"number", "matter", "lead", "light", "id"})
    )


def taken(
    *files: ReturnedFile, ground: Standing | None = None, units: Mapping[str, str] | None = None
) -> ReturnPreview:
    taker = Taker("p", "周宁", AT, ON)
    return compare(files, {"r": ground or standing()}, "w", taker, units)


def said(preview: ReturnPreview) -> list[tuple[str, str, str, str, str, str]]:
    return [(c.place.number, c.unit, c.period, c.field, c.before, c.after) for c in preview.changes]


def refused(preview: ReturnPreview) -> list[tuple[str, str, str, str, str]]:
    return [(c.place.number, c.title, c.before, c.after, c.why) for c in preview.refused]


def reports(preview: ReturnPreview) -> list[Progress]:
    return [edit.after for edit in preview.change.edits if isinstance(edit.after, Progress)]


def test_that_a_form_nobody_touched_changes_nothing() -> None:
    found = taken(form(), form(unit=CZ, name="乙.xlsx"), form(unit=WJ, name="丙.xlsx"))
    assert (found.changes, found.refused, found.faults, found.change.edits) == ((), (), (), ())
    assert [(f.name, f.unit, f.period, f.rows, f.changed) for f in found.files] == [
        ("甲.xlsx", KJ, PERIOD, 2, 0),
        ("乙.xlsx", CZ, PERIOD, 2, 0),
        ("丙.xlsx", WJ, PERIOD, 4, 0),
    ]
    assert found.is_clean


def test_that_what_was_filled_in_becomes_one_report_of_progress_with_its_feedback() -> None:
    facts = replace(office(), moves=moved(TASK, *GIVEN_OUT, first=date(2026, 2, 1)))
    found = taken(
        form(
            {
                PLATFORMS: {"actual": " １２ 个", "text": "已建成。", "evidence": "a.pdf、b.jpg"},
                DEALS: {"actual": 6e8},
            }
        ),
        ground=standing(facts),
    )
    (progress,) = reports(found)
    assert progress == Progress(
        progress_id("r", TASK, PERIOD, KJ),
        "r",
        TASK,
        PERIOD,
        KJ,
        True,
        AT,
        "p",
        "周宁",
        (Figure(PLATFORMS, 12.0, "１２ 个"), Figure(DEALS, 6e8, "600000000")),
        "已建成。",
        evidence=("a.pdf", "b.jpg"),
        source="甲.xlsx",
    )
    assert found.change.edits[0] == Edit(None, progress)
    move = found.change.edits[1].after
    assert isinstance(move, TaskMove)
    assert (move.task_id, move.name, move.at, move.who) == (TASK, TaskMoveName.REPORT, AT, "周宁")
    assert (len(found.change.edits), found.change.report_id, found.change.label) == (
        2,
        "r",
        "收回台账（4格）",
    )
    assert said(found) == [
        ("1-1", KJ, PERIOD, "actual", "", "１２ 个"),
        ("1-1", KJ, PERIOD, "text", "", "已建成。"),
        ("1-1", KJ, PERIOD, "evidence", "", "a.pdf、b.jpg"),
        ("1-2", KJ, PERIOD, "actual", "", "600000000"),
    ]
    assert found.changes[0].place == Place("甲.xlsx", "反馈表", 4, "1-1")
    assert found.files[0].changed == 4


def test_that_a_task_that_was_fed_back_is_not_fed_back_again() -> None:
    found = taken(form({PLATFORMS: {"text": "已建成。"}}))
    assert [type(edit.after) for edit in found.change.edits] == [Progress]


def test_that_the_same_form_twice_changes_nothing() -> None:
    file = form({PLATFORMS: {"actual": "12个", "text": "已建成。"}})
    facts = office()
    (progress,) = reports(taken(file))
    again = standing(replace(facts, progress=(*facts.progress, progress)))
    found = taken(file, ground=again)
    assert (found.changes, found.refused, found.files[0].notes) == ((), (), ())
    spaced = form({PLATFORMS: {"actual": " 12 个", "text": "已建成 。"}})
    assert taken(spaced, ground=again).changes == ()


def test_that_what_stands_is_shown_before_and_what_is_left_out_stays() -> None:
    rows = sent_rows(period="2026-03")
    file = form({PLATFORMS: {"actual": "5个"}}, rows=rows, period="2026-03")
    found = taken(file)
    assert said(found) == [("1-1", KJ, "2026-03", "actual", "3个", "5个")]
    (progress,) = reports(found)
    assert (progress.text, progress.issues, progress.reported_by) == (
        "已建成3个。",
        "用地手续未完成。",
        "孙工",
    )
    assert progress.figures == (Figure(PLATFORMS, 5.0, "5个"),)
    assert found.change.edits[0].before == next(p for p in office().progress if p.id == progress.id)
    assert found.files[0].notes == ()


# --- of which period


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2026年4月12日", "2026-04"),
        ("2026.5.6", "2026-05"),
        (date(2026, 2, 28), "2026-02"),
        (46052.0, "2026-01"),
        (None, PERIOD),
    ],
)
def test_that_the_day_says_which_period(typed: Cell | None, period: str) -> None:
    found = taken(form({PLATFORMS: {"as_of": typed, "actual": "12个"}}))
    assert [c.period for c in found.changes] == [period]
    assert found.refused == ()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("上个月", NO_DAY),
        ("2025年4月30日", OUT_OF_YEARS),
        ("2027-01-01", OUT_OF_YEARS),
        ("2026-06-01", TOO_LATE),
        (Odd("#REF!", "是错误值，不采用"), "是错误值，不采用"),
    ],
)
def test_that_a_day_that_cannot_be_is_told_and_the_forms_own_period_counts(typed: Cell, why: str) -> None:
    found = taken(form({PLATFORMS: {"as_of": typed, "actual": "12个"}}))
    assert [(c.title, c.why) for c in found.refused] == [("截至日期", why)]
    assert said(found) == [("1-1", KJ, PERIOD, "actual", "", "12个")]


def test_that_a_row_without_a_day_is_left_out_where_the_form_is_for_no_period() -> None:
    rows = [replace(r, cells={k: v for k, v in r.cells.items() if k != "as_of"}) for r in sent_rows()]
    found = taken(form({PLATFORMS: {"actual": "12个"}}, rows=rows, period=""))
    assert [(f.place.number, f.why) for f in found.faults] == [("1-1", NO_PERIOD)]
    assert found.changes == ()
    dated = taken(form({PLATFORMS: {"actual": "12个", "as_of": "3月底"}}, rows=rows, period=""))
    assert said(dated) == [("1-1", KJ, "2026-03", "actual", "3个", "12个")]


@pytest.mark.parametrize(
    ("period", "typed", "expected"),
    [
        ("2026-04", "12月31日", None),  # of the form's year, which is not over
        ("2026-04", "3/31", "2026-03"),
        ("2027-01", "1月31日", "2027-01"),
        ("2027-01", "2月底", None),
        ("", "12月31日", "2026-12"),
        ("", "2027-02-28", "2027-02"),
        ("", "2027-03-05", "2027-03"),  # today
        ("", "2027-03-06", None),
        ("", "2025-12-31", None),
        ("", "2027-04-01", None),
    ],
)
def test_that_a_day_without_its_year_is_of_the_forms_year_and_late_work_is_reported_on(
    period: str, typed: str, expected: str | None
) -> None:
    on = date(2026, 5, 10) if period == "2026-04" else date(2027, 3, 5)
    taker = Taker("p", "周宁", datetime(2027, 3, 5, tzinfo=UTC), on)
    file = form({PLATFORMS: {"as_of": typed, "actual": "12个"}}, period=period)
    found = compare([file], {"r": standing()}, "w", taker)
    own = period or None
    assert [c.period for c in found.changes if c.field == "actual"] == [
        each for each in (expected or own,) if each
    ]
    assert any(c.title == "截至日期" for c in found.refused) is (expected is None)


def test_that_anothers_sheet_in_a_units_workbook_is_that_units() -> None:
    rows = [replace(r, sheet=f"{CZ} 反馈表") for r in sent_rows(CZ)]
    found = taken(form({PLATFORMS: {"actual": "9个"}}, unit=KJ, rows=rows))
    assert said(found) == [("1-1", CZ, PERIOD, "actual", "", "9个")]


def test_that_lines_that_could_not_be_read_are_told_with_their_file() -> None:
    fault = RowFault(Place("甲.xlsx", "Sheet2", 4, ""), "没有表头")
    found = taken(replace(form(), faults=(fault,)))
    assert found.faults == (fault,)
    assert not found.is_clean
    foreign = taken(replace(form(workspace="别处"), faults=(fault,)))
    assert foreign.faults == ()


def test_that_a_form_is_held_against_the_tasks_as_they_read_when_it_went_out() -> None:
    before = office()
    rows = tuple(replace(r, lead=r.lead, source="改过的来源", leader="白又新") for r in before.ledger.tasks)
    now = replace(before, ledger=replace(before.ledger, tasks=rows))
    titles = TITLES | {"leader": "分管领导"}
    sent = [replace(r, cells={**r.cells, "leader": "李若川"}) for r in sent_rows()]
    file = replace(form({PLATFORMS: {"actual": "12个"}}, rows=sent), titles=titles)
    asked: list[tuple[str, datetime | None]] = []

    def stood(older: str, at: datetime | None) -> Facts:
        asked.append((older, at))
        return before

    plain = taken(file, ground=standing(now))
    assert {c.title for c in plain.refused} == {"分管领导"}
    found = taken(file, ground=standing(now, stood=stood))
    assert found.refused == ()
    assert asked == [("", SENT)]
    dishonest = replace(file, rows=tuple(replace(r, cells={**r.cells, "leader": "某人"}) for r in file.rows))
    assert {c.after for c in taken(dishonest, ground=standing(now, stood=stood)).refused} == {"某人"}
    old = replace(file, marks={**file.marks, "older": "r0"})
    told = taken(old, ground=standing(now, stood=stood))
    assert asked[-1] == ("r0", SENT)
    assert told.files[0].notes == (OLD_VERSION,)


# --- what a unit may not change


def test_that_a_locked_cell_is_shown_and_refused_while_the_row_still_counts() -> None:
    found = taken(form({PLATFORMS: {"lead": CZ, "light": None, "text": "已建成。"}}))
    light = cases(office(), ON)[0].light.colour
    assert refused(found) == [
        ("1-1", "牵头单位", KJ, CZ, LOCKED),
        ("1-1", "亮灯", {"red": "红灯", "yellow": "黄灯", "green": "绿灯"}[light], "", LOCKED),
    ]
    assert [c.field for c in found.changes] == ["text"]
    assert not found.is_clean


def test_that_what_time_alone_has_changed_is_nobodys_doing() -> None:
    then = cases(office(), SENT.date())[1]
    now = cases(office(), date(2026, 8, 1))[1]
    assert then.light.colour != now.light.colour
    taker = Taker("p", "周宁", AT, date(2026, 8, 1))
    found = compare([form(unit=WJ)], {"r": standing()}, "w", taker)
    assert found.refused == ()
    without = compare([form(unit=WJ, head="", made="")], {"r": standing()}, "w", taker)
    assert {c.title for c in without.refused} == {"亮灯"}


def test_that_a_row_whose_number_and_words_are_anothers_is_left_out() -> None:
    found = taken(form({PLATFORMS: {"number": "2", "matter": "改造社区卫生站", "actual": "12个"}}))
    assert [(f.place.line, f.why) for f in found.faults] == [(4, MISPLACED)]
    assert found.changes == ()
    one = taken(form({PLATFORMS: {"number": "2", "actual": "12个"}}))
    assert (one.faults, refused(one)) == ((), [("1-1", "编号", "1-1", "2", LOCKED)])
    assert len(one.changes) == 1
    no_words = [replace(r, cells={k: v for k, v in r.cells.items() if k != "matter"}) for r in sent_rows()]
    alone = taken(form({PLATFORMS: {"number": "2"}}, rows=no_words))
    assert [f.why for f in alone.faults] == [MISPLACED]


@pytest.mark.parametrize(
    ("row", "field", "typed", "why"),
    [
        (PLATFORMS, "actual", "若干", NO_NUMBER),
        (PLATFORMS, "actual", "一期3个、二期4个", NO_NUMBER),
        (PLATFORMS, "actual", "3万平方米", "单位“平方米”与目标的单位“个”不同"),
        (PLATFORMS, "actual", "-3个", NEGATIVE),
        (PLATFORMS, "actual", Odd("#N/A", "是错误值，不采用"), "是错误值，不采用"),
        (DEALS, "text", "另外完成了", ON_FIRST_ROW),
    ],
)
def test_that_what_cannot_be_is_refused_cell_by_cell(row: str, field: str, typed: Cell, why: str) -> None:
    found = taken(
        form(
            {
                row: {field: typed},
                PLATFORMS: {"issues": "无资金", **({field: typed} if row == PLATFORMS else {})},
            }
        )
    )
    assert [c.why for c in found.refused] == [why]
    assert [c.field for c in found.changes] == ["issues"]


def test_that_a_figure_that_stands_already_is_not_refused_whatever_it_reads() -> None:
    facts = office()
    (progress,) = reports(taken(form({PLATFORMS: {"actual": "12个"}})))
    unread = replace(progress, figures=(Figure(PLATFORMS, None, "若干"),))
    again = standing(replace(facts, progress=(*facts.progress, unread)))
    found = taken(form({PLATFORMS: {"actual": "若干"}}), ground=again)
    assert (found.changes, found.refused) == ((), ())
    assert [c.why for c in taken(form({PLATFORMS: {"actual": "许多"}}), ground=again).refused] == [NO_NUMBER]


@pytest.mark.parametrize(("length", "is_taken"), [(200, True), (201, False)])
def test_that_a_figure_is_no_essay(length: int, is_taken: bool) -> None:
    words = "3个（" + "另" * (length - 4) + "）"
    found = taken(form({PLATFORMS: {"actual": words}}))
    assert (len(found.changes), len(found.refused)) == ((1, 0) if is_taken else (0, 1))


def test_that_twenty_thousand_copies_of_a_row_are_told_in_no_time() -> None:
    row = sent_rows()[0]
    rows = [replace(row, line=n, cells={**row.cells, "actual": f"{n}个"}) for n in range(20_000)]
    found = taken(form(rows=rows))
    assert (len(found.refused), {c.why for c in found.refused}, found.changes) == (20_000, {TWICE}, ())


def test_that_a_goal_in_words_takes_words_and_a_task_without_goals_no_figure() -> None:
    found = taken(form({"改造社区卫生站": {"actual": "3个"}, "t-jobless": {"actual": "-0.2%"}}, unit=WJ))
    assert refused(found) == [("2", "完成值", "", "3个", NO_TARGET)]
    assert said(found) == [("3", WJ, PERIOD, "actual", "", "-0.2%")]


def test_that_an_emptied_cell_clears_nothing_and_is_told() -> None:
    rows = sent_rows(period="2026-03")
    found = taken(form({PLATFORMS: {"text": None, "actual": "—"}}, rows=rows, period="2026-03"))
    assert [(c.title, c.why) for c in found.refused] == [("完成值", NOT_CLEARED), ("进展情况", NOT_CLEARED)]
    assert found.changes == ()


def test_that_merged_figures_are_told_and_merged_texts_count_for_all() -> None:
    rows = [
        replace(r, merged=frozenset({"actual", "text"})) if r.id == "t-jobless" else r for r in sent_rows(WJ)
    ]
    found = taken(form({"t-jobless": {"actual": "4.7%", "text": "一并推进"}}, unit=WJ, rows=rows))
    assert refused(found) == [("3", "完成值", "", "4.7%", MERGED)]
    assert said(found) == [("3", WJ, PERIOD, "text", "", "一并推进")]


# --- rows


def test_that_new_lost_and_foreign_rows_are_told_beside_their_lines() -> None:
    rows = [
        *sent_rows(),
        ReturnedRow("反馈表", 20, "", {"text": "新增"}),
        ReturnedRow("反馈表", 21, "gone", {"number": "9", "text": "好"}),
        ReturnedRow("反馈表", 22, "改造社区卫生站", {"text": "代报"}),
    ]
    found = taken(form(rows=rows))
    assert [(f.place.line, f.place.number, f.why) for f in found.faults] == [
        (20, "", NO_ID),
        (21, "9", GONE),
        (22, "", NOT_OWN.format(unit=KJ)),
    ]
    assert found.files[0].notes == ("是旧表：有1行的任务已不在台账里",)
    assert found.changes == ()


def test_that_a_row_by_an_older_id_is_still_its_tasks() -> None:
    names = {**standing().names, "target:1-2": PLATFORMS}
    rows = [replace(r, id="target:1-2") if r.id == PLATFORMS else r for r in sent_rows()]
    cells = {"target:1-2": {"actual": "12个"}}
    found = taken(form(cells, rows=rows), ground=standing(names=names))
    assert reports(found)[0].figures == (Figure(PLATFORMS, 12.0, "12个"),)


def test_that_a_row_that_comes_twice_counts_where_both_say_the_same() -> None:
    twice = [*sent_rows(), *(replace(r, line=r.line + 10) for r in sent_rows())]
    same = taken(form({PLATFORMS: {"actual": "12个"}}, rows=twice))
    assert (len(same.changes), same.refused) == (1, ())
    rows = [replace(r, cells={**r.cells, "actual": f"{r.line}个"}) if r.id == PLATFORMS else r for r in twice]
    other = taken(form(rows=rows))
    assert [(c.place.line, c.why) for c in other.refused] == [(4, TWICE), (14, TWICE)]
    assert other.changes == ()


# --- files


def test_that_files_of_elsewhere_are_left_out_by_name() -> None:
    cells = {PLATFORMS: {"actual": "12个"}}
    found = taken(
        form(cells, name="别处.xlsx", workspace="other"),
        form(cells, name="别的报告.xlsx", report="r2"),
        form(
            cells, name="无关.xlsx", workspace="", report="", rows=[ReturnedRow("一", 2, "x", {"text": "好"})]
        ),
        form(cells, name="别的单位.xlsx", unit="区教育局", rows=sent_rows()),
    )
    assert [(f.name, bool(f.refused), f.needs_unit) for f in found.files] == [
        ("别处.xlsx", True, False),
        ("别的报告.xlsx", True, False),
        ("无关.xlsx", True, False),
        ("别的单位.xlsx", True, False),
    ]
    assert "别的工作区" in found.files[0].refused
    assert "区教育局" in found.files[3].refused
    assert (found.changes, found.faults, found.refused) == ((), (), ())


def test_that_a_file_without_marks_is_known_by_its_ids_and_whose_it_is_is_asked() -> None:
    file = replace(form({PLATFORMS: {"actual": "12个", "as_of": "4月底"}}), marks={})
    asked = taken(file)
    assert [(f.needs_unit, f.changed) for f in asked.files] == [(True, 0)]
    told = taken(file, units={"甲.xlsx": "区科委"})
    assert (told.files[0].unit, [c.unit for c in told.changes]) == (KJ, [KJ])
    leads = taken(file, units={"甲.xlsx": LEADS})
    assert [c.unit for c in leads.changes] == [KJ]


def test_that_a_column_or_the_sheets_name_says_whose_a_row_is() -> None:
    marks = {"workspace": "w", "report": "r", "made": "2026-04-25"}
    column = replace(
        form({PLATFORMS: {"actual": "12个", "unit": CZ, "as_of": "4月底"}}),
        marks=marks,
        titles={**TITLES, "unit": "填报单位"},
    )
    assert [(c.unit, c.after) for c in taken(column).changes] == [(CZ, "12个")]
    rows = [replace(r, sheet="区科委 反馈表") for r in sent_rows()]
    named = replace(form({PLATFORMS: {"actual": "12个"}}, rows=rows), marks={**marks, "period": PERIOD})
    assert [(c.unit, c.period) for c in taken(named).changes] == [(KJ, PERIOD)]


def test_that_of_two_files_the_one_saved_later_counts_and_the_other_is_told() -> None:
    early = replace(form({PLATFORMS: {"actual": "12个"}}, name="早.xlsx"), saved=AT)
    late = replace(form({PLATFORMS: {"actual": "13个"}}, name="晚.xlsx"), saved=AT + timedelta(hours=1))
    for files in ((early, late), (late, early)):
        found = taken(*files)
        assert [(c.place.file, c.after) for c in found.changes] == [("晚.xlsx", "13个")]
        assert [(c.place.file, c.after, c.why) for c in found.refused] == [
            ("早.xlsx", "12个", LATER.format(name="晚.xlsx"))
        ]
        assert [f.name for f in found.files] == [file.name for file in files]


def test_that_an_old_form_is_told_where_something_newer_stands() -> None:
    facts = office()
    newer = replace(facts.progress[1], period=PERIOD, id="n", at=SENT + timedelta(days=2))
    found = taken(
        form({PLATFORMS: {"actual": "12个"}}),
        ground=standing(replace(facts, progress=(*facts.progress, newer))),
    )
    assert said(found) == [("1-1", KJ, PERIOD, "actual", "3个", "12个")]
    assert found.files[0].notes == ("有1格在这份表发出以后已经报过别的内容，请核对是不是旧表",)


# --- lead and supporting units


def test_that_both_units_texts_are_kept_the_leads_figure_counts_and_the_difference_is_told() -> None:
    found = taken(
        form({PLATFORMS: {"actual": "12个", "text": "牵头说"}}),
        form(
            {PLATFORMS: {"actual": "11个", "text": "配合说"}, DEALS: {"actual": "5亿元"}},
            unit=CZ,
            name="乙.xlsx",
        ),
    )
    assert {(p.unit, p.is_lead, p.text) for p in reports(found)} == {
        (KJ, True, "牵头说"),
        (CZ, False, "配合说"),
    }
    assert found.differences == (UnitDifference(TASK, "1", "新建中试平台", PERIOD, KJ, "12个", CZ, "11个"),)
