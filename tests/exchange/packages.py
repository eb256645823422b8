"""A small package of 云港区, honest in every part, and what makes others of it."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from app.domain import codec
from app.domain.chains import Link, canonical, linked
from app.domain.comments import Comment
from app.domain.contents import Contents
from app.domain.decisions import Choice, Decision, Field, decision_id
from app.domain.people import Person, entered
from app.domain.report import Level, Metadata, Note, ReportKind, Section, SectionKind
from app.domain.reports import Layer, LayerState, ReportCard, report_id_of, reviewed_layer_id
from app.domain.spans import Span
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Dismissal,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
)
from app.domain.units import Unit
from app.exchange.merging import Dot, Key, Replica
from app.exchange.package import Package, packed
from app.exchange.payloads import OFFICE, Payload

TEXT = "云港区政府工作报告\n一、主要任务\n新建泊位3个。6月底前完成航道疏浚。\n注：泊位，船舶停靠的位置。"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
REPORT = report_id_of(SHA256)
AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
METADATA = Metadata(
    "云港区政府工作报告",
    "云港区人民政府",
    "",
    date(2026, 1, 12),
    2026,
    2026,
    Level.DISTRICT,
    ReportKind.WORK_REPORT,
)
CARD = ReportCard(REPORT, 0, METADATA, "报告.txt", "f" * 64, SHA256, "utf-8", AT)
SECTIONS = (
    Section(0, -1, 1, SectionKind.FRONT, "（题名）", Span(0, 10)),
    Section(1, 0, 2, SectionKind.TASKS, "一、主要任务", Span(10, 37)),
)
NOTES = (Note("泊位", "船舶停靠的位置。", Span(37, len(TEXT))),)

ZHOU: Person = entered("周宁")
CHEN: Person = entered("陈静", ("reviewer",))
LAYER, CHAIN, ELSEWHERE = "layer-1", "chain-a", "chain-b"
FINAL = reviewed_layer_id(REPORT, [LAYER])
ANNOTATED = Layer(LAYER, REPORT, "周宁", LayerState.IN_REVIEW, AT, ZHOU.id, revision=1, submitted=AT)
REVIEWED = Layer(FINAL, REPORT, "陈静", LayerState.IN_REVIEW, AT, CHEN.id, (LAYER,))
TASK = Task("task-1", LAYER, (Span(17, 24),), "新建泊位", "新建泊位3个。")
TAGS = (
    Tag(
        "tag-1",
        LAYER,
        "task-1",
        TagKind.TARGET,
        (Span(21, 23),),
        "3个",
        Target("泊位", Comparator.EQ, 3.0, 3.0, "个"),
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
    Tag("tag-4", LAYER, "task-1", TagKind.MEASURE, (Span(17, 19),), "新建"),
)
DISMISSAL = Dismissal("dismissal-1", LAYER, "task:24-35", Span(24, 35), "去年的事")
CONTENTS = Contents(ANNOTATED, (TASK,), TAGS, (DISMISSAL,))
COMMENT = Comment("comment-1", REPORT, LAYER, "task-1", Span(17, 24), "目标写全了吗", CHEN.id, "陈静", AT)
DECISION = Decision(
    decision_id(FINAL, "task-1/title"), FINAL, "task-1/title", Field.TITLE, Choice.EDITED, CHEN.id, "陈静", AT, "太长",
    value=replace(TASK, layer_id=FINAL, title="建泊位"),
)  # fmt: skip
UNIT = Unit("u1", "交通", "云港区交通运输局", "区交通局", aliases=("交通局",), initials="qjtj", order=7)


def entry(n: int, label: str = "添加", edits: str = "[]", report_id: str = REPORT) -> dict[str, Any]:
    """What an entry says."""
    return {
        "id": f"entry-{n}",
        "at": "2026-03-02T08:30:00.000000+00:00",
        "who": "周宁",
        "person_id": ZHOU.id,
        "workstation": "station-a",
        "label": label,
        "report_id": report_id,
        "edits": edits,
    }


def chain_of(*bodies: Mapping[str, Any], chain: str = CHAIN, previous: str = "") -> tuple[Link, ...]:
    """The links of a chain that says these things."""
    links: list[Link] = []
    for position, body in enumerate(bodies, 1):
        links.append(linked(chain, position, previous, body))
        previous = links[-1].hash
    return tuple(links)


def redacted(link: Link) -> Link:
    """An entry without what it says."""
    return replace(link, body=None)


ADDED = entry(1, edits=canonical([["task", TASK.id, None, codec.encode(TASK)]]))
LINKS = chain_of(ADDED, entry(2, "改标题"), entry(3, "提交标注"))


def honest(**changed: Any) -> Package:
    """The package; some of its parts others where they are given."""
    scopes: dict[str, Replica[Payload]] = {
        OFFICE: Replica(
            {Key("person", p.id): {Dot(CHAIN, 1): p} for p in (ZHOU, CHEN)},
            {CHAIN: 3},
            {Key("unit", "u1"): UNIT},
        ),
        REPORT: Replica({}, {CHAIN: 3}, {Key("report", REPORT): replace(CARD, source_name="", encoding="")}),
        LAYER: Replica(
            {
                Key("layer", LAYER): {Dot(CHAIN, 3): CONTENTS},
                Key("comment", COMMENT.id): {Dot(CHAIN, 2): COMMENT},
            },
            {CHAIN: 3},
        ),
        FINAL: Replica(
            {
                Key("layer", FINAL): {Dot(CHAIN, 2): Contents(REVIEWED)},
                Key("decision", DECISION.id): {Dot(CHAIN, 3): DECISION},
            },
            {CHAIN: 3},
        ),
    }
    made = Package("0.1.0", CARD, TEXT, SECTIONS, NOTES, scopes, {CHAIN: LINKS})
    return replace(made, **changed)


def with_layer(contents: Contents, **changed: Any) -> Package:
    """The package with another version of its layer."""
    made = honest()
    versions = {**made.scopes[LAYER].versions, Key("layer", LAYER): {Dot(CHAIN, 3): contents}}
    return replace(made, scopes={**made.scopes, LAYER: Replica(versions, {CHAIN: 3})}, **changed)


def written(folder: Path, package: Package | None = None, name: str = "云港.dubanpkg") -> Path:
    """The file of a package."""
    path = folder / name
    path.write_bytes(packed(package or honest()))
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a file."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(
    parts: Mapping[str, bytes] | list[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(name, data)
    return out.getvalue()


def forged(path: Path, change: Callable[[dict[str, bytes]], None], *, is_hashed: bool = True) -> Path:
    """The file with its parts changed; the manifest made true again, as somebody with a program could."""
    parts = parts_of(path)
    change(parts)
    if is_hashed:
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"] = [
            {
                "name": name,
                "sha256": hashlib.sha256(data).hexdigest(),
                "size": len(data),
                "lines": data.count(b"\n"),
            }
            for name, data in parts.items()
            if name != "manifest.json"
        ]
        parts["manifest.json"] = json.dumps(manifest, ensure_ascii=False).encode()
    path.write_bytes(zipped(parts))
    return path
