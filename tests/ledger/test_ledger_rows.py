"""Tasks -> the rows of a ledger."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.ledger import IndicatorRow, Ledger, LedgerSummary, RowState, TaskRow
from app.domain.report import Outline, Place, ReportKind, Section, SectionKind
from app.domain.reports import Layer, LayerState, ReportCard
from app.domain.spans import Span
from app.domain.tasks import (
    Deadline,
    DeadlineKind,
    Item,
    Nature,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
)
from app.domain.units import Unit
from app.ledger.rows import build, tidied

MADE = date(2026, 1, 20)


def a_task(**fields: object) -> Task:
    base = Task("t", "layer", (Span(230, 254),), "标题", is_confirmed=True, version=1)
    return replace(base, **fields)  # type: ignore[arg-type]  # the fields of a test's own table


def an_owner(role: Role, name: str, code: str = "", unit_id: str = "", version: int = 1) -> Tag:
    owner = Owner(role, name, code, unit_id)
    return Tag(f"{role}-{name}", "layer", "t", TagKind.OWNER, (), "写在文中", owner, version=version)


def a_tag(kind: TagKind, text: str, value: Target | Deadline | None = None) -> Tag:
    return Tag(f"{kind}-{text}", "layer", "t", kind, (Span(0, 1),), text, value, version=1)


class Office:
    """Builds one row from one item."""

    def __init__(self, card: ReportCard, sections: tuple[Section, ...], layer: Layer) -> None:
        self.card = card
        self.sections = sections
        self.layer = layer

    def ledger(self, *items: Item, units: tuple[Unit, ...] = ()) -> Ledger:
        return build(self.card, Outline(self.sections), items, self.layer, 0, made=MADE, units=units)

    def row(self, task: Task, *tags: Tag, units: tuple[Unit, ...] = ()) -> TaskRow:
        return self.ledger(Item(task, tags), units=units).tasks[0]


@pytest.fixture
def office(card: ReportCard, sections: tuple[Section, ...], layer: Layer) -> Office:
    return Office(card, sections, layer)


def test_that_a_confirmed_task_fills_every_column(ledger: Ledger) -> None:
    assert ledger.tasks[1] == TaskRow(
        number=2,
        category="（一）壮大实体经济，培育新动能",
        quote="加快云湖科创园建设，海洋专利成交额突破100亿元。",
        summary="编制建设方案",
        targets="海洋专利成交额 突破100亿元\n引进研发机构 20家以上",
        leader="李若川",
        lead="区科技局",
        support="区财政局",
        deadline="2026年6月底前",
        source="三、2026年重点任务（一）\n1．建强创新平台\n原文第231—254字、第401—410字",
        remarks="列入市级清单",
        state=RowState.CONFIRMED,
        id="task-park",
        offsets="230-254 400-410",
    )


def test_that_a_suggestion_nobody_confirmed_has_a_row_that_waits(ledger: Ledger) -> None:
    assert ledger.tasks[2] == TaskRow(
        number=3,
        category="（二）办好民生实事",
        quote="新建社区卫生站3个。",
        summary="新建社区卫生站",
        targets="社区卫生站 3个",
        leader="",
        lead="区卫生健康委",
        support="",
        deadline="2026年12月底前（默认）",
        source="三、2026年重点任务（二）\n原文第511—530字",
        remarks="",
        state=RowState.OPEN,
        id="task:510-530",
        offsets="510-530",
    )


def test_that_a_task_without_a_source_stands_last_and_says_so(ledger: Ledger) -> None:
    row = ledger.tasks[3]
    assert (row.number, row.id, row.category) == (4, "meeting", "报告以外事项")
    assert (row.source, row.offsets, row.quote) == ("无原文出处", "", "")
    assert row.summary == "筹建物资储备库"


def test_that_the_targets_of_goals_are_indicators(ledger: Ledger) -> None:
    assert ledger.indicators == (
        IndicatorRow(
            number=1,
            indicator="地区生产总值增长",
            baseline="5.1%",
            figure="5.5%左右",
            nature="预期性",
            lead="",
            deadline="2026年12月底前（默认）",
            source="二、主要预期目标\n原文第111—150字",
            state=RowState.CONFIRMED,
            id="goal-gdp",
            offsets="110-150",
        ),
        IndicatorRow(
            number=2,
            indicator="城镇调查失业率",
            baseline="",
            figure="控制在5%以内",
            nature="约束性",
            lead="",
            deadline="2026年12月底前（默认）",
            source="二、主要预期目标\n原文第111—150字",
            state=RowState.CONFIRMED,
            id="goal-jobless",
            offsets="110-150",
        ),
    )


@pytest.mark.parametrize(
    ("kind", "title", "target", "counts"),
    [
        (SectionKind.GOALS, "预期目标", Target("产值", low=1, high=1), True),
        (SectionKind.TABLE, "专栏1 主要指标", Target("产值", low=1, high=1), True),
        (SectionKind.TABLE, "专栏2 重大工程", Target("产值", low=1, high=1), False),
        (SectionKind.TABLE, "专栏2", Target("产值", low=1, high=1, nature=Nature.BINDING), True),
        (SectionKind.TABLE, "专栏2", Target("产值", low=1, high=1, baseline="8"), True),
        (SectionKind.TASKS, "指标", Target("产值", low=1, high=1, nature=Nature.BINDING), False),
        (SectionKind.SELF, "预期目标", Target("产值", low=1, high=1, baseline="8"), False),
    ],
)
def test_that_only_goals_and_tables_of_indicators_count_as_indicators(
    office: Office, kind: SectionKind, title: str, target: Target, counts: bool
) -> None:
    office.sections = (Section(0, -1, 1, kind, title, Span(200, 300)),)
    ledger = office.ledger(Item(a_task(), (a_tag(TagKind.TARGET, "1", target),)))
    assert [row.indicator for row in ledger.indicators] == (["产值"] if counts else [])


def test_that_a_target_without_a_value_is_no_indicator(office: Office) -> None:
    office.sections = (Section(0, -1, 1, SectionKind.GOALS, "目标", Span(200, 300)),)
    ledger = office.ledger(Item(a_task(), (a_tag(TagKind.TARGET, "一批项目"),)))
    assert ledger.indicators == ()
    assert ledger.tasks[0].targets == "一批项目"


def test_that_an_indicator_without_a_name_takes_the_words(office: Office) -> None:
    office.sections = (Section(0, -1, 1, SectionKind.GOALS, "目标", Span(200, 300)),)
    tag = a_tag(TagKind.TARGET, " 20项 ", Target(" ", low=20, high=20, unit="项"))
    assert office.ledger(Item(a_task(), (tag,))).indicators[0].indicator == "20项"


def test_that_the_line_under_the_title_says_what_the_sheet_was_made_from(ledger: Ledger) -> None:
    assert ledger.summary == LedgerSummary(LayerState.SUBMITTED, "王敏", MADE, tasks=4, opened=1, gaps=2)
    assert ledger.summary.line == "依据：已提交稿（标注人 王敏） · 共4项，待确认1项 · 遗漏2处 · 2026年1月20日"


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (
            LedgerSummary(LayerState.FINAL, "", MADE, 118, 0, 0),
            "依据：定稿 · 共118项，均已确认 · 无遗漏 · 2026年1月20日",
        ),
        (
            LedgerSummary(LayerState.DRAFT, "甲", MADE, 0, 0, 1),
            "依据：草稿（标注人 甲） · 共0项 · 遗漏1处 · 2026年1月20日",
        ),
        (
            LedgerSummary(LayerState.DRAFT, "甲", MADE, 1, 1, 0),
            "依据：草稿（标注人 甲） · 共1项，待确认1项 · 无遗漏 · 2026年1月20日",
        ),
        (
            LedgerSummary(LayerState.IN_REVIEW, "乙", MADE, 0, 0, 0, is_reviewed=True),
            "依据：复核中的稿（复核人 乙） · 共0项 · 无遗漏 · 2026年1月20日",
        ),
        (
            LedgerSummary(LayerState.RETURNED, "甲", MADE, 0, 0, 0, "57-3f9a1c20ab34"),
            "依据：已退回稿（标注人 甲） · 共0项 · 无遗漏 · 2026年1月20日 · 记录57-3f9a1c20ab34",
        ),
    ],
)
def test_that_nothing_left_to_do_is_said_in_words(summary: LedgerSummary, line: str) -> None:
    assert summary.line == line


def test_that_the_items_own_numbers_are_kept_where_all_have_one(office: Office) -> None:
    later, earlier = (
        Item(a_task(id="b", spans=(Span(400, 410),)), (), 7),
        Item(a_task(id="a"), (), 12),
    )
    assert [(r.id, r.number) for r in office.ledger(later, earlier).tasks] == [("a", 12), ("b", 7)]
    counted = office.ledger(later, earlier._replace(number=0)).tasks
    assert [(r.id, r.number) for r in counted] == [("a", 1), ("b", 2)]


def test_that_a_report_without_tasks_has_an_empty_ledger(office: Office) -> None:
    ledger = office.ledger()
    assert (ledger.tasks, ledger.indicators, ledger.summary.tasks) == ((), (), 0)


def test_that_exactly_one_body_leads(office: Office) -> None:
    row = office.row(
        a_task(),
        an_owner(Role.ACTOR, "驻区高校"),
        an_owner(Role.SUPPORT, "区财政局"),
        an_owner(Role.SUPPORT, "区科技局"),
        an_owner(Role.LEAD, "区科技局"),
        an_owner(Role.LEAD, "区教育局"),
        an_owner(Role.ACTOR, "区财政局"),
    )
    assert (row.lead, row.support) == ("区科技局", "区教育局、区财政局、驻区高校")


def test_that_a_body_without_a_name_goes_by_its_code_or_its_words(office: Office) -> None:
    assert office.row(a_task(), an_owner(Role.LEAD, "", "科技")).lead == "科技"
    assert office.row(a_task(), an_owner(Role.LEAD, "")).lead == "写在文中"


def test_that_a_confirmed_task_leaves_out_what_nobody_took(office: Office) -> None:
    offered = an_owner(Role.LEAD, "区科技局", version=0)
    assert office.row(a_task(), offered).lead == ""
    assert office.row(a_task(is_confirmed=False), offered).lead == "区科技局"


def test_that_the_leader_comes_from_the_task_or_else_from_the_directory(office: Office) -> None:
    units = (
        Unit("u1", "科技", "云港区科学技术局", "区科技局", leader="周明远"),
        Unit("u2", "财政", "云港区财政局", "区财政局"),
    )
    lead = an_owner(Role.LEAD, "区科技局", unit_id="u1")
    assert office.row(a_task(), lead, units=units).leader == "周明远"
    assert office.row(a_task(leader=" 李若川 "), lead, units=units).leader == "李若川"
    assert office.row(a_task(), an_owner(Role.LEAD, "区财政局", unit_id="u2"), units=units).leader == ""
    assert office.row(a_task(), units=units).leader == ""
    assert office.row(a_task(), an_owner(Role.SUPPORT, "区科技局", unit_id="u1"), units=units).leader == ""


def test_that_the_person_and_telephone_come_from_the_task_or_else_from_the_directory(office: Office) -> None:
    unit = Unit("u1", "科技", "云港区科学技术局", "区科技局", person="周宁", telephone="022-1")
    lead = an_owner(Role.LEAD, "区科技局", unit_id="u1")
    assert office.row(a_task(), lead, units=(unit,)).remarks == "责任人：周宁（022-1）"
    assert office.row(a_task(person=" 陈立 "), lead, units=(unit,)).remarks == "责任人：陈立"
    assert office.row(a_task(person="  "), lead, units=(unit,)).remarks == "责任人：周宁（022-1）"
    assert office.row(a_task(), units=(unit,)).remarks == ""


def test_that_an_abolished_lead_s_row_has_its_successor_s_leader_and_its_own_name(office: Office) -> None:
    units = (
        Unit("u1", "商务", "云港区商业局", "区商业局", leader="旧人", valid_to=MADE, successor_id="u2"),
        Unit("u2", "商务", "云港区商务局", "区商务局", leader="李若川"),
    )
    row = office.row(a_task(), an_owner(Role.LEAD, "区商业局", unit_id="u1"), units=units)
    assert (row.lead, row.leader) == ("区商业局", "李若川")


def test_that_the_summary_falls_back_to_the_title(office: Office) -> None:
    assert office.row(a_task(summary=" 编制方案 ")).summary == "编制方案"
    assert office.row(a_task(summary=" ")).summary == "标题"


def test_that_the_remarks_hold_what_has_no_column(office: Office) -> None:
    task = a_task(remarks="列入市级清单", person="陈立", measures="逐项调度", standard="通过验收")
    assert office.row(task).remarks == "列入市级清单\n责任人：陈立\n措施：逐项调度\n标准：通过验收"
    tagged = office.row(
        a_task(),
        a_tag(TagKind.MEASURE, "成立专班"),
        a_tag(TagKind.MEASURE, " 逐月调度"),
        a_tag(TagKind.STANDARD, "建成投用"),
    )
    assert tagged.remarks == "措施：成立专班；逐月调度\n标准：建成投用"
    typed = office.row(a_task(measures="逐项调度"), a_tag(TagKind.MEASURE, "成立专班"))
    assert typed.remarks == "措施：逐项调度"


def test_that_what_a_revision_left_to_be_looked_at_is_told_with_what_it_was(office: Office) -> None:
    changed = replace(a_tag(TagKind.TARGET, "20万平方米"), revised="18万平方米")
    assert office.row(a_task(), changed).remarks == "修订待核对，上一版为：18万平方米"
    task = replace(a_task(remarks="列入市级清单"), revised="推进港口扩建")
    assert office.row(task, changed).remarks == "列入市级清单\n修订待核对，上一版为：18万平方米"
    assert office.row(task).remarks == "列入市级清单\n修订待核对，上一版为：推进港口扩建"
    assert office.row(a_task(), replace(changed, revised="")).remarks == ""


def test_that_a_plans_default_deadline_is_its_last_year(office: Office) -> None:
    plan = replace(office.card.metadata, kind=ReportKind.PLAN, end_year=2030)
    office.card = replace(office.card, metadata=plan)
    assert office.row(a_task()).deadline == "2030年12月底前（默认）"
    office.card = replace(office.card, metadata=replace(plan, end_year=0))
    assert office.row(a_task()).deadline == "2026年12月底前（默认）"
    office.card = replace(office.card, metadata=replace(plan, year=0, end_year=0))
    assert office.row(a_task()).deadline == ""


def test_that_a_deadline_is_preferred_to_a_frequency(office: Office) -> None:
    often = a_tag(TagKind.DEADLINE, "每季度", Deadline(DeadlineKind.RECURRING))
    firm = a_tag(TagKind.DEADLINE, "年底前", Deadline(DeadlineKind.EXPLICIT, date(2026, 11, 30)))
    assert office.row(a_task(), often, firm).deadline == "2026年11月底前"
    assert office.row(a_task(), often).deadline == "每季度"


@pytest.mark.parametrize(
    ("title", "heading", "cited"),
    [
        ("第三章 建设数字云港", "第三章 建设数字云港", " 第三章\n1．细目"),
        ("（十二）守牢底线。", "（十二）守牢底线", "（十二）\n1．细目"),
        ("(二)守牢底线", "(二)守牢底线", "(二)\n1．细目"),
        ("四、守牢底线", "四、守牢底线", " 四\n1．细目"),
        ("守牢底线", "守牢底线", "\n守牢底线\n1．细目"),
    ],
)
def test_that_the_heading_beside_is_cited_by_its_ordinal(
    office: Office, title: str, heading: str, cited: str
) -> None:
    office.sections = (
        Section(0, -1, 1, SectionKind.TASKS, "工作安排", Span(200, 300)),
        Section(1, 0, 2, SectionKind.TASKS, title, Span(201, 300)),
        Section(2, 1, 3, SectionKind.TASKS, "1．细目。", Span(202, 300)),
    )
    row = office.row(a_task())
    assert row.category == heading
    assert row.source == f"工作安排{cited}\n原文第231—254字"


def test_that_a_chapter_is_cited_in_full(office: Office) -> None:
    office.sections = (Section(0, -1, 1, SectionKind.TASKS, "三、工作安排", Span(200, 300)),)
    assert office.row(a_task()).source == "三、工作安排\n原文第231—254字"


def test_that_a_long_heading_is_cut_where_it_is_cited(office: Office) -> None:
    titles = ("一" + "长" * 22 + "末", "二" + "长" * 23 + "末")
    for title, cited in zip(titles, (titles[0], "二" + "长" * 22 + "…"), strict=True):
        office.sections = (Section(0, -1, 1, SectionKind.TASKS, title, Span(200, 300)),)
        row = office.row(a_task())
        assert row.category == title
        assert row.source == f"{cited}\n原文第231—254字"


def test_that_a_place_outside_every_section_is_cited_by_its_offset(office: Office) -> None:
    office.sections = ()
    row = office.row(a_task())
    assert (row.category, row.source) == ("报告以外事项", "原文第231—254字")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("投产企业470\n\n余家。", "投产企业470余家。"),
        ("建设云湖\n 科创园", "建设云湖科创园"),
        ("建成一号楼。\n启用二号楼。", "建成一号楼。\n启用二号楼。"),
        ("已开工！\n\n再开工；\n又开工？\n完", "已开工！\n再开工；\n又开工？\n完"),
        ("绿化率\n\t45%\n\t约束性", "绿化率 45% 约束性"),
        ("绿化率\t45%", "绿化率 45%"),
        ("smart\ncity", "smart city"),
        ("投资5\n0亿元", "投资50亿元"),
        ("A\n1号", "A1号"),
        ("加快 建设　园区", "加快建设园区"),
        ("推进 5G 应用", "推进 5G 应用"),
        ("\n 首尾 \n", "首尾"),
        ("", ""),
    ],
)
def test_that_a_quote_reads_as_one_text(raw: str, shown: str) -> None:
    assert tidied(raw) == shown


@pytest.mark.parametrize(
    ("title", "issuer", "kind", "heading", "name"),
    [
        (
            "政府工作报告",
            "云港区人民政府",
            ReportKind.WORK_REPORT,
            "云港区2026年政府工作报告",
            "云港区2026年",
        ),
        (
            "《云港区政府工作报告》",
            "云港区人民政府",
            ReportKind.WORK_REPORT,
            "2026年云港区政府工作报告",
            "云港区2026年",
        ),
        (
            "2026年云港区政府工作报告",
            "云港区人民政府",
            ReportKind.WORK_REPORT,
            "2026年云港区政府工作报告",
            "云港区2026年",
        ),
        (
            "二〇二六年工作报告",
            "云港区人民政府",
            ReportKind.WORK_REPORT,
            "二〇二六年工作报告",
            "云港区2026年",
        ),
        (
            "云港区政府工作报告",
            "海州市云港区人民政府",
            ReportKind.WORK_REPORT,
            "2026年云港区政府工作报告",
            "海州市云港区2026年",
        ),
        (
            "临港区政府工作报告",
            "云港区人民政府",
            ReportKind.WORK_REPORT,
            "云港区2026年临港区政府工作报告",
            "云港区2026年",
        ),
        (
            "政府工作报告",
            "区长 赵一",
            ReportKind.WORK_REPORT,
            "2026年政府工作报告",
            "2026年政府工作报告",
        ),
        ("", "", ReportKind.WORK_REPORT, "2026年工作报告", "2026年工作报告"),
        (
            "政府工作\n报告",
            "中共云港区委 云港区人民政府办公室",
            ReportKind.OTHER,
            "云港区2026年政府工作报告",
            "云港区2026年",
        ),
        ("云港区发展规划纲要", "云港区人民政府", ReportKind.PLAN, "云港区发展规划纲要", "云港区2026年"),
    ],
)
def test_that_the_heading_names_place_and_year_once(
    office: Office, title: str, issuer: str, kind: ReportKind, heading: str, name: str
) -> None:
    metadata = replace(office.card.metadata, title=title, issuer=issuer, kind=kind)
    office.card = replace(office.card, metadata=metadata)
    ledger = office.ledger()
    assert (ledger.title, ledger.name) == (heading, name)


def test_that_a_plan_is_named_by_its_years(office: Office) -> None:
    metadata = replace(office.card.metadata, kind=ReportKind.PLAN, end_year=2030)
    office.card = replace(office.card, metadata=metadata)
    assert office.ledger().name == "云港区2026—2030年"
    office.card = replace(office.card, metadata=replace(metadata, end_year=0))
    assert office.ledger().name == "云港区2026年"


def test_that_an_unknown_year_is_not_named(office: Office) -> None:
    metadata = replace(office.card.metadata, year=0, end_year=0)
    office.card = replace(office.card, metadata=metadata)
    ledger = office.ledger()
    assert (ledger.title, ledger.name) == ("政府工作报告", "政府工作报告")


def test_that_the_place_in_the_file_stands_between_the_headings_and_the_place_in_the_text(
    office: Office,
) -> None:
    places = (Place(0, 1, 1), Place(230, 12, 45), Place(240, 12, 46), Place(400, 13, 0, 3, 2, 4))

    def source(*spans: Span) -> str:
        item = Item(a_task(spans=spans), ())
        ledger = build(office.card, Outline(office.sections, places), (item,), office.layer, 0, made=MADE)
        return ledger.tasks[0].source

    head = "三、2026年重点任务（一）\n1．建强创新平台"
    assert source(Span(230, 254)) == f"{head}\n第12页 第45段\n原文第231—254字"
    assert source(Span(230, 234), Span(235, 254), Span(400, 410)) == (
        f"{head}\n第12页 第45段、第13页 表3 第2行第4列\n原文第231—234字、第236—254字、第401—410字"
    )
    assert source() == "无原文出处"
