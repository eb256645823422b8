"""Where a 专栏 of plain paragraphs ends in a text without blank lines: where its own manner does, if that tells."""

import pytest

from app.domain.report import SectionKind, Source
from app.reading import kind_spans
from app.reading.files import read_source
from app.reading.tidy import pieces_of

BEFORE = "云港区“十五五”规划纲要\n第一章 总体要求\n坚持稳中求进，落实规划目标。\n第二章 产业发展\n第一节 港航\n加快发展。\n"
BEHIND = "第二节 数字\n推进数字化。\n第三章 保障实施\n健全实施机制。\n"
BODY = "推进海洋装备产业集聚，引进龙头企业五家。"
MORE = "支持中小企业上云用数。"


def not_in_box(lines: list[str]) -> list[str]:
    """Which of the lines behind a box's heading, and before the next section's, stand in no box."""
    text = f"{BEFORE}专栏2 港航工程\n{''.join(line + chr(10) for line in lines)}{BEHIND}"
    end = text.index(BEHIND)
    return [p.text for p in pieces_of(text) if len(BEFORE) <= p.start < end and not p.in_box]


LISTS = {
    "numbers and colons": ["1.码头工程：新建泊位4个。", "2.航道工程：疏浚航道。", "3.堆场工程：新增堆场。"],
    "numbers and stops": ["1.码头工程。新建泊位4个。", "2.航道工程。疏浚航道。"],
    "numbers in brackets": ["（1）码头工程：新建泊位4个。", "（2）航道工程：疏浚航道。"],
    "numbers in circles": ["①码头工程：新建泊位4个。", "②航道工程：疏浚航道。"],
    "numbered names": ["1.新区码头项目", "2.东港航道项目", "3.疏港铁路项目"],
    "squares": ["□码头工程。新建泊位4个。", "□航道工程。疏浚航道。"],
    "discs": ["●码头建设：新建泊位4个。", "●航道整治：疏浚航道。"],
    "dashes": ["——扩建码头，新建泊位4个。", "——整治航道。"],
    "two figures": ["01 码头", "新建泊位4个。", "02 航道", "疏浚航道。", "03 堆场", "新增堆场。"],
    "names and colons": ["码头：新建泊位4个。", "航道：疏浚航道。"],
    "names and stops": ["码头工程。新建泊位4个。", "智慧港口项目。建设平台。", "清航行动。清理航道。"],
    "a line before": ["实施以下工程：", "1.码头工程：新建泊位4个。", "2.航道工程：疏浚航道。"],
    "headings": ["（一）码头", "新建泊位4个。", "（二）航道", "疏浚航道。", "（三）堆场", "新增堆场。"],
    "glued headings": [
        "（一）码头工程。新建泊位4个。",
        "（二）航道工程。疏浚航道。",
        "（三）堆场工程。新增堆场。",
    ],
    "names, some with a paragraph": ["1.码头：新建泊位4个。", "2.航道：疏浚航道。", "3.堆场", "新增堆场。"],
    "counts below titles": ["码头类", "1.新区码头项目", "2.东港码头项目", "航道类", "1.东港航道项目"],
    "counts of sentences below titles": [
        *("码头类", "1.新区码头。新建泊位。", "2.东港码头。改造。"),
        *("航道类", "1.东港航道。疏浚。"),
    ],
    "a remark": ["1.码头工程：新建泊位4个。", "2.航道工程：疏浚航道。", "注：项目以批复为准。"],
    "a slip in the count": ["1.码头工程：新建泊位4个。", "2.航道工程：疏浚航道。", "4.堆场工程：新增堆场。"],
}


@pytest.mark.parametrize("box", LISTS.values(), ids=LISTS)
def test_that_a_box_is_whole_and_ends_where_its_manner_does(box: list[str]) -> None:
    assert not_in_box(box) == []
    assert not_in_box([*box, BODY, MORE]) == [BODY, MORE]


UNTOLD = {
    "plain paragraphs": ["新建泊位4个。", "疏浚航道。"],
    "one entry": ["1.码头工程：新建泊位4个。"],
    "one entry of a name": ["码头工程：新建泊位4个。"],
    "two entries with a paragraph": ["（一）码头", "新建泊位4个。", "（二）航道", "疏浚航道。"],
    "entries of two paragraphs": [
        *("1.码头", "新建泊位4个。", "改造泊位6个。"),
        *("2.航道", "疏浚航道。", "3.堆场", "新增堆场。"),
    ],
    "entries with entries": ["1.码头：", "——东港码头。", "——西港码头。", "2.航道。疏浚。", "3.堆场。新增。"],
    "a list behind a longer introduction": [
        *("港口要升级。", "航运要发展。"),
        *("1.码头。新建。", "2.航道。疏浚。", "3.堆场。新增。"),
    ],
    "a count that goes on from a box before": ["2.堆场：新增堆场。", "3.锚地：新建锚地。", "4.航标：更新。"],
    "entries with circled numbers": [
        *("（1）码头。新建。", "①东港码头。", "②西港码头。"),
        *("（2）航道。疏浚。", "（3）堆场。新增。"),
    ],
}


@pytest.mark.parametrize("box", UNTOLD.values(), ids=UNTOLD)
def test_that_a_box_whose_manner_does_not_tell_goes_on_to_the_next_heading(box: list[str]) -> None:
    assert not_in_box([*box, BODY, MORE]) == []


def test_that_a_line_that_is_no_sentence_does_not_end_a_box() -> None:
    box = ["1.码头：新建泊位4个。", "2.航道：疏浚航道。"]
    assert not_in_box([*box, "合计 两项"]) == []
    assert not_in_box([*box, "合计 两项", BODY]) == [BODY]
    assert not_in_box([*box, "详见附图。另附清单"]) == []


def test_that_a_paragraph_before_further_entries_is_the_boxs() -> None:
    box = ["1.码头：新建泊位4个。", "2.航道：疏浚航道。", "完善助航设施。", "3.堆场：新增堆场。"]
    assert not_in_box(box) == []
    assert not_in_box([*box[:3], "1.强链：补链。"]) == ["完善助航设施。", "1.强链：补链。"]
    assert not_in_box([*box[:3], "（一）强链", box[3]]) == ["完善助航设施。", "（一）强链", box[3]]
    signs = ["●码头：新建泊位4个。", "●航道：疏浚航道。", "完善助航设施。", "●堆场：新增堆场。"]
    assert not_in_box(signs) == []
    assert not_in_box([*signs[:3], "■堆场：新增堆场。"]) == ["完善助航设施。", "■堆场：新增堆场。"]


def test_that_a_heading_without_a_number_ends_a_list_with_the_paragraph_it_heads() -> None:
    box = ["1.码头工程：新建泊位4个。", "2.航道工程：疏浚航道。"]
    body = "推进海洋装备产业集聚，引进龙头企业五家，建设海洋装备检测中心，带动上下游企业集聚发展壮大。"
    assert not_in_box([*box, "壮大海洋产业", body]) == ["壮大海洋产业", body]


def test_that_behind_names_a_further_name_is_the_boxs() -> None:
    box = ["码头工程。新建泊位4个。", "航道工程。疏浚航道。"]
    assert not_in_box([*box, "海洋装备产业园。建成厂房。"]) == []
    assert not_in_box([*box, "海洋装备产业园。建成厂房。", BODY]) == [BODY]
    assert not_in_box(["1.码头。新建泊位4个。", "2.航道。疏浚航道。", "海洋装备要集聚。"]) == [
        "海洋装备要集聚。"
    ]


def test_that_a_number_that_does_not_go_on_is_the_bodys() -> None:
    box = ["1.码头工程：新建泊位4个。", "2.航道工程：疏浚航道。"]
    body = ["2.壮大海洋装备产业。引进龙头企业。", "3.推动数字化。建设平台。"]
    assert not_in_box([*box, *body]) == body
    assert not_in_box([*box, "1.强链。补链。"]) == ["1.强链。补链。"]
    assert not_in_box(["1.新区码头", "2.东港码头", "1.强链。补链。"]) == ["1.强链。补链。"]
    assert not_in_box([*LISTS["headings"], "（1）强链。补链。"]) == []
    with_paragraphs = ["1.码头", "新建泊位4个。", "2.航道", "疏浚航道。"]
    assert not_in_box([*with_paragraphs, "1.强链。补链。"]) == ["1.强链。补链。"]
    assert not_in_box([*box, "码头类", "2.东港码头。扩建。"]) == ["2.东港码头。扩建。"]


def test_that_a_number_of_a_higher_style_is_the_bodys() -> None:
    digits = ["1.码头工程：新建泊位4个。", "2.航道工程：疏浚航道。"]
    assert not_in_box([*digits, "（一）壮大产业", BODY]) == ["（一）壮大产业", BODY]
    assert not_in_box([*digits, "（1）东港航道。", "①一期。"]) == []
    brackets = ["（1）码头工程：新建泊位4个。", "（2）航道工程：疏浚航道。"]
    assert not_in_box([*brackets, "1.壮大产业。引进企业。"]) == ["1.壮大产业。引进企业。"]
    assert not_in_box([*brackets, "①东港航道。"]) == []
    assert not_in_box(["①码头工程。新建泊位。", "②航道工程。疏浚。", "（1）东港航道。"]) == []
    signs = ["●码头类", "1.新区码头。新建泊位。", "●航道类", "1.东港航道。疏浚。"]
    assert not_in_box(signs) == []
    assert not_in_box([*signs, "（一）壮大产业", BODY]) == ["（一）壮大产业", BODY]


def test_that_what_is_named_first_may_have_numbered_entries() -> None:
    box = ["总体目标：建成智慧港口。", "（一）码头", "新建泊位4个。", "（二）航道", "疏浚航道。"]
    assert not_in_box(box) == []


def test_that_an_entrys_last_stop_may_stand_before_a_quotation_mark() -> None:
    box = ["1.码头：建“四好泊位。”", "2.航道：建“平安航道。”"]
    assert not_in_box([*box, "建“海洋强区。”"]) == ["建“海洋强区。”"]


def test_that_a_box_with_cells_is_told_by_its_cells() -> None:
    rows = ["甲\t乙", "1\t2", "3\t4"]
    assert not_in_box(["1.码头：新建。", "2.航道：疏浚。", *rows, BODY]) == [BODY]
    assert not_in_box(["1.码头：新建。", "2.航道：疏浚。", "完善设施。", *rows, BODY]) == [BODY]


def test_that_each_box_is_told_by_its_own_manner() -> None:
    lines = [
        "1.码头：新建泊位4个。",
        "2.航道：疏浚航道。",
        BODY,
        "专栏3 数字工程",
        "●平台：建设平台。",
        "●算力：建设中心。",
    ]
    assert not_in_box([*lines, MORE]) == [BODY, MORE]


def test_that_the_sections_behind_a_box_keep_their_place_in_the_outline() -> None:
    lines = "1.码头：新建泊位4个。\n2.航道：疏浚航道。\n（一）壮大产业\n引进企业。\n（二）推进数字化\n建设平台。\n"
    reading = read_source(Source("a.txt", "", "utf-8", f"{BEFORE}专栏2 工程\n{lines}{BEHIND}", ""))
    found = [(s.kind.value, s.title, s.depth) for s in reading.sections]
    at = found.index(("table", "专栏2 工程", 3))
    assert found[at + 1 : at + 4] == [
        ("tasks", "（一）壮大产业", 3),
        ("tasks", "（二）推进数字化", 3),
        ("tasks", "第二节 数字", 2),
    ]


def test_that_the_section_goes_on_behind_a_box() -> None:
    box = "专栏2 工程\n1.码头：新建泊位4个。\n2.航道：疏浚航道。\n"
    text = f"{BEFORE}{box}{BODY}\n{BEHIND}"
    reading = read_source(Source("a.txt", "", "utf-8", text, ""))
    tables = [text[s.start : s.end] for s, kind in kind_spans(reading.sections) if kind is SectionKind.TABLE]
    assert tables == [box]


def test_that_a_list_goes_on_within_a_hundred_pieces() -> None:
    box = ["1.码头：新建泊位4个。", "2.航道：疏浚航道。"]
    assert not_in_box([*box, *[BODY] * 99, "3.堆场：新增堆场。"]) == []
    assert len(not_in_box([*box, *[BODY] * 100, "3.堆场：新增堆场。"])) == 101
