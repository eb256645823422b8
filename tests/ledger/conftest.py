"""A small fictional report with every kind of row, and its ledger."""

from datetime import UTC, date, datetime

import pytest

from app.domain.ledger import Ledger
from app.domain.report import Level, Metadata, Outline, ReportKind, Section, SectionKind
from app.domain.reports import Layer, LayerState, ReportCard
from app.domain.spans import Span
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Direction,
    Item,
    Nature,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
    Value,
)
from app.ledger.rows import build

QUOTE = "加快云湖科创园建设，海洋专利成交额突破100亿元。"


def a_tag(name: str, kind: TagKind, text: str, value: Value, version: int = 1) -> Tag:
    return Tag(name, "layer", "task", kind, (Span(0, 1),), text, value, version=version)


@pytest.fixture
def card() -> ReportCard:
    metadata = Metadata(
        "政府工作报告",
        "云港区人民政府",
        "",
        date(2026, 1, 12),
        2026,
        2026,
        Level.DISTRICT,
        ReportKind.WORK_REPORT,
    )
    return ReportCard("r", 1, metadata, "报告.txt", "", "", "utf-8", datetime(2026, 1, 15, tzinfo=UTC))


@pytest.fixture
def sections() -> tuple[Section, ...]:
    return (
        Section(0, -1, 1, SectionKind.GOALS, "二、主要预期目标", Span(100, 200)),
        Section(1, -1, 1, SectionKind.TASKS, "三、2026年重点任务", Span(200, 900)),
        Section(2, 1, 2, SectionKind.TASKS, "（一）壮大实体经济，\n培育新动能。", Span(210, 500)),
        Section(3, 2, 3, SectionKind.TASKS, "1．建强创新平台。", Span(220, 300)),
        Section(4, 1, 2, SectionKind.TASKS, "（二）办好民生实事", Span(500, 900)),
    )


@pytest.fixture
def layer() -> Layer:
    return Layer("layer", "r", "王敏", LayerState.SUBMITTED)


@pytest.fixture
def items() -> tuple[Item, ...]:
    goals = (
        a_tag(
            "goal-gdp",
            TagKind.TARGET,
            "5.5%左右",
            Target(
                "地区生产总值增长",
                Comparator.ABOUT,
                5.5,
                5.5,
                "%",
                Direction.UP,
                Nature.EXPECTED,
                "5.1%",
            ),
        ),
        a_tag(
            "goal-jobless",
            TagKind.TARGET,
            "控制在5%以内",
            Target("城镇调查失业率", Comparator.LE, None, 5, "%", Direction.LEVEL, Nature.BINDING),
        ),
    )
    park = (
        a_tag(
            "park-target",
            TagKind.TARGET,
            "突破100亿元",
            Target("海洋专利成交额", Comparator.GT, 1e10, None, "元"),
        ),
        a_tag(
            "park-units",
            TagKind.TARGET,
            "20家以上",
            Target("引进研发机构", Comparator.GE, 20, None, "家"),
        ),
        a_tag("park-lead", TagKind.OWNER, "区科技局", Owner(Role.LEAD, "区科技局", "科技", "u1")),
        a_tag("park-help", TagKind.OWNER, "", Owner(Role.SUPPORT, "区财政局", "财政")),
        a_tag("park-due", TagKind.DEADLINE, "6月底前", Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30))),
        a_tag("park-extra", TagKind.TARGET, "3个", Target("没人采纳的建议", low=3, high=3, unit="个"), 0),
    )
    clinic = (
        a_tag("clinic-lead", TagKind.OWNER, "", Owner(Role.LEAD, "区卫生健康委", "卫健"), 0),
        a_tag("clinic-target", TagKind.TARGET, "3个", Target("社区卫生站", low=3, high=3, unit="个"), 0),
    )
    return (
        Item(Task("meeting", "layer", (), "筹建物资储备库", is_confirmed=True, version=1), ()),
        Item(
            Task("task:510-530", "layer", (Span(510, 530),), "新建社区卫生站", "新建社区卫生站3个。"), clinic
        ),
        Item(
            Task(
                "task-park",
                "layer",
                (Span(230, 254), Span(400, 410)),
                "云湖科创园",
                QUOTE,
                "编制建设方案",
                leader="李若川",
                remarks="列入市级清单",
                is_confirmed=True,
                version=3,
            ),
            park,
        ),
        Item(
            Task(
                "task-goal",
                "layer",
                (Span(110, 150),),
                "主要目标",
                "主要目标。",
                is_confirmed=True,
                version=1,
            ),
            goals,
        ),
    )


@pytest.fixture
def ledger(card: ReportCard, sections: tuple[Section, ...], items: tuple[Item, ...], layer: Layer) -> Ledger:
    return build(card, Outline(sections), items, layer, 2, made=date(2026, 1, 20))
