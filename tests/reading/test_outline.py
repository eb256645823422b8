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
    "各位代表！政府自身建设只有进行时。\n",
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
        "各位代表！政府自身建设只有进行时。我们将坚持依法行政。\n各位代表，让我们团结一心、努力奋斗！\n"
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


def test_that_figures_for_a_year_to_come_are_goals_within_the_outlook() -> None:
    figures = "到2030年，港区产值突破900亿元，城镇化率达到70%，人均预期寿命提高到81岁。"
    few = "到2030年，港区产值突破900亿元，渔村更加和美。"
    text = (
        "各位代表：\n一、2025年工作回顾\n完成。\n二、“十五五”时期发展思路\n坚持陆海统筹。\n{}\n走向深蓝。\n"
        "三、2026年重点任务\n（一）推进\n新建。"
    )
    spans = {
        kind: text.format(figures)[a:b]
        for (a, b), kind in kind_spans(outlined(text.format(figures)).sections)
    }
    assert spans[SectionKind.GOALS] == figures + "\n"
    assert SectionKind.GOALS not in {kind for _, kind in kind_spans(outlined(text.format(few)).sections)}


@pytest.mark.parametrize("figures", ["一般公共预算总量与上年持平", "研发经费投入增长7%", "能耗下降3%"])
def test_that_growth_beside_another_figure_is_the_years_goals(figures: str) -> None:
    goals = f"经济增长6%左右，新增就业1.2万人，{figures}。"
    text = f"各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作安排\n总体要求是稳中求进。\n{goals}\n（一）推进\n新建。"
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.GOALS] == goals + "\n"


def test_that_growth_over_last_year_is_none() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作安排\n总体要求是稳中求进。\n"
        "生产总值比上年增长6%，新增就业1.2万人。\n（一）推进\n新建。"
    )
    assert SectionKind.GOALS not in {kind for _, kind in kind_spans(outlined(text).sections)}


@pytest.mark.parametrize(
    "title", ["“十五五”时期发展的总体考虑", "今后五年的奋斗目标", "“十五五”时期发展思路"]
)
def test_that_a_chapter_with_a_name_only_begins_the_outlook(title: str) -> None:
    text = (
        f"各位代表：\n过去五年工作回顾\n完成各项任务。\n{title}\n要坚持陆海统筹，走向深蓝，奋力建设海洋强区，续写新篇。\n"
        "2026年工作安排\n推进各项建设。\n着力打造人民满意政府\n新征程，新作为。\n坚持依法行政。\n"
    )
    assert titles(text, 2026)[2] == f"outlook {title}"
    assert titles(text, 2026)[4] == "self 着力打造人民满意政府"


def test_that_the_years_campaigns_are_tasks_before_the_chapter_of_tasks() -> None:
    action = "今年实施的三项专项行动是：乡村集市行动，办好庙会。\n"
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
        "相关文件：\n·2025年政府工作报告\n主办：区政府\n",
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


@pytest.mark.parametrize("title", ["注：", "附注：", "名词解释"])
def test_that_notes_may_have_a_short_title(title: str) -> None:
    notes = f"{title}\n（1）三新：新技术、新产业、新模式。\n"
    text = f"各位代表：\n一、2026年重点任务\n推进。\n各位代表，让我们努力奋斗！\n{notes}"
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.GLOSSARY] == notes


def test_that_a_word_that_ends_like_a_notes_title_is_none() -> None:
    text = "各位代表：\n一、2026年重点任务\n推进。\n群众关注：\n（1）疏浚航道。\n"
    assert SectionKind.GLOSSARY not in {kind for _, kind in kind_spans(outlined(text).sections)}


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


def test_that_words_of_requirement_inside_the_tasks_do_not_make_them_outlook() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年重点任务\n（一）优化营商发展环境\n推进。\n（二）落实区域战略定位\n推进。\n"
        "（三）推进数字政府建设\n推进。\n（四）确保完成主要目标\n推进。\n（五）加快政府职能转变\n推进。\n"
    )
    assert [s.kind for s in outlined(text).sections[2:]] == [SectionKind.TASKS] * 6


def test_that_a_chapter_of_work_without_announcement_begins_its_work_by_itself() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年重点工作\n今年是“十五五”开局之年，要坚持稳中求进。\n"
        "主要预期目标是：地区生产总值增长5%。\n激活乡村集市。举办活动三十场。\n三、政府自身建设\n依法行政。"
    )
    found = [(k.value, text[a:b][:6]) for (a, b), k in kind_spans(outlined(text).sections)]
    assert found[2:5] == [("outlook", "二、2026"), ("goals", "主要预期目标"), ("tasks", "激活乡村集市")]
    unsaid = text.replace("主要预期目标是：地区生产总值增长5%。\n", "")
    found = [(k.value, unsaid[a:b][:6]) for (a, b), k in kind_spans(outlined(unsaid).sections)]
    assert found[2:4] == [("outlook", "二、2026"), ("tasks", "激活乡村集市")]


def test_that_numbered_works_begin_the_tasks_and_numbered_points_to_hold_to_do_not() -> None:
    head = "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年总体要求\n坚持稳中求进。\n"
    works = head + "着力做强产业：\n1.新建园区30个，完成投资20亿元。\n三、政府自身建设\n依法行政。"
    assert "·tasks （重点工作）" in titles(works)
    points = works.replace("着力做强产业：", "要把握好以下方面：")
    assert "·tasks （重点工作）" not in titles(points)


def test_that_work_is_not_opened_by_words_about_all_work() -> None:
    text = (
        "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作安排\n总体要求是稳中求进。我们要全力做好各项工作。\n"
        "做好今年政府工作，意义重大。\n（一）推进产业\n新建。"
    )
    assert titles(text)[2:] == ["outlook 二、2026年工作安排", "·tasks （一）推进产业"]


@pytest.mark.parametrize(
    "sentence",
    [
        "重点做好七个方面工作。",
        "我们将突出抓好以下工作：",
        "要着力抓好十项任务。",
        "今年，重点推进八个方面的工作：",
        "“十五五”时期的重大任务是：建设产业体系。",
        "具体要抓好以下几方面工作：",
        "重点在六个方面求突破：",
    ],
)
def test_that_a_sentence_that_counts_the_work_opens_it(sentence: str) -> None:
    text = f"各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作安排\n总体要求是稳中求进。\n{sentence}\n（一）推进产业\n新建。"
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.TASKS].startswith(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "主要预期目标是：地区生产总值增长5%。",
        "今年全市经济社会发展预期目标建议为：地区生产总值增长5%。",
        "主要目标安排如下：地区生产总值增长5%。",
        "发展主要预期目标：地区生产总值增长5%。",
    ],
)
def test_that_each_way_to_announce_the_goals_begins_them(sentence: str) -> None:
    text = f"各位代表：\n一、2025年工作回顾\n完成。\n二、2026年工作安排\n总体要求是稳中求进。{sentence}\n（一）推进产业\n新建。"
    spans = {kind: text[a:b] for (a, b), kind in kind_spans(outlined(text).sections)}
    assert spans[SectionKind.GOALS] == sentence + "\n"


def test_that_reaching_goals_named_in_passing_begins_none() -> None:
    text = "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年总体要求\n坚持稳中求进，确保完成“十五五”规划主要目标，推动发展。"
    assert titles(text)[2:] == ["outlook 二、2026年总体要求"]


def test_that_a_mixed_chapter_turns_from_review_to_outlook() -> None:
    head = "各位代表：\n一、2025年工作回顾\n完成。\n二、“十四五”时期发展成就和“十五五”时期主要目标任务\n"
    by_paragraph = head + "过去五年，成绩显著。\n“十五五”时期，要坚持高质量发展。\n三、2026年重点任务\n推进。"
    assert titles(by_paragraph)[2:4] == [
        "review 二、“十四五”时期发展成就和“十五五”时期主要目标任务",
        "·outlook （形势与要求）",
    ]
    by_heading = head + "（一）发展成就\n成绩显著。\n（二）主要目标\n经济增长5%。\n三、2026年重点任务\n推进。"
    assert titles(by_heading)[3:5] == ["·review （一）发展成就", "·goals （二）主要目标"]


def test_that_a_later_chapter_does_not_turn_to_review_by_a_word() -> None:
    text = "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年重点任务\n推进。\n三、推动民生取得显著成效\n推进。\n"
    assert titles(text)[-1] == "tasks 三、推动民生取得显著成效"


def test_that_a_paragraph_after_the_problems_that_still_looks_back_is_review() -> None:
    problems = "我们也清醒看到，还存在不少困难和问题。\n"
    head = f"各位代表：\n一、2025年工作回顾\n完成。\n{problems}"
    tail = "\n二、2026年重点任务\n推进。"
    assert len(titles(head + "各位代表！一年来的成绩来之不易。" + tail)) == 3
    assert "·outlook （形势与要求）" in titles(head + "各位代表！新的使命在召唤我们。" + tail)
    assert "·outlook （形势与要求）" not in titles(
        head.replace(problems, "") + "各位代表！新的使命在召唤。" + tail
    )


def test_that_a_plan_goes_from_review_over_outlook_and_goals_to_work() -> None:
    text = (
        "云港市“十五五”规划纲要\n第一章 发展基础和环境\n第一节 发展基础\n完成规划。\n第二节 “十五五”时期发展环境\n规划形势。\n"
        "第二章 总体思路\n第一节 指导思想\n坚持规划。\n第二节 发展目标\n增长。\n第三节 二〇三五年远景目标\n建成。\n"
        "第三章 夯实产业发展基础\n第一节 总体要求\n推进。\n第四章 健全规划实施机制\n落实。\n"
    )
    assert [s.kind.value for s in outlined(text).sections] == [
        "front",
        "review",
        "review",
        "outlook",
        "outlook",
        "outlook",
        "goals",
        "outlook",
        "tasks",
        "tasks",
        "self",
    ]
    assert outlined(text).sections[-1].title == "第四章 健全规划实施机制"


def test_that_only_a_plans_last_chapter_is_about_carrying_it_out() -> None:
    text = "云港市“十五五”规划纲要\n第一章 发展目标\n规划增长。\n第二章 坚持党的全面领导\n规划。\n第三章 产业\n规划推进。\n"
    assert [s.kind.value for s in outlined(text).sections] == ["front", "goals", "tasks", "tasks"]


def test_that_the_farewell_right_behind_the_tasks_is_a_chapter_of_its_own() -> None:
    text = "各位代表：\n一、2026年重点任务\n（一）推进产业\n新建园区。\n各位代表，让我们团结一心、努力奋斗！\n谢谢大家！\n"
    assert titles(text, 2026)[1:] == [
        "tasks 一、2026年重点任务",
        "·tasks （一）推进产业",
        "closing （结束语）",
    ]


def test_that_a_table_before_everything_is_followed_by_what_is_no_table() -> None:
    text = "\t甲\n\t乙\n\n\t丙\n\t丁\n推进建设，落实任务，完成目标。\n"
    found = [(s.kind.value, s.depth) for s in outlined(text).sections]
    assert found[0][0] in {"front", "table"}
    assert section_at(outlined(text).sections, len(text) - 2) is not None


def test_that_the_front_holds_what_stands_before_the_first_chapter() -> None:
    text = "云港市“十五五”规划纲要\n《纲要》现印发给你们。请认真实施。\n前言\n本规划依据建议编制。\n第一章 发展目标\n规划增长。\n"
    assert titles(text)[:3] == ["front （题名）", "front 前言", "goals 第一章 发展目标"]
