"""A small report of 云港区 put into a store without reading any file: for tests of the store and the workspace."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from app.domain.changes import Change, Edit
from app.domain.experience import Precedent
from app.domain.report import (
    Level,
    Metadata,
    Note,
    Reading,
    ReportKind,
    Section,
    SectionKind,
    ShownText,
    Source,
)
from app.domain.reports import Layer, ReportCard
from app.domain.spans import Span
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
from db import changes, experience, marks, office, reports
from db.engine import Store, create_store
from db.log import Author

REPORT, LAYER = "report-1", "layer-1"
TEXT = "云港区政府工作报告\n一、主要任务\n新建泊位3个。6月底前完成航道疏浚。\n注：泊位，船舶停靠的位置。"
HERE = Author("周宁", "station-a")


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
)
TARGET = Target("泊位", Comparator.RANGE, 3.0, 5.5, "个", Direction.UP, Nature.BINDING, "2个", True)
TAGS = (
    Tag("tag-1", LAYER, "task-1", TagKind.TARGET, (Span(21, 23),), "3个", TARGET, "target:21-23", "数量"),
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
    Tag("tag-4", LAYER, "task-1", TagKind.MEASURE, (Span(17, 19), Span(20, 21)), "新建"),
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
PRECEDENT = Precedent(
    "row-1",
    "新建货运泊位2个，年内投用。",
    Owner(Role.LEAD, "区交通局"),
    (Owner(Role.SUPPORT, "区财政局"), Owner(Role.SUPPORT, "望海街")),
    "2025年任务分解表",
    2025,
)


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
    return Reading(source, about.metadata, ShownText("", (), ()), sections, notes)


def put_report(store: Store, number: int = 1) -> ReportCard:
    """A report with one layer, in the store."""
    about = card(number)
    with store.writing() as connection:
        reports.insert_report(
            connection, about, reading_of(about), Layer(f"layer-{number}", about.id, "周宁")
        )
    return about


def adding(*things: Task | Tag | Dismissal | Unit) -> Change:
    """The change that makes these."""
    return Change("添加", REPORT, tuple(Edit(None, thing) for thing in things))


def write_released(path: Path) -> None:
    """Make the file that stands for this schema in tests/data, whole of every kind of row."""
    create_store(path)
    store = Store(path)
    put_report(store)
    with store.writing() as connection, patch("db.log.datetime") as clock:
        clock.now.return_value = datetime(2026, 1, 20, 9, tzinfo=UTC)
        changes.apply(connection, adding(TASK, FULL, *TAGS, DISMISSAL, UNIT), HERE)
        marks.issue_numbers(connection, LAYER, {"task-1": 1, "task:24-35": 2})
        office.set_setting(connection, "place", {"report": 1, "offset": 17})
        experience.keep(connection, [PRECEDENT])
    store.close()


if __name__ == "__main__":  # python -m tests.stored tests/data/workspace_v2.duban
    write_released(Path(sys.argv[1]))
