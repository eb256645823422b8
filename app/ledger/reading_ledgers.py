"""A 任务分解表 of an earlier year, ours or another office's -> who answered for what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError

from app.domain.errors import UserError
from app.domain.experience import Precedent
from app.domain.tasks import Owner, Role
from app.ledger.merges import Merge, filled, merges
from app.ledger.opening import Line, sheets

ROW_LIMIT = 20_000
HEADER_DEPTH = 20
"""How far down the columns' titles are looked for."""

LONGEST_TEXT, LONGEST_NAME = 2_000, 40

COLUMNS: dict[str, tuple[str, ...]] = {
    "lead": ("牵头单位", "牵头部门", "主办单位", "主责单位", "责任单位", "责任部门", "承办单位", "落实单位", "承担单位"),
    "support": ("配合单位", "配合部门", "协办单位", "协同单位", "参与单位", "参加单位", "责任单位", "责任部门"),
    "text": ("原文", "重点任务", "工作任务", "任务内容", "主要任务", "工作内容", "重点工作", "督查事项", "目标任务", "任务名称",
             "工作要点", "任务", "事项", "工作", "指标名称", "指标"),
    "detail": ("分解事项", "分解任务", "具体任务", "具体事项", "具体工作", "工作措施", "具体措施"),
    "state": ("状态",),
}  # fmt: skip
"""The words of a column's title, the surest first; a column means one thing, in this order."""

NEEDED = {"lead", "text"}
"""The columns without which a table is none of ours."""

WAITING = "待确认"
"""The state of a row of ours that nobody has decided on."""

_IN_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_SPLIT = re.compile(r"[、，,；;。/\s]+|(?<=[局委办会院部])及")
_LABEL = re.compile(r"(牵头|主办|责任|主责|配合|协办|参与|参加)(?:单位|部门)?[:：]")
_LEADING = re.compile(r"[（(](?:牵头|主办|主责)(?:单位|部门)?[）)]")
_PLACEHOLDERS = frozenset({"", "/", "-", "—", "——", "无", "待定"})
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)|二[〇○零]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])")
_DIGITS = {digit: str(n) for n, digit in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


@dataclass(frozen=True, slots=True)
class PastLedger:
    """What a workbook tells: its decided rows, and how many were left out because nobody has confirmed them."""

    precedents: tuple[Precedent, ...]
    waiting: int = 0


def read_ledger(path: Path) -> PastLedger:
    """The rows of every sheet that has a column of tasks and one of the bodies that answer for them.

    UserError where there is no such sheet or no such row, or where the file is no workbook or a hostile one.
    """
    opened = sheets(path, ROW_LIMIT)
    areas = _merges(path)
    found: list[Precedent] = []
    waiting, has_table = 0, False
    for title, lines in opened:
        table = _table(title, filled(lines, areas.get(title, [])), path.stem)
        if table is not None:
            has_table = True
            found += table.precedents
            waiting += table.waiting
    if not has_table:
        raise UserError(
            f"“{path.name}”里没有找到任务分解表：表头要有任务一栏（如“重点任务”）和单位一栏（如“牵头单位”“责任单位”）。"
        )
    if not found:
        why = "各行都还是“待确认”" if waiting else "没有一行写明了单位"
        raise UserError(f"“{path.name}”里{why}，没有可以作为经验的内容。")
    unique = {precedent.id: precedent for precedent in found}
    return PastLedger(tuple(unique.values()), waiting)


def _merges(path: Path) -> dict[str, list[Merge]]:
    try:
        return merges(path)
    except (BadZipFile, ParseError, DefusedXmlException, KeyError, ValueError, OSError) as error:
        raise UserError(
            f"“{path.name}”已损坏，没有导入。请在 Excel 或 WPS 里打开它另存一份，再导入。"
        ) from error


# --- the table


def _table(title: str, lines: list[Line], stem: str) -> PastLedger | None:
    header = next(_headers(lines), None)
    if header is None:
        return None
    place, columns, height = header
    above = [_line(cell) for _, cells in lines[:place] for cell in dict.fromkeys(cells)]
    year = next(filter(None, map(year_in, (*above, title, stem))), 0)
    source = f"{year}年任务分解表" if year else stem
    rows = [cells for _, cells in lines[place + height :]]
    decided = [cells for cells in rows if WAITING not in _cell(cells, columns, "state")]
    made = [p for cells in decided for p in _precedents(cells, columns, source, year)]
    return PastLedger(tuple(made), len(rows) - len(decided))


def _headers(lines: list[Line]) -> Iterator[tuple[int, dict[str, int], int]]:
    """Where a header may stand, the columns it names, and how many lines it takes: two, where 牵头 and 配合 stand
    below one title.
    """
    top = [cells for _, cells in lines[:HEADER_DEPTH]]
    for place, (cells, below) in enumerate(zip(top, [*top[1:], []], strict=True)):
        own, both = _columns(cells), _columns(list(map(_both, cells, below)))
        if "text" in own and _is_lower_half(below) and len(both) > len(own) and both.keys() >= NEEDED:
            yield place, both, 2
        elif own.keys() >= NEEDED:
            yield place, own, 1


def _is_lower_half(cells: Sequence[str]) -> bool:
    """Whether a line can stand below a header's first: short words, bodies among them, and no header by itself."""
    is_short = all(len(cell) <= 12 for cell in cells)
    names_bodies = any("单位" in cell or "部门" in cell for cell in cells)
    return is_short and names_bodies and "text" not in _columns(cells)


def _both(above: str, below: str) -> str:
    return below if any(_plain(below) in words for words in COLUMNS.values()) else above


def _columns(titles: Sequence[str]) -> dict[str, int]:
    """Which column is what: whole titles first, then titles that hold the word."""
    plain = [_plain(title) for title in titles]
    found: dict[str, int] = {}
    for fits in (str.__eq__, str.__contains__):
        for name, words in COLUMNS.items():
            for word in words:
                hit = next((i for i, t in enumerate(plain) if len(t) <= 16 and fits(t, word)), None)
                if hit is not None and name not in found and hit not in found.values():
                    found[name] = hit
    return found


def _cell(cells: Sequence[str], columns: dict[str, int], name: str) -> str:
    at = columns.get(name)
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _precedents(cells: Sequence[str], columns: dict[str, int], source: str, year: int) -> Iterator[Precedent]:
    text, detail = (_line(_cell(cells, columns, name)) for name in ("text", "detail"))
    # two rows under one merged task differ in what they split off
    text = (text if detail.rstrip("…") in text else f"{text} {detail}").strip()
    leads = _cell(cells, columns, "lead")
    names = owners_in(leads, _cell(cells, columns, "support"))
    # a heading merged over the whole row stands in every column
    if len(text) < 2 or not names or _is_title(text) or _line(leads) == text:
        return
    lead, *supports = names
    key = "\0".join((str(year), text[:LONGEST_TEXT], *names))
    yield Precedent(
        str(uuid5(NAMESPACE_URL, key)),
        text[:LONGEST_TEXT],
        Owner(Role.LEAD, lead),
        tuple(Owner(Role.SUPPORT, name) for name in supports),
        source,
        year,
    )


def _is_title(text: str) -> bool:
    """Whether a row repeats the header, as it does at the top of each printed page."""
    return any(_plain(text) in words for words in COLUMNS.values())


# --- words


def owners_in(lead: str, support: str = "") -> list[str]:
    """The bodies that two cells name, the lead first: the one marked （牵头）, else the first.

    A cell may hold both behind labels (牵头单位：甲；配合单位：乙).
    """
    first: list[str] = []
    others: list[str] = []
    for label, words in _labelled(lead):
        (others if label in ("配合", "协办", "参与", "参加") else first).extend(_SPLIT.split(words))
    for _, words in _labelled(support):
        others += _SPLIT.split(words)
    marked = [name for name in first if _LEADING.search(name)]
    names = [_IN_BRACKETS.sub("", name).strip("（）()[]【】") for name in (*marked, *first, *others)]
    return [name for name in dict.fromkeys(names) if name not in _PLACEHOLDERS and len(name) <= LONGEST_NAME]


def _labelled(cell: str) -> Iterator[tuple[str, str]]:
    marks = list(_LABEL.finditer(cell))
    yield "", cell[: marks[0].start()] if marks else cell
    for mark, after in pairwise([*marks, None]):
        if mark is not None:
            yield mark[1], cell[mark.end() : after.start() if after else None]


def year_in(text: str) -> int:
    """The first year that a text names, 2025年 or 二〇二五年; 0 if none."""
    found = _YEAR.search(text)
    if not found:
        return 0
    return int(found[1] or f"20{_DIGITS[found[2]]}{_DIGITS[found[3]]}")


def _plain(title: str) -> str:
    return "".join(_IN_BRACKETS.sub("", title).split())


def _line(text: str) -> str:
    return " ".join(text.split())
