"""People who fill in a unit's workbook carelessly: each way of theirs, and what of it is honest."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.completion import Goal, TargetKind
from app.domain.supervising import Case

HEADER = 3
EVIDENCE = "佐证材料\n（文件名）"
TEXTS = {"进展情况": "text", "存在问题": "issues", "下一步措施": "next_steps"}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass
class Office:
    """What the script knows: the cases by the ids of rows, and what honest people have said, dishonest ones tried."""

    by_row: dict[str, tuple[Case, Goal | None]]
    said: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """By task, unit and field (actual:TARGET for a figure): the words that must land."""
    tried: list[tuple[str, int]] = field(default_factory=list)
    """The file and line of what must be listed."""
    dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311


@dataclass
class Form:
    """A unit's workbook, open; `rows` are its lines by title, to be put anywhere."""

    path: Path
    unit: str
    office: Office

    def __post_init__(self) -> None:
        self.book = load_workbook(self.path)
        self.sheet: Worksheet = self.book.worksheets[0]
        self.titles = [cell.value for cell in self.sheet[HEADER]]

    def place(self, title: str) -> int:
        return self.titles.index(title) + 1

    def lines(self) -> range:
        return range(HEADER + 1, self.sheet.max_row + 1)

    def at(self, line: int, title: str) -> Any:
        return self.sheet.cell(line, self.place(title)).value

    def put(self, line: int, title: str, value: object) -> None:
        cell = self.sheet.cell(line, self.place(title))
        cell.value = value

    def row(self, line: int) -> tuple[Case, Goal | None]:
        return self.office.by_row[self.at(line, "标识")]

    def is_first(self, line: int) -> bool:
        case, goal = self.row(line)
        return goal is None or goal.id == case.goals[0].id

    def says(self, line: int, name: str, words: str) -> None:
        self.office.said[self.row(line)[0].id, self.unit, name] = words

    def tries(self, line: int) -> None:
        self.office.tried.append((self.path.name, line))

    def save(self) -> None:
        self.book.save(self.path)


def fill_in(form: Form) -> None:
    """What everybody does: a text on each task's first row, a figure for each target, some issues."""
    for line in form.lines():
        case, goal = form.row(line)
        if form.is_first(line):
            words = f"{form.unit}推进第{case.row.number}项，已完成{line}个环节。"
            form.put(line, "进展情况", words)
            form.says(line, "text", words)
            if line % 3 == 0:
                form.put(line, "存在问题", "资金尚未到位。\n  人手不足。")
                form.says(line, "issues", "资金尚未到位。\n  人手不足。")
        if goal is not None:
            words = figure(goal, line)
            form.put(line, "完成值", words)
            form.says(line, f"actual:{goal.id}", words)


def figure(goal: Goal, number: int) -> str:
    """A figure in the target's own unit; words for a goal without a number."""
    if goal.kind in {TargetKind.WORDS, TargetKind.RELATIVE}:
        return "正在推进"
    return f"{number}.5{goal.target.unit}"


# --- ways of being careless: what they do is still honest


def sort_rows(form: Form) -> None:
    """By the text of the matter, the hidden columns along."""
    rows = [[cell.value for cell in form.sheet[line]] for line in form.lines()]
    rows.sort(key=lambda row: str(row[form.place("督查事项") - 1]), reverse=True)
    _rewrite(form, rows)


def insert_lines(form: Form) -> None:
    """Empty lines, and one with a remark of their own."""
    form.sheet.insert_rows(HEADER + 2, 3)
    form.put(HEADER + 3, "进展情况", "我们另外还做了这些")
    form.tries(HEADER + 3)


def insert_above(form: Form) -> None:
    form.sheet.insert_rows(1, 4)


def move_columns(form: Form) -> None:
    """The columns in another order, some hidden."""
    places = list(range(1, len(form.titles) + 1))
    form.office.dice.shuffle(places)
    form.sheet.merged_cells.ranges.clear()
    rows = [
        [form.sheet.cell(line, place).value for place in places]
        for line in range(HEADER, form.sheet.max_row + 1)
    ]
    for line, row in enumerate(rows, HEADER):
        for place, value in enumerate(row, 1):
            form.sheet.cell(line, place).value = value
    form.titles = [cell.value for cell in form.sheet[HEADER]]
    for title in ("完成时限", "完成值", "牵头单位"):
        form.sheet.column_dimensions[get_column_letter(form.place(title))].hidden = True


def merge_texts(form: Form) -> None:
    """One text for two tasks below each other."""
    lines = [line for line in form.lines() if form.is_first(line)]
    pairs = [(a, b) for a, b in pairwise(lines) if b == a + 1]
    for first, second in pairs[:1]:
        letter = get_column_letter(form.place("进展情况"))
        form.sheet.merge_cells(f"{letter}{first}:{letter}{second}")
        form.says(second, "text", form.at(first, "进展情况"))


def retype(form: Form) -> None:
    """Figures in full-width digits, days in five styles."""
    styles: tuple[Callable[[date], str], ...] = (
        lambda d: f"{d.year}/{d.month}/{d.day}",
        lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
        lambda d: f"{d.year}年{d.month}月{d.day}日".translate(FULL_WIDTH),
        lambda d: f"{d:%Y%m%d}",
        lambda d: f" 截至{d.year}-{d.month}-{d.day} ",
    )
    for line in form.lines():
        day = form.at(line, "截至日期").date()
        form.put(line, "截至日期", styles[line % 5](day))
        goal = form.row(line)[1]
        if goal is not None and form.at(line, "完成值"):
            words = f" {str(form.at(line, '完成值')).translate(FULL_WIDTH)} "
            form.put(line, "完成值", words)
            form.says(line, f"actual:{goal.id}", words.strip())


def delete_rows(form: Form) -> None:
    """The last two lines go, and what they said with them."""
    for line in list(form.lines())[-2:]:
        case, goal = form.row(line)
        if form.is_first(line):
            for name in TEXTS.values():
                form.office.said.pop((case.id, form.unit, name), None)
        if goal is not None:
            form.office.said.pop((case.id, form.unit, f"actual:{goal.id}"), None)
    form.sheet.delete_rows(form.sheet.max_row - 1, 2)


def copy_sheet_away(form: Form) -> None:
    """A sheet of their own, and the form renamed."""
    form.book.create_sheet("我的草稿").append(["随便", "写写"])
    form.sheet.title = "三月报送"


# --- dishonest or unreadable


def move_deadlines(form: Form) -> None:
    line = form.lines()[0]
    form.put(line, "完成时限", "2099年12月底前")
    form.put(line, "亮灯", "绿灯" if form.at(line, "亮灯") != "绿灯" else "灰灯")
    form.tries(line)


def write_nonsense(form: Form) -> None:
    """A figure that is none, where a number is wanted."""
    for line in form.lines():
        case, goal = form.row(line)
        if goal is not None and goal.kind not in {TargetKind.WORDS, TargetKind.RELATIVE}:
            form.put(line, "完成值", "若干，详见附件")
            form.office.said.pop((case.id, form.unit, f"actual:{goal.id}"), None)
            form.tries(line)
            return


def write_formula(form: Form) -> None:
    """What comes from another workbook."""
    line = next(line for line in form.lines() if form.is_first(line))
    form.put(line, "进展情况", "='[别的表.xlsx]一'!A1")
    form.office.said.pop((form.row(line)[0].id, form.unit, "text"), None)
    form.tries(line)


def swap_ids(form: Form) -> None:
    """Sorted without the hidden column: two lines' ids changed places."""
    lines = [line for line in form.lines() if form.is_first(line)]
    first, second = next(
        (a, b) for a in lines for b in lines if a < b and form.at(a, "督查事项") != form.at(b, "督查事项")
    )
    for line in (first, second):
        case, goal = form.row(line)
        for name in TEXTS.values():
            form.office.said.pop((case.id, form.unit, name), None)
        if goal is not None:
            form.office.said.pop((case.id, form.unit, f"actual:{goal.id}"), None)
        form.tries(line)
    one, other = form.at(first, "标识"), form.at(second, "标识")
    form.put(first, "标识", other)
    form.put(second, "标识", one)


def _rewrite(form: Form, rows: list[list[Any]]) -> None:
    for line, row in zip(form.lines(), rows, strict=True):
        for place, value in enumerate(row, 1):
            form.sheet.cell(line, place).value = value


WAYS: tuple[tuple[Callable[[Form], None], ...], ...] = (
    (),
    (sort_rows,),
    (insert_lines,),
    (insert_above,),
    (move_columns,),
    (merge_texts,),
    (retype,),
    (delete_rows,),
    (copy_sheet_away,),
    (move_deadlines,),
    (write_nonsense,),
    (write_formula,),
    (swap_ids,),
    (retype, sort_rows),
    (sort_rows, move_columns),
)
"""What people do after filling a form in, one after the other."""


def behave(path: Path, unit: str, office: Office, way: int) -> None:
    """Fill in a workbook, then do as people do."""
    form = Form(path, unit, office)
    fill_in(form)
    for act in WAYS[way % len(WAYS)]:
        act(form)
    form.save()
