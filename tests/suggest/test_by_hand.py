"""What words say that a reviewer has chosen."""

from datetime import date

import pytest

from app.domain.report import Level, Metadata, Reading, ReportKind, RunMap, ShownText, Source
from app.domain.spans import Span
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Owner, Role, TagKind, Target, Value
from app.domain.units import Unit
from app.suggest.by_hand import read_value

TEXT = "新建公园3个，改造泵站12座。9月底前完工，汛前启用。由区水务局负责。"
SHIFT = 5  # the shown text begins so many characters into the source
WATER = Unit("u-sw", "水务", "云港区水务局", "区水务局", aliases=("水务局",))
ABOUT = Metadata("云港区2026年政府工作报告", "", "", None, 2026, 2026, Level.DISTRICT, ReportKind.WORK_REPORT)
READING = Reading(
    Source("r.txt", "", "utf-8", "　" * SHIFT + TEXT, ""),
    ABOUT,
    ShownText(TEXT, (), (RunMap(0, SHIFT, len(TEXT)),)),
    (),
    (),
)


def read(kind: TagKind, words: str, role: Role = Role.LEAD) -> Value:
    start = TEXT.index(words) + SHIFT
    return read_value(READING, kind, Span(start, start + len(words)), role, (WATER,))


@pytest.mark.parametrize(
    ("words", "number", "unit"), [("公园3个", 3, "个"), ("3个", 3, "个"), ("泵站12座", 12, "座")]
)
def test_that_a_figure_is_the_one_among_the_chosen_words(words: str, number: float, unit: str) -> None:
    found = read(TagKind.TARGET, words)
    assert isinstance(found, Target)
    assert (found.low, found.unit) == (number, unit)


def test_that_words_without_a_figure_are_the_indicator() -> None:
    assert read(TagKind.TARGET, "启用") == Target("启用")
    found = read(TagKind.TARGET, "启用")
    assert isinstance(found, Target)
    assert (found.comparator, found.low, found.high) == (Comparator.EQ, None, None)


def test_that_a_deadline_is_read_and_without_a_date_it_waits_for_an_event() -> None:
    assert read(TagKind.DEADLINE, "9月底前") == Deadline(DeadlineKind.EXPLICIT, date(2026, 9, 30))
    assert read(TagKind.DEADLINE, "新建公园") == Deadline(DeadlineKind.EVENT)


def test_that_a_body_is_the_directory_s_with_the_role_asked_for() -> None:
    assert read(TagKind.OWNER, "水务局", Role.SUPPORT) == Owner(Role.SUPPORT, "区水务局", "水务", "u-sw")
    assert read(TagKind.OWNER, "公园") == Owner(Role.LEAD, "公园")


def test_that_other_kinds_have_no_value_nor_has_what_is_not_shown() -> None:
    assert read(TagKind.MEASURE, "公园3个") is None
    assert read(TagKind.STANDARD, "公园3个") is None
    assert read_value(READING, TagKind.TARGET, Span(0, SHIFT), Role.LEAD, ()) is None
