"""A text written as Markdown reads as the same text without its marks, and its offsets stay those of the file."""

import re

import pytest

from app.domain.report import BlockKind, Reading, Source
from app.reading import read_bytes, read_source, show
from app.reading.markdown import unmarked
from app.reading.source_lines import HEADING, lines_of

MARKED = """# 云港区2026年政府工作报告

各位代表：

现在，我代表云港区人民政府，向大会报告工作，请予审议。

## 一、2025年工作回顾

过去一年，我们扎实推进**港城融合**，完成投资80亿元。

### **（一）经济稳中有进**

地区生产总值增长5.2%，规上工业增加值增长7%。

## 二、2026年工作安排 ##

2026年，主要预期目标是：地区生产总值增长5.5%左右，一般公共预算收入增长4%。

| 指标 | 单位 | **2026年** |
|:---|:---:|---:|
| 地区生产总值 | 亿元 | 520 |
| 城镇新增就业 | 人 | 12000 |

重点做好以下工作：

### （一）**建设海洋强区**

#### 1. 发展港口经济

**推进泊位建设。**新建1#泊位和2#泊位，完成投资12亿元，9#楼交付使用。

- 新开航线3条，改造C#系统，全年吞吐量突破900万吨。
+ **培育企业。**引进航运企业20家，新增就业800人。
* 建设冷链仓库5座，总面积3万平方米，年内建成投用。

#1机组检修完成，#2机组投入运行，全年发电20亿千瓦时。

* * *

##### 2. 做强临港产业

打造千亿级产业集群，实施技改项目60个。

### （二）保障改善民生

#### 专栏1 2026年民生工程

> 新建公办幼儿园3所。
> 改造老旧小区20个。


## 三、政府自身建设

加强法治政府建设，建成数字政府平台1个。

## 名词解释

1. **港城融合**：指港口与城市一体发展。
2. **冷链**：指低温保存的物流。
"""
SIGNS = re.compile(r"(?m)^\* \* \*$|^#+ | ##$|\*\*|^[-+*>] |^\|[-:|]+\|\n")
PLAIN = SIGNS.sub("", MARKED)


def read(text: str) -> Reading:
    return read_source(Source("报告.md", "", "utf-8", text, ""), None)


def blocks(text: str) -> list[tuple[str, int, int, str]]:
    shown = show(text)
    return [(b.kind.value, b.level, b.lead, shown.text[b.start : b.end]) for b in shown.blocks]


def outline(reading: Reading) -> list[tuple[int, str, str]]:
    return [(s.depth, s.kind.value, s.title) for s in reading.sections]


def test_that_marks_change_neither_blocks_nor_outline_nor_notes() -> None:
    marked, plain = read(MARKED), read(PLAIN)
    assert blocks(MARKED) == blocks(PLAIN)
    assert outline(marked) == outline(plain)
    assert outline(marked)[2] == (2, "review", "（一）经济稳中有进")
    assert [(n.term, n.text) for n in marked.notes] == [(n.term, n.text) for n in plain.notes]
    assert marked.metadata == plain.metadata


def test_that_a_text_file_is_markdown_by_what_stands_in_it() -> None:
    assert outline(read_bytes(MARKED.encode(), "报告.txt")) == outline(read(PLAIN))


def test_that_what_is_shown_comes_from_the_files_own_places() -> None:
    shown = show(MARKED)
    assert all(
        shown.text[run.shown : run.shown + run.length].replace(" ", "")
        == MARKED[run.source : run.source + run.length].replace(" ", "")
        for run in shown.runs
    )
    at = MARKED.index("（一）经济")
    assert any(s.span.start == at for s in read(MARKED).sections)


@pytest.mark.parametrize("words", ["1#泊位和2#泊位", "9#楼", "改造C#系统", "#1机组检修完成，#2机组投入"])
def test_that_a_sign_inside_words_is_shown(words: str) -> None:
    assert words in show(MARKED).text


def levels(text: str) -> list[tuple[int, str]]:
    return [(line.level, line.text) for line in lines_of(unmarked(text))]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("# 港口", (1, "港口")),
        ("#### 港口", (4, "港口")),
        ("###### 港口", (4, "港口")),
        ("   ## 港口", (2, "港口")),
        ("##\t港口", (2, "港口")),
        ("## C# 港口 #", (2, "C# 港口")),
        ("##港口", (0, "##港口")),
        ("#1机组", (0, "#1机组")),
        ("####### 港口", (0, "####### 港口")),
        ("港口 ## 航道", (0, "港口 ## 航道")),
        ("\t# 港口", (0, "# 港口")),
    ],
)
def test_that_up_to_six_signs_and_a_space_before_words_make_a_heading(
    line: str, wanted: tuple[int, str]
) -> None:
    assert levels(line) == [wanted]


def test_that_a_text_keeps_its_length_and_its_own_blanks() -> None:
    assert unmarked(MARKED).count("\n") == MARKED.count("\n")
    assert len(unmarked(MARKED)) == len(MARKED)
    assert unmarked("## 港口").startswith(HEADING * 2 + " ")


def test_that_a_heading_without_a_number_is_one_by_its_level() -> None:
    body = "新建泊位4个，疏浚航道12公里，推动港口吞吐量增长6%以上。"
    text = f"# 云港区政府工作报告\n\n## 2025年工作回顾\n\n{body}\n\n### 港口\n\n{body}\n\n## 2026年工作安排\n\n{body}\n"
    assert outline(read(text))[1:] == [
        (1, "review", "2025年工作回顾"),
        (2, "review", "港口"),
        (1, "tasks", "2026年工作安排"),
    ]


HEAD = "# 云港区政府工作报告\n\n各位代表：\n\n## 一、2026年工作安排\n\n"
LONG = "坚持陆海统筹、港产联动，加快构建现代海洋产业体系，推动海洋经济高质量发展"


def body(text: str, head: str = HEAD) -> list[str]:
    shown = show(head + text)
    return [shown.text[b.start : b.end] for b in shown.blocks][3:]


@pytest.mark.parametrize("sign", ["-", "+", "*", "  -", ">", "> -"])
def test_that_signs_of_lists_and_quotations_are_not_shown(sign: str) -> None:
    assert body(f"{sign} 新建泊位3个。\n") == ["新建泊位3个。"]
    assert body(f"{sign} 新建泊位 AI 中心\n") == ["新建泊位 AI 中心"]


def test_that_an_entry_without_words_is_no_entry() -> None:
    assert body("推进建设。\n- \u200b\n加快发展。\n") == ["推进建设。", "-", "加快发展。"]


def test_that_an_entry_of_a_list_is_joined_to_no_other() -> None:
    assert body(f"- {LONG}\n- {LONG}\n") == [LONG, LONG]


def test_that_a_short_entry_above_a_long_paragraph_is_no_heading() -> None:
    shown = show(HEAD + f"- 新建深水泊位\n\n{LONG}，完成投资。\n")
    assert shown.blocks[3].kind is BlockKind.PARAGRAPH
    assert shown.text.endswith(f"新建深水泊位\n{LONG}，完成投资。")


def test_that_signs_of_a_text_without_headings_are_its_own() -> None:
    plain = HEAD.replace("#", "")
    assert body("- 新建泊位3个。\n", plain) == ["-新建泊位3个。"]
    assert body("* 为约束性指标\n", plain) == ["* 为约束性指标"]
    assert body("> 新建泊位3个。\n", plain) == [">新建泊位3个。"]
    assert body("---\n推进建设。\n", plain) == ["---", "推进建设。"]


def test_that_a_page_number_between_dashes_is_left_out_as_elsewhere() -> None:
    assert body(f"{LONG}\n- 12 -\n不断取得新成效。\n") == [f"{LONG}不断取得新成效。"]


@pytest.mark.parametrize("rule", ["---", "- - -", "***", "___", "  ----"])
def test_that_a_rule_between_paragraphs_is_not_shown(rule: str) -> None:
    assert body(f"推进建设。\n\n{rule}\n\n加快发展。\n") == ["推进建设。", "加快发展。"]


def test_that_two_signs_are_no_rule() -> None:
    assert body("推进建设。\n\n--\n\n加快发展。\n") == ["推进建设。", "--", "加快发展。"]


def test_that_bold_words_do_not_hide_a_number() -> None:
    shown = show(
        "云港区政府工作报告\n各位代表：\n**一、2026年工作安排**\n**（一）做强港口。**新建泊位3个。\n"
    )
    found = [(b.kind.value, shown.text[b.start : b.end]) for b in shown.blocks][2:]
    assert found == [
        ("heading", "一、2026年工作安排"),
        ("heading", "（一）做强港口。"),
        ("paragraph", "新建泊位3个。"),
    ]


def test_that_bold_words_end_no_heading_inside_its_sentence() -> None:
    head = "一、推动全区海洋产业集群实现高质量发展壮大。"
    marked = f"云港区政府工作报告\n各位代表：\n{head[:14]}**{head[14:]}**新建泊位3个。\n"
    assert [b for b in blocks(marked) if b[0] == "heading"] == [("heading", 1, 0, head)]


@pytest.mark.parametrize(
    "head", ["**第一章** 总则", "第一章 **总则**", "**第一章 总则**", "第一章　**总** **则**"]
)
def test_that_the_outline_has_no_signs_of_bold_words(head: str) -> None:
    text = f"云港区港口发展规划纲要\n{head}\n坚持规划引领。\n第二章 任务\n建设港口。\n"
    assert [s.title for s in read(text).sections][1] == "第一章 总则"


@pytest.mark.parametrize("rule", ["|---|---|", "| :--- | ---: |", "|：--|：-：|"])
def test_that_a_tables_rule_is_no_row(rule: str) -> None:
    shown = show(HEAD + f"| 指标 | 目标 |\n{rule}\n| 泊位 | 3个 |\n")
    cells = [shown.text[b.start : b.end] for b in shown.blocks if b.kind is BlockKind.CELL]
    assert cells == ["指标", "目标", "泊位", "3个"]


def test_that_bold_latin_words_stay_apart_and_bold_chinese_ones_close_up() -> None:
    source = "引进 **Blue** **Harbor** AI 中心，**新建** B2 泊位，完成 1. **港口** 建设。\n"
    assert body(source) == ["引进Blue Harbor AI中心，新建B2泊位，完成1.港口建设。"]


def test_that_many_blanks_cost_no_more_than_they_are() -> None:
    for line in (
        "- " + " " * 200_000 + "-",
        "港口" + " " * 200_000 + "航道",
        "#" * 200_000,
        "*" * 200_001 + "x",
    ):
        assert len(unmarked(f"# 港口\n{line}\n")) == len(line) + 6
