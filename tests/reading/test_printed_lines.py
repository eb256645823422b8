"""Text taken from a printed page: lines of one length, page numbers inside sentences."""

import pytest

from app.reading.paragraphs import Paragraph, paragraphs_of
from app.reading.source_lines import lines_of

WIDTH = 30
FILLER = "疏浚航道加固海堤修缮码头更新渔船养护灯塔清理岸线守护一方，"


def paragraphs(text: str) -> list[str]:
    return [p.text for p in paragraphs_of(list(lines_of(text))) if isinstance(p, Paragraph)]


def printed(text: str, width: int = WIDTH) -> str:
    """The text broken into lines of one width, a line of its own before it and behind it."""
    lines = "\n".join(text[i : i + width] for i in range(0, len(text), width))
    return f"开场白。\n{lines}\n结束了。"


LISTED = FILLER * 6 + "泊位增加三个，航道加深两米，海堤加高一米；" + FILLER * 6 + "办好渔民夜校。"


def test_that_a_semicolon_at_the_end_of_a_full_line_ends_no_paragraph() -> None:
    text = LISTED.replace("；", "的" * (-(LISTED.index("；") + 1) % WIDTH) + "；")
    assert (text.index("；") + 1) % WIDTH == 0
    assert paragraphs(printed(text)) == ["开场白。", text, "结束了。"]


@pytest.mark.parametrize("missing", [3, 4])
def test_that_a_full_line_may_lack_three_characters(missing: int) -> None:
    text = LISTED.replace("；", "的" * (-(LISTED.index("；") + 1) % WIDTH) + "；")
    at = text.index("；") + 1
    cut = text[: at - 1 - missing] + "；"
    body = printed(cut).removesuffix("\n结束了。") + "\n" + printed(text[at:]).removeprefix("开场白。\n")
    assert len(paragraphs(body)) == (3 if missing == 3 else 4)


def test_that_it_ends_one_where_lines_are_of_any_length() -> None:
    lines = [FILLER * (n % 5 + 1) + "办好渔民夜校" + "呀" * n + "；" for n in range(14)]
    assert paragraphs("\n".join(lines)) == lines


def test_that_twelve_full_lines_make_a_printed_page() -> None:
    def lists(count: int) -> str:
        return "\n".join([FILLER + "的；"] * count)

    assert len(FILLER) == WIDTH - 1
    assert len(paragraphs(lists(12))) == 1
    assert len(paragraphs(lists(11))) == 11


def test_that_a_numbered_line_begins_anew_on_any_page() -> None:
    text = "\n".join(["1." + FILLER[:-2] + "；"] * 12)
    assert len(paragraphs(text)) == 12


@pytest.mark.parametrize("number", ["- 7 -", "第7页", "—7—"])
def test_that_a_page_number_inside_a_sentence_is_left_out_however_short_the_line(number: str) -> None:
    assert paragraphs(f"支持渔企开拓市场，办展五百\n\n{number}\n\n场次，建设海外仓。") == [
        "支持渔企开拓市场，办展五百场次，建设海外仓。"
    ]
    assert paragraphs(f"新增泊位三个，疏浚航道；\n{number}\n加固海堤。") == [
        "新增泊位三个，疏浚航道；加固海堤。"
    ]


def test_that_a_page_number_between_paragraphs_joins_nothing() -> None:
    assert paragraphs("新增泊位，疏浚航道。\n- 7 -\n加固海堤。") == ["新增泊位，疏浚航道。", "加固海堤。"]
    assert paragraphs("（一）做强港口，做优渔业\n- 7 -\n加固海堤。") == [
        "（一）做强港口，做优渔业",
        "加固海堤。",
    ]
    assert paragraphs("云港区人民政府\n- 7 -\n加固海堤。") == ["云港区人民政府", "加固海堤。"]
    assert paragraphs("新增泊位，疏浚航道\n- 7 -\n（一）加固海堤。") == [
        "新增泊位，疏浚航道",
        "（一）加固海堤。",
    ]
