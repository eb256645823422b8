from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.report import ShownText
from app.domain.spans import Span
from app.reading import show

PIECES = [
    "一、",
    "（一）",
    "第一章 ",
    "专栏1 ",
    "附件：",
    "注释：",
    "1.",
    "——",
    "一是",
    "各位代表：",
    "2026年",
    "工作回顾",
    "重点工作",
    "推进项目建设，",
    "完成投资5亿元。",
    "“十五五”",
    "**",
    "PM_{2.5}",
    "&nbsp;",
    "&ldquo;",
    "<br>",
    " ",
    "\u3000",
    "\t",
    "\n",
    "\n\n",
    "\u200b",
    "\x07",
    "AI",
    "Blue ",
    "让我们奋斗！",
    "|",
    "- 1 -",
    "12",
    "；",
    "序号",
    "抄送：区委",
    "\ufeff",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=80)


def assert_true_map(text: str, shown: ShownText) -> None:
    last = -1
    for i, character in enumerate(shown.text):
        source = shown.source_at(i)
        if source is not None:
            assert text[source] == character
            assert source > last
            last = source


@given(TEXTS)
def test_that_every_shown_character_is_that_of_its_source(text: str) -> None:
    assert_true_map(text, show(text))


@given(TEXTS)
def test_that_runs_are_in_order_and_touch_nowhere_in_both_texts(text: str) -> None:
    runs = show(text).runs
    for a, b in pairwise(runs):
        assert a.length > 0
        assert a.shown + a.length <= b.shown
        assert a.source + a.length <= b.source
        assert (a.shown + a.length, a.source + a.length) != (b.shown, b.source)


@given(TEXTS)
def test_that_blocks_joined_by_line_breaks_are_the_shown_text(text: str) -> None:
    shown = show(text)
    assert "\n".join(shown.text[b.start : b.end] for b in shown.blocks) == shown.text
    assert all("\n" not in shown.text[b.start : b.end] for b in shown.blocks)
    assert all(shown.source_at(b.end) is None for b in shown.blocks)
    assert all(b.lead <= b.end - b.start for b in shown.blocks)


@given(TEXTS, st.integers(0, 200), st.integers(1, 40))
def test_that_a_span_goes_to_the_source_and_back(text: str, start: int, length: int) -> None:
    shown = show(text)
    span = Span(start, start + length)
    source = shown.to_source(span)
    mapped = [i for i in range(span.start, min(span.end, len(shown.text))) if shown.source_at(i) is not None]
    if source is None:
        assert not mapped
    else:
        assert shown.to_shown(source) == Span(mapped[0], mapped[-1] + 1)


@given(TEXTS)
def test_that_only_markup_space_and_page_numbers_are_left_out(text: str) -> None:
    shown = show(text)
    kept = {shown.source_at(i) for i in range(len(shown.text))}
    lost = "".join(c for i, c in enumerate(text) if i not in kept and "\u4e00" <= c <= "\u9fff")
    assert lost == ""


@given(TEXTS)
def test_that_cells_fill_whole_tables(text: str) -> None:
    tables: dict[int, list[tuple[int, int]]] = {}
    for block in show(text).blocks:
        if block.table >= 0:
            tables.setdefault(block.table, []).append((block.row, block.column))
    assert list(tables) == list(range(len(tables)))
    for cells in tables.values():
        rows, columns = cells[-1][0] + 1, cells[-1][1] + 1
        assert cells == [(r, c) for r in range(rows) for c in range(columns)]
