"""What goes out of supervision: workbooks by template and documents, whole or unit by unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.division import division
from app.domain.due_list import due_list, units_to_remind
from app.domain.errors import UserError
from app.domain.outgoing import Heading, units_of
from app.domain.periods import Period, period_at, period_collected, periods_between
from app.domain.plan_years import Evaluation
from app.domain.report import Section
from app.domain.supervising import Case, Facts
from app.domain.tallies import lights_over_time
from app.domain.wording import file_name
from app.workspace.importing import Progress

if TYPE_CHECKING:
    from app.ledger.layout import Layout
    from app.ledger.manner import Manner

XLSX = ".xlsx"
NO_UNITS = "没有一项任务明确了责任单位，请先在任务里填写牵头单位，再按单位导出。"
NO_PLAN = "这份报告只管一年，没有中期评估。请选规划。"
NOBODY_TO_REMIND = "没有需要催办的单位。"


@dataclass(frozen=True, slots=True)
class Material:
    """What documents are made of, as it stands on the heading's day. `period` is the one asked for."""

    facts: Facts
    cases: tuple[Case, ...]
    sections: tuple[Section, ...]
    heading: Heading
    period: Period | None
    reply: str
    manner: "Callable[[], Manner]"
    evaluations: Callable[[], tuple[Evaluation, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: for one unit or "" for all, for a period or None, on a day or None for today.

    `reply`: by when units answer a reminder, in words.
    """

    unit: str = ""
    period: Period | None = None
    on: date | None = None
    reply: str = "三个工作日内"


def write_layout(
    layout: "Layout", out: Path, material: Material, wanted: Wanted, progress: Progress | None
) -> tuple[Path, ...]:
    """One workbook at `out`, or where that is no .xlsx and the template is per unit, one for each in that folder."""
    from app.ledger.filling import Contents
    from app.ledger.workbook import write_layout as write
    from app.ledger.workbook import write_units

    contents = Contents(material.facts.ledger, material.cases, "", wanted.period)
    if layout.per == "unit":
        contents = replace(contents, period=form_period(wanted, material))
    if wanted.unit and wanted.unit not in units_of(material.cases):
        raise UserError(f"没有由“{wanted.unit}”承担的任务，没有导出。请用台账里的单位名称。")
    if layout.per == "unit" and out.suffix.lower() != XLSX:
        _make_folder(out)
        units = (wanted.unit,) if wanted.unit else ()
        return write_units(out, layout, contents, material.heading, units=units, progress=progress)
    if layout.per == "unit":
        contents = replace(contents, unit=wanted.unit)
    if layout.charts:
        contents = replace(contents, months=lights_over_time(material.facts, material.heading.day))
    write(out, layout, contents, material.heading, progress=progress)
    return (out,)


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document: its name, whether each unit has its own, and what makes its bytes (of a unit)."""

    name: str
    per_unit: bool
    make: Callable[[Material, str], bytes]


def write_document(document: Document, out: Path, material: Material, unit: str) -> tuple[Path, ...]:
    """One .docx at `out`, or where that is none and each unit has its own, one for each in that folder."""
    from app.ledger.documents import write_document as write

    if not document.per_unit or unit:
        write(out, document.make(material, unit))
        return (out,)
    _make_folder(out)
    files = []
    for name in _units(document, material):
        file = out / f"{file_name(f'{document.name}（{name}）')}.docx"
        write(file, document.make(material, name))
        files.append(file)
    return tuple(files)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(
            f"不能在“{out}”建文件夹（{error.strerror or error}），请另选一个位置再导出。"
        ) from error


def _units(document: Document, material: Material) -> tuple[str, ...]:
    if document.name == REMINDER:
        found = tuple(filter(None, units_to_remind(due_list(material.cases, material.heading.day))))
        if not found:
            raise UserError(NOBODY_TO_REMIND)
        return found
    units = units_of(material.cases)
    if not units:
        raise UserError(NO_UNITS)
    return units


def _division(material: Material, _unit: str) -> bytes:
    from app.ledger.documents import division_document

    rows, items = material.facts.ledger.tasks, material.facts.items
    return division_document(division(rows, items, material.sections), material.heading, material.manner())


def _notice(material: Material, unit: str) -> bytes:
    from app.ledger.documents import notice_document

    period = material.period or period_at(material.heading.day, material.facts.cycle)
    return notice_document(material.cases, unit, material.heading, period, material.manner())


def _reminder(material: Material, unit: str) -> bytes:
    from app.ledger.documents import reminder_document

    found = due_list(material.cases, material.heading.day)
    return reminder_document(found, unit, material.heading, material.reply, material.manner())


def _bulletin(material: Material, _unit: str) -> bytes:
    from app.ledger.documents import bulletin_document

    due = due_list(material.cases, material.heading.day)
    return bulletin_document(
        material.cases, due, material.heading, bulletin_period(material), material.manner()
    )


def _evaluation(material: Material, _unit: str) -> bytes:
    from app.ledger.documents import evaluation_document

    if not material.facts.of_plan:
        raise UserError(NO_PLAN)
    leads = {goal.id: case.row.lead for case in material.cases for goal in case.goals}
    return evaluation_document(material.evaluations(), leads, material.heading, material.manner())


REMINDER = "催办通知"
DOCUMENTS: Mapping[str, Document] = {
    "division": Document("分工意见", False, _division),
    "notice": Document("督查通知单", True, _notice),
    "reminder": Document(REMINDER, True, _reminder),
    "bulletin": Document("督查通报", False, _bulletin),
    "evaluation": Document("中期评估报告", False, _evaluation),
}
"""The Word documents by their key."""


def form_period(wanted: Wanted, material: Material) -> Period:
    """The period that units fill in a form for: the one asked for, else the one that is being collected."""
    facts, on = material.facts, material.heading.day
    return wanted.period or period_collected(on, facts.first, facts.cycle, facts.rule.feedback_day)


def bulletin_period(material: Material) -> Period:
    """The period that a bulletin is of: the one asked for, else the last that is over, in the first the current one."""
    facts, now = material.facts, period_at(material.heading.day, material.facts.cycle)
    over = [p for p in periods_between(facts.first, material.heading.day, facts.cycle) if p < now]
    return material.period or (over[-1] if over else now)
