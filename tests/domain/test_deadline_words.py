"""Deadlines as people type them."""

from datetime import date

import pytest

from app.domain.deadline_words import parse
from app.domain.tasks import Deadline, DeadlineKind

BY, DURING = DeadlineKind.EXPLICIT, DeadlineKind.DURING


@pytest.mark.parametrize(
    ("typed", "kind", "due"),
    [
        ("6月底", BY, date(2026, 6, 30)),
        ("6月底前", BY, date(2026, 6, 30)),
        (" 6 月 底 前 完成", BY, date(2026, 6, 30)),
        ("６月末之前", BY, date(2026, 6, 30)),
        ("2月", BY, date(2026, 2, 28)),
        ("2028年2月底", BY, date(2028, 2, 29)),
        ("十月底前", BY, date(2026, 10, 31)),
        ("十二月", BY, date(2026, 12, 31)),
        ("五月份", BY, date(2026, 5, 31)),
        ("6月上旬", BY, date(2026, 6, 10)),
        ("6月中旬", BY, date(2026, 6, 20)),
        ("6月下旬", BY, date(2026, 6, 30)),
        ("6月15日前", BY, date(2026, 6, 15)),
        ("6月1日", BY, date(2026, 6, 1)),
        ("明年6月底前完成", BY, date(2027, 6, 30)),
        ("今年9月底", BY, date(2026, 9, 30)),
        ("2027年6月底", BY, date(2027, 6, 30)),
        ("2026-06-30", BY, date(2026, 6, 30)),
        ("2026/6/5", BY, date(2026, 6, 5)),
        ("2026.6.5", BY, date(2026, 6, 5)),
        ("2026年6月15日", BY, date(2026, 6, 15)),
        ("20260615", BY, date(2026, 6, 15)),
        ("6-15", BY, date(2026, 6, 15)),
        ("6.30", BY, date(2026, 6, 30)),
        ("一季度末", BY, date(2026, 3, 31)),
        ("二季度末", BY, date(2026, 6, 30)),
        ("第3季度底", BY, date(2026, 9, 30)),
        ("四季度", DURING, date(2026, 12, 31)),
        ("一季度内", DURING, date(2026, 3, 31)),
        ("上半年", DURING, date(2026, 6, 30)),
        ("下半年", DURING, date(2026, 12, 31)),
        ("2027年上半年", DURING, date(2027, 6, 30)),
        ("年底", BY, date(2026, 12, 31)),
        ("年底前", BY, date(2026, 12, 31)),
        ("年末", BY, date(2026, 12, 31)),
        ("2027年底", BY, date(2027, 12, 31)),
        ("明年底前", BY, date(2027, 12, 31)),
        ("年内", DURING, date(2026, 12, 31)),
        ("全年", DURING, date(2026, 12, 31)),
        ("今年", DURING, date(2026, 12, 31)),
        ("2027年", DURING, date(2027, 12, 31)),
        ("十五五末", DeadlineKind.PLAN_END, date(2030, 12, 31)),
        ("“十四五”期末", DeadlineKind.PLAN_END, date(2025, 12, 31)),
        ("持续推进", DeadlineKind.ROLLING, None),
        ("长期坚持", DeadlineKind.ROLLING, None),
        ("常态化", DeadlineKind.ROLLING, None),
        ("每季度", DeadlineKind.RECURRING, None),
        ("每月底前", DeadlineKind.RECURRING, None),
        ("汛前", DeadlineKind.EVENT, None),
        ("供暖季前", DeadlineKind.EVENT, None),
    ],
)
def test_that_typed_deadlines_are_understood(typed: str, kind: DeadlineKind, due: date | None) -> None:
    assert parse(typed, 2026) == Deadline(kind, due)


@pytest.mark.parametrize(
    "typed",
    [
        "", "  ", "随便", "尽快", "前", "6", "13月", "0月", "2月30日", "6月0日", "6月31日",
        "2026-13-01", "2026-06-00", "五季度", "底", "末", "内", "12345前",
    ],
)  # fmt: skip
def test_that_what_is_no_deadline_is_refused(typed: str) -> None:
    assert parse(typed, 2026) is None
