"""A workspace in memory for the ui's tests: a small report, its suggestions, and a store that checks versions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast

from app.domain.board import Board
from app.domain.changes import Change, Edit, Stored
from app.domain.errors import ConflictError
from app.domain.people import Person
from app.domain.proposals import Office
from app.domain.report import (
    Level,
    Metadata,
    Reading,
    ReportKind,
    RunMap,
    Section,
    SectionKind,
    ShownText,
    Source,
)
from app.domain.reports import Layer, ReportCard
from app.domain.scheme import TagStyle
from app.domain.spans import Span
from app.domain.suggestions import (
    Commitment,
    DeadlineFound,
    OwnerMention,
    OwnerProposal,
    Suggestions,
    TargetFound,
)
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Dismissal, Role, Tag, Target, Task
from app.domain.units import Unit
from app.ui.session import Session
from app.workspace import Workspace

SENTENCES = (
    "培育创新企业，全年新认定科技型企业20家以上，高新技术企业超过300家，由区科技局牵头，6月底前出台扶持办法。",
    "推动成果落地，技术合同登记额达到45亿元左右，年底前建成中试平台2个。",
    "改造提升传统产业，实施技改项目40项。",
    "优化营商环境，持续清理隐性门槛。",
    "更新老旧片区，改造老旧小区20个，新建口袋公园6个。",
    "提升城市管理水平，推进背街小巷整治。",
)
HEADINGS = ("三、2026年重点工作", "（一）壮大创新动能", "（二）改善城市面貌")
TEXT = "\n".join((HEADINGS[0], HEADINGS[1], "".join(SENTENCES[:4]), HEADINGS[2], "".join(SENTENCES[4:])))
UNITS = (
    Unit("u-fg", "发改", "云港区发展和改革委员会", "区发改委", initials="qfgw", order=1),
    Unit("u-kj", "科技", "云港区科学技术局", "区科技局", aliases=("科技局",), initials="qkjj", order=2),
    Unit("u-gx", "工信", "云港区工业和信息化局", "区工信局", initials="qgxj", order=3),
    Unit("u-cz", "财政", "云港区财政局", "区财政局", initials="qczj", order=4),
    Unit("u-cg", "城管", "云港区城市管理委员会", "区城管委", initials="qcgw", order=5),
    Unit("u-zw", "政务", "云港区政务服务办公室", "区政务服务办", initials="qzwfwb", order=6),
    Unit("u-old", "商务", "云港区商业局", "区商业局", initials="qsyj", order=7, valid_to=date(2020, 1, 1)),
)
STYLES = (
    TagStyle("task", "任务", "任", "1", "#2457a6", "#e6edf8", "#7ba7ea", "#2b3a53"),
    TagStyle("target", "目标", "目", "2", "#8a5606", "#fdf1d8", "#e9b45c", "#3d3018"),
    TagStyle("owner", "责任", "责", "3", "#0f6f64", "#dcf3ee", "#63c7b6", "#173a35"),
    TagStyle("deadline", "时限", "时", "4", "#6d4bb3", "#ece5f9", "#b39be6", "#322850"),
    TagStyle("measure", "措施", "措", "5", "#44546a", "#e9edf3", "#a9b8cc", "#2c3542"),
    TagStyle("standard", "标准", "标", "6", "#7a3b52", "#f8e6ec", "#e09ab3", "#43222e"),
)
LAYER = Layer("layer-1", "report-1", "甲")
METADATA = Metadata(
    "云港区2026年政府工作报告",
    "云港区人民政府",
    "",
    date(2026, 1, 8),
    2026,
    2026,
    Level.DISTRICT,
    ReportKind.WORK_REPORT,
)
CARD = ReportCard(
    "report-1", 1, METADATA, "报告.txt", "0" * 64, "1" * 64, "utf-8", datetime(2026, 1, 9, tzinfo=UTC)
)


def span_of(words: str) -> Span:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def _sections() -> tuple[Section, ...]:
    first, second = TEXT.index(HEADINGS[1]), TEXT.index(HEADINGS[2])
    return (
        Section(0, -1, 1, SectionKind.TASKS, HEADINGS[0], Span(0, len(TEXT))),
        Section(1, 0, 2, SectionKind.TASKS, HEADINGS[1], Span(first, second)),
        Section(2, 0, 2, SectionKind.TASKS, HEADINGS[2], Span(second, len(TEXT))),
    )


READING = Reading(
    Source("报告.txt", "0" * 64, "utf-8", TEXT, "1" * 64),
    METADATA,
    ShownText(TEXT, (), (RunMap(0, 0, len(TEXT)),)),
    _sections(),
    (),
)


def target(words: str, indicator: str, comparator: Comparator, number: float, unit: str) -> TargetFound:
    """A target found at words of the text, its number on the side that the comparator binds."""
    high = None if comparator in {Comparator.GE, Comparator.GT} else number
    return TargetFound(span_of(words), Target(indicator, comparator, number, high, unit))


def _commitment(index: int, **found: Any) -> Commitment:
    return Commitment(span_of(SENTENCES[index]), SENTENCES[index], **found)


SUGGESTIONS = Suggestions(
    "test",
    (
        _commitment(
            0,
            targets=(
                target("20家以上", "科技型企业", Comparator.GE, 20, "家"),
                target("超过300家", "高新技术企业", Comparator.GT, 300, "家"),
            ),
            deadlines=(
                DeadlineFound(span_of("6月底前"), Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30))),
            ),
            mentions=(OwnerMention(span_of("区科技局"), "区科技局", Role.LEAD, "原文写明由其牵头"),),
            supports=(OwnerProposal("工信", 0.4, "企业培育"),),
        ),
        _commitment(
            1,
            targets=(
                target("达到45亿元左右", "技术合同登记额", Comparator.ABOUT, 4.5e9, "元"),
                target("2个", "中试平台", Comparator.EQ, 2, "个"),
            ),
            deadlines=(
                DeadlineFound(span_of("年底前"), Deadline(DeadlineKind.EXPLICIT, date(2026, 12, 31))),
            ),
            leads=(OwnerProposal("科技", 0.8, "成果转化属科技"), OwnerProposal("工信", 0.3, "中试平台")),
            supports=(OwnerProposal("工信", 0.4, "中试平台"), OwnerProposal("财政", 0.2, "资金")),
        ),
        _commitment(
            2,
            targets=(target("40项", "技改项目", Comparator.EQ, 40, "项"),),
            leads=(OwnerProposal("工信", 0.9, "技改属工信"),),
        ),
        _commitment(3),
        _commitment(
            4,
            targets=(
                target("20个", "老旧小区", Comparator.EQ, 20, "个"),
                target("6个", "口袋公园", Comparator.EQ, 6, "个"),
            ),
            leads=(OwnerProposal("城管", 0.5, "城市更新"),),
        ),
        _commitment(5, leads=(OwnerProposal("城管", 0.5, "市容"),)),
    ),
)


class FakeWorkspace:
    """Stores what a session writes, in memory. `refuse` makes it refuse the next change."""

    person: Person | None = None

    def __init__(self, suggestions: Suggestions = SUGGESTIONS) -> None:
        self.stored: dict[str, Stored] = {}
        self.changes: list[Change] = []
        self.refuse = False
        self.settings: dict[str, Any] = {}
        self._suggestions = suggestions

    def setting(self, key: str, default: Any = None) -> Any:
        """What was set under a key."""
        return self.settings.get(key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Set something."""
        self.settings[key] = value

    def units(self) -> tuple[Unit, ...]:
        """The unit directory."""
        return UNITS

    def tag_scheme(self) -> tuple[TagStyle, ...]:
        """The kinds of tag."""
        return STYLES

    def report(self, _report_id: str) -> ReportCard:
        """The one report."""
        return CARD

    def reports(self) -> tuple[ReportCard, ...]:
        """All reports."""
        return (CARD,)

    def reading(self, _report_id: str) -> Reading:
        """The report's text."""
        return READING

    def opened(self, report_id: str) -> tuple[ReportCard, Reading]:
        """The report's card and text."""
        return self.report(report_id), self.reading(report_id)

    def layer(self, _report_id: str) -> Layer:
        """The report's layer."""
        return LAYER

    def board(self, _report_id: str, _reading: Reading) -> Board:
        """The board of what is stored."""
        office = Office(LAYER.id, date(2026, 12, 31), self.units())
        board = Board(office, self._suggestions, lambda span: TEXT[span.start : span.end], {})
        things = self.stored.values()
        board.load(
            [t for t in things if isinstance(t, Task)],
            [t for t in things if isinstance(t, Tag)],
            [t for t in things if isinstance(t, Dismissal)],
        )
        return board

    def apply(self, change: Change) -> Change:
        """Store a change whole, or refuse it whole."""
        if self.refuse or any(not self._fits(edit) for edit in change.edits):
            raise ConflictError("这项任务已在别处修改，请查看后再改。")
        edits = tuple(self._write(edit) for edit in change.edits)
        done = change._replace(edits=edits)
        self.changes.append(done)
        return done

    def _fits(self, edit: Edit) -> bool:
        stored = self.stored.get(edit.id)
        if edit.before is None:
            return stored is None
        return stored is not None and stored.version == edit.before.version

    def _write(self, edit: Edit) -> Edit:
        if edit.after is None:
            del self.stored[edit.id]
            return edit
        version = edit.before.version if edit.before else edit.after.version
        after = replace(edit.after, version=version + 1)
        self.stored[after.id] = after
        return Edit(edit.before, after)


def open_session(workspace: FakeWorkspace | None = None) -> Session:
    """A session on the report, its tasks loaded, nothing selected."""
    session = Session(cast("Workspace", workspace or FakeWorkspace()))
    session.open_report(CARD.id)
    session.load_board()
    return session


def store_of(session: Session) -> FakeWorkspace:
    """The fake behind a session."""
    return cast("FakeWorkspace", session.workspace)
