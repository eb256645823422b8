"""Spans as text, and the values of other columns, come back as they went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.spans import Span, Spans
from db.columns import spans_to_text, text_to_spans

OFFSETS = st.integers(0, 1 << 40)


@given(st.lists(st.builds(Span, OFFSETS, OFFSETS), max_size=5).map(tuple))
def test_that_spans_come_back_from_their_text(spans: Spans) -> None:
    back = text_to_spans(spans_to_text(spans))
    assert back == spans
    assert all(type(span) is Span for span in back)


@pytest.mark.parametrize(
    ("spans", "text"),
    [((), ""), ((Span(120, 140),), "120-140"), ((Span(120, 140), Span(150, 160)), "120-140,150-160")],
)
def test_that_spans_are_written_as_their_offsets(spans: Spans, text: str) -> None:
    assert spans_to_text(spans) == text
    assert text_to_spans(text) == spans
