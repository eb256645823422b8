"""A template: the layout of a workbook as data, checked by name when it is read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from app.domain.errors import UserError
from app.domain.ledger import IndicatorRow, TaskRow
from app.domain.outgoing import SupervisionRow
from app.ledger.saving import check_target, write_beside
from app.places import RESOURCES


class Paper(NamedTuple):
    """A size of paper: its number in a workbook; across and down in millimetres, laid across."""

    number: int
    across: float
    down: float


TEMPLATES = RESOURCES / "ledger"
DECOMPOSITION = TEMPLATES / "decomposition.json"

_SUPERVISED = frozenset(f.name for f in fields(SupervisionRow)) - {"is_first"}
_Tree = Any
"""Dataclasses, mappings and tuples of each other, text, numbers and truth."""

ROW_FIELDS = {
    "indicators": frozenset(f.name for f in fields(IndicatorRow)),
    "tasks": frozenset(f.name for f in fields(TaskRow)),
    "supervision": _SUPERVISED,
    "unit": _SUPERVISED,
    "indicator_progress": _SUPERVISED,
}
"""What a column may show, by the kind of rows a sheet has."""

ALIGNS = frozenset({"left", "center", "right"})
KINDS = frozenset({"text", "number", "percent", "date"})
CHOICES = frozenset({"states", "lights", "cycles"})
MARGINS = {"left": 0.7, "right": 0.7, "top": 0.75, "bottom": 0.75, "header": 0.3, "footer": 0.3}
"""In inches; what a template does not say is as spreadsheets have it."""

SCOPES = frozenset({"report", "unit"})
PAPERS = {"A4": Paper(9, 297.0, 210.0), "A3": Paper(8, 420.0, 297.0)}
FONT_ROLES = ("title", "subtitle", "header", "body")
FILLS = ("header", "open", "group", "red", "yellow", "green", "grey", "input")
_DEFAULT_FILLS = {
    "group": "F3F5F8",
    "red": "F8D3D0",
    "yellow": "FBEBB5",
    "green": "D5EBD8",
    "grey": "E4E7EB",
    "input": "FFFDF3",
}


@dataclass(frozen=True, slots=True)
class Face:
    """A font by name (never bundled), its size in points."""

    name: str
    size: float


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the row's field, its title, its width in Excel's units (one is half a Chinese character).

    `open`: a unit may change it, on a sheet that is locked. `choices` names the list that its cells are taken from.
    """

    field: str
    title: str
    width: float
    align: str
    hidden: bool = False
    kind: str = "text"
    open: bool = False
    choices: str = ""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: which rows of the ledger, the sheet's name, what follows the report's title, the columns.

    An `optional` sheet is left out when it has no rows. Hidden columns stand last, so that the title is merged
    over all that is seen. A `locked` sheet comes back filled in: only its open columns may be changed, and nothing in
    its table is merged. `group`: rows with the same value stand together below it; `merge`: equal neighbours in
    these columns are one cell; both only on sheets for print.
    """

    rows: str
    name: str
    heading: str
    columns: tuple[Column, ...]
    optional: bool = False
    locked: bool = False
    group: str = ""
    merge: tuple[str, ...] = ()

    @property
    def visible(self) -> int:
        """How many columns are seen."""
        return sum(not column.hidden for column in self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole workbook: fonts by role, fills as RRGGBB, margins in inches.

    Sheets are printed across on `paper`. `name` is what people call it; `per` is what one sheet is for, the whole
    report or one unit. `charts`: a sheet of figures and charts follows.
    """

    creator: str
    fonts: Mapping[str, Face]
    fills: Mapping[str, str]
    margins: Mapping[str, float]
    footer: str
    sheets: tuple[SheetLayout, ...]
    name: str = "任务分解表"
    per: str = "report"
    charts: bool = False
    paper: str = "A4"


@cache
def built_in() -> Mapping[str, Layout]:
    """The templates that the program brings along, by their key (decomposition, supervision, …)."""
    keys = ("decomposition", "responsibility", "supervision", "units", "indicators")
    return {key: load(TEMPLATES / f"{key}.json") for key in keys}


@cache
def decomposition() -> Layout:
    """The layout of 任务分解表 that the program brings along."""
    return load(DECOMPOSITION)


def load(path: Path) -> Layout:
    """Read a template. UserError where there is none, or it is no template; it names the column that is not known."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"不能读取台账模板“{path.name}”，请检查文件是否还在、是否是从本系统存出的模板。"
        ) from error
    return parse(text)


def parse(text: str) -> Layout:
    """The layout of a template's text. UserError says in Chinese what is wrong with it, and where."""
    try:
        raw = json.loads(text)
        return _layout(raw)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("这不是台账模板，或内容不完整，请换一个从本系统存出的模板文件。") from error


def dump(layout: Layout) -> str:
    """The template's text, which `parse` makes the same layout of: what is as by default is left out."""
    return json.dumps(_plain(layout), ensure_ascii=False, indent=1) + "\n"


def _plain(thing: _Tree) -> _Tree:
    if isinstance(thing, Mapping):
        return {key: _plain(value) for key, value in thing.items()}
    if isinstance(thing, tuple):
        return [_plain(value) for value in thing]
    if not hasattr(thing, "__dataclass_fields__"):
        return thing
    kept = ((f.name, getattr(thing, f.name), f.default) for f in fields(thing))
    return {name: _plain(value) for name, value, default in kept if value != default}


def save(layout: Layout, path: Path) -> None:
    """Write a template to a file, a .json, to be shared. UserError where it cannot be written."""
    check_target(path, ".json")
    write_beside(path, lambda: dump(layout).encode("utf-8"), lambda: None)


# --- reading and checking


def _layout(raw: Mapping[str, Any]) -> Layout:
    plain = {
        name: value for name, value in raw.items() if name not in ("fonts", "sheets", "fills", "margins")
    }
    layout = Layout(
        fonts={role: Face(**font) for role, font in raw["fonts"].items()},
        fills=_DEFAULT_FILLS | raw["fills"],
        margins=MARGINS | raw["margins"],
        sheets=tuple(map(_sheet, raw["sheets"])),
        **plain,
    )
    _check(layout)
    return layout


def _sheet(raw: Mapping[str, Any]) -> SheetLayout:
    plain = {name: value for name, value in raw.items() if name not in ("columns", "merge")}
    columns = tuple(Column(**column) for column in raw["columns"])
    return SheetLayout(columns=columns, merge=tuple(raw.get("merge", ())), **plain)


def _check_types(thing: _Tree) -> None:
    """TypeError where a field that is text, truth or a number holds something else."""
    wanted: dict[object, tuple[type, ...]] = {str: (str,), bool: (bool,), float: (int, float)}
    for field in fields(thing):
        if field.type in wanted and not isinstance(getattr(thing, field.name), wanted[field.type]):
            raise TypeError(field.name)


def _check(layout: Layout) -> None:
    columns = [column for sheet in layout.sheets for column in sheet.columns]
    for part in (layout, *layout.fonts.values(), *layout.sheets, *columns):
        _check_types(part)
    wrong = next((words for fits, words in _LAYOUT_RULES if not fits(layout)), "")
    if wrong:
        raise UserError(f"台账模板{wrong}，请改正后重试。")
    for fill in FILLS:
        _check_fill(fill, layout.fills.get(fill, ""))
    for sheet in layout.sheets:
        _check_sheet(sheet)


_LAYOUT_RULES: tuple[tuple[Callable[[Layout], bool], str], ...] = (
    (
        lambda layout: (
            layout.margins.keys() == MARGINS.keys() and all(0 <= m <= 5 for m in layout.margins.values())
        ),
        "里的页边距不对：要写left、right、top、bottom、header、footer，以英寸计，不超过5",
    ),
    (
        lambda layout: all(
            r in layout.fonts and layout.fonts[r].name.strip() and 1 <= layout.fonts[r].size <= 72
            for r in FONT_ROLES
        ),
        "里标题、副题、表头、正文（title、subtitle、header、body）的字体没有写全，或字号不在1到72之间",
    ),
    (lambda layout: layout.paper in PAPERS, "里的纸张不认识：要写A4或A3"),
    (lambda layout: layout.per in SCOPES, "没有写明是全部一份（report）还是每个单位一份（unit）"),
    (lambda layout: len(layout.sheets) > 0, "里一张表也没有"),
)
"""What every template must be, and what is said of one that is not."""


def check_face(role: str, face: Face) -> None:
    """UserError where a font has no name or a size that nobody prints."""
    if not face.name.strip() or not 1 <= face.size <= 72:
        raise UserError(f"模板里“{role}”的字体没有写名称，或字号不在1到72之间，请改正后重试。")


def check_fit(key: str, layout: Layout) -> None:
    """UserError where a template is that of another layout: its sheets list other things."""
    own = built_in()[key]
    if layout.per != own.per or {s.rows for s in layout.sheets} != {s.rows for s in own.sheets}:
        raise UserError(f"这是“{layout.name}”的模板，不能用作“{own.name}”的，请换一个模板文件。")


def _check_fill(name: str, colour: str) -> None:
    if len(colour) != 6 or not set(colour) <= set("0123456789ABCDEFabcdef"):
        raise UserError(f"台账模板里“{name}”的底色“{colour}”不是六位的颜色值（如E9EDF2），请改正后重试。")


def _check_sheet(sheet: SheetLayout) -> None:
    known = ROW_FIELDS.get(sheet.rows)
    if known is None:
        raise UserError(f"台账模板的“{sheet.name}”要列出的内容“{sheet.rows}”不认识，请改正后重试。")
    for column in sheet.columns:
        _check_column(sheet.name, column, known)
    for name in (sheet.group, *sheet.merge):
        if name and name not in known:
            raise UserError(f"台账模板的“{sheet.name}”中有不认识的列“{name}”，请改正后重试。")
    wrong = next((words for fits, words in _SHEET_RULES if not fits(sheet)), "")
    if wrong:
        raise UserError(f"台账模板的“{sheet.name}”{wrong}，请改正后重试。")


def _is_each_once(sheet: SheetLayout) -> bool:
    names = [column.field for column in sheet.columns]
    return len(names) == len(set(names))


_SHEET_RULES: tuple[tuple[Callable[[SheetLayout], bool], str], ...] = (
    (_is_each_once, "中有一列写了两次"),
    (lambda sheet: sheet.visible > 0, "没有一列是看得见的"),
    (lambda sheet: all(c.hidden for c in sheet.columns[sheet.visible :]), "中隐藏的列没有放在最后"),
    (lambda sheet: not (sheet.locked and (sheet.group or sheet.merge)), "要收回，不能分组或合并单元格"),
    (
        lambda sheet: not sheet.locked or any(c.field == "id" for c in sheet.columns),
        "要收回，不能没有标识列“id”",
    ),
)
"""What every sheet must be, and what is said of one that is not."""


def _check_column(sheet: str, column: Column, known: frozenset[str]) -> None:
    if column.field not in known:
        raise UserError(f"台账模板的“{sheet}”中有不认识的列“{column.field}”，请改正后重试。")
    if column.align not in ALIGNS:
        raise UserError(f"台账模板中“{column.field}”列的对齐方式“{column.align}”不认识，请改正后重试。")
    if column.kind not in KINDS:
        raise UserError(f"台账模板中“{column.field}”列的内容类型“{column.kind}”不认识，请改正后重试。")
    if column.choices and column.choices not in CHOICES:
        raise UserError(f"台账模板中“{column.field}”列的选项“{column.choices}”不认识，请改正后重试。")
    if not 1 <= column.width <= 120:
        raise UserError(f"台账模板中“{column.field}”列的宽度“{column.width}”不在1到120之间，请改正后重试。")
