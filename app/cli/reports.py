"""Commands about reports: suggest, import, list."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.command import Command, year
from app.cli.talking import FAILED, OK, clear_line, complain, progress, say
from app.domain.errors import UserError

if TYPE_CHECKING:
    from app.workspace import Workspace

ALIKE = (
    "{name}：已另作一份报告导入，但和第{number}号报告有{share:.0%}的文字相同。"
    "如果是它的新版本，请再运行 duban revise（--report {number}，加 --apply），标注就会沿用过来。"
)


def _suggest(arguments: argparse.Namespace) -> int:
    from app.workspace import suggest_file

    found = suggest_file(arguments.file, year=arguments.year, workspace=arguments.workspace)
    if arguments.json:
        say(json.dumps(found, ensure_ascii=False, indent=1))
        return OK
    tasks = [c for c in found["commitments"] if not c["lead"]]
    say(
        f"{arguments.file.name}：任务{len(tasks)}项，目标{len(found['targets'])}个，时限{len(found['deadlines'])}处"
    )
    say("加 --json 输出全部建议。")
    return OK


def _import(arguments: argparse.Namespace) -> int:
    failures = 0
    with filled(arguments.workspace) as workspace:
        for file in arguments.files:
            try:
                reading = workspace.read_file(file, progress(file.name), year=arguments.year)
                alike = workspace.alike(reading)
                card = workspace.import_reading(reading, progress(file.name))
            except UserError as error:
                clear_line()
                told = str(error)
                complain(told if file.name in told else f"{file.name}：{told}")
                failures += 1
                continue
            clear_line()
            items = workspace.items(card.id)
            say(f"{card.number}\t{card.metadata.title}\t建议任务{len(items)}项")
            if alike is not None:
                complain(ALIKE.format(name=file.name, number=alike.cards[0].number, share=alike.shares[0]))
    return FAILED if failures else OK


@contextmanager
def filled(path: Path) -> "Iterator[Workspace]":
    """A workspace to take reports into, made where there is none; a new one does not stay if nothing came in."""
    from app.workspace import Workspace, is_there

    is_new = not is_there(path)
    made = Workspace.create(path) if is_new else Workspace.open(path)
    try:
        yield made
    finally:
        with made:  # a file that is open cannot be removed everywhere
            is_unused = is_new and not made.reports(include_removed=True)
        if is_unused:
            with suppress(OSError):
                path.unlink()


def _list(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    with Workspace.open(arguments.workspace, is_looking=True) as workspace:
        for card in workspace.reports():
            items = workspace.items(card.id)
            done = sum(not item.is_open for item in items)
            about = card.metadata
            say(f"{card.number}\t{about.title}\t{about.year}年\t任务{len(items)}项\t已确认{done}项")
    return OK


def _suggest_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="报告")
    command.add_argument("--year", type=year, metavar="年份", help="任务年份（默认从文中读出）")
    command.add_argument(
        "--workspace",
        "-w",
        type=Path,
        metavar="工作区",
        help="用这个工作区的单位名录和经验（默认用自带名录）",
    )
    command.add_argument("--json", action="store_true", help="按标注规范输出 JSON，偏移以解码后的原文为准")


def _import_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", type=Path, nargs="+", metavar="报告")
    command.add_argument("--workspace", "-w", type=Path, required=True, metavar="工作区")
    command.add_argument("--year", type=year, metavar="年份", help="任务年份（默认从文中读出）")


def _list_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")


COMMANDS = (
    Command("suggest", "读一份报告，给出建议", _suggest_arguments, _suggest),
    Command("import", "把报告读进工作区（没有就新建）", _import_arguments, _import),
    Command("list", "列出工作区里的报告", _list_arguments, _list),
)
