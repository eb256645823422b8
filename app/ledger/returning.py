"""A workbook that came back -> its rows by hidden id, wherever its columns and lines have gone."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from app.domain.errors import UserError
from app.domain.outgoing import SupervisionRow
from app.domain.patterns import late
from app.domain.returned import Place, ReturnedFile, ReturnedRow, RowFault
from app.domain.typed import Cell, plain, words_of
from app.domain.undisturbed import undisturbed
from app.ledger import marks
from app.ledger.grid_cells import Area
from app.ledger.grids import Book, Grid, read_book, sheets_of
from app.ledger.layout import Layout, built_in

LEAST_TITLES = 3
"""So many titles that are known make a line a header."""

MERGED_LIMIT = 200_000
"""The most cells that are looked at for merged areas; one that spreads a long text counts for several."""

_LETTERS_FOR_ONE = 100

_FIELDS = frozenset(field.name for field in fields(SupervisionRow))
_SPREAD = frozenset({"as_of", "text", "issues", "next_steps", "reported_by", "evidence"})
"""What somebody who merged cells of one column below each other meant for all of them."""

_FIGURE = "actual"
"""Of merged cells it is the first row's alone; the others are given it to be told."""

NO_HEADER = "这张表里没有表头，这一行没有采用；请移回原来的表里再报"
NO_COLUMN = "没有找到“{missing}”列，只有不认识的“{unknown}”列，整列没有采用；请改回原来的列名再报"

_ID = late(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ASIDES = late(r"\([^)]*\)")

Titles = Mapping[str, str]
"""Fields by the titles of their columns, without spaces and line ends."""


def read(path: Path, layouts: Iterable[Layout] = (), name: str = "") -> ReturnedFile:
    """The rows of a returned .xlsx. `layouts` are the workspace's own templates, by whose titles columns are known.

    `name` is what the file is told as where that is not its own name. UserError for what is no workbook, is damaged or
    beyond all limits, or has no table with hidden ids.
    """
    with undisturbed():
        return _read(path, layouts, name or path.name)


def _read(path: Path, layouts: Iterable[Layout], name: str) -> ReturnedFile:
    book = read_book(path)
    said = _Marks.of(book)
    titles = {**_titles((*built_in().values(), *layouts)), **said.titles}
    grids = [grid for grid in sheets_of(book) if grid.name != marks.SHEET]
    tables = [table for grid in grids if (table := _table(grid, said.of_sheet(grid.name, titles)))]
    if not tables:
        raise UserError(
            f"“{name}”里没有找到带标识列的台账，可能不是从本系统发出的表，或隐藏的标识列、表头被删掉了。"
        )
    found = {name: title for table in tables for name, title in table.titles.items()}
    others = [grid for grid in grids if all(grid is not table.grid for table in tables)]
    unread = [fault for grid in others for fault in _rows_without_header(name, grid)]
    lost = [fault for table in tables if (fault := table.lost_columns(name, said.open))]
    return ReturnedFile(
        name=name,
        marks=said.facts,
        rows=tuple(row for table in tables for row in table.rows()),
        titles=found,
        locked=frozenset(said.locked),
        unknown=tuple(dict.fromkeys(title for table in tables for title in table.unknown)),
        faults=(*lost, *unread),
        notes=tuple(note for table in tables for note in table.notes),
        saved=book.saved,
    )


def _titles(layouts: Iterable[Layout]) -> dict[str, str]:
    """The titles of the sheets that are filled in, or that units would fill in if they had more room."""
    return {
        plain(column.title): column.field
        for layout in layouts
        for sheet in layout.sheets
        if sheet.locked
        for column in sheet.columns
    }


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a workbook says of itself, by its hidden sheet or its properties."""

    facts: Mapping[str, str]
    columns: tuple[tuple[str, str, str], ...]
    locked: tuple[str, ...]
    open: Mapping[str, str]

    @classmethod
    def of(cls, book: Book) -> "_Marks":
        prefix = marks.PREFIX
        facts = {
            name.removeprefix(prefix): value.strip()
            for name, value in book.properties.items()
            if name.startswith(prefix)
        }
        columns: list[tuple[str, str, str]] = []
        locked: list[str] = []
        is_open: dict[str, str] = {}
        for grid in book.sheets:
            if grid.name != marks.SHEET:
                continue
            for cells in grid.rows.values():
                line = [words_of(cells.get(place)) for place in range(1, 6)]
                if line[0] == marks.COLUMN and line[2] in _FIELDS:
                    columns.append((line[1], plain(line[3]), line[2]))
                    locked += [line[2]] if line[4] == "locked" else []
                    is_open |= {line[2]: line[3]} if line[4] == "open" else {}
                elif line[0] and line[0] != marks.COLUMN:
                    facts.setdefault(line[0], line[1])
        return cls(facts, tuple(columns), tuple(locked), is_open)

    @property
    def titles(self) -> dict[str, str]:
        return {title: name for _, title, name in self.columns}

    def of_sheet(self, sheet: str, titles: Titles) -> Titles:
        """The titles of a sheet by its own word, then by that of the others: it may have been renamed."""
        return {**titles, **{title: name for its, title, name in self.columns if its == sheet}}


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with its header found. `columns` are fields by their column."""

    grid: Grid
    header: int
    columns: Mapping[int, str]
    titles: Mapping[str, str]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]

    def rows(self) -> Iterator[ReturnedRow]:
        """The lines that have an id, and those below the header that hold anything."""
        covered = dict(self._covered())
        for line, cells in self.grid.rows.items():
            if line == self.header:
                continue
            found = {name: cells[place] for place, name in self.columns.items() if place in cells}
            merged = covered.get(line, {})
            found |= {name: cell for name, cell in merged.items() if cell is not None}
            if self._is_header(found):
                continue
            row_id = words_of(found.pop("id", None))
            if row_id or (found and line > self.header):
                yield ReturnedRow(self.grid.name, line, row_id, found, frozenset(merged))

    def lost_columns(self, file: str, wanted: Titles) -> RowFault | None:
        """What is told where columns that were to be filled in are not there, but others that hold something are."""
        missing = [title.replace("\n", "") for name, title in wanted.items() if name not in self.titles]
        below = [cells for line, cells in self.grid.rows.items() if line > self.header]
        known = self.grid.rows[self.header]
        filled = [
            words_of(cell)
            for place, cell in known.items()
            if place not in self.columns and any(place in cells for cells in below)
        ]
        if not (missing and filled):
            return None
        why = NO_COLUMN.format(missing="、".join(missing), unknown="、".join(filled))
        return RowFault(Place(file, self.grid.name, self.header, ""), why)

    def _is_header(self, found: Mapping[str, Cell]) -> bool:
        """Whether the line is the header once more."""
        same = sum(plain(words_of(cell)) == plain(self.titles[name]) for name, cell in found.items())
        return same >= LEAST_TITLES

    def _covered(self) -> Iterator[tuple[int, dict[str, Cell | None]]]:
        """By line: the fields whose cells another one's area covers, and what the area says of them."""
        found: dict[int, dict[str, Cell | None]] = {}
        lines = sorted(self.grid.rows)
        left = MERGED_LIMIT
        for area in self.grid.merged:
            for line in lines[bisect_left(lines, area[0]) : bisect_right(lines, area[2])]:
                for place, name in self._fields_in(area):
                    spread = self._spread(area, name)
                    left -= 1 + len(words_of(spread)) // _LETTERS_FOR_ONE
                    if left < 0:
                        raise UserError(f"“{self.grid.name}”里合并的单元格太多，没有读取。请取消合并后再试。")
                    if (line, place) != (area[0], area[1]):
                        found.setdefault(line, {})[name] = spread
        yield from found.items()

    def _fields_in(self, area: Area) -> list[tuple[int, str]]:
        return [(place, name) for place, name in self.columns.items() if area[1] <= place <= area[3]]

    def _spread(self, area: Area, name: str) -> Cell | None:
        is_one_column = area[1] == area[3]
        is_told = is_one_column and (name in _SPREAD or name == _FIGURE)
        return self.grid.rows.get(area[0], {}).get(area[1]) if is_told else None


def _table(grid: Grid, titles: Titles) -> _Table | None:
    """The table of a sheet; None where no line is a header with a column of ids."""
    header = next((line for line, cells in grid.rows.items() if _is_header(cells, titles)), 0)
    if not header:
        return None
    columns: dict[int, str] = {}
    named: dict[str, str] = {}
    unknown: list[str] = []
    notes: list[str] = []
    cells = grid.rows[header].items()
    exact = {titles[words] for _, cell in cells if (words := plain(words_of(cell))) in titles}
    about = {_bare(title): name for title, name in titles.items() if name not in exact}
    for place, cell in cells:
        words = words_of(cell)
        name = titles.get(plain(words)) or about.get(_bare(words))
        if name is None:
            unknown.append(words)
        elif name in named:
            notes.append(f"有两列都叫“{words}”，只读了第一列")
        else:
            columns[place] = name
            named[name] = words
    return _Table(grid, header, columns, named, tuple(unknown), tuple(notes))


def _bare(title: str) -> str:
    """A title without what is said about it in brackets: 进展情况（截至6月底） is 进展情况."""
    return _ASIDES.sub("", plain(title))


def _rows_without_header(file: str, grid: Grid) -> Iterator[RowFault]:
    """Rows that were put on a sheet of their own, their header left behind: an id tells that they are rows."""
    for line, cells in grid.rows.items():
        if any(isinstance(cell, str) and _ID.fullmatch(cell.strip()) for cell in cells.values()):
            yield RowFault(Place(file, grid.name, line, ""), NO_HEADER)


def _is_header(cells: Mapping[int, Cell], titles: Titles) -> bool:
    known = [titles.get(plain(cell)) for cell in cells.values() if isinstance(cell, str)]
    return "id" in known and sum(name is not None for name in known) >= LEAST_TITLES
