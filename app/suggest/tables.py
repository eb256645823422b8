"""Tables of a plan: rows of indicators (专栏) and rows of tasks with their owners (附件) as commitments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from app.domain.report import Block, BlockKind, ShownText
from app.domain.spans import Span
from app.domain.tasks import Comparator, Direction, Nature, Role, Target
from app.suggest.cell_values import unit_of, value_of
from app.suggest.mentions import Mention
from app.suggest.sentences import fold

_ROLES = (
    ("number", re.compile(r"^(?:序号|编号|号)$")),
    ("lead", re.compile(r"责任单位|牵头单位|责任部门|牵头部门|责任主体|主办单位|编制单位|实施主体|实施单位")),
    ("support", re.compile(r"配合|协办|参加单位")),
    ("deadline", re.compile(r"时限|完成时间|时间节点|起止|建设年限")),
    ("nature", re.compile(r"^(?:指标)?(?:属性|性质)$")),
    ("unit", re.compile(r"^(?:计量)?单位$")),
    ("baseline", re.compile(r"预计|实际|现状|基期|基数|基础值|完成")),
    ("target", re.compile(r"目标")),
    ("year", re.compile(r"^\d{4}年$")),
    ("name", re.compile(r"指标|名称|任务|项目|事项|工程|内容|举措|措施|规划")),
)
"""What a column holds, by its heading; the first that fits."""


_YEAR = re.compile(r"20\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it stands in the shown text, its words without white space, and these folded for reading."""

    span: Span
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row that obliges. Spans in the shown text; `text` is what the ledger quotes.

    `due_year`: the year that heads the column of its goal (2030年目标), 0 where none does.
    """

    span: Span
    text: str
    targets: tuple[tuple[Span, Target, str], ...] = ()
    mentions: tuple[Mention, ...] = ()
    deadline: Cell | None = None
    due_year: int = 0


@dataclass(slots=True)
class _Table:
    """A table being read: the columns by what they hold, and the rows under the header."""

    columns: dict[str, list[int]] = field(default_factory=dict)
    rows: list[list[Cell]] = field(default_factory=list)
    years: dict[int, int] = field(default_factory=dict)

    def cell(self, row: list[Cell], role: str, which: int = 0) -> Cell | None:
        """The row's cell that holds a role (`which`: -1 for the last such column), None where it is empty."""
        at = self.columns.get(role)
        found = row[at[which]] if at and at[which] < len(row) else None
        return found if found and found.text else None


def table_rows(shown: ShownText) -> Iterator[Row]:
    """The rows of all tables of the shown text that oblige, in order."""
    cells = [b for b in shown.blocks if b.kind is BlockKind.CELL]
    for _, blocks in groupby(cells, key=lambda b: b.table):
        table = _read(shown.text, list(blocks))
        for row in table.rows:
            found = (
                _indicator_row(table, row)
                if {"target", "year"} & table.columns.keys()
                else _task_row(table, row)
            )
            if found:
                yield found


def _read(text: str, blocks: list[Block]) -> _Table:
    table = _Table()
    grid = [[_cell(text, b) for b in row] for _, row in groupby(blocks, key=lambda b: b.row)]
    header = next((i for i, row in enumerate(grid) if _is_header(row)), None)
    if header is None:
        return table
    for column, cell in enumerate(grid[header]):
        role = next((name for name, pattern in _ROLES if pattern.search(cell.text)), None)
        if role:
            table.columns.setdefault(role, []).append(column)
        year = _YEAR.search(cell.text)
        if year:
            table.years[column] = int(year[0])
    table.rows = grid[header + 1 :]
    return table


def _cell(text: str, block: Block) -> Cell:
    words = re.sub(r"\s", "", text[block.start : block.end])
    return Cell(Span(block.start, block.end), words, fold(words))


def _is_header(row: list[Cell]) -> bool:
    """Whether at least two cells are column headings, and none is a long text."""
    fitting = sum(any(p.search(cell.text) for _, p in _ROLES) for cell in row)
    return fitting >= 2 and all(len(cell.text) <= 16 for cell in row)


def _indicator_row(table: _Table, row: list[Cell]) -> Row | None:
    name, goal = table.cell(row, "name"), table.cell(row, "target", -1) or table.cell(row, "year", -1)
    if not name or not goal:
        return None
    unit = table.cell(row, "unit")
    indicator, power, measure = unit_of(name.text, unit.text if unit else "")
    value = value_of(goal.text, power, measure)
    if value is None:
        return None
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
    return Row(whole, f"{name.words} {goal.words}", found, due_year=due_year)


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


def _task_row(table: _Table, row: list[Cell]) -> Row | None:
    """A row that names a piece of work; a heading between the rows has nothing beside its name."""
    name = table.cell(row, "name")
    filled = [cell for cell in row if cell.text]
    if not name or len(filled) < 2:
        return None
    named = [*_bodies(table.cell(row, "lead"), Role.LEAD), *_bodies(table.cell(row, "support"), Role.SUPPORT)]
    works = [row[i] for i in table.columns["name"] if i < len(row) and row[i].text]
    span = Span(works[0].span.start, works[-1].span.end) if not named else name.span
    text = name.words if named else " ".join(cell.words for cell in works)
    return Row(span, text, (), tuple(named), table.cell(row, "deadline"))


def _bodies(cell: Cell | None, role: Role) -> Iterator[Mention]:
    """The bodies of an owner's cell: the first has the role, the others support."""
    if cell:
        for i, name in enumerate(re.finditer(r"[^、，；,\s]+", cell.text)):
            is_whole = cell.span.end - cell.span.start == len(cell.text)
            span = (
                Span(cell.span.start + name.start(), cell.span.start + name.end()) if is_whole else cell.span
            )
            yield Mention(span, name[0], role if i == 0 else Role.SUPPORT, "责任单位栏")
