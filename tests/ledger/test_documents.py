"""Word documents as they are found when they are opened again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from app.domain.completion import Goal, kind_of
from app.domain.division import division
from app.domain.due_list import due_list
from app.domain.errors import UserError
from app.domain.outgoing import Heading
from app.domain.periods import Cycle, period_of
from app.domain.plan_years import Evaluation, evaluate
from app.domain.reported_figures import figure_of
from app.domain.supervising import cases
from app.domain.tallies import tally
from app.domain.tasks import Comparator, Target
from app.ledger.documents import (
    bulletin_document,
    division_document,
    evaluation_document,
    evaluation_words,
    notice_document,
    overall_words,
    reminder_document,
    write_document,
)
from app.ledger.manner import manner
from app.ledger.word_paper import broken
from tests.ooxml import problems
from tests.supervised import CZ, INCOME, JOBLESS, JT, KJ, WJ, office, on, row

JUNE = date(2026, 6, 24)
HEADING = Heading("云港区2026年政府工作报告", "区政府督查室", JUNE, "w-1234", "57-3f9a")
SUPPORTED = row(1, "建设中试平台", support="区财政局、区交通局")


def opened(content: bytes, folder: Path) -> Any:
    out = folder / "公文.docx"
    write_document(out, content)
    assert problems(out) == []
    return Document(str(out))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(document: Any, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def fonts(document: Any) -> Iterator[tuple[str, str, float]]:
    """Each run's beginning, the font for East Asian text, and the size."""
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            yield run.text[:6], run.element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


@pytest.fixture
def division_opened(tmp_path: Path) -> Any:
    return opened(division_document(division([SUPPORTED], [], ()), HEADING), tmp_path)


def test_that_the_division_of_work_is_in_the_state_council_s_form(division_opened: Any) -> None:
    assert texts(division_opened) == [
        "关于落实《云港区2026年政府工作报告》",
        "重点工作分工的意见",
        "为做好《云港区2026年政府工作报告》确定的各项工作，现就重点工作分工提出如下意见。",
        "一、其他事项",
        "1. 建设中试平台的原文。（区科技局牵头，区财政局、区交通局按职责分工负责，12月底前完成）",
        "各牵头单位要切实负起责任，会同配合单位制定措施，按时限要求抓好落实，并将进展情况按期报区政府督查室。",
        "",
        "区政府督查室",
        "2026年6月24日",
    ]


def test_that_paper_and_margins_are_the_standard_s(division_opened: Any) -> None:
    section = division_opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    grid = division_opened.element.body.sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "580")
    normal = division_opened.styles["Normal"].paragraph_format
    assert normal.line_spacing.pt == pytest.approx(28.99, abs=0.06)


def test_that_twenty_eight_characters_fill_a_line(division_opened: Any) -> None:
    run = division_opened.paragraphs[2].runs[0]
    spacing = int(run.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    room = (210 - 28 - 26) / 25.4 * 72
    assert 28 * (16 + spacing) <= room < 29 * (16 + spacing)
    title = division_opened.paragraphs[0].runs[0]
    assert title.element.rPr.find(qn("w:spacing")) is None


def test_that_fonts_are_named_for_chinese_text(division_opened: Any) -> None:
    assert list(fonts(division_opened))[:6] == [
        ("关于落实《云", "方正小标宋简体", 22),
        ("重点工作分工", "方正小标宋简体", 22),
        ("为做好《云港", "仿宋_GB2312", 16),
        ("一、其他事项", "黑体", 16),
        ("1. 建设中", "仿宋_GB2312", 16),
        ("（区科技局牵", "楷体_GB2312", 16),
    ]


def test_that_text_begins_two_characters_in_and_the_title_is_centred(division_opened: Any) -> None:
    first, _, opening, *_, office_line, day = division_opened.paragraphs
    assert first.alignment == WD_ALIGN_PARAGRAPH.CENTER
    indent = opening.paragraph_format.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert {office_line.alignment, day.alignment} == {WD_ALIGN_PARAGRAPH.RIGHT}


def test_that_a_line_is_free_below_the_title_and_the_signature_stands_four_characters_in(
    division_opened: Any,
) -> None:
    first, second, *_, office_line, day = division_opened.paragraphs
    assert [title.paragraph_format.space_after.pt for title in (first, second)] == [
        0,
        pytest.approx(29, abs=0.1),
    ]
    assert {line.paragraph_format.right_indent.pt for line in (office_line, day)} == {64}
    assert division_opened.sections[0].footer_distance.mm == pytest.approx(23, abs=0.1)
    assert division_opened.styles["Normal"].paragraph_format.space_after.pt == 0


def test_that_pages_are_numbered_outside(division_opened: Any) -> None:
    section = division_opened.sections[0]
    assert division_opened.settings.odd_and_even_pages_header_footer is True
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        (paragraph,) = footer.paragraphs
        assert (paragraph.text, paragraph.alignment) == ("—  —", align)
        codes = [code.text for code in paragraph.paragraph_format.element.iter(qn("w:instrText"))]
        assert codes == ["PAGE"]
        assert {run.font.name for run in paragraph.runs} == {"宋体"}
        begins = [mark.get(qn("w:fldCharType")) for mark in paragraph._p.iter(qn("w:fldChar"))]
        assert begins == ["begin", "end"]
    right, left = (f.paragraphs[0].paragraph_format for f in (section.footer, section.even_page_footer))
    assert (right.right_indent.pt, right.left_indent) == (14, None)
    assert (left.left_indent.pt, left.right_indent) == (14, None)


def test_that_the_document_says_what_it_is_and_where_it_came_from(division_opened: Any) -> None:
    about = division_opened.core_properties
    assert (about.title, about.author) == (
        "关于落实《云港区2026年政府工作报告》重点工作分工的意见",
        "区政府督查室",
    )
    assert (about.identifier, about.version, about.created.date()) == ("w-1234", "57-3f9a", JUNE)
    assert about.comments == ""


def test_that_a_document_of_no_office_is_by_the_program(tmp_path: Path) -> None:
    content = division_document(division([SUPPORTED], [], ()), replace(HEADING, office=""))
    document = opened(content, tmp_path)
    assert document.core_properties.author == "督办"
    *_, closing, free, day = texts(document)
    assert (bool(closing), free, day) == (True, "", "2026年6月24日")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("督查通知单", ["督查通知单"]),
        ("关于落实《云港区政府工作报告》分工的意见", ["关于落实《云港区政府工作报告》分工的意见"]),
        (
            "关于落实《云港区政府工作报告》分工的意见书",
            ["关于落实《云港区政府工作报告》", "分工的意见书"],
        ),
        ("长" * 21, ["长" * 21]),
        ("《" + "长" * 30 + "》的通报", ["《" + "长" * 30 + "》的通报"]),
        ("关于印发《" + "长" * 15 + "》", ["关于印发《" + "长" * 15 + "》"]),
    ],
)
def test_that_a_long_title_is_broken_behind_the_report_s_name(title: str, lines: list[str]) -> None:
    assert broken(title) == lines


def test_that_a_division_without_tasks_is_refused() -> None:
    with pytest.raises(UserError, match="没有可以写进分工意见的任务"):
        division_document((), HEADING)


# --- 督查通知单, 催办通知


GIVEN = (
    "根据《云港区2026年政府工作报告》，现将由你单位承担的3项重点任务交办给你单位，请逐项明确责任人和工作措施，"
    "在完成时限前办结，并每月25日前报送上期进展情况（2026年6月起报）。"
)
CHASED = (
    "截至2026年6月24日，《云港区2026年政府工作报告》中由你单位牵头的2项任务需要抓紧办理，"
    "请于2026年7月3日前书面反馈进展情况、存在问题和下一步措施。"
)


def notice(unit: str, folder: Path, **facts: object) -> Any:
    found = cases(replace(office(), **facts), JUNE)  # type: ignore[arg-type]  # its fields by name
    return opened(notice_document(found, unit, HEADING, period_of("2026-06")), folder)


def test_that_a_notice_gives_a_unit_its_tasks(tmp_path: Path) -> None:
    document = notice(WJ, tmp_path)
    assert texts(document)[:3] == [
        "督查通知单",
        "区卫生健康委：",
        GIVEN,
    ]
    assert cells(document) == [
        ["编号", "督查事项", "目标值", "完成时限", "承担角色"],
        ["2", "改造社区卫生站的原文。", "", "2026年6月底前", "牵头"],
        ["3", "稳定就业的原文。", "城镇调查失业率 控制在5%以内", "持续推进", "牵头"],
        [
            "1",
            "建设中试平台的原文。",
            "新建中试平台 20个以上\n技术合同登记额 突破45亿元",
            "2026年12月底前",
            "配合（区科技局牵头）",
        ],
    ]
    header, first, *_ = document.tables[0].rows
    assert [cell.paragraphs[0].alignment for cell in header.cells] == [WD_ALIGN_PARAGRAPH.CENTER] * 5
    aligns = [cell.paragraphs[0].alignment for cell in first.cells]
    assert aligns == [WD_ALIGN_PARAGRAPH.CENTER, *[WD_ALIGN_PARAGRAPH.LEFT] * 4]
    assert sum(column.width.mm for column in document.tables[0].columns) == pytest.approx(156, abs=0.5)
    assert document.element.body.find(qn("w:tbl")).tr_lst[0].trPr.find(qn("w:tblHeader")) is not None


def test_that_a_unit_without_tasks_gets_no_notice(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有由“区司法局”承担的任务"):
        notice("区司法局", tmp_path)


def test_that_a_quarter_s_report_is_asked_for_by_the_quarter(tmp_path: Path) -> None:
    found = cases(office(), JUNE)
    document = opened(notice_document(found, JT, HEADING, period_of("2026-Q2")), tmp_path)
    assert "每季度后第一个月25日前报送上期进展情况（2026年第二季度起报）" in texts(document)[2]
    assert Cycle.QUARTERLY.value == "每季度"


def test_that_a_reminder_lists_what_is_due_and_what_has_not_come(tmp_path: Path) -> None:
    due = due_list(cases(office(), JUNE), JUNE)
    document = opened(reminder_document(due, WJ, HEADING, "2026年7月3日"), tmp_path)
    assert texts(document)[:4] == [
        "催办通知",
        "区卫生健康委：",
        CHASED,
        "本月到期（1项）",
    ]
    assert cells(document) == [
        ["编号", "督查事项", "完成时限", "情况"],
        ["2", "改造社区卫生站", "2026年6月30日", "还有6天"],
    ]
    assert cells(document, 1)[1:] == [
        ["2", "改造社区卫生站", "2026年6月底前", "2026年2月至4月未反馈"],
        ["3", "稳定就业", "持续推进", "2026年4月未反馈"],
    ]


def test_that_a_unit_with_nothing_due_gets_no_reminder() -> None:
    due = due_list(cases(office(), JUNE), JUNE)
    with pytest.raises(UserError, match="“区交通局”没有需要催办的任务"):
        reminder_document(due, JT, HEADING, "")
    with pytest.raises(UserError, match="“区财政局”没有"):
        reminder_document(due, CZ, HEADING, "")


def test_that_units_are_asked_for_a_day_whoever_set_it(tmp_path: Path) -> None:
    facts = office()
    rows = [replace(each, deadline="2026年12月底前（默认）") for each in facts.ledger.tasks]
    found = cases(replace(facts, ledger=replace(facts.ledger, tasks=tuple(rows))), JUNE)
    notice = opened(notice_document(found, KJ, HEADING, period_of("2026-02")), tmp_path)
    assert cells(notice)[1][3] == "2026年12月底前"
    reminder = opened(reminder_document(due_list(found, JUNE), KJ, HEADING, "近日"), tmp_path)
    assert [line[2] for line in cells(reminder)[1:]] == ["2026年12月底前"]


def test_that_a_heading_is_not_left_alone_at_the_end_of_a_page(tmp_path: Path) -> None:
    found = cases(office(), date(2026, 7, 1))
    due = due_list(found, date(2026, 7, 1))
    document = opened(bulletin_document(found, due, HEADING, period_of("2026-06")), tmp_path)
    kept = {p.text: bool(p.paragraph_format.keep_with_next) for p in document.paragraphs if p.text}
    assert kept["一、总体情况"] is kept["二、各单位进展情况"] is True
    assert kept["四、红灯事项"] is kept["共2项。"] is True
    assert kept["现将2026年6月《云港区2026年政府工作报告》重点任务进展情况通报如下。"] is False
    header, first = (row.cells[0].paragraphs[0].paragraph_format for row in document.tables[0].rows[:2])
    assert (header.keep_with_next, first.keep_with_next) == (True, None)


def test_that_a_signature_stands_with_the_text_before_it(division_opened: Any) -> None:
    *_, closing, free, office_line, day = division_opened.paragraphs
    kept = [p.paragraph_format.keep_with_next for p in (closing, free, office_line, day)]
    assert kept == [True, True, True, None]
    assert free.text == ""


def test_that_a_table_that_a_signature_follows_keeps_its_last_row_and_breaks_none(tmp_path: Path) -> None:
    due = due_list(cases(office(), JUNE), JUNE)
    table = opened(reminder_document(due, WJ, HEADING, "2026年7月3日"), tmp_path).tables[-1]
    kept = [row.cells[-1].paragraphs[-1].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True, None, True]
    assert [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows] == [False, True, True]


# --- 通报


def test_that_a_bulletin_has_the_figures_and_the_lists(tmp_path: Path) -> None:
    found = cases(office(), date(2026, 7, 1))
    due = due_list(found, date(2026, 7, 1))
    document = opened(bulletin_document(found, due, HEADING, period_of("2026-06")), tmp_path)
    headings = [text for text in texts(document) if text[1:2] == "、"]
    assert headings == [
        "一、总体情况",
        "二、各单位进展情况",
        "三、已办结事项",
        "四、红灯事项",
        "五、黄灯事项",
        "六、未按期反馈事项",
    ]
    assert {(face, size) for text, face, size in fonts(document) if text[1:2] == "、"} == {("黑体", 16)}
    assert cells(document)[:2] == [
        ["牵头单位", "事项", "已办结", "平均完成比例", "红灯", "黄灯", "绿灯", "灰灯"],
        [WJ, "2", "0", "", "1", "1", "0", "0"],
    ]
    assert cells(document)[2][:4] == [KJ, "1", "0", "13.1%"]
    assert cells(document, 1)[1:] == [["4", "编制路网规划", JT, "已办结"]]
    assert cells(document, 2)[1:] == [
        ["1", "建设中试平台", KJ, "落后序时进度30.6个百分点"],
        ["2", "改造社区卫生站", WJ, "超过完成时限1天，尚未办结"],
    ]
    assert cells(document, 3)[1:] == [["3", "稳定就业", WJ, "没有按期反馈"]]
    assert cells(document, 4)[1] == ["1", "建设中试平台", KJ, "2026年4月至5月"]


def test_that_the_figures_of_units_are_centred_and_their_names_are_not(tmp_path: Path) -> None:
    found = tuple(on(JUNE).values())
    content = bulletin_document(found, due_list(found, JUNE), HEADING, period_of("2026-05"))
    unit, *figures = (
        cell.paragraphs[0].alignment for cell in opened(content, tmp_path).tables[0].rows[1].cells
    )
    assert unit == WD_ALIGN_PARAGRAPH.LEFT
    assert set(figures) == {WD_ALIGN_PARAGRAPH.CENTER}


def test_that_an_empty_list_is_said(tmp_path: Path) -> None:
    found = [on(JUNE)["编制路网规划"]]
    document = opened(
        bulletin_document(found, due_list(found, JUNE), HEADING, period_of("2026-05")), tmp_path
    )
    assert "本期没有亮红灯的事项。" in texts(document)
    assert "本期没有亮黄灯的事项。" in texts(document)
    assert "本期各单位均按期反馈。" in texts(document)
    assert "本期没有已办结的事项。" not in texts(document)
    assert "共1项。" in texts(document)


def test_that_the_whole_is_told_in_a_sentence() -> None:
    whole = tally("", on(date(2026, 7, 1)).values())
    assert overall_words(whole, HEADING) == (
        "截至2026年6月24日，纳入督查的重点任务共4项，已办结1项，已报送进展2项。"
        "按亮灯情况，红灯2项、黄灯1项、绿灯1项、灰灯0项。可按进度计算的量化指标平均完成13.1%。"
    )
    assert overall_words(replace(whole, completion=None), HEADING).endswith("灰灯0项。")


# --- 中期评估


def evaluations() -> list[Evaluation]:
    roads = Target("新建农村公路", Comparator.EQ, 120, 120, "公里", is_cumulative=True)
    told = ((roads, "90公里"), (roads, "72公里"), (JOBLESS, "5.8%"), (INCOME, ""), (Target("", low=1), "2"))
    return [
        evaluate(
            Goal(str(n), target, f"第{n}项", kind_of(target, "", of_plan=True)),
            (),
            figure_of(str(n), typed),
            (2026, 2030),
            2028,
        )
        for n, (target, typed) in enumerate(told)
    ]


def test_that_the_skeleton_of_an_evaluation_has_its_figures(tmp_path: Path) -> None:
    heading = replace(HEADING, title="云港区第十五个五年规划纲要")
    document = opened(evaluation_document(evaluations(), {"0": JT}, heading), tmp_path)
    assert texts(document)[0] == "《云港区第十五个五年规划纲要》"
    assert cells(document)[:3] == [
        ["序号", "指标", "规划目标", "完成值", "目标\n进度", "应达\n进度", "评估", "牵头单位"],
        ["1", "新建农村公路", "120公里（累计）", "90公里", "75%", "60%", "超过预期", JT],
        ["2", "新建农村公路", "120公里（累计）", "72公里", "60%", "60%", "达到预期", ""],
    ]
    assert cells(document)[4] == ["4", "居民收入", "第3项", "", "", "", "待判断", ""]
    assert "共1项：城镇调查失业率。" in texts(document)
    assert texts(document).count("（请在此处填写。）") == 4
    assert "共2项：新建农村公路、第4项。" in texts(document)


def test_that_an_evaluation_has_its_chapters_and_is_signed(tmp_path: Path) -> None:
    *words, office_line, day = texts(opened(evaluation_document(evaluations(), {}, HEADING), tmp_path))
    assert [line for line in words if line[1:2] == "、"] == [
        "一、评估工作开展情况",
        "二、主要指标实现情况",
        "三、重点任务推进情况",
        "四、存在的主要问题",
        "五、下一步工作建议",
    ]
    assert (office_line, day) == ("区政府督查室", "2026年6月24日")


def test_that_an_evaluation_says_where_a_list_is_empty(tmp_path: Path) -> None:
    document = opened(evaluation_document(evaluations()[:2], {}, HEADING), tmp_path)
    words = texts(document)
    assert (words.count("没有。"), words.count("共1项：新建农村公路。")) == (2, 2)


def test_that_the_standing_of_targets_is_told_in_a_sentence() -> None:
    found = evaluations()
    assert evaluation_words(found) == (
        "截至2028年底，5项主要指标中，超过预期2项、达到预期1项、滞后预期1项、待判断1项，"
        "达到或超过预期的占可判断指标的75%。"
    )
    assert evaluation_words(found[3:4]) == "截至2028年底，1项主要指标中，待判断1项。"
    assert evaluation_words(found[2:3]).endswith("占可判断指标的0%。")


def test_that_an_evaluation_of_nothing_is_refused() -> None:
    with pytest.raises(UserError, match="没有可以评估的指标"):
        evaluation_document([], {}, HEADING)


# --- writing


def test_that_a_document_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"公文只能存为 .docx 文件，“意见.doc”不是"):
        write_document(tmp_path / "意见.doc", b"")
    write_document(tmp_path / "意见.docx", b"PK")
    assert [path.name for path in tmp_path.iterdir()] == ["意见.docx"]


def test_that_the_same_facts_give_the_same_document() -> None:
    def parts() -> list[str]:
        document = Document(BytesIO(division_document(division([SUPPORTED], [], ()), HEADING)))
        return [document.element.xml, document.sections[0].footer.paragraphs[0].text]

    assert parts() == parts()


def test_that_what_xml_forbids_and_unknown_names_do_no_harm(tmp_path: Path) -> None:
    style = replace(manner(), texts={**manner().texts, "notice_title": "通知{colour}\x00"})
    found = cases(office(), JUNE)
    document = opened(notice_document(found, JT, HEADING, period_of("2026-06"), style), tmp_path)
    assert texts(document)[0] == "通知{colour}"
