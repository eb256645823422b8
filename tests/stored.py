"""A small report of 云港区 put into a store without reading any file: for tests of the store and the workspace."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from app.domain.changes import Change, Edit, Stored
from app.domain.comments import Comment
from app.domain.corrections import Correction
from app.domain.decisions import Choice, Decision, Field
from app.domain.experience import Precedent
from app.domain.judged import Verdict, YearGoal, verdict_id, year_goal_id
from app.domain.people import EVERY_ROLE, entered
from app.domain.progress import Figure, Progress, progress_id
from app.domain.report import (
    Level,
    Metadata,
    Note,
    Place,
    Reading,
    ReportKind,
    Section,
    SectionKind,
    ShownText,
    Source,
)
from app.domain.reports import Layer, ReportCard
from app.domain.spans import Span
from app.domain.task_moves import TaskMove, TaskMoveName
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Direction,
    Dismissal,
    Nature,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
)
from app.domain.units import Unit
from db import changes, experience, marks, office, people, reports
from db.engine import Store, create_store
from db.log import Author
from db.mapping import LAYERS

REPORT, LAYER = "report-1", "layer-1"
NING = entered("周宁", EVERY_ROLE)
TEXT = "云港区政府工作报告\n一、主要任务\n新建泊位3个。6月底前完成航道疏浚。\n注：泊位，船舶停靠的位置。"
HERE = Author(NING.name, "station-a", NING.id)


TASK = Task("task-1", LAYER, (Span(17, 24),), "新建泊位", "新建泊位3个。")
FULL = Task(
    "task-2",
    LAYER,
    (Span(17, 24), Span(24, 35)),
    "标题",
    "原文",
    "分解",
    "措施",
    "标准",
    "备注",
    "分管",
    "责任人",
    True,
    "task-1",
    ("task-8", "task-9"),
    "task:17-24",
    "理由",
    "新建泊位2个。",
)
TARGET = Target("泊位", Comparator.RANGE, 3.0, 5.5, "个", Direction.UP, Nature.BINDING, "2个", True)
TAGS = (
    Tag(
        "tag-1",
        LAYER,
        "task-1",
        TagKind.TARGET,
        (Span(21, 23),),
        "3个",
        TARGET,
        "target:21-23",
        "数量",
    ),
    Tag("tag-2", LAYER, "task-1", TagKind.OWNER, (), "区交通局", Owner(Role.LEAD, "区交通局", "交通", "u1")),
    Tag(
        "tag-3",
        LAYER,
        "task-1",
        TagKind.DEADLINE,
        (),
        "6月底",
        Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30)),
    ),
    Tag("tag-4", LAYER, "task-1", TagKind.MEASURE, (Span(17, 19), Span(20, 21)), "新建", revised="扩建"),
    Tag("tag-5", LAYER, "task-1", TagKind.TARGET, (), "", Target("")),
    Tag("tag-6", LAYER, "task-1", TagKind.DEADLINE, (), "汛前", Deadline(DeadlineKind.EVENT)),
    Tag("tag-7", LAYER, "task-1", TagKind.OWNER, (), "", Owner(Role.SUPPORT, "")),
)
DISMISSAL = Dismissal("dismissal-1", LAYER, "task:24-35", Span(24, 35), "去年的事")
UNIT = Unit(
    "u1",
    "交通",
    "云港区交通运输局",
    "区交通局",
    "委办局",
    ("交通局", "交通运输局"),
    "qjtj",
    ("泊位", "航道"),
    "010-1",
    "李副区长",
    "王局长",
    7,
    date(2019, 1, 1),
    date(2030, 12, 31),
    "u2",
)
AT = datetime(2026, 1, 21, 2, 3, 4, 5, tzinfo=UTC)
COMMENT = Comment(
    "comment-1", REPORT, LAYER, "task-1", Span(17, 24), "应为4个", NING.id, "周宁", AT, "comment-0", True
)
DECISION = Decision(
    "decision-1",
    LAYER,
    "value:17-24",
    Field.VALUE,
    Choice.EDITED,
    NING.id,
    "周宁",
    AT,
    "原文如此",
    "3个",
    "4个",
    TAGS[0],
)
PRECEDENT = Precedent(
    "row-1",
    "新建货运泊位2个，年内投用。",
    Owner(Role.LEAD, "区交通局"),
    (Owner(Role.SUPPORT, "区财政局"), Owner(Role.SUPPORT, "望海街")),
    "2025年任务分解表",
    2025,
)
PROGRESS = Progress(
    progress_id(REPORT, "task-1", "2026-Q1", "区交通局"),
    REPORT,
    "task-1",
    "2026-Q1",
    "区交通局",
    True,
    AT,
    NING.id,
    "周宁",
    (Figure("tag-1", 2.0, "2个"), Figure("tag-5", None, "正在推进")),
    "已建成2个泊位。",
    "用海手续未办完。",
    "加快办理。",
    "王工",
    ("验收单.pdf", "照片.jpg"),
    "反馈表（区交通局）.xlsx",
)
MOVES = (
    TaskMove("move-1", REPORT, "task-1", TaskMoveName.REGISTER, AT, NING.id, "周宁"),
    TaskMove(
        "move-2",
        REPORT,
        "task-1",
        TaskMoveName.EXTEND,
        AT,
        NING.id,
        "周宁",
        "汛期停工",
        date(2026, 6, 30),
        date(2026, 9, 30),
        ("请示.pdf",),
    ),
)
VERDICT = Verdict(
    verdict_id(REPORT, "tag-5"), REPORT, "tag-5", True, NING.id, "周宁", AT, "与全市同步，见统计公报"
)
YEAR_GOALS = (
    YearGoal(year_goal_id(REPORT, "tag-1", 2026), REPORT, "tag-1", 2026, 2.5),
    YearGoal(year_goal_id(REPORT, "tag-5", 2026), REPORT, "tag-5", 2026, None, "与全市同步"),
)
PASSPHRASE = people.Passphrase(NING.id, b"salt", 16, 8, 1, b"digest")


def card(number: int = 1, **fields: object) -> ReportCard:
    """A report's card."""
    metadata = Metadata(
        "云港区政府工作报告",
        "云港区人民政府",
        "",
        date(2026, 1, 12),
        2026,
        2026,
        Level.DISTRICT,
        ReportKind.WORK_REPORT,
    )
    given = {"id": f"report-{number}", "text_sha256": f"text-{number}", "version": 1, **fields}
    return ReportCard(
        number=number,
        metadata=metadata,
        source_name="报告.txt",
        file_sha256="file",
        encoding="utf-8",
        imported=datetime(2026, 1, 20, 8, 30, tzinfo=UTC),
        **given,  # type: ignore[arg-type]  # callers name ReportCard's fields
    )


def reading_of(about: ReportCard) -> Reading:
    """A reading with two sections and a note."""
    source = Source(about.source_name, about.file_sha256, about.encoding, TEXT, about.text_sha256)
    sections = (
        Section(0, -1, 1, SectionKind.FRONT, "（题名）", Span(0, 10)),
        Section(1, -1, 1, SectionKind.TASKS, "一、主要任务", Span(10, 37)),
    )
    notes = (Note("泊位", "船舶停靠的位置。", Span(37, len(TEXT))),)
    places = (Place(0, 1, 1), Place(17, 2, 0, 1, 2, 3))
    return Reading(source, about.metadata, ShownText("", (), ()), sections, notes, places)


def put_report(store: Store, number: int = 1, **fields: object) -> ReportCard:
    """A report with the layer of 周宁, in the store."""
    about = card(number, **fields)
    with store.writing() as connection:
        reports.insert_report(connection, about, reading_of(about))
        LAYERS.insert(connection, [a_layer(number)])
    return about


def a_layer(number: int = 1, **fields: object) -> Layer:
    """A layer of 周宁 over the report of that number."""
    given = {"id": f"layer-{number}", "person_id": NING.id, "version": 1, **fields}
    return Layer(report_id=f"report-{number}", author=NING.name, **given)  # type: ignore[arg-type]  # as above


def adding(*things: Stored) -> Change:
    """The change that makes these."""
    return Change("添加", REPORT, tuple(Edit(None, thing) for thing in things))


def write_released(path: Path) -> None:
    """Make the file that stands for this schema in tests/data, whole of every kind of row."""
    create_store(path)
    store = Store(path)
    put_report(store, supersedes="report-0", corrections=(Correction(17, 19, "兴建"),))
    with store.writing() as connection, patch("db.log.datetime") as clock:
        clock.now.return_value = datetime(2026, 1, 20, 9, tzinfo=UTC)
        whole = (TASK, FULL, *TAGS, DISMISSAL, UNIT, NING, COMMENT, DECISION)
        work = (PROGRESS, *MOVES, VERDICT, *YEAR_GOALS)
        changes.apply(connection, adding(*whole, *work), HERE)
        people.keep_passphrase(connection, NING.id, PASSPHRASE)
        marks.issue_numbers(connection, REPORT, {"task-1": 1, "task:24-35": 2})
        office.set_setting(connection, "place", {"report": 1, "offset": 17})
        experience.keep(connection, [PRECEDENT])
        reports.keep_shown(connection, REPORT, "reader-0", ShownText("云港区", (), ()))
    store.close()


if __name__ == "__main__":  # python -m tests.stored tests/data/workspace_v6.duban
    write_released(Path(sys.argv[1]))
