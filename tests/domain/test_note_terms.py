"""The terms of the notes where they stand in the text."""

from dataclasses import replace

from app.domain.note_terms import NotedTerm, note_at, notes_in
from app.domain.report import Note, Reading, RunMap, ShownText
from app.domain.spans import Span
from tests.stored import card, reading_of

TEXT = "推广“四零”服务和智慧港口，建设智慧港口大脑。提升AI（人工智能）水平，应用AI。\n注释\n四零：零跑动。智慧港口另见。"
START = TEXT.index("四零：")
NOTES = (
    Note("“四零”", "零跑动。", Span(START, len(TEXT))),
    Note("智慧港口", "用数据管理的港口。", Span(0, 0)),
    Note("智慧港口大脑", "调度平台。", Span(0, 0)),
    Note("AI（人工智能）", "机器的智能。", Span(0, 0)),
    Note("", "没有词。", Span(0, 0)),
    Note("四零", "第二条。", Span(0, 0)),
)
READING = reading_of(card())._replace(shown=ShownText(TEXT, (), (RunMap(0, 100, len(TEXT)),)), notes=())


def reading(shift: int = 100) -> Reading:
    """The text, which stands that far behind in its source."""
    moved = tuple(replace(n, span=Span(n.span.start + shift, n.span.end + shift)) for n in NOTES)
    return READING._replace(shown=ShownText(TEXT, (), (RunMap(0, shift, len(TEXT)),)), notes=moved)


def words(found: tuple[NotedTerm, ...], shift: int = 100) -> list[str]:
    return [TEXT[one.span.start - shift : one.span.end - shift] for one in found]


def test_that_terms_are_found_in_text_order_the_longest_of_several() -> None:
    found = notes_in(reading())
    assert words(found) == ["四零", "智慧港口", "智慧港口大脑", "AI（人工智能）", "AI"]
    assert [one.note.text for one in found] == [
        "零跑动。",
        "用数据管理的港口。",
        "调度平台。",
        "机器的智能。",
        "机器的智能。",
    ]


def test_that_a_place_shows_the_terms_it_touches() -> None:
    at = TEXT.index("智慧港口大脑") + 100
    assert words(notes_in(reading(), Span(at + 5, at + 9))) == ["智慧港口大脑"]
    assert words(notes_in(reading(), Span(at + 6, at + 9))) == []
    assert words(notes_in(reading(), Span(at - 9, at))) == ["智慧港口"]
    assert notes_in(reading(), Span(0, 50)) == ()  # not shown


def test_that_a_key_asks_for_the_term_at_the_caret() -> None:
    at = TEXT.index("智慧港口") + 100
    found = note_at(reading(), at)
    assert found is not None
    assert (found.span, found.note.term) == (Span(at, at + 4), "智慧港口")
    assert note_at(reading(), at - 1) is None
    assert note_at(reading(), at + 4) is None


def test_that_a_report_without_notes_has_no_terms() -> None:
    assert notes_in(READING) == ()
    assert (
        notes_in(READING._replace(notes=(Note("词" * 41, "", Span(0, 0)), Note("字", "", Span(0, 0))))) == ()
    )


def test_that_what_a_longer_term_quotes_stands_for_it_within_its_quotes() -> None:
    text = "推行港区“三合”行动，整治“三合”，三合一。落实“六有”标准。"
    notes = (Note("港区“三合”行动", "一。", Span(0, 0)), Note("“六有”", "二。", Span(0, 0)))
    shown = ShownText(text, (), (RunMap(0, 0, len(text)),))
    found = notes_in(READING._replace(shown=shown, notes=notes))
    told = [(text[one.span.start : one.span.end], one.note.text) for one in found]
    assert told == [("港区“三合”行动", "一。"), ("“三合”", "一。"), ("六有", "二。")]
