"""Supervision: a report's tasks as work under way, what units report on them, and ledgers out and back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.domain.changes import Change
from app.domain.due_list import DueList, due_list
from app.domain.errors import UserError
from app.domain.lights import LightRule
from app.domain.outgoing import Heading, units_of
from app.domain.people import Person
from app.domain.periods import Cycle, day_of, period_of
from app.domain.plan_years import Evaluation, YearTarget, evaluate
from app.domain.progress import Progress
from app.domain.returned import ReturnPreview
from app.domain.returning_ground import Taker
from app.domain.supervising import Case, Facts, cases, cases_again
from app.domain.tallies import MonthLights, lights_over_time
from app.domain.task_moves import RULES, Given, TaskMoveName, refusal
from app.workspace import exporting, outgoing, work_changes, work_facts, work_settings
from app.workspace.importing import Progress as Telling
from app.workspace.outgoing import DOCUMENTS, Material, Wanted
from app.workspace.work_changes import Report
from db.engine import Store
from db.log import Author

if TYPE_CHECKING:
    from app.ledger.filling import Table
    from app.ledger.layout import Layout
    from app.ledger.manner import Manner
    from app.workspace.store import Workspace

__all__ = ["Report", "Supervision", "Wanted"]

_Template = TypeVar("_Template")
MANNER = "template:documents"
NO_TASK = "台账里没有这项任务，它可能已被删除或合并。请刷新后再试。"
NO_LAYOUT = "没有叫“{name}”的版式。可用的有：{known}。"


class Supervision:
    """What an open workspace does with work under way. Everything is of the layer that counts for who is signed in.

    What changes anything has a twin that only makes the Change, for the window's undo stack: `Workspace.apply` is all
    that differs. Days are today's where none is given. UserError where the person may not, or something is lacking.
    """

    def __init__(self, workspace: "Workspace", store: Store, author: Callable[[], Author]) -> None:
        self._workspace = workspace
        self._store = store
        self._author = author
        self._gathered = work_facts.Gathered(workspace, store)
        self._computed: tuple[Facts, date, tuple[Case, ...]] | None = None

    # --- what stands

    def facts(self, report_id: str) -> Facts:
        """All that is stored of a report's tasks, by today's ids."""
        return self._work(report_id).facts

    def cases(self, report_id: str, on: date | None = None) -> tuple[Case, ...]:
        """Every task as it stands at the end of a day: state, due, progress, judgements, light."""
        return self._cases(self.facts(report_id), on or _today())

    def due(self, report_id: str, on: date | None = None) -> DueList:
        """What is overdue, due this week and this month, and whose feedback has not come."""
        on = on or _today()
        return due_list(self.cases(report_id, on), on)

    def lights_over_time(self, report_id: str, on: date | None = None) -> tuple[MonthLights, ...]:
        """The lights at the end of each past month, then as they are on the day."""
        return lights_over_time(self.facts(report_id), on or _today())

    def progress(self, report_id: str) -> tuple[Progress, ...]:
        """What units reported, by today's ids, the oldest first."""
        return self.facts(report_id).progress

    def year_targets(self, report_id: str) -> tuple[YearTarget, ...]:
        """A plan's values by year, as decided."""
        work = self._work(report_id)
        return tuple(
            YearTarget(work.names.get(g.target_id, g.target_id), g.year, g.value, g.words)
            for g in work.year_goals
        )

    def evaluations(
        self, report_id: str, year: int | None = None, on: date | None = None
    ) -> tuple[Evaluation, ...]:
        """中期评估 of every target at the end of a year, by what was reported for it and the years before.

        The current year where none is given.
        """
        on = on or _today()
        facts, years = self.facts(report_id), self.year_targets(report_id)
        span = (facts.first.year, facts.last.year)
        year = year or min(max(on.year, span[0]), span[1])
        known = tuple(told for told in facts.progress if period_of(told.period).last.year <= year)
        is_all = len(known) == len(facts.progress)
        found = self.cases(report_id, on) if is_all else cases(replace(facts, progress=known), on)
        return tuple(
            evaluate(
                goal,
                [target for target in years if target.target_id == goal.id],
                case.figures.get(goal.id),
                span,
                year,
                facts.verdicts.get(goal.id),
            )
            for case in found
            for goal in case.goals
        )

    # --- progress

    def progress_change(self, report_id: str, task_id: str, report: Report) -> Change:
        """The change that records a unit's report, with its 反馈 where the task waits for one."""
        case = self._case(report_id, task_id)
        return work_changes.progress(self._work(report_id), report_id, case, report, self._me())

    def record_progress(self, report_id: str, task_id: str, report: Report) -> Change:
        """Record a unit's report on a task for a period; what it says nothing of stays."""
        return self._workspace.apply(self.progress_change(report_id, task_id, report))

    def verdict_change(
        self, report_id: str, target_id: str, reached: bool | None, reason: str = ""
    ) -> Change:
        """The change that says whether a target without a figure is reached; None takes back what was said."""
        work, me = self._work(report_id), self._me()
        return work_changes.verdict(work, report_id, target_id, reached, reason, me)

    def year_targets_change(self, report_id: str, wanted: Iterable[YearTarget]) -> Change:
        """The change that gives targets these values by year; a year without value and words loses its own."""
        return work_changes.year_targets(self._work(report_id), report_id, wanted)

    # --- moves

    def move_refusal(self, case: Case, name: TaskMoveName, on: date | None = None) -> str:
        """Why the signed-in person may not make this move of a task now; "" where they may."""
        return refusal(RULES[name], self._workspace.person, case.state, case.due, on or _today())

    def moves_change(
        self, report_id: str, task_ids: Iterable[str], name: TaskMoveName, given: Given | None = None
    ) -> Change:
        """The change that makes one move of several tasks. UserError names the first that may not be moved."""
        me, found = self._me(), self._found(report_id, task_ids)
        return work_changes.moves(report_id, found, name, given or Given(), me, _today())

    def make_move(
        self, report_id: str, task_ids: Iterable[str], name: TaskMoveName, given: Given | None = None
    ) -> Change:
        """Make one move of several tasks, all or none."""
        return self._workspace.apply(self.moves_change(report_id, task_ids, name, given))

    # --- the office's rules and templates

    def light_rule(self) -> LightRule:
        """The rule of lights."""
        return work_settings.light_rule(self._workspace)

    def set_light_rule(self, rule: LightRule, on: date | None = None) -> None:
        """Let a rule hold from a day on."""
        work_settings.set_light_rule(self._workspace, self._store, self._author(), rule, on or _today())

    def cycle(self) -> Cycle:
        """How often is reported where a task does not say."""
        return Cycle(work_settings.cycle(self._workspace))

    def set_cycle(self, cycle: Cycle) -> None:
        """Let the office be reported to so often."""
        work_settings.set_cycle(self._workspace, self._store, self._author(), cycle)

    def office(self) -> str:
        """Who sends ledgers and documents, "" where nobody said."""
        found: str = self._workspace.setting(work_settings.OFFICE, "")
        return found

    def set_office(self, name: str) -> None:
        """Say who sends ledgers and documents."""
        label = f"发文单位改为“{name.strip()}”"
        work_settings.set_logged(self._store, self._author(), work_settings.OFFICE, name.strip(), label)

    def templates(self) -> "dict[str, Layout]":
        """Every layout of a workbook by its key, as edited here, else as brought along."""
        from app.ledger.layout import built_in

        return {key: self.template(key) for key in built_in()}

    def template(self, key: str) -> "Layout":
        """One layout of a workbook."""
        from app.ledger.layout import built_in, parse

        return self._kept(f"template:{key}", parse) or built_in()[key]

    def set_template(self, key: str, layout: "Layout | None") -> None:
        """Keep an edited layout here; None goes back to the one that was brought along."""
        from app.ledger.layout import built_in, check_fit, dump, parse

        self._me()
        text = dump(layout) if layout else None
        if text:
            check_fit(key, parse(text))  # refuses by name what no template has
        label = f"{'修改' if text else '恢复'}台账模板“{built_in()[key].name}”"
        work_settings.set_logged(self._store, self._author(), f"template:{key}", text, label)

    def save_template(self, key: str, path: Path) -> None:
        """Write a layout to a .json file, to be shared."""
        from app.ledger.layout import save

        save(self.template(key), Path(path))

    def load_template(self, key: str, path: Path) -> "Layout":
        """Keep the layout of a file here. UserError names a column that is not known."""
        from app.ledger.layout import load

        layout = load(Path(path))
        self.set_template(key, layout)
        return layout

    def manner(self) -> "Manner":
        """How Word documents look and what stands in them, as edited here, else as brought along."""
        from app.ledger.manner import manner, parse_manner

        return self._kept(MANNER, parse_manner) or manner()

    def set_manner(self, wanted: "Manner | None") -> None:
        """Keep an edited template of documents here; None goes back to the one that was brought along."""
        from app.ledger.manner import check_manner, dump_manner

        self._me()
        if wanted:
            check_manner(wanted)
        label = f"{'修改' if wanted else '恢复'}公文模板"
        text = dump_manner(wanted) if wanted else None
        work_settings.set_logged(self._store, self._author(), MANNER, text, label)

    # --- out

    def layout_names(self) -> dict[str, str]:
        """Every layout and document by its key: what people call it."""
        return {
            **{key: layout.name for key, layout in self.templates().items()},
            **{key: document.name for key, document in DOCUMENTS.items()},
        }

    def layout_key(self, name: str) -> str:
        """The key of a layout or document by its Chinese or English name. UserError lists what there is."""
        known = self.layout_names()
        found = next((key for key, words in known.items() if name.strip() in (key, words)), None)
        if found is None:
            listed = "、".join(f"{words}（{key}）" for key, words in known.items())
            raise UserError(NO_LAYOUT.format(name=name, known=listed))
        return found

    def tables(self, key: str, report_id: str, wanted: Wanted | None = None) -> "tuple[Table, ...]":
        """The sheets of a workbook as they would be written, for a preview; of a unit's layout the unit's, or the first's."""
        from app.ledger.filling import Contents, tables

        wanted, layout = wanted or Wanted(), self.template(key)
        material = self._material(report_id, wanted)
        units = (wanted.unit, *units_of(material.cases)) if layout.per == "unit" else ()
        unit = next(filter(None, units), "")
        period = outgoing.form_period(wanted, material) if layout.per == "unit" else wanted.period
        contents = Contents(material.facts.ledger, material.cases, unit, period)
        return tables(layout, contents, material.heading)

    def document(self, key: str, report_id: str, wanted: Wanted | None = None) -> bytes:
        """A Word document as it would be written, for a preview; of what each unit has of its own `wanted.unit`'s."""
        wanted = wanted or Wanted()
        return DOCUMENTS[key].make(self._material(report_id, wanted), wanted.unit)

    def export_layout(
        self,
        key: str,
        out: Path,
        report_id: str,
        wanted: Wanted | None = None,
        progress: Telling | None = None,
    ) -> tuple[Path, ...]:
        """Write a workbook or a document (`layout_names`); returns the files. Task numbers stand still from then on.

        What each unit has of its own is written into the folder `out`, one file for each, unless `out` names a file:
        then it is one workbook with a sheet for each, or the document of `wanted.unit`.
        """
        wanted, out = wanted or Wanted(), Path(out)
        self._me()
        material = self._material(report_id, wanted)
        if key in DOCUMENTS:
            files = outgoing.write_document(DOCUMENTS[key], out, material, wanted.unit)
        else:
            files = outgoing.write_layout(self.template(key), out, material, wanted, progress)
        self._workspace.freeze_numbers(report_id, material.facts.items)
        return files

    # --- back

    def preview_return(
        self, paths: Sequence[Path], units: Mapping[str, str] | None = None, on: date | None = None
    ) -> ReturnPreview:
        """What taking returned workbooks in would do; nothing is written.

        `units` says whose a workbook is that does not say so itself, by its file's name (`returned.LEADS`: each row is
        its lead unit's).
        """
        from app.workspace import returning

        me = self._me()
        taker = Taker(me.id, me.name, datetime.now(UTC), on or _today())
        own = (work_settings.known_fingerprint(self._store), self.templates().values())
        paths = [Path(path) for path in paths]
        return returning.preview(self._workspace, self._store, paths, taker, self._work, own, units or {})

    def apply_return(self, preview: ReturnPreview) -> Change:
        """Take in what was previewed, in one transaction; its inverse undoes it."""
        return self._workspace.apply(preview.change) if preview.change.edits else preview.change

    # --- inside

    def _kept(self, key: str, parse: Callable[[str], _Template]) -> _Template | None:
        """An edited template; None where there is none, or only one that today's rules refuse: nothing else would open."""
        kept = self._workspace.setting(key)
        try:
            return parse(kept) if kept else None
        except UserError:
            return None

    def _me(self) -> Person:
        return self._workspace.signed_in()

    def _work(self, report_id: str) -> work_facts.Work:
        return self._gathered.of(report_id)

    def _cases(self, facts: Facts, on: date) -> tuple[Case, ...]:
        """The cases of a day, computed once for facts, and from then on only what was touched."""
        before, day, found = self._computed or (facts, None, ())
        if day != on:
            found = cases(facts, on)
        elif before is not facts:
            found = cases_again(facts, on, before, found)
        self._computed = (facts, on, found)
        return found

    def _case(self, report_id: str, task_id: str) -> Case:
        return self._found(report_id, (task_id,))[0]

    def _found(self, report_id: str, task_ids: Iterable[str]) -> list[Case]:
        """Cases as they stand now; what another workstation's clock says of tomorrow has been made all the same."""
        work = self._work(report_id)
        moments = (*(p.at for p in work.facts.progress), *(m.at for m in work.facts.moves))
        on = max(day_of(max(moments)), _today()) if moments else _today()
        by_id = {case.id: case for case in self._cases(work.facts, on)}
        try:
            return [by_id[work.names.get(task_id, task_id)] for task_id in task_ids]
        except KeyError as error:
            raise UserError(NO_TASK) from error

    def _material(self, report_id: str, wanted: Wanted) -> Material:
        on = wanted.on or _today()
        facts = self.facts(report_id)
        heading = Heading(
            facts.ledger.title,
            self.office(),
            on,
            work_settings.fingerprint(self._store),
            exporting.head_mark(self._workspace),
            report_id,
        )
        return Material(
            facts,
            self._cases(facts, on),
            self._workspace.reading(report_id).sections,
            heading,
            wanted.period,
            wanted.reply,
            self.manner,
            lambda: self.evaluations(report_id, wanted.period.last.year if wanted.period else None, on),
        )


def _today() -> date:
    return day_of(datetime.now(UTC))
