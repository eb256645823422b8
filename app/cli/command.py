"""What a command is, and the parser that says in Chinese what is wrong with one."""

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from typing_extensions import override

from app.cli.talking import MISUSED

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


@dataclass(frozen=True, slots=True)
class Command:
    """A headless command: its name, its line in the help, what sets up its arguments, and what runs it.

    Running returns the exit code; a UserError becomes one line on standard error.
    """

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def year(text: str) -> int:
    """A year that a report may be for."""
    if not text.isdigit() or not 1980 <= int(text) <= 2100:
        raise argparse.ArgumentTypeError(f"年份要在1980到2100之间，不能是“{text}”")
    return int(text)
