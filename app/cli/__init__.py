"""The headless commands: the window's services without a window."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.cli import handing_over, office, reports, review, revise, supervision
from app.cli.command import Command, Parser, year
from app.cli.talking import FAILED, INTERRUPTED, MISUSED, OK, guarded

__all__ = ["FAILED", "INTERRUPTED", "MISUSED", "OK", "guarded", "main", "parser", "run", "year"]

DESCRIPTION = """督办：把政府工作报告变成督查台账。

不带命令时打开窗口（上次的工作区）。"""

EPILOG = """示例：
  duban                                   打开窗口
  duban sample                            打开样例工作区
  duban import 报告.txt --workspace 2026.duban
  duban list 2026.duban
  duban revise 2026.duban --report 1 通过稿.docx --json
  duban suggest 报告.txt --json > 建议.json
  duban ledger 2026.duban --report 1 -o 任务分解表.xlsx
  duban ledger 2026.duban --layout 督查事项反馈表 --period 2026-03 -o 反馈表
  duban return 2026.duban 反馈表/*.xlsx --apply
  duban due 2026.duban --on 2026-06-30
  duban experience 2026.duban 2025年任务分解表.xlsx
  duban units 2026.duban --import 单位名录.xlsx --apply
  duban diff 2026.duban --report 1 --json
  duban package 2026.duban --report 1 -o 交接.dubanpkg
  duban merge 2026.duban 交接.dubanpkg
  duban verify 2026.duban --against 交接.dubanpkg

退出码：0 成功，1 出错（说明在标准错误里），2 命令写错，130 被 Ctrl+C 中断。"""

COMMANDS: dict[str, Command] = {
    command.name: command
    for module in (reports, revise, supervision, office, review, handing_over)
    for command in module.COMMANDS
}
"""Each module of commands declares its own; here they come together, in the order of the help."""


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = Parser(
        "duban", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"duban {__version__}")
    top.add_argument("--self-check", action="store_true", help="检查程序自身是否完整，然后退出")
    commands = top.add_subparsers(dest="command", metavar="命令")

    window = commands.add_parser("open", help="打开窗口和一个工作区")
    window.add_argument("workspace", type=Path, metavar="工作区")
    sample = commands.add_parser("sample", help="打开样例工作区")
    sample.add_argument(
        "--demo", type=Path, metavar="目录", help="没有显示器时，把台账和窗口截图写到这个目录"
    )
    for command in COMMANDS.values():
        command.arguments(commands.add_parser(command.name, help=command.help))
    return top


def run(arguments: argparse.Namespace) -> int:
    """Run a headless command; returns the exit code."""
    return guarded(lambda: COMMANDS[arguments.command].run(arguments))


def main(words: Sequence[str]) -> int | argparse.Namespace:
    """Parse the words; run a headless command, or hand back what the window is to do."""
    if words and words[0].lower().endswith(".duban"):  # a workspace that was double-clicked
        words = ["open", *words]
    arguments = parser().parse_args(words)
    if arguments.command in COMMANDS:
        return run(arguments)
    return arguments
