"""Commands that hand reports over between workstations: package, merge, verify."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.command import Command
from app.cli.reports import filled
from app.cli.talking import FAILED, OK, complain, say
from app.domain.errors import UserError

if TYPE_CHECKING:
    from app.exchange.summary import Conflict, MergeSummary

WHOLE = "记录完整。"


def _package(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        report = workspace.report(arguments.report)
        summary = workspace.export_package(report.id, arguments.output)
    say(f"已写出 {arguments.output}：{summary.words}")
    return OK


def _merge(arguments: argparse.Namespace) -> int:
    """Take packages in one after the other; a refused one, or a conflict that is left, is a failure."""
    told: list[dict[str, Any]] = []
    failures = 0
    with filled(arguments.workspace) as workspace:
        for file in arguments.files:
            try:
                summary = workspace.merge_package(file)
            except UserError as error:
                complain(error)
                failures += 1
                told.append({"file": file.name, "error": str(error)})
                continue
            told.append({"file": file.name, **_data(summary)})
            if not arguments.json:
                say(f"{file.name}：{summary.words}")
        waiting = workspace.conflicts()
    if arguments.json:
        left = [_conflict_data(conflict) for conflict in waiting]
        say(json.dumps({"merged": told, "conflicts": left}, ensure_ascii=False, indent=1))
    else:
        _tell(waiting)
    if waiting:
        complain(f"有{len(waiting)}处冲突要由人决定，请打开工作区处理。")
    return FAILED if failures or waiting else OK


def _tell(waiting: "tuple[Conflict, ...]") -> None:
    for conflict in waiting:
        say(f"冲突\t{conflict.about}")
        for side in conflict.sides:
            at = side.at.astimezone().strftime("%Y-%m-%d %H:%M") if side.at else "时间不详"
            mark = "现用" if side.is_current else "待定"
            say(f"\t{mark}\t{side.who or '不详'}\t{at}\t{'；'.join(side.words)}")


def _data(summary: "MergeSummary") -> dict[str, Any]:
    """What came in, in words that a program reads."""
    sorts = (
        *("layers", "tasks", "tags", "comments", "decisions", "units", "people", "metadata"),
        *("progress", "task_moves", "verdicts", "year_targets"),
    )
    counts = {sort: getattr(summary, sort) for sort in sorts}
    return {
        "report": summary.report_id,
        "title": summary.title,
        "new_report": summary.is_new_report,
        "nothing_new": summary.is_nothing_new,
        "entries": summary.entries,
        **{s: {"new": c.new, "changed": c.changed, "removed": c.removed} for s, c in counts.items()},
    }


def _conflict_data(conflict: "Conflict") -> dict[str, Any]:
    sides = [
        {
            "who": side.who,
            "at": side.at.isoformat() if side.at else None,
            "words": list(side.words),
            "current": side.is_current,
        }
        for side in conflict.sides
    ]
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "report": conflict.report_id,
        "about": conflict.about,
        "sides": sides,
    }


def _verify(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    with Workspace.open(arguments.workspace, is_looking=True) as workspace:
        problems = workspace.verify(arguments.against)
    for problem in problems or (WHOLE,):
        say(problem)
    return FAILED if problems else OK


def _package_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("--report", type=int, required=True, metavar="编号", help="交接哪一份报告")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="文件.dubanpkg")


def _merge_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("files", type=Path, nargs="+", metavar="交接包.dubanpkg")
    command.add_argument("--json", action="store_true", help="用 JSON 说明并入了什么、冲突是什么")


def _verify_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument(
        "--against", type=Path, metavar="交接包.dubanpkg", help="和一个交接包里的记录对照，找出被截去的末尾"
    )


COMMANDS = (
    Command("package", "把一份报告连同已提交的标注写成交接包", _package_arguments, _package),
    Command("merge", "并入交接包（没有工作区就新建）；留有冲突时退出码是1", _merge_arguments, _merge),
    Command("verify", "核对改动记录有没有被改动、删除、调换或截断", _verify_arguments, _verify),
)
