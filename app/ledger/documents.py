"""Outgoing Word documents: 分工意见, 督查通知单, 催办通知, 通报 and the skeleton of a 中期评估报告."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.completion import TargetKind
from app.domain.division import DivisionLine
from app.domain.due_list import DueEntry, DueList, of_unit
from app.domain.errors import UserError
from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.outgoing import Heading, SupervisionRow, unit_rows
from app.domain.periods import Period
from app.domain.phrases import asked, figure_words
from app.domain.plan_years import Evaluation, Standing
from app.domain.supervising import Case
from app.domain.tallies import Grouping, Tally, tallies, tally
from app.domain.wording import short_title
from app.ledger.manner import Manner, manner
from app.ledger.saving import check_target, write_beside
from app.ledger.word_paper import Paper

_WIDTHS_OF_MATTERS = (1.2, 5.4, 2.4, 2.2, 1.8)
"""Shares of the width: number, matter, target, deadline, unit or light."""

_WIDTHS_OF_CHASED = (1.1, 4.3, 3.1, 3.1)
"""Number, matter, deadline, how it stands."""


def write_document(out: Path, content: bytes) -> None:
    """Write a document to `out`, a .docx. UserError where it cannot be written; then `out` is as it was."""
    check_target(out, ".docx")
    write_beside(out, lambda: content, lambda: None)


def division_document(lines: Sequence[DivisionLine], heading: Heading, style: Manner | None = None) -> bytes:
    """分工意见: 一、（一）1. with who answers in brackets. UserError where there is no task."""
    if not any(line.level == 3 for line in lines):
        raise UserError("没有可以写进分工意见的任务，请先确认任务，再导出。")
    style = style or manner()
    title = _said(style, "division_title", heading)
    paper = Paper(heading, title, style)
    paper.title(title)
    paper.text(_said(style, "division_opening", heading))
    for line in lines:
        if line.level < 3:
            paper.heading(line.text, line.level)
        else:
            paper.text(line.text, line.owners)
    paper.text(_said(style, "division_closing", heading), is_kept=True)
    paper.signature()
    return paper.content()


def notice_document(
    found: Iterable[Case], unit: str, heading: Heading, period: Period, style: Manner | None = None
) -> bytes:
    """督查通知单 of one unit: what it leads and supports. `period` is the first that it reports on."""
    style = style or manner()
    found = [case for case in found if unit in (case.row.lead, *case.supports)]
    if not found:
        raise UserError(f"没有由“{unit}”承担的任务，没有可以写进督查通知单的内容。")
    rows = unit_rows(found, unit)
    title = _said(style, "notice_title", heading)
    paper = Paper(heading, f"{title}（{unit}）", style)
    paper.title(title)
    paper.addressee(unit)
    rule = found[0].light.rule
    paper.text(
        _said(
            style,
            "notice_opening",
            heading,
            项数=len(found),
            周期={"每月": "每月", "每季度": "每季度后第一个月", "每年": "次年1月"}[period.cycle.value],
            报送日=rule.feedback_day,
            起报期=period.words,
        )
    )
    paper.table(
        ("编号", "督查事项", "目标值", "完成时限", "承担角色"), _WIDTHS_OF_MATTERS, map(_matter, _once(rows))
    )
    paper.text(_said(style, "notice_closing", heading), is_kept=True)
    paper.signature()
    return paper.content()


def _once(rows: Sequence[SupervisionRow]) -> list[tuple[SupervisionRow, str]]:
    """Each task once, with all its targets."""
    goals: dict[str, list[str]] = {}
    for row in rows:
        goals.setdefault(row.task_id, []).append(row.goal)
    return [(row, "\n".join(filter(None, goals[row.task_id]))) for row in rows if row.is_first]


def _matter(told: tuple[SupervisionRow, str]) -> tuple[str, ...]:
    row, goals = told
    role = row.role if row.role == "牵头" else f"{row.role}（{row.lead}牵头）" if row.lead else row.role
    return row.number.split("-")[0], row.matter, goals, asked(row.deadline), role


def reminder_document(
    found: DueList, unit: str, heading: Heading, reply: str, style: Manner | None = None
) -> bytes:
    """催办通知 of one unit: what it leads that is overdue, due soon, or without feedback. `reply`: by when, in words."""
    style = style or manner()
    own = of_unit(found, unit)
    chased = dict.fromkeys(entry.case.id for _, entries in own.titled for entry in entries)
    count = len(chased | dict.fromkeys(case.id for case in own.missed))
    if not count:
        raise UserError(f"“{unit}”没有需要催办的任务。")
    title = _said(style, "remind_title", heading)
    paper = Paper(heading, f"{title}（{unit}）", style)
    paper.title(title)
    paper.addressee(unit)
    paper.text(_said(style, "remind_opening", heading, 项数=count, 答复期限=reply))
    titles = ("编号", "督查事项", "完成时限", "情况")
    for name, entries in own.titled:
        if entries:
            paper.heading(f"{name}（{len(entries)}项）", 2)
            paper.table(titles, _WIDTHS_OF_CHASED, map(_entry, entries), is_kept=True)
    if own.missed:
        paper.heading(f"未按期反馈（{len(own.missed)}项）", 2)
        paper.table(titles, _WIDTHS_OF_CHASED, map(_missed, own.missed), is_kept=True)
    paper.signature()
    return paper.content()


def _entry(entry: DueEntry) -> tuple[str, ...]:
    return str(entry.case.row.number), _name(entry.case), _day(entry), entry.words


def _day(entry: DueEntry) -> str:
    return f"{entry.day.year}年{entry.day.month}月{entry.day.day}日"


def _missed(case: Case) -> tuple[str, ...]:
    return (
        str(case.row.number),
        _name(case),
        asked(case.row.deadline),
        f"{case.missed_words}未反馈",
    )


def _name(case: Case) -> str:
    return case.row.summary.strip() or short_title(case.row.quote)


# --- 通报


def bulletin_document(
    found: Iterable[Case], due: DueList, heading: Heading, period: Period, style: Manner | None = None
) -> bytes:
    """通报 of a period: figures of the whole and of each unit, and the lists of what is behind."""
    style = style or manner()
    found = tuple(found)
    title = _said(style, "bulletin_title", heading)
    paper = Paper(heading, title, style)
    paper.title(title)
    paper.text(_said(style, "bulletin_opening", heading, 报送期=period.words))
    paper.heading("一、总体情况", 1)
    paper.text(overall_words(tally("", found), heading))
    paper.heading("二、各单位进展情况", 1)
    titles = ("牵头单位", "事项", "已办结", "平均完成比例", *COLOUR_NAMES.values())
    groups = map(_tally_row, tallies(found, Grouping.UNIT))
    paper.table(titles, (2.8, 1, 1.3, 2.4, 1, 1, 1, 1), groups, centred=range(1, 8))
    for number, part in zip("三四五六", _bulletin_parts(found, due), strict=True):
        part.write(paper, number)
    paper.text(_said(style, "bulletin_closing", heading), is_kept=True)
    paper.signature()
    return paper.content()


def overall_words(whole: Tally, heading: Heading) -> str:
    """The figures of all tasks as a sentence or two."""
    lights = "、".join(f"{COLOUR_NAMES[colour]}{count}项" for colour, count in whole.lights.items())
    shares = (
        "" if whole.completion is None else f"可按进度计算的量化指标平均完成{_percent(whole.completion)}。"
    )
    return (
        f"截至{heading.day_words}，纳入督查的重点任务共{whole.total}项，已办结{whole.closed}项，"
        f"已报送进展{whole.reported}项。按亮灯情况，{lights}。{shares}"
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A list of the bulletin; `none` is said where it is empty."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    none: str

    def write(self, paper: Paper, number: str) -> None:
        paper.heading(f"{number}、{self.name}", 1)
        if not self.rows:
            paper.text(self.none)
            return
        paper.text(f"共{len(self.rows)}项。", is_kept=True)
        paper.table(self.titles, (1.2, 4.8, 2.4, 3.2), self.rows)


def _bulletin_parts(found: Sequence[Case], due: DueList) -> tuple[_Part, ...]:
    titles = ("编号", "督查事项", "牵头单位", "情况")
    closed = tuple(case for case in found if case.is_closed)
    red, yellow = (
        tuple(case for case in found if case.light.colour is colour) for colour in (Colour.RED, Colour.YELLOW)
    )
    return (
        _Part(
            "已办结事项",
            titles,
            tuple(_told(case, case.state.value) for case in closed),
            "本期没有已办结的事项。",
        ),
        _Part("红灯事项", titles, tuple(map(_lit, red)), "本期没有亮红灯的事项。"),
        _Part("黄灯事项", titles, tuple(map(_lit, yellow)), "本期没有亮黄灯的事项。"),
        _Part(
            "未按期反馈事项",
            titles,
            tuple(_told(case, case.missed_words) for case in due.missed),
            "本期各单位均按期反馈。",
        ),
    )


def _told(case: Case, words: str) -> tuple[str, ...]:
    return str(case.row.number), _name(case), case.row.lead, words


def _lit(case: Case) -> tuple[str, ...]:
    return _told(case, "；".join(case.light.why))


def _tally_row(one: Tally) -> tuple[str, ...]:
    completion = "" if one.completion is None else _percent(one.completion)
    lights = (str(one.lights[colour]) for colour in COLOUR_NAMES)
    return one.name, str(one.total), str(one.closed), completion, *lights


def _percent(share: float) -> str:
    return f"{round(share * 100, 1):g}%"


# --- 中期评估


def evaluation_document(
    found: Sequence[Evaluation], leads: Mapping[str, str], heading: Heading, style: Manner | None = None
) -> bytes:
    """A skeleton of 中期评估报告 with the figures filled in. `leads` are the units by the target's id."""
    if not found:
        raise UserError("规划里没有可以评估的指标，请先标注指标，再导出中期评估报告。")
    style = style or manner()
    title = _said(style, "evaluation_title", heading)
    paper = Paper(heading, title, style)
    paper.title(title)
    blank = _said(style, "evaluation_blank", heading)
    paper.heading("一、评估工作开展情况", 1)
    paper.text(blank)
    paper.heading("二、主要指标实现情况", 1)
    paper.text(evaluation_words(found))
    paper.table(
        ("序号", "指标", "规划目标", "完成值", "目标\n进度", "应达\n进度", "评估", "牵头单位"),
        (0.9, 2.7, 2, 1.6, 1.2, 1.2, 1.9, 2),
        (_evaluated(number, one, leads.get(one.goal.id, "")) for number, one in enumerate(found, 1)),
    )
    for number, (standing, name) in zip("一二三四", _STANDINGS.items(), strict=True):
        paper.heading(f"（{number}）{name}", 2)
        paper.text(_listed(found, standing))
    for name in ("三、重点任务推进情况", "四、存在的主要问题", "五、下一步工作建议"):
        paper.heading(name, 1)
        paper.text(blank)
    paper.signature()
    return paper.content()


_STANDINGS = {
    Standing.AHEAD: "超过预期的指标",
    Standing.ON_WAY: "达到预期的指标",
    Standing.BEHIND: "滞后预期的指标",
    Standing.UNKNOWN: "有待判断的指标",
}


def evaluation_words(found: Sequence[Evaluation]) -> str:
    """How many targets stand where, as a sentence."""
    year = max(one.year for one in found)
    counts = {standing: sum(one.standing is standing for one in found) for standing in Standing}
    known = len(found) - counts[Standing.UNKNOWN]
    parts = [f"{standing.value}{counts[standing]}项" for standing in Standing if counts[standing]]
    met = counts[Standing.AHEAD] + counts[Standing.ON_WAY]
    share = f"，达到或超过预期的占可判断指标的{_percent(met / known)}" if known else ""
    return f"截至{year}年底，{len(found)}项主要指标中，{'、'.join(parts)}{share}。"


def _listed(found: Sequence[Evaluation], standing: Standing) -> str:
    names = [one.goal.target.indicator or one.goal.words for one in found if one.standing is standing]
    return f"共{len(names)}项：{'、'.join(names)}。" if names else "没有。"


def _evaluated(number: int, one: Evaluation, lead: str) -> tuple[str, ...]:
    target = one.goal.target
    goal = one.goal.words if one.goal.kind is TargetKind.WORDS else figure_words(target, one.goal.words)
    way, expected = ("" if share is None else _percent(share) for share in (one.way, one.expected))
    reached = one.figure.words if one.figure else ""
    return str(number), target.indicator, goal, reached, way, expected, one.standing.value, lead


def _said(style: Manner, name: str, heading: Heading, **facts: object) -> str:
    """A text of the manner with its {names} filled in; one that is not known stays as it is written."""
    known = {
        "报告": heading.title,
        "发文单位": heading.office or "督查机构",
        "日期": heading.day_words,
    } | facts
    text = style.texts[name]
    for key, value in known.items():
        text = text.replace(f"{{{key}}}", str(value))
    return text
