"""The command about review: diff."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.command import Command
from app.cli.talking import OK, say
from app.domain.decisions import FIELD_NAMES
from app.domain.errors import UserError
from app.domain.reports import Layer

if TYPE_CHECKING:
    from app.review import AgreementRow, AgreementTable, Difference
    from app.workspace import Workspace

_UNMARKED = "未标"
_FIGURES = 4


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("--report", type=int, required=True, metavar="编号", help="比较哪一份报告的标注")
    command.add_argument("--first", metavar="姓名", help="比较谁的标注（超过两份时要写明）")
    command.add_argument("--second", metavar="姓名", help="和谁的比较；谁是甲方按开始标注的先后，同复核页")
    command.add_argument("--json", action="store_true", help="按 JSON 输出差异和一致性，偏移以原文为准")


def _diff(arguments: argparse.Namespace) -> int:
    from app.review import compare
    from app.workspace import Workspace

    with Workspace.open(arguments.workspace, is_looking=True) as workspace:
        report_id = workspace.report(arguments.report).id
        first, second = _sides(workspace, report_id, arguments.first, arguments.second)
        sides = workspace.contents(first.id), workspace.contents(second.id)
        final = next(
            (one for one in workspace.layers(report_id) if one.base_ids == (first.id, second.id)), None
        )
        decisions = workspace.decisions(final.id) if final else ()
        differences = compare(*sides, decisions)
        table = workspace.agreement(report_id, first.id, second.id)
    if arguments.json:
        say(json.dumps(_told(first, second, differences, table), ensure_ascii=False, indent=1))
    else:
        _tell(first, second, differences, table)
    return OK


def _sides(
    workspace: "Workspace", report_id: str, first: str | None, second: str | None
) -> tuple[Layer, Layer]:
    """The two layers to compare, in the order in which review takes them. UserError where it is not clear which."""
    layers = [layer for layer in workspace.layers(report_id) if not layer.is_reviewed and layer.version]
    named = {name for name in (first, second) if name}
    for name in sorted(named):
        if name not in {layer.author for layer in layers}:
            there = "、".join(layer.author for layer in layers) or "没有人"
            raise UserError(f"这份报告没有{name}的标注。已有标注的：{there}。")
    found = [layer for layer in layers if layer.author in named or (not named and layer.revision)]
    if bool(first) != bool(second) and len(layers) == 2:
        found = layers  # the one that is named, and the only other
    if len(found) != 2:
        raise UserError(
            f"要有两份标注才能比较，现在能比较的有{len(found)}份。请等两人都提交，或用 --first 和 --second 写明姓名。"
        )
    return found[0], found[1]


def _told(
    first: Layer, second: Layer, differences: "tuple[Difference, ...]", table: "AgreementTable"
) -> dict[str, Any]:
    """What --json prints."""
    return {
        "first": {"layer": first.id, "author": first.author, "state": first.state},
        "second": {"layer": second.id, "author": second.author, "state": second.state},
        "differences": [_told_difference(difference) for difference in differences],
        "agreement": {"tolerance": table.tolerance, "rows": [_told_row(row) for row in table.rows]},
    }


def _told_difference(difference: "Difference") -> dict[str, Any]:
    from app.review.places import NOWHERE

    return {
        "key": difference.key,
        "task": difference.task_id,
        "field": difference.field,
        "name": FIELD_NAMES[difference.field],
        "start": None if difference.start == NOWHERE else difference.start,
        "about": difference.about,
        "first": difference.first,
        "second": difference.second,
        "status": difference.status,
        "choice": difference.decision.choice if difference.decision else None,
    }


def _told_row(row: "AgreementRow") -> dict[str, Any]:
    from app.review import Measure

    return {
        "section": row.section_title or None,
        "field": row.field,
        "name": row.name,
        "first": row.first_count,
        "second": row.second_count,
        "compared": row.compared,
        **{measure.value: row.figure(measure) for measure in Measure},
    }


def _tell(
    first: Layer, second: Layer, differences: "tuple[Difference, ...]", table: "AgreementTable"
) -> None:
    """The differences, then the agreement over the whole report, as columns."""
    from app.review import MEASURE_NAMES, STATUS_NAMES

    say(f"甲：{first.author}\t乙：{second.author}\t差异{len(differences)}处")
    say("字段\t甲\t乙\t结果")
    for d in differences:
        name = FIELD_NAMES[d.field] + (f"（{d.about}）" if d.about else "")
        say("\t".join((name, d.first or _UNMARKED, d.second or _UNMARKED, STATUS_NAMES[d.status])))
    say("")
    say("\t".join(("一致性", "甲", "乙", *MEASURE_NAMES.values())))
    for row in table.overall:
        figures = (row.figure(measure) for measure in MEASURE_NAMES)
        shown = ("—" if figure is None else f"{figure:.{_FIGURES}f}" for figure in figures)
        say("\t".join((row.name, str(row.first_count), str(row.second_count), *shown)))


COMMANDS = (Command("diff", "比较两个人对一份报告的标注：差异和一致性", _arguments, _diff),)
