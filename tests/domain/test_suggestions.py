"""What the suggestions read at a place."""

from datetime import date

from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Target
from tests.builders import SUGGESTIONS


def test_that_the_figure_or_date_at_a_place_is_told() -> None:
    assert SUGGESTIONS.value_at(Span(7, 9)) == Target("新建中试平台", Comparator.EQ, 2, 2, "个")
    assert SUGGESTIONS.value_at(Span(12, 20)) == Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30))
    assert SUGGESTIONS.value_at(Span(28, 40)) == Target("技术合同登记额", Comparator.GT, 4.5e9, None, "元")


def test_that_nothing_is_told_where_nothing_is_read() -> None:
    assert SUGGESTIONS.value_at(Span(8, 9)) is None
    assert SUGGESTIONS.value_at(Span(13, 23)) is None
    assert Suggestions("test").value_at(Span(6, 8)) is None
