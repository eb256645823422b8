"""The command about a report's next version: revise."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.command import Command
from app.cli.talking import OK, clear_line, progress, say
from app.domain.tasks import Tag, Task

if TYPE_CHECKING:
    from app.workspace.carrying import CarriedThing
    from app.workspace.revising import RevisionPreview

KIND_NAMES = {"exact": "原样", "moved": "移动", "reworded": "改写", "orphaned": "无处可放"}


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("--report", type=int, required=True, metavar="编号", help="新稿取代哪一份报告")
    command.add_argument("file", type=Path, metavar="新稿")
    command.add_argument("--json", action="store_true", help="按 JSON 输出沿用、改动和无处可放的标注")
    command.add_argument("--apply", action="store_true", help="写入新版本并沿用标注（默认只说明）")


def _revise(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    name = arguments.file.name
    with Workspace.open(arguments.workspace, is_looking=not arguments.apply) as workspace:
        report = workspace.report(arguments.report)
        preview = workspace.revise(report.id, arguments.file, progress=progress(name))
        clear_line()
        written = workspace.apply_revision(preview, progress=progress(name)) if arguments.apply else None
        clear_line()
    if arguments.json:
        number = written.card.number if written else None
        say(json.dumps(_told(preview, number), ensure_ascii=False, indent=1))
        return OK
    say(f"{name}：{preview.words}")
    titles = {one.before.id: one.before.title for one in preview.things if isinstance(one.before, Task)}
    for thing in preview.waiting:
        say("\t".join(_columns(thing, titles)))
    say(f"已写入为第{written.card.number}号报告。" if written else "未写入，加 --apply 写入。")
    return OK


def _columns(thing: "CarriedThing", titles: dict[str, str]) -> tuple[str, ...]:
    """Why it waits, which task, what of it, what it read before and reads now, how sure that is."""
    from app.ui.versions.notes_words import kind_words

    before = thing.before
    about = "数字有改动" if thing.is_figure_changed and thing.after.spans else KIND_NAMES[thing.kind]
    task = titles.get(before.task_id if isinstance(before, Tag) else before.id, "")
    return about, task, kind_words(before), thing.old_words, thing.new_words or "（无）", f"{thing.score:.2f}"


def _told(preview: "RevisionPreview", number: int | None) -> dict[str, Any]:
    """What --json prints. Offsets are into the decoded texts; `applied` is the new report's number or null."""
    groups: dict[str, list[dict[str, Any]]] = {"carried": [], "changed": [], "orphaned": []}
    for thing in preview.things:
        groups[_group(thing)].append(_told_thing(thing))
    return {
        "report": preview.old.number,
        "applied": number,
        "layer": preview.layer and {"id": preview.layer.id, "author": preview.layer.author},
        "sentences": [
            {
                "kind": diff.kind,
                "old": diff.old,
                "new": diff.new,
                "score": diff.score,
                "figure_changed": diff.is_figure_changed,
            }
            for diff in preview.diffs
            if diff.kind != "same"
        ],
        **groups,
        "dismissals_forgotten": preview.forgotten,
    }


def _group(thing: "CarriedThing") -> str:
    if not thing.after.spans:
        return "orphaned"
    return "changed" if thing.needs_person else "carried"


def _told_thing(thing: "CarriedThing") -> dict[str, Any]:
    before = thing.before
    return {
        "id": before.id,
        "type": before.kind if isinstance(before, Tag) else "task",
        "task": before.task_id if isinstance(before, Tag) else before.id,
        "how": thing.kind,
        "score": thing.score,
        "old": {"spans": before.spans, "text": thing.old_words},
        "new": {"spans": thing.after.spans, "text": thing.new_words} if thing.after.spans else None,
        "figure_changed": thing.is_figure_changed,
        "old_figures": thing.old_figures,
        "new_figures": thing.new_figures,
        "needs_person": thing.needs_person,
    }


COMMANDS = (Command("revise", "用新稿取代一份报告：说明（或写入）标注怎样沿用", _arguments, _revise),)
