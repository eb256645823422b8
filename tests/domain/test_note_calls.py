"""Notes at a page's foot are called by their number, which the shown text leaves out: the words before it tell them."""

from app.domain.note_terms import note_at, notes_in
from app.domain.report import Note
from app.domain.spans import Span
from app.reading import read_bytes

TEXT = """云港区2026年政府工作报告

一、2026年重点工作

新建泊位3个，推行一港通办[1]。6月底前完成航道疏浚[2]，累计[1]建设服务水平领先的国际枢纽港口[3]，〔4〕公里。

注释

[1] 指港口事项在一个窗口办理，另见[3]。
[2] 航道疏浚：清除航道内的淤泥。
[3] 指货物吞吐量居前的港口。
"""
READING = read_bytes(TEXT.encode(), "报告.txt")


def told() -> list[tuple[str, str]]:
    return [(TEXT[one.span.start : one.span.end], one.note.text[:3]) for one in notes_in(READING)]


def test_that_the_words_before_a_call_tell_its_note_back_to_the_punctuation_or_a_few() -> None:
    assert told() == [
        ("推行一港通办", "指港口"),
        ("航道疏浚", "清除航"),
        ("累计", "指港口"),
        ("先的国际枢纽港口", "指货物"),
    ]


def test_that_a_called_term_is_found_where_its_words_stand_and_nowhere_else() -> None:
    start = TEXT.index("推行")
    end = start + len("推行一港通办")
    assert note_at(READING, start - 1) is None
    for at in (start, end - 1):
        found = note_at(READING, at)
        assert found is not None
        assert (found.span, found.note.text[:3]) == (Span(start, end), "指港口")
    assert note_at(READING, end) is None


def test_that_what_is_quoted_before_a_call_is_its_term_with_what_a_bracket_adds() -> None:
    text = "“无废码头”[1]和智慧港口（一期）[2]，“口岸”外[3]。"
    notes = tuple(Note("", f"说明{n}。", Span(len(text) + 6 * n, len(text) + 6 * n + 5)) for n in range(3))
    source = READING.source._replace(text=text + "".join(f"[{n + 1}]说明。" for n in range(3)))
    found = notes_in(READING._replace(source=source, notes=notes), Span(0, len(text)))
    assert [(text[one.span.start : one.span.end], one.note.text) for one in found] == [
        ("无废码头", "说明0。"),
        ("和智慧港口（一期）", "说明1。"),
        ("外", "说明2。"),
    ]


def test_that_a_call_without_words_or_without_a_note_tells_nothing() -> None:
    text = "，[1]推进[9]建设"
    note = Note("", "说明。", Span(len(text) + 1, len(text) + 7))
    source = READING.source._replace(text=f"{text}\n[1]说明。")
    assert notes_in(READING._replace(source=source, notes=(note,)), Span(0, len(text))) == ()
