"""Column types that hold the domain's own values."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text, TypeDecorator
from typing_extensions import override

from app.domain.spans import Span, Spans


def spans_to_text(spans: Spans) -> str:
    """Spans as "120-140,150-160"; "" for none."""
    return ",".join([f"{start}-{end}" for start, end in spans])


def text_to_spans(text: str | None) -> Spans:
    """The spans that `spans_to_text` wrote; none for NULL."""
    if not text:
        return ()
    if "," not in text:  # nearly all
        start, _, end = text.partition("-")
        return (Span(int(start), int(end)),)
    return tuple([Span(*map(int, part.split("-"))) for part in text.split(",")])


class SpansText(TypeDecorator[Spans]):
    """Spans of the source text, as text that is quick to parse."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: Spans | None, dialect: Dialect) -> str | None:
        return None if value is None else spans_to_text(value)

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Spans]:
        return text_to_spans  # without the decorator's own layer: thousands are read before first paint


class Texts(TypeDecorator[tuple[str, ...]]):
    """Several short texts (aliases, ids) as a JSON list; "" for none."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return json.dumps(value, ensure_ascii=False) if value else ""

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(json.loads(value)) if value else ()


class UtcTime(TypeDecorator[datetime]):
    """A moment: stored in UTC without a zone, handed out in UTC with one."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)
