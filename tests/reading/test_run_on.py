"""A report that has lost its line breaks reads like one that has them."""

import pytest

from app.domain.report import Source
from app.reading import kind_spans, read_source
from app.reading.headings import heading_end
from app.reading.marks import mark_of
from app.reading.run_on import LONGEST, parted
from app.reading.source_lines import Line

WORK = "疏浚航道，加固海堤，办好渔民夜校，守护一方平安。" * 24
REPORT = (
    "政府工作报告\n——2026年1月20日在云港区第八届人民代表大会第五次会议上\n各位代表：\n"
    "现在，我代表区人民政府，向大会报告工作，请予审议。\n"
    f"一、2025年工作回顾\n过去一年，渔业产值增长6%。{WORK}\n"
    "二、2026年总体要求和主要目标\n今年工作的总体要求是：坚持稳中求进工作总基调。\n"
    "主要预期目标是：地区生产总值增长6%左右，新增就业1.3万人以上。\n"
    f"三、2026年重点工作\n（一）做强现代港航，在陆海统筹上争先进位\n抓好港口。{WORK}\n"
    f"（二）做优海洋渔业，在富民增收上争先进位\n抓好渔业。{WORK}\n"
    f"四、加强政府自身建设\n坚持依法行政。{WORK}\n"
    "各位代表！让我们团结奋斗，建设海洋强区！\n名词解释\n1.陆海统筹：指陆地与海洋一体谋划。\n"
)


def kinds(text: str) -> list[str]:
    """The kind of every character, white space left out."""
    reading = read_source(Source("a.txt", "", "utf-8", text, ""), None)
    out = [""] * len(text)
    for span, kind in kind_spans(reading.sections):
        out[span.start : span.end] = [kind.value] * (span.end - span.start)
    return [kind for kind, char in zip(out, text, strict=True) if not char.isspace()]


@pytest.mark.parametrize("gap", [" ", "\u3000"])
def test_that_a_report_on_one_line_has_the_sections_of_one_with_line_breaks(gap: str) -> None:
    assert kinds(REPORT.replace("\n", gap)) == kinds(REPORT)
    assert set(kinds(REPORT)) == {
        "front",
        "review",
        "outlook",
        "goals",
        "tasks",
        "self",
        "closing",
        "glossary",
    }


def line(text: str, *, has_tab: bool = False) -> Line:
    return Line(text, 7, 2, has_tab, 3)


def test_that_only_an_overlong_line_is_parted() -> None:
    short = line("疏浚。 （一）加固海堤。" + "港" * (LONGEST - 13))
    assert (len(short.text), list(parted([short]))) == (LONGEST - 1, [short])
    longer = line(short.text + "港")
    assert [part.text[:4] for part in parted([longer])] == ["疏浚。", "（一）加"]
    cell = line(longer.text, has_tab=True)
    assert list(parted([cell])) == [cell]


def test_that_the_parts_stand_where_they_stood() -> None:
    whole = line("疏浚航道。 二、加固海堤工程 " + "护岸。" * LONGEST)
    parts = list(parted([whole]))
    assert [(part.start, part.gap, part.indent) for part in parts[:2]] == [(7, 2, 3), (13, 0, 0)]
    assert all(whole.text[p.start - 7 : p.end - 7] == p.text for p in parts)
    assert "".join(p.text for p in parts) == whole.text.replace(" 二", "二")


def test_that_a_number_inside_a_sentence_parts_nothing() -> None:
    text = "实施“一、二产融合”工程，" + "护岸，" * LONGEST
    assert [part.text for part in parted([line(text)])] == [text]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("（一）做强现代港航，在陆海统筹上争先进位 " + "疏浚航道，" * 20 + "加固。", 20),
        ("（一）做强现代港航，新建泊位3个 " + "疏浚航道，" * 20 + "加固。", 0),
        ("（一）做强现代 港航，在陆海 统筹上 " + "疏浚航道，" * 20 + "加固。", 0),
        ("（一）做强现代港航，在陆海统筹上争先进位 " + "疏浚航道，" * 6 + "加固；" * 14, 0),
        ("1.做强现代港航，在陆海统筹上争先进位 " + "疏浚航道，" * 20 + "加固。", 0),
    ],
)
def test_that_a_heading_may_end_at_the_one_space_before_a_long_sentence(text: str, end: int) -> None:
    mark = mark_of(text)
    assert mark
    assert heading_end(text, mark) == end
