"""Tables of a plan: rows of indicators (专栏) and rows of tasks with their owners (附件) as commitments."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby

from app.domain.report import Block, BlockKind, ShownText
from app.domain.spans import Span
from app.domain.tasks import Comparator, Direction, Nature, Role, Target
from app.suggest.cell_values import said_coverage, said_targets, unit_of, value_of
from app.suggest.mentions import Mention
from app.suggest.sentences import fold
from app.suggest.targets import Found

_ROLES = (
    ("number", re.compile(r"^(?:序号|编号|号)$")),
    ("lead", re.compile(r"(?:责任|牵头|主责|主办|承办|承担|落实|实施|编制)(?:单位|部门|主体|科室|处室)")),
    ("support", re.compile(r"配合|协[办同]|参[加与]单位")),
    ("deadline", re.compile(r"时限|完成时间|时间节点|起止|建设年限")),
    ("nature", re.compile(r"^(?:指标)?(?:属性|性质)$")),
    ("unit", re.compile(r"^(?:计量)?单位$")),
    ("spending", re.compile(r"(?:\d{4}年|年度|[本当今]年)度?(?:计划|拟)?(?:完成)?投资")),
    ("baseline", re.compile(r"预计|实际|现状|基期|基数|基础值|完成")),
    ("target", re.compile(r"目标")),
    ("growth", re.compile(r"年均")),
    ("year", re.compile(r"^\d{4}年$")),
    ("name", re.compile(r"指标|名称|任务|项目|事项|工程|内容|举措|措施|规划|要点|工作$")),
)
"""What a column holds, by its heading; the first that fits."""


_ASIDE = re.compile("（[^（）]*）")
_YEAR = re.compile(r"20\d\d(?=年)")
_OPEN = re.compile(r"[-—–/\\]*|无")
"""What an office writes into a cell that it leaves open."""
_HEAD = re.compile(r"[\d.]*|(?:\d{4}年|[上下]半年|[一二三四]季度)?(?:目标|计划|任务)?[值数]?")
"""A second heading below the first one, or a number alone: nothing to be done."""
_HAN_NUMBER = re.compile(r"（?[一二三四五六七八九十]+[）、.]?")
"""The number of a heading between the rows."""
_BODY = re.compile(
    r"(?:(?P<label>牵头|责任|主办|配合|协办|参[与加])(?:单位|部门)?：)?"
    r"(?P<name>[^、，；：\s]+?)等?(?:（?(?P<said>牵头|负责|配合|协办)(?:单位)?）?)?(?=[、，；]|$)"
)
"""A body in an owner's cell, with what the cell says of its part (区交通局牵头, 配合单位：区水利局)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it stands in the shown text, its words without white space, these folded for reading, and
    where each of their characters stands.
    """

    span: Span
    words: str
    text: str
    places: tuple[int, ...]

    def at(self, inner: Span) -> Span:
        """Where a stretch of the cell's text stands in the shown text."""
        return Span(self.places[inner.start], self.places[inner.end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that obliges. Spans in the shown text; `text` is what the ledger quotes.

    `said` are the cells that say in words what is to be done, `due_year` is the year that heads the column of its
    goal (2030年目标), 0 where none does. `doubt`: why it is for 遗漏检查 instead, "" where it obliges.
    """

    span: Span
    text: str
    targets: tuple[Found, ...] = ()
    mentions: tuple[Mention, ...] = ()
    deadline: Cell | None = None
    due_year: int = 0
    coverage: tuple[Found, ...] = ()
    said: tuple[Cell, ...] = ()
    doubt: str = ""


@dataclass(slots=True)
class _Table:
    """A table being read: the columns by what they hold, and the rows under the header."""

    heads: list[str] = field(default_factory=list)
    columns: dict[str, list[int]] = field(default_factory=dict)
    rows: list[list[Cell]] = field(default_factory=list)
    years: dict[int, int] = field(default_factory=dict)

    def cell(self, row: list[Cell], role: str, which: int = 0) -> Cell | None:
        """The row's cell that holds a role (`which`: -1 for the last such column), None where it is empty."""
        at = self.columns.get(role)
        found = row[at[which]] if at and at[which] < len(row) else None
        return found if found and found.text else None


def table_rows(shown: ShownText, *, is_plan: bool = False, year: int = 0) -> Iterator[Row]:
    """The rows of all tables of the shown text that oblige or leave a doubt, in order; `year`: the document's first."""
    cells = [b for b in shown.blocks if b.kind is BlockKind.CELL]
    for _, blocks in groupby(cells, key=lambda b: b.table):
        table = _read(shown.text, list(blocks))
        for row in table.rows:
            found = (
                _indicator_row(table, row) or _task_row(table, row, is_plan=is_plan) or _unread(table, row)
            )
            if found:
                yield replace(found, targets=(*found.targets, *_spent(table, row, year)))


def _read(text: str, blocks: list[Block]) -> _Table:
    table = _Table()
    grid = [[_cell(text, b) for b in row] for _, row in groupby(blocks, key=lambda b: b.row)]
    header = next((i for i, row in enumerate(grid) if _is_header(row)), None)
    if header is None:
        return table
    for column, cell in enumerate(grid[header]):
        role = _role(cell.text)
        if role:
            table.columns.setdefault(role, []).append(column)
        year = _YEAR.search(cell.text)
        if year:
            table.years[column] = int(year[0])
    table.heads = [cell.text for cell in grid[header]]
    table.rows = [row for row in grid[header + 1 :] if [cell.text for cell in row] != table.heads]
    return table


def _cell(text: str, block: Block) -> Cell:
    places = tuple(i for i in range(block.start, block.end) if not text[i].isspace())
    words = "".join(text[i] for i in places)
    return Cell(Span(block.start, block.end), words, fold(words), places)


def _is_header(row: list[Cell]) -> bool:
    """Whether at least two cells are column headings, and none is a long text."""
    fitting = sum(bool(_role(cell.text)) for cell in row)
    return fitting >= 2 and all(len(_ASIDE.sub("", cell.text)) <= 16 for cell in row)


def _role(heading: str) -> str:
    """What a column holds, by its whole heading or else without what stands in brackets (牵头（责任）单位)."""
    said = (heading, _ASIDE.sub("", heading))
    return next((role for text in said for role, pattern in _ROLES if pattern.search(text)), "")


def _indicator_row(table: _Table, row: list[Cell]) -> Row | None:
    name, unit = table.cell(row, "name"), table.cell(row, "unit")
    if not name:
        return None
    named = unit_of(name.text, unit.text if unit else "")
    goal, value = table.cell(row, "target", -1) or table.cell(row, "year", -1), None
    if goal:
        value = value_of(goal.text, *named[1:])
    if value is None:
        goal = table.cell(row, "growth", -1)
        named = _growing(*named) if goal and "〔" not in goal.text else named
        value = value_of(goal.text, *named[1:]) if goal else None
    if goal is None or value is None:
        return None
    indicator = named[0]
    nature = table.cell(row, "nature")
    baseline = table.cell(row, "baseline") or table.cell(row, "year")
    target = Target(
        indicator,
        value.comparator,
        value.low,
        value.high,
        value.unit,
        _direction(indicator, value.comparator),
        _nature(nature.text if nature else ""),
        baseline.words if baseline and baseline != goal else "",
        value.is_cumulative,
    )
    whole = Span(name.span.start, next(cell for cell in reversed(row) if cell.text).span.end)
    due_year = table.years.get(row.index(goal), 0)
    found = ((goal.span, target, "指标表中的目标值"),)
    due = table.cell(row, "deadline")
    return Row(whole, f"{name.words} {goal.words}", found, _named(table, row), due, due_year)


def _growing(indicator: str, power: int, unit: str) -> tuple[str, int, str]:
    """What a column of yearly growth measures: a rate as it is, of anything else how much it grows in %."""
    return (indicator, power, unit) if unit in {"%", "‰"} else (f"{indicator}年均增长", 1, "%")


def _direction(indicator: str, comparator: Comparator) -> Direction | None:
    """Where the rate in the first column goes, by its name."""
    if comparator is Comparator.ASSIGNED or "自然增长" in indicator:
        return None
    if re.search(r"(?:增长|增长率|增速|增幅)$", indicator):
        return Direction.UP
    if re.search(r"(?:降低|下降|降幅|降低率|减少)$", indicator):
        return Direction.DOWN
    return Direction.LEVEL if re.search(r"失业率|优良天数|断面达标率|水质.*率", indicator) else None


def _nature(text: str) -> Nature | None:
    if "约束" in text:
        return Nature.BINDING
    return Nature.EXPECTED if "预期" in text else None


def _task_row(table: _Table, row: list[Cell], *, is_plan: bool) -> Row | None:
    """A row that says in words what is to be done; a heading between the rows has nothing beside its name.

    Where no column tells who does it or by when, it has to have a goal if the table has a column of goals.
    """
    is_task = bool({"lead", "support", "deadline"} & table.columns.keys())
    heads = table.columns.get("target") or table.columns.get("year", [])[-1:]
    goals = _saying(row, heads)
    works = _saying(row, sorted([*table.columns.get("name", []), *heads]))
    beside = [cell for cell in row if cell.text and not _HAN_NUMBER.fullmatch(cell.text)]
    if all(_HEAD.fullmatch(cell.text) for cell in works) or len(beside) < 2:
        return None
    if heads and not (goals or is_task):
        return None
    said = works if is_task else goals
    title = table.cell(row, "name") or works[0]
    return Row(
        Span(works[0].span.start, works[-1].span.end),
        " ".join(cell.words for cell in works),
        _located(said, goals, title, partial(said_targets, is_plan=is_plan)),
        _named(table, row),
        next(iter(_saying(row, table.columns.get("deadline", []))), None),
        table.years.get(row.index(goals[-1]), 0) if goals else 0,
        _located(said, goals, title, said_coverage),
        tuple(said),
    )


def _spent(table: _Table, row: list[Cell], year: int) -> Iterator[Found]:
    """What is to be invested in a year that is not over (2026年计划投资（万元）); a project's sum is its size."""
    for column in table.columns.get("spending", []):
        indicator, power, unit = unit_of(table.heads[column])
        value = value_of(row[column].text, power, unit) if column < len(row) else None
        is_told = value is not None and unit and (value.low, value.high) != (None, None)
        if value and is_told and table.years.get(column, year) >= year:
            target = Target(indicator, value.comparator, value.low, value.high, value.unit)
            yield row[column].span, target, "表中的年度投资"


def _saying(row: list[Cell], columns: list[int]) -> list[Cell]:
    """The cells of the columns that are not left open."""
    return [row[i] for i in columns if i < len(row) and not _OPEN.fullmatch(row[i].text)]


def _located(
    said: list[Cell], goals: list[Cell], title: Cell, read: Callable[[str, str], list[Found]]
) -> tuple[Found, ...]:
    """What is read from cells of words, with spans in the shown text; what a goal says anew counts once.

    `title` names the row.
    """
    titled = read(title.text, "")
    name = titled[0][1].indicator if titled else unit_of(title.text)[0]
    found = [
        (cell, (cell.at(span), goal, why))
        for cell in said
        for span, goal, why in read(cell.text, "" if cell is title else name)
    ]
    anew = [goal for cell, (_, goal, _) in found if cell in goals]
    return tuple(
        each for cell, each in found if cell in goals or not any(_is_same(each[1], goal) for goal in anew)
    )


def _is_same(one: Target, two: Target) -> bool:
    """Whether two targets have one value, and the name of one is part of the other's (新建渔港, 渔港)."""
    is_named_alike = one.indicator in two.indicator or two.indicator in one.indicator
    return is_named_alike and (one.low, one.high, one.unit) == (two.low, two.high, two.unit)


def _unread(table: _Table, row: list[Cell]) -> Row | None:
    """A row with an owner in which nothing was found that is to be done: a person has to look at it."""
    if not _named(table, row):
        return None
    filled = [cell for cell in row if cell.text]
    span = Span(filled[0].span.start, filled[-1].span.end)
    return Row(span, " ".join(cell.words for cell in filled), doubt="有责任单位，没有读出任务")


def _named(table: _Table, row: list[Cell]) -> tuple[Mention, ...]:
    lead, support = table.cell(row, "lead"), table.cell(row, "support")
    return (*_bodies(lead, Role.LEAD), *_bodies(support, Role.SUPPORT))


def _bodies(cell: Cell | None, role: Role) -> Iterator[Mention]:
    """The bodies of an owner's cell: the first, or the one said to lead, has the role, the others support."""
    if not cell or _OPEN.fullmatch(cell.text):
        return
    bodies = list(_BODY.finditer(cell.text))
    first = next((i for i, body in enumerate(bodies) if "牵头" in (body["label"], body["said"])), 0)
    for i, body in enumerate(bodies):
        span = cell.at(Span(*body.span("name")))
        yield Mention(span, body["name"], role if i == first else Role.SUPPORT, "责任单位栏")
