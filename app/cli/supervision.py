"""Commands of supervision: ledger (out), return (back), due."""

import argparse
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.command import Command, Parser, year
from app.cli.talking import FAILED, OK, clear_line, complain, progress, say
from app.domain.errors import UserError
from app.domain.reports import ReportCard

if TYPE_CHECKING:
    from app.domain.due_list import DueEntry, DueList
    from app.domain.returned import Place, ReturnPreview
    from app.domain.supervising import Case
    from app.workspace import Workspace

LAYOUTS = """版式（中文名或英文名都可以）：
  任务分解表 decomposition    责任清单 responsibility    督查台账 supervision
  督查事项反馈表 units        主要指标表 indicators
  分工意见 division           督查通知单 notice          催办通知 reminder
  督查通报 bulletin           中期评估报告 evaluation

反馈表、通知单、催办通知每个单位一份：-o 写文件夹时逐个单位写一个文件，写 .xlsx 时写成一个
工作簿、每个单位一张表；要其中一个单位的，加 --unit。不写 --layout 时导出全部报告的任务分解表。"""

DECOMPOSITION = "decomposition"


# --- ledger


def _ledger(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    with Workspace.open(arguments.workspace) as workspace:
        if arguments.layout is None:
            return _decomposition(workspace, arguments)
        from app.workspace.outgoing import Wanted

        key = workspace.supervision.layout_key(arguments.layout)
        report = _report(workspace, arguments.report)
        wanted = Wanted(arguments.unit, _period(arguments.period), arguments.on)
        tell = progress(arguments.output.name)
        files = workspace.supervision.export_layout(key, arguments.output, report.id, wanted, tell)
    clear_line()
    for file in files:
        say(f"已写出 {file}")
    return OK


def _decomposition(workspace: "Workspace", arguments: argparse.Namespace) -> int:
    for name in ("unit", "period", "on"):
        if getattr(arguments, name):
            Parser("duban").error(f"argument --{name}: 要和 --layout 一起用")
    wanted = None if arguments.report is None else [workspace.report(arguments.report).id]
    summary = workspace.export_ledger(arguments.output, wanted, progress=progress(arguments.output.name))
    clear_line()
    words = f"已写出 {arguments.output}：{summary.rows}行，待确认{summary.unconfirmed}行"
    say(words + (f"，遗漏{summary.gaps}处" if summary.gaps else ""))
    return OK


def _report(workspace: "Workspace", number: int | None) -> ReportCard:
    """The report of that number; without one the only report there is."""
    if number is not None:
        return workspace.report(number)
    cards = workspace.newest_reports()
    if len(cards) != 1:
        listed = "、".join(f"{card.number}（{card.metadata.title}）" for card in cards)
        raise UserError(f"工作区里有{len(cards)}份报告，请用 --report 指明一份。现有：{listed or '无'}。")
    return cards[0]


def _period(key: str) -> "Any":  # noqa: ANN401  # a Period or None, imported when there is one
    from app.domain.periods import period_of

    return period_of(key) if key else None


# --- return


def _return(arguments: argparse.Namespace) -> int:
    """Say what returned workbooks would change, and do it if told to; what is refused is a failure."""
    from app.domain.returned import LEADS
    from app.workspace import Workspace

    whose = LEADS if arguments.by_leads else arguments.unit
    units = {file.name: whose for file in arguments.files} if whose else {}
    with Workspace.open(arguments.workspace, is_looking=not arguments.apply) as workspace:
        found = workspace.supervision.preview_return(arguments.files, units)
        if arguments.apply:
            workspace.supervision.apply_return(found)
    if arguments.json:
        say(json.dumps(_data(found, is_applied=arguments.apply), ensure_ascii=False, indent=1))
    else:
        _tell(found, is_applied=arguments.apply)
    return OK if found.is_clean else FAILED


def _tell(found: "ReturnPreview", *, is_applied: bool) -> None:
    for file in found.files:
        if file.refused:
            complain(f"{file.name}：{file.refused}")
        for note in file.notes:
            complain(f"{file.name}：{note}")
    for change in found.changes:
        words = f"{change.before or '（空）'}→{change.after}"
        _say("改动", change.place, change.unit, change.period, change.title, words)
    for cell in found.refused:
        words = f"{cell.before or '（空）'}→{cell.after or '（空）'}"
        _say("不采用", cell.place, cell.title, words, cell.why)
    for fault in found.faults:
        _say("问题", fault.place, fault.why)
    for d in found.differences:
        both = (f"{d.lead}（牵头）报{d.lead_said}", f"{d.unit}报{d.unit_said}")
        say("\t".join(("不一致", d.number, d.goal, d.period, *both)))
    done = "已写入" if is_applied else "未写入，加 --apply 写入"
    say(f"{found.words}（{done}）")


def _say(sort: str, place: "Place", *words: str) -> None:
    plain = (" ".join(word.split("\n")) for word in words)
    say("\t".join((sort, place.file, f"第{place.line}行", place.number, *plain)))


def _data(found: "ReturnPreview", *, is_applied: bool) -> dict[str, Any]:
    return {
        "applied": is_applied,
        "files": [
            {
                "file": file.name,
                "unit": file.unit,
                "period": file.period,
                "rows": file.rows,
                "changed": file.changed,
                "refused": file.refused or None,
                "needs_unit": file.needs_unit,
                "notes": list(file.notes),
            }
            for file in found.files
        ],
        "changes": [
            {
                **_place(change.place),
                "task": change.task_id,
                "unit": change.unit,
                "period": change.period,
                "field": change.field,
                "title": change.title,
                "before": change.before,
                "after": change.after,
            }
            for change in found.changes
        ],
        "refused": [
            {**_place(c.place), "title": c.title, "before": c.before, "after": c.after, "why": c.why}
            for c in found.refused
        ],
        "faults": [{**_place(fault.place), "why": fault.why} for fault in found.faults],
        "differences": [
            {
                "task": d.task_id,
                "number": d.number,
                "goal": d.goal,
                "period": d.period,
                "lead": d.lead,
                "lead_said": d.lead_said,
                "unit": d.unit,
                "unit_said": d.unit_said,
            }
            for d in found.differences
        ],
    }


def _place(place: "Place") -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "line": place.line, "number": place.number}


# --- due


def _due(arguments: argparse.Namespace) -> int:
    from app.workspace import Workspace

    told: list[dict[str, Any]] = []
    with Workspace.open(arguments.workspace, is_looking=True) as workspace:
        cards = (
            workspace.newest_reports() if arguments.report is None else [workspace.report(arguments.report)]
        )
        for card in cards:
            found = workspace.supervision.due(card.id, arguments.on)
            told += _due_data(card, found)
            if not arguments.json:
                _tell_due(card, found)
    if arguments.json:
        say(json.dumps(told, ensure_ascii=False, indent=1))
    return OK


def _tell_due(card: ReportCard, found: "DueList") -> None:
    counts = "，".join(f"{title}{len(entries)}项" for title, entries in found.titled)
    say(f"{card.metadata.title}（{found.on.isoformat()}）：{counts}，未按期反馈{len(found.missed)}项")
    for title, entries in found.titled:
        for entry in entries:
            say("\t".join((title, *_case_words(entry.case), entry.day.isoformat(), entry.words)))
    for case in found.missed:
        say("\t".join(("未按期反馈", *_case_words(case), case.missed_words)))


def _case_words(case: "Case") -> tuple[str, str, str]:
    return str(case.row.number), case.item.task.title or case.row.summary, case.row.lead or "未明确"


def _due_data(card: ReportCard, found: "DueList") -> Iterable[dict[str, Any]]:
    keys = ("overdue", "this_week", "this_month")
    for key, (_, entries) in zip(keys, found.titled, strict=True):
        yield from ({**_case_data(card, e.case), "list": key, **_entry_data(e)} for e in entries)
    for case in found.missed:
        periods = [period.key for period in case.missed]
        yield {**_case_data(card, case), "list": "missed", "periods": periods}


def _case_data(card: ReportCard, case: "Case") -> Mapping[str, Any]:
    number, title, _ = _case_words(case)
    return {
        "report": card.number,
        "task": case.id,
        "number": int(number),
        "title": title,
        "lead": case.row.lead,
        "state": case.state.value,
        "light": case.light.colour.value,
    }


def _entry_data(entry: "DueEntry") -> Mapping[str, Any]:
    return {"due": entry.day.isoformat(), "days": entry.days}


# --- arguments


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期要写成2026-03-31，不能是“{text}”") from error
    year(str(day.year))
    return day


def _ledger_arguments(command: argparse.ArgumentParser) -> None:
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    command.epilog = LAYOUTS
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument(
        "--report", type=int, metavar="编号", help="导出哪一份报告（默认全部，或唯一的一份）"
    )
    command.add_argument("--layout", metavar="版式", help="任务分解表、督查台账等，见下")
    command.add_argument("--unit", default="", metavar="单位", help="只要这个单位的")
    command.add_argument("--period", default="", metavar="报送期", help="2026-03、2026-Q1或2026")
    command.add_argument("--on", type=_day, metavar="日期", help="按这一天的情况（默认今天）")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="文件或文件夹")


def _return_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("files", type=Path, nargs="+", metavar="台账.xlsx")
    command.add_argument("--apply", action="store_true", help="写入（默认只预览）")
    command.add_argument("--json", action="store_true", help="用 JSON 说明")
    whose = command.add_mutually_exclusive_group()
    whose.add_argument("--unit", default="", metavar="单位", help="没有写明单位的表是这个单位报的")
    whose.add_argument("--by-leads", action="store_true", help="没有写明单位的表，每行算作牵头单位报的")


def _due_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("workspace", type=Path, metavar="工作区")
    command.add_argument("--report", type=int, metavar="编号", help="只看这一份（默认全部）")
    command.add_argument("--on", type=_day, metavar="日期", help="按这一天（默认今天）")
    command.add_argument("--json", action="store_true", help="用 JSON 输出")


COMMANDS = (
    Command("ledger", "导出任务分解表、台账、反馈表和公文", _ledger_arguments, _ledger),
    Command(
        "return", "收回填好的台账：预览，加 --apply 写入；有不采用的时退出码是1", _return_arguments, _return
    ),
    Command("due", "到期清单：已超期、本周、本月到期，未按期反馈", _due_arguments, _due),
)
"""What a workspace sends out and takes back."""
