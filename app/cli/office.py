"""Commands about the office: experience, units."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.command import Command, Parser
from app.cli.talking import FAILED, OK, clear_line, complain, progress, say
from app.domain.errors import UserError

if TYPE_CHECKING:
    from app.workspace import Workspace


def _experience(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    failures = 0
    with Workspace.open(arguments.workspace) as workspace:
        for file in arguments.files:
            try:
                summary = workspace.import_experience(file, progress=progress(file.name))
            except UserError as error:
                clear_line()
                complain(error)
                failures += 1
                continue
            clear_line()
            say(f"{file.name}：{summary.words}")
    return FAILED if failures else OK


def _units(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    if arguments.apply and not arguments.source:
        Parser("duban").error("argument --apply: 要和 --import 一起用")
    with Workspace.open(arguments.workspace, is_looking=not arguments.apply) as workspace:
        if arguments.export:
            say(f"已写出 {arguments.export}：{workspace.export_units(arguments.export)}个单位")
        elif arguments.source:
            return _import_units(workspace, arguments.source, is_applied=arguments.apply)
        else:
            for unit in workspace.units():
                words = (unit.code, unit.short_name, unit.name, unit.leader, unit.person, unit.telephone)
                say("\t".join((*words, "已停用" if unit.valid_to else "有效")))
    return OK


def _import_units(workspace: "Workspace", source: Path, *, is_applied: bool) -> int:
    """Say what a workbook would change in the directory, and do it if told to; rows not understood are a failure."""
    found = workspace.read_units(source)
    for misread in found.misread:
        complain(f"第{misread.line}行 {misread.name}：{misread.reason}")
    for difference in found.differences:
        name = difference.before.short_name if difference.before else difference.after.short_name
        words = "；".join(
            f"{title} {old or '（空）'}→{new or '（空）'}" for title, old, new in difference.fields
        )
        say(f"{'修改' if difference.before else '新增'}\t{name}\t{words}")
    if is_applied and found.differences:
        workspace.apply(found.change)
    done = "已写入" if is_applied else "未写入，加 --apply 写入"
    say(f"新增{len(found.added)}个，修改{len(found.changed)}个，不变{found.same}个（{done}）")
    return FAILED if found.misread else OK


def _experience_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("files", type=Path, nargs="+", metavar="分解表.xlsx")


def _units_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    way = command.add_mutually_exclusive_group()
    way.add_argument("--export", type=Path, metavar="文件.xlsx", help="导出名录")
    way.add_argument(
        "--import", type=Path, metavar="文件.xlsx", dest="source", help="说明这张表会改动什么，不写入"
    )
    command.add_argument("--apply", action="store_true", help="和 --import 一起用：写入改动")


COMMANDS = (
    Command("experience", "从往年的任务分解表学习谁负责什么", _experience_arguments, _experience),
    Command("units", "列出、导出或导入单位名录", _units_arguments, _units),
)
