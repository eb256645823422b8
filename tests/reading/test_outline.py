import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.report import Reading, SectionKind, Source, section_at
from app.domain.spans import Span
from app.reading import kind_spans, read_bytes, read_source

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
MARK = re.compile(r"〖(\w+)〗")


def sample(path: Path) -> tuple[str, list[tuple[int, str]]]:
    """A sample's text, and where each kind begins: the marks in it (〖tasks〗) taken out."""
    marked = path.read_text(encoding="utf-8")
    text, starts, at = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        starts.append((len(text), found[1]))
        at = found.end()
    return text + marked[at:], starts


def outlined(text: str, year: int | None = None) -> Reading:
    return read_source(Source("a.txt", "", "utf-8", text, ""), year)


def by_character(text: str, reading: Reading) -> list[str]:
    out = [""] * len(text)
    for span, kind in kind_spans(reading.sections):
        out[span.start : span.end] = [kind.value] * (span.end - span.start)
    return out


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_that_every_character_of_a_sample_has_its_kind(path: Path) -> None:
    text, starts = sample(path)
    found = by_character(text, read_bytes(text.encode(), path.name))
    ends = [at for at, _ in starts[1:]] + [len(text)]
    for (start, kind), end in zip(starts, ends, strict=True):
        wrong = [
            (text[i : i + 20], found[i]) for i in range(start, end) if found[i] != kind and text[i].strip()
        ]
        assert wrong[:1] == [], f"wanted {kind}"


def assert_is_tree(reading: Reading) -> None:
    text, sections = reading.source.text, reading.sections
    at = 0
    for i, section in enumerate(sections):
        assert section.index == i
        assert section.title
        if section.parent < 0:
            assert section.depth == 1
            assert section.span.start == at
            at = section.span.end
        else:
            parent = sections[section.parent]
            assert section.parent < i
            assert section.depth == parent.depth + 1
            assert parent.span.contains(section.span)
    assert at == len(text)
    for a, b in pairwise(sections):
        assert b.span.start >= (a.span.start if b.depth > a.depth else a.span.end)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_that_the_sections_of_a_sample_are_a_tree_over_the_whole_text(path: Path) -> None:
    assert_is_tree(read_bytes(sample(path)[0].encode(), path.name))


PARTS = [
    "一、2025年工作回顾\n",
    "二、2026年工作安排\n",
    "三、“十五五”时期主要目标\n",
    "第一章 总体要求\n",
    "第三部分 任务\n",
    "（一）推进产业\n",
    "（二）政府自身建设\n",
    "专栏1 工程\n",
    "附件：名词解释\n",
    "附件二：\n",
    "注释：\n",
    "1.词：解释。\n",
    "各位代表：\n",
    "抄送：区委。\n",
    "主要预期目标是：地区生产总值增长5%。\n",
    "重点做好三个方面工作。\n",
    "我们清醒看到，还存在一些困难和问题。\n",
    "今年实施的三项行动是：产业行动。\n",
    "各位代表！政府自身建设永远在路上。\n",
    "各位代表，让我们奋斗！\n",
    "\t甲\n\t乙\n\n\t丙\n\t丁\n",
    "推进建设。\n",
    "\n",
    "\n\n",
    "一是推进。\n",
    "前言\n",
    "结束语\n",
    "重点把握好两个方面：\n",
    "实现上述目标，要抓好工作。\n",
    "当前，形势复杂。\n",
]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join), st.sampled_from([None, 2021, 2026]))
def test_that_any_text_gives_a_tree_over_the_whole_text(text: str, year: int | None) -> None:
    reading = outlined(text, year)
    assert_is_tree(reading)
    spans = [span for span, _ in kind_spans(reading.sections)]
    assert [s.start for s in spans[1:]] == [s.end for s in spans[:-1]]
    assert (spans[0].start, spans[-1].end) == (0, len(text)) if text else spans == []
    for at in range(len(text)):
        innermost = section_at(reading.sections, at)
        assert innermost is not None
        assert by_character(text, reading)[at] == innermost.kind.value


def titles(text: str, year: int | None = None) -> list[str]:
    return [f"{'·' * (s.depth - 1)}{s.kind.value} {s.title}" for s in outlined(text, year).sections]


def test_that_changes_inside_a_chapter_have_a_description_for_a_title() -> None:
    text = (
        "云港区政府工作报告\n各位代表：\n一、2025年工作回顾\n完成投资80亿元。\n我们也清醒认识到，还存在一些困难和问题。\n"
        "各位代表！站在新的起点，我们信心百倍。\n二、2026年工作安排\n今年政府工作的总体要求是：坚持稳中求进。\n"
        "今年经济社会发展主要预期目标是：地区生产总值增长5%。\n重点抓好两个方面工作。\n（一）推进产业发展\n新建园区3个。\n"
        "各位代表！政府自身建设永远在路上。我们将坚持依法行政。\n各位代表，让我们团结一心、努力奋斗！\n"
    )
    assert titles(text) == [
        "front （题名）",
        "review 一、2025年工作回顾",
        "·outlook （形势与要求）",
        "outlook 二、2026年工作安排",
        "·goals （主要预期目标）",
        "·tasks （重点工作）",
        "·tasks （一）推进产业发展",
        "self （政府自身建设）",
        "closing （结束语）",
    ]


def test_that_a_change_at_a_chapters_end_lies_in_the_chapter_and_not_in_its_last_section() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n（一）经济发展\n增长5%。\n我们清醒看到，工作中还存在不少问题。\n"
        "当前，云港正处于爬坡过坎的关键期。\n二、2026年重点任务\n推进建设。"
    )
    assert titles(text)[1:4] == [
        "review 一、2025年工作回顾",
        "·review （一）经济发展",
        "·outlook （形势与要求）",
    ]


def test_that_goals_and_tasks_may_begin_in_the_middle_of_a_paragraph() -> None:
    first = "今年是“十五五”开局之年，做好各项工作意义重大。"
    goals = "主要预期目标建议为：地区生产总值增长5%左右，新增就业1万人。"
    tasks = "围绕上述目标，重点做好以下八个方面工作："
    text = f"各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作安排\n{first}{goals}{tasks}\n（一）推进产业\n新建。"
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.OUTLOOK] == "二、2026年工作安排\n" + first
    assert spans[SectionKind.GOALS] == goals
    assert spans[SectionKind.TASKS] == f"{tasks}\n（一）推进产业\n新建。"


def test_that_the_goals_explanation_belongs_to_them_and_points_to_hold_to_do_not() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年目标和要求\n坚持稳中求进，推动发展。\n"
        "主要预期目标是：生产总值增长5%。\n上述目标，充分考虑了需要与可能。做好工作，要把握好两点：\n"
        "一是突出稳。要稳住大局。\n二是突出进。要奋勇争先。\n三、2026年重点任务\n推进建设。"
    )
    found = [(kind.value, text[a:b][:8].strip()) for (a, b), kind in kind_spans(outlined(text).sections)]
    assert found[2:] == [
        ("outlook", "二、2026年目"),
        ("goals", "主要预期目标是："),
        ("outlook", "一是突出稳。要稳"),
        ("tasks", "三、2026年重"),
    ]


def test_that_a_list_of_goals_belongs_to_them() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作安排\n总体要求是坚持稳中求进。\n主要预期目标是：\n"
        "——地区生产总值增长5%。\n——新增就业1万人。\n重点做好以下工作。\n（一）推进产业\n新建。"
    )
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.GOALS].count("——") == 2


def test_that_years_figures_are_goals_even_without_the_word() -> None:
    goals = "建议全年地区生产总值增长5%左右，居民收入增长与经济增长同步，新增就业1.2万人。"
    text = f"各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作安排\n总体要求是稳中求进。\n{goals}\n（一）推进\n新建。"
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.GOALS] == goals + "\n"


def test_that_the_years_campaigns_are_tasks_before_the_chapter_of_tasks() -> None:
    action = "今年实施的三项专项行动是：提振消费行动，办好展会。\n"
    text = (
        f"各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作要求\n坚持稳中求进。\n{action}"
        "我们要坚定信心。\n三、2026年主要任务\n推进。"
    )
    found = [text[a:b] for (a, b), kind in kind_spans(outlined(text).sections) if kind is SectionKind.TASKS]
    assert found == [action, "三、2026年主要任务\n推进。"]


def test_that_self_government_inside_the_tasks_is_self() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n（一）政府自身建设\n依法行政。\n二、2026年重点任务\n（一）推进产业\n新建。\n"
        "（二）加强政府自身建设\n从严治政。\n"
    )
    assert titles(text)[2:] == [
        "·review （一）政府自身建设",
        "tasks 二、2026年重点任务",
        "·tasks （一）推进产业",
        "·self （二）加强政府自身建设",
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("一、2025年工作回顾", "review"),
        ("一、“十四五”时期发展成就", "review"),
        ("一、2025年主要工作", "review"),
        ("一、过去五年工作", "review"),
        ("一、砥砺奋进的一年", "review"),
        ("一、2026年总体要求", "outlook"),
        ("一、“十五五”时期指导思想", "outlook"),
        ("一、2026年主要任务", "tasks"),
        ("一、2026年重点工作", "tasks"),
        ("一、建设人民满意的服务型政府", "self"),
        ("一、切实加强政府自身建设", "self"),
        ("一、“十五五”时期主要目标和重大任务", "outlook"),
    ],
)
def test_that_a_chapters_heading_says_its_kind(title: str, kind: str) -> None:
    text = f"各位代表：\n{title}\n推进各项建设。\n（一）产业\n推进。\n"
    assert titles(text, 2026)[1] == f"{kind} {title}"


def test_that_a_period_is_past_or_to_come_by_the_reports_year() -> None:
    text = "各位代表：\n一、工作回顾\n完成。\n二、“十四五”时期发展\n推进各项建设。\n三、重点任务\n推进。\n"
    assert titles(text, 2026)[2].startswith("review")
    assert titles(text, 2021)[2].startswith("outlook")


def test_that_general_sections_before_a_chapter_of_work_stay_outlook() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年总体要求\n（一）坚持稳中求进\n稳住。\n"
        "三、2026年重点任务\n（一）产业\n推进。\n"
    )
    assert [t for t in titles(text) if "（一）" in t] == ["·outlook （一）坚持稳中求进", "·tasks （一）产业"]
    alone = text.replace("三、2026年重点任务\n（一）产业\n推进。\n", "")
    assert [t for t in titles(alone) if "（一）" in t] == ["·tasks （一）坚持稳中求进"]


def test_that_annexes_have_their_second_line_in_the_title_and_a_kind_of_their_own() -> None:
    text = (
        "各位代表：\n一、2026年重点任务\n推进建设。\n附件一：\n云港区专项规划目录\n序号\t名称\n1\t规划\n2\t规划\n"
        "附件二：\n各街道发展思路\n1.东街\n发展。\n附件三：民生实事项目\n新建学校。\n附件四：\n名词解释\n1.词：解释。\n"
    )
    assert titles(text, 2026)[2:] == [
        "table 附件一：云港区专项规划目录",
        "outlook 附件二：各街道发展思路",
        "·outlook 1.东街",
        "tasks 附件三：民生实事项目",
        "glossary 附件四：名词解释",
    ]


def test_that_the_imprint_and_the_pages_foot_are_colophon() -> None:
    body = "各位代表：\n一、2026年重点任务\n推进建设。\n"
    for foot in (
        "抄送：区委各部门。\n",
        "云港区人民政府办公室\n2026年1月20日印发\n",
        "责任编辑：李\n相关报道\n会议召开\n",
    ):
        text = body + foot
        spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
        assert spans[SectionKind.COLOPHON] == foot


def test_that_a_farewell_at_the_end_of_a_paragraph_is_closing_from_its_own_sentence_on() -> None:
    work = "加强政府自身建设。" + "坚持依法行政，严格规范执法，主动接受各方面监督。" * 20
    farewell = "各位代表，使命在肩。让我们团结一心、努力奋斗！"
    text = f"各位代表：\n一、2026年重点任务\n推进。\n二、政府自身建设\n{work}{farewell}"
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.CLOSING] == farewell


def test_that_notes_without_a_heading_are_a_glossary() -> None:
    notes = "1.三新：新技术、新产业、新模式。\n2.两重：重大战略、重点领域。\n"
    text = f"各位代表：\n一、2026年重点任务\n推进。\n各位代表，让我们努力奋斗！\n{notes}"
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.GLOSSARY] == notes


def test_that_a_text_without_any_words_is_one_section() -> None:
    assert titles("") == ["front （题名）"]
    assert kind_spans(outlined("\n ").sections) == ((Span(0, 2), SectionKind.FRONT),)


def test_that_traditional_characters_are_understood() -> None:
    text = (
        "雲港區政府工作報告\n各位代表：\n一、2025年工作回顧\n完成投資八十億元。\n二、2026年工作安排\n總體要求是堅持穩中求進。\n"
        "主要預期目標是：地區生產總值增長5%。\n重點做好三個方面工作。\n（一）推進產業發展\n新建園區。\n三、加強政府自身建設\n依法行政。\n"
    )
    reading = read_bytes(
        (text + "推進重點項目建設，完成目標任務，加快經濟發展。" * 3).encode("big5"), "a.txt"
    )
    assert [s.kind.value for s in reading.sections] == [
        "front",
        "review",
        "outlook",
        "goals",
        "tasks",
        "tasks",
        "self",
    ]
