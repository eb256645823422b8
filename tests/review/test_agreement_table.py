"""Agreement of two layers: which things each row counts, over the report and in its sections."""

from datetime import date

import pytest

from app.domain.contents import Contents
from app.domain.report import (
    Level,
    Metadata,
    Reading,
    ReportKind,
    Section,
    SectionKind,
    ShownText,
    Source,
)
from app.domain.spans import Span
from app.domain.tasks import DeadlineKind, Role, Tag, TagKind, Task
from app.review import KINDS, AgreementRow, AgreementTable, Measure, agreement
from tests.review.cases import FIRST, SECOND, TEXT, at, due, layer_of, owner, tag, target, task

ONE, TWO = "新建云港中试平台2个，6月底前完成。", "办好海港科技周。"
LAST = "规上工业增加值增长6%。"
MIDDLE = at("改造老旧").start


def section(index: int, parent: int, depth: int, start: int, end: int) -> Section:
    return Section(index, parent, depth, SectionKind.TASKS, f"第{index}节", Span(start, end))


SECTIONS = (
    section(0, -1, 1, 0, MIDDLE),
    section(1, 0, 2, 0, at(TWO).start),
    section(2, 0, 2, at(TWO).start, MIDDLE),
    section(3, -1, 1, MIDDLE, len(TEXT)),
    section(4, 3, 2, at("每季度").start, len(TEXT)),
)
METADATA = Metadata("报告", "", "", None, 2026, 2026, Level.DISTRICT, ReportKind.WORK_REPORT)
READING = Reading(Source("报告.txt", "", "utf-8", TEXT, ""), METADATA, ShownText("", (), ()), SECTIONS, ())

X, Y = task("x", ONE), task("u", ONE, SECOND)


def table(first: list[Task | Tag], second: list[Task | Tag], tolerance: int = 2) -> AgreementTable:
    return agreement(layer_of(FIRST, *first), layer_of(SECOND, *second), READING, tolerance)


def row(found: AgreementTable, field: str) -> AgreementRow:
    return next(r for r in found.overall if r.field == field)


def test_that_layers_that_are_the_same_agree_in_everything_that_is_there() -> None:
    found = table(
        [X, target("a", X, "2个", 2), owner("b", X, "区科技局")],
        [Y, target("v", Y, "2个", 2), owner("w", Y, "区科技局")],
    )
    assert (found.first, found.second, found.tolerance) == ("甲", "乙", 2)
    assert [(r.field, r.name) for r in found.overall] == [
        ("span", "任务范围"),
        ("target", "目标"),
        (KINDS, "标注种类"),
        ("value", "目标值"),
        ("comparator", "比较词"),
        ("unit", "计量单位"),
        ("lead", "牵头单位"),
        ("deadline", "完成时限"),
        ("support", "配合单位"),
    ]
    span = row(found, "span")
    assert (span.first_count, span.second_count, span.compared) == (1, 1, len(TEXT))
    assert (span.exact_f1, span.tolerant_f1, span.kappa, span.alpha, span.share) == (1, 1, 1, 1, None)
    value = row(found, "value")
    assert (value.first_count, value.second_count, value.compared) == (1, 1, 1)
    assert (value.exact_f1, value.share, value.kappa, value.alpha) == (1, 1, None, None)
    deadline = row(found, "deadline")
    assert (deadline.first_count, deadline.compared, deadline.exact_f1, deadline.share) == (0, 0, None, None)


def test_that_a_boundary_counts_within_the_tolerance_only() -> None:
    def slipped(by: int) -> Task:
        return task("u", (Span(at(ONE).start, at(ONE).end + by),), SECOND)

    for by, exact, tolerant in ((0, 1.0, 1.0), (1, 0.0, 1.0), (2, 0.0, 1.0), (3, 0.0, 0.0)):
        span = row(table([X], [slipped(by)]), "span")
        assert (span.exact_f1, span.tolerant_f1) == (exact, tolerant)
    assert row(table([X], [slipped(3)], 3), "span").tolerant_f1 == 1.0


def test_that_spans_of_characters_give_kappa_and_alpha() -> None:
    long, short = task("x", (Span(0, 40),)), task("u", (Span(0, 20),), SECOND)
    span = row(table([long], [short]), "span")
    total = len(TEXT)
    observed = 1 - 20 / total
    expected = (40 * 20 + (total - 40) * (total - 20)) / total**2
    assert span.kappa == pytest.approx((observed - expected) / (1 - expected))
    inside, outside, both = 60, 2 * total - 60, 2 * total
    assert span.alpha == pytest.approx(1 - (40 / both) / (2 * inside * outside / (both * (both - 1))))


def test_that_kinds_are_told_character_by_character() -> None:
    ours = [tag("a", X, TagKind.MEASURE, "新建"), tag("b", X, TagKind.STANDARD, "2个")]
    theirs = [tag("v", Y, TagKind.MEASURE, "新建"), tag("w", Y, TagKind.MEASURE, "2个")]
    kinds = row(table([X, *ours], [Y, *theirs]), KINDS)
    assert (kinds.first_count, kinds.second_count, kinds.compared) == (2, 2, len(TEXT))
    assert kinds.kappa is not None
    assert 0 < kinds.kappa < 1
    assert (kinds.exact_f1, kinds.share) == (None, None)


def test_that_values_of_targets_that_both_have_are_compared_and_f1_counts_what_only_one_has() -> None:
    ours = [target("a", X, "2个", 2), target("b", X, "6月", 6)]
    theirs = [target("v", Y, "2个", 3)]
    found = table([X, *ours], [Y, *theirs])
    value, unit = row(found, "value"), row(found, "unit")
    assert (value.first_count, value.second_count, value.compared) == (2, 1, 1)
    assert (value.share, value.exact_f1) == (0.0, 0.0)
    assert unit.share == 1.0
    assert unit.exact_f1 == pytest.approx(2 / 3)


def test_that_a_goal_without_a_number_has_no_value_or_unit_to_compare() -> None:
    bare = target("v", Y, "2个", 0, low=None, high=None)
    found = table([X, target("a", X, "2个", 2)], [Y, bare])
    assert [row(found, f).second_count for f in ("value", "unit", "comparator")] == [0, 0, 1]


def test_that_leads_are_compared_where_both_name_one() -> None:
    second, third = task("y", TWO), task("z", LAST)
    others = [task("p", TWO, SECOND), task("q", LAST, SECOND)]
    found = table(
        [X, second, third, owner("a", X, "甲局"), owner("b", second, "乙局"), owner("c", third, "甲局")],
        [Y, *others, owner("v", Y, "甲局"), owner("w", others[0], "甲局")],
    )
    lead = row(found, "lead")
    assert (lead.first_count, lead.second_count, lead.compared) == (3, 2, 2)
    assert (lead.share, lead.kappa) == (0.5, 0.0)
    assert lead.exact_f1 == pytest.approx(2 / 5)
    assert lead.alpha == pytest.approx(1 - (2 / 4) / (2 * 3 * 1 / (4 * 3)))


def test_that_a_task_of_one_side_counts_but_is_not_compared() -> None:
    found = table([X, owner("a", X, "甲局"), due("b", X, "年底", date(2026, 12, 31))], [])
    for field in ("lead", "deadline"):
        counted = row(found, field)
        assert (counted.first_count, counted.second_count, counted.compared) == (1, 0, 0)
        assert (counted.exact_f1, counted.share) == (0.0, None)
    other = table([], [Y, owner("v", Y, "甲局")])
    assert (row(other, "lead").first_count, row(other, "lead").second_count) == (0, 1)


def test_that_deadlines_agree_by_the_day_or_by_the_words_without_one() -> None:
    day = date(2026, 12, 31)
    ours, theirs = due("a", X, "年底", day), due("v", Y, "年内", day, DeadlineKind.DURING)
    assert row(table([X, ours], [Y, theirs]), "deadline").share == 1.0
    ours = due("a", X, "汛前", None, DeadlineKind.EVENT)
    assert row(table([X, ours], [Y, due("v", Y, "汛前", None, DeadlineKind.EVENT)]), "deadline").share == 1.0
    assert (
        row(table([X, ours], [Y, due("v", Y, "入冬前", None, DeadlineKind.EVENT)]), "deadline").share == 0.0
    )
    rolling = due("a", X, "", None, DeadlineKind.ROLLING)
    assert row(table([X, rolling], [Y]), "deadline").first_count == 1


def test_that_supports_are_counted_body_by_body_and_as_sets() -> None:
    def named(of: Task, *names: str) -> list[Task | Tag]:
        return [of, *(owner(f"{of.id}{n}", of, name, Role.SUPPORT) for n, name in enumerate(names))]

    support = row(table(named(X, "甲局", "乙局"), named(Y, "乙局", "丙局", "丁局")), "support")
    assert (support.first_count, support.second_count, support.compared) == (2, 3, 1)
    assert support.exact_f1 == pytest.approx(2 / 5)
    assert support.share == 0.0
    assert row(table(named(X, "甲局"), named(Y, "甲局")), "support").share == 1.0
    one = row(table(named(X, "甲局"), named(Y)), "support")
    assert (one.first_count, one.compared, one.exact_f1, one.share) == (1, 0, 0.0, None)


def test_that_targets_are_compared_across_a_division_but_not_owners() -> None:
    part, rest = task("u", "新建云港中试平台2个，", SECOND), task("v", "6月底前完成。", SECOND)
    found = table(
        [X, target("a", X, "2个", 2), owner("b", X, "甲局")],
        [part, rest, target("w", part, "2个", 2), owner("z", part, "甲局")],
    )
    assert row(found, "value").share == 1.0
    assert (row(found, "lead").first_count, row(found, "lead").second_count, row(found, "lead").compared) == (
        1,
        1,
        0,
    )


def test_that_a_task_counts_in_every_section_around_its_beginning() -> None:
    also, too = task("y", TWO), task("v", TWO, SECOND)
    found = table([X, also], [Y, too])
    spans = {
        r.section_title: (r.first_count, r.second_count, r.compared) for r in found.rows if r.field == "span"
    }
    assert spans == {
        "": (2, 2, len(TEXT)),
        "第0节": (2, 2, MIDDLE),
        "第1节": (1, 1, at(TWO).start),
        "第2节": (1, 1, MIDDLE - at(TWO).start),
    }
    assert [r.section for r in found.rows if r.field == "span"] == [-1, 0, 1, 2]
    assert {r.field for r in found.of_section(2)} == {r.field for r in found.overall}


def test_that_a_task_without_a_place_counts_in_the_report_only() -> None:
    found = table([task("x", "会上定的事")], [])
    assert {r.section for r in found.rows} == {-1}
    assert row(found, "span").first_count == 0


def test_that_characters_beyond_a_section_do_not_count_in_it() -> None:
    across = task("x", (Span(0, MIDDLE + 5),))
    found = agreement(
        layer_of(FIRST, across), layer_of(SECOND, task("u", (Span(0, MIDDLE),), SECOND)), READING
    )
    rows = {r.section: r for r in found.rows if r.field == "span"}
    assert rows[0].alpha is None
    assert rows[-1].alpha is not None


def test_that_nothing_tagged_by_anybody_gives_no_figures() -> None:
    empty = Contents(FIRST), Contents(SECOND)
    found = agreement(*empty, READING)
    assert all(r.figure(measure) is None for r in found.rows for measure in Measure)
    assert {r.section for r in found.rows} == {-1}


def test_that_a_figure_is_found_by_its_measure() -> None:
    made = AgreementRow(-1, "", "span", "任务范围", 1, 2, 3, 0.1, 0.2, 0.3, 0.4, 0.5)
    assert [made.figure(measure) for measure in Measure] == [0.1, 0.2, 0.3, 0.4, 0.5]
