"""The headless commands: the window's services without a window."""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from typing_extensions import override

from app import __version__
from app.domain.errors import UserError

if TYPE_CHECKING:
    from app.workspace import Workspace

OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

DESCRIPTION = """督办：把政府工作报告变成督查台账。

不带命令时打开窗口（上次的工作区）。"""

EPILOG = """示例：
  duban                                   打开窗口
  duban sample                            打开样例工作区
  duban import 报告.txt --workspace 2026.duban
  duban list 2026.duban
  duban suggest 报告.txt --json > 建议.json
  duban ledger 2026.duban --report 1 -o 任务分解表.xlsx
  duban experience 2026.duban 2025年任务分解表.xlsx
  duban units 2026.duban --import 单位名录.xlsx --apply

退出码：0 成功，1 出错（说明在标准错误里），2 命令写错，130 被 Ctrl+C 中断。"""


COMPLAINTS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"argument .*: invalid choice: '?([^' ]*)'? .*", r"没有“\1”这个命令"),
    (r"argument (.*): invalid .* value: '(.*)'", r"\1 的值“\2”不对"),
    (r"argument (.*): expected .*argument.*", r"\1 后面要有值"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 和 \2 不能一起用"),
    (r"argument (.*): (.*)", r"\1：\2"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
)
"""What argparse says, and how we say it."""


class Parser(argparse.ArgumentParser):
    """A parser that says in one Chinese line what is wrong with a command, and exits with 2."""

    @override
    def error(self, message: str) -> NoReturn:
        words = (
            re.sub(f"^{said}$", ours, message) for said, ours in COMPLAINTS if re.fullmatch(said, message)
        )
        self.exit(MISUSED, f"duban: {next(words, '命令写错了')}。用法见 {self.prog} --help\n")


def year(text: str) -> int:
    """A year that a report may be for."""
    if not text.isdigit() or not 1980 <= int(text) <= 2100:
        raise argparse.ArgumentTypeError(f"年份要在1980到2100之间，不能是“{text}”")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = Parser(
        "duban", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"duban {__version__}")
    top.add_argument("--self-check", action="store_true", help="检查程序自身是否完整，然后退出")
    commands = top.add_subparsers(dest="command", metavar="命令")

    command = commands.add_parser("open", help="打开窗口和一个工作区")
    command.add_argument("workspace", type=Path, metavar="工作区")

    command = commands.add_parser("sample", help="打开样例工作区")
    command.add_argument(
        "--demo", type=Path, metavar="目录", help="没有显示器时，把台账和窗口截图写到这个目录"
    )

    command = commands.add_parser("suggest", help="读一份报告，给出建议")
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

    command = commands.add_parser("import", help="把报告读进工作区（没有就新建）")
    command.add_argument("files", type=Path, nargs="+", metavar="报告")
    command.add_argument("--workspace", "-w", type=Path, required=True, metavar="工作区")
    command.add_argument("--year", type=year, metavar="年份", help="任务年份（默认从文中读出）")

    command = commands.add_parser("list", help="列出工作区里的报告")
    command.add_argument("workspace", type=Path, metavar="工作区")

    command = commands.add_parser("ledger", help="导出任务分解表")
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("--report", type=int, metavar="编号", help="只导出这一份（默认全部）")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="文件.xlsx")

    command = commands.add_parser("experience", help="从往年的任务分解表学习谁负责什么")
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("files", type=Path, nargs="+", metavar="分解表.xlsx")

    command = commands.add_parser("units", help="列出、导出或导入单位名录")
    command.add_argument("workspace", type=Path, metavar="工作区")
    way = command.add_mutually_exclusive_group()
    way.add_argument("--export", type=Path, metavar="文件.xlsx", help="导出名录")
    way.add_argument(
        "--import", type=Path, metavar="文件.xlsx", dest="source", help="说明这张表会改动什么，不写入"
    )
    command.add_argument("--apply", action="store_true", help="和 --import 一起用：写入改动")
    return top


def run(arguments: argparse.Namespace) -> int:
    """Run a headless command; returns the exit code."""
    return guarded(lambda: COMMANDS[arguments.command](arguments))


def guarded(work: Callable[[], int]) -> int:
    """Do what returns an exit code; a UserError and Ctrl+C become one line on standard error and their own code."""
    try:
        try:
            return work()
        finally:
            _flush()
    except UserError as error:
        _complain(error)
        return FAILED
    except BrokenPipeError:
        return FAILED
    except KeyboardInterrupt:
        _clear_line()
        _complain("已中断。没有做完的部分不会留下，可以重新运行这条命令。")
        return INTERRUPTED


def _suggest(arguments: argparse.Namespace) -> int:
    from app.workspace import suggest_file

    found = suggest_file(arguments.file, year=arguments.year, workspace=arguments.workspace)
    if arguments.json:
        _say(json.dumps(found, ensure_ascii=False, indent=1))
        return OK
    tasks = [c for c in found["commitments"] if not c["lead"]]
    _say(
        f"{arguments.file.name}：任务{len(tasks)}项，目标{len(found['targets'])}个，时限{len(found['deadlines'])}处"
    )
    _say("加 --json 输出全部建议。")
    return OK


def _import(arguments: argparse.Namespace) -> int:
    failures = 0
    with _filled(arguments.workspace) as workspace:
        for file in arguments.files:
            try:
                card = workspace.import_file(file, year=arguments.year, progress=_progress(file.name))
            except UserError as error:
                _clear_line()
                _complain(f"{file.name}：{error}")
                failures += 1
                continue
            _clear_line()
            items = workspace.items(card.id)
            _say(f"{card.number}\t{card.metadata.title}\t建议任务{len(items)}项")
    return FAILED if failures else OK


@contextmanager
def _filled(path: Path) -> "Iterator[Workspace]":
    """A workspace to import into, made where there is none; a new one does not stay if nothing came in."""
    from app.workspace import Configuration, Workspace, is_there

    is_new = not is_there(path)
    made = Workspace.create(path, author=Configuration.load().author) if is_new else Workspace.open(path)
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

    with Workspace.open(arguments.workspace) as workspace:
        for card in workspace.reports():
            items = workspace.items(card.id)
            done = sum(not item.is_open for item in items)
            about = card.metadata
            _say(f"{card.number}\t{about.title}\t{about.year}年\t任务{len(items)}项\t已确认{done}项")
    return OK


def _ledger(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        wanted = None if arguments.report is None else [workspace.report(arguments.report).id]
        summary = workspace.export_ledger(arguments.output, wanted, progress=_progress(arguments.output.name))
    _clear_line()
    words = f"已写出 {arguments.output}：{summary.rows}行，待确认{summary.unconfirmed}行"
    _say(words + (f"，遗漏{summary.gaps}处" if summary.gaps else ""))
    return OK


def _experience(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    failures = 0
    with Workspace.open(arguments.workspace) as workspace:
        for file in arguments.files:
            try:
                summary = workspace.import_experience(file, progress=_progress(file.name))
            except UserError as error:
                _clear_line()
                _complain(error)
                failures += 1
                continue
            _clear_line()
            _say(f"{file.name}：{summary.words}")
    return FAILED if failures else OK


def _units(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    if arguments.apply and not arguments.source:
        parser().error("argument --apply: 要和 --import 一起用")
    with Workspace.open(arguments.workspace) as workspace:
        if arguments.export:
            _say(f"已写出 {arguments.export}：{workspace.export_units(arguments.export)}个单位")
        elif arguments.source:
            return _import_units(workspace, arguments.source, is_applied=arguments.apply)
        else:
            for unit in workspace.units():
                words = (unit.code, unit.short_name, unit.name, unit.leader, unit.person, unit.telephone)
                _say("\t".join((*words, "已停用" if unit.valid_to else "有效")))
    return OK


def _import_units(workspace: "Workspace", source: Path, *, is_applied: bool) -> int:
    """Say what a workbook would change in the directory, and do it if told to; rows not understood are a failure."""
    found = workspace.read_units(source)
    for misread in found.misread:
        _complain(f"第{misread.line}行 {misread.name}：{misread.reason}")
    for difference in found.differences:
        name = difference.before.short_name if difference.before else difference.after.short_name
        words = "；".join(
            f"{title} {old or '（空）'}→{new or '（空）'}" for title, old, new in difference.fields
        )
        _say(f"{'修改' if difference.before else '新增'}\t{name}\t{words}")
    if is_applied and found.differences:
        workspace.apply(found.change)
    done = "已写入" if is_applied else "未写入，加 --apply 写入"
    _say(f"新增{len(found.added)}个，修改{len(found.changed)}个，不变{found.same}个（{done}）")
    return FAILED if found.misread else OK


def _say(words: str) -> None:
    """A line on standard output. UserError where it cannot be written."""
    with _writing():
        print(words)


def _flush() -> None:
    """Let what was said arrive, so that a failure is known in time."""
    if sys.stdout is not None:
        with _writing():
            sys.stdout.flush()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        with suppress(OSError):  # what is still held back would fail once more at the interpreter's end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise UserError(
            f"结果没有写到标准输出（{error.strerror or error}）。请检查磁盘空间，或换一个位置再运行。"
        ) from error


def _complain(words: object) -> None:
    """A line on standard error; a program without a console has none."""
    if sys.stderr is not None:
        print(f"duban: {words}", file=sys.stderr)


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _progress(about: str) -> Callable[[str, float], None] | None:
    """Progress on standard error while a person watches."""
    if not _is_watched():
        return None

    def show(words: str, share: float) -> None:
        print(f"\r\x1b[K{about} {words} {share:.0%}", end="", file=sys.stderr, flush=True)

    return show


def _clear_line() -> None:
    if _is_watched():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "suggest": _suggest,
    "import": _import,
    "list": _list,
    "ledger": _ledger,
    "experience": _experience,
    "units": _units,
}


def main(words: Sequence[str]) -> int | argparse.Namespace:
    """Parse the words; run a headless command, or hand back what the window is to do."""
    if words and words[0].lower().endswith(".duban"):  # a workspace that was double-clicked
        words = ["open", *words]
    arguments = parser().parse_args(words)
    if arguments.command in COMMANDS:
        return run(arguments)
    return arguments
