"""分工意见: the report's tasks under its headings, each with who answers for it, in the State Council's form."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.ledger import TaskRow
from app.domain.patterns import late
from app.domain.phrases import asked
from app.domain.report import Section, section_path
from app.domain.tasks import Item

_ORDINAL = late(
    r"^\s*(?:第[〇零一二三四五六七八九十百\d]+[篇章节编部]分?|[（(]?[一二三四五六七八九十百\d]+(?:[）)]|[、.．]))[\s、]*"
)
_YEAR = late(r"^20\d\d年(?=\d{1,2}月)")
_BRACKETED = late(r"^（([^（）]+)）$")
"""A part that has no heading of its own is called so (（重点工作）); as a heading it stands without brackets."""

_ENDS = "。；！？"
_DIGITS = "零一二三四五六七八九"
OTHERS = "其他事项"


@dataclass(frozen=True, slots=True)
class DivisionLine:
    """A heading of the first or second level (`level` 1, 2; its text numbered), or a task (`level` 3)."""

    level: int
    text: str
    owners: str = ""


def division(
    rows: Iterable[TaskRow], items: Iterable[Item], sections: tuple[Section, ...]
) -> tuple[DivisionLine, ...]:
    """The lines of 分工意见: 一、 and （一） newly numbered, tasks numbered through.

    A chapter that all tasks stand in is no heading: its parts are then 一、 and theirs （一）.
    """
    rows = tuple(rows)
    starts = {item.task.id: item.start if item.task.spans else None for item in items}
    return _lines(rows, {row.id: _titles(sections, starts.get(row.id)) for row in rows})


def owners_words(row: TaskRow, year: int = 0) -> str:
    """（区科技局牵头，区财政局、区交通局按职责分工负责，6月底前完成）; "" where the row names nobody.

    The year of a deadline is left out where it is `year`, the report's.
    """
    supports = row.support.strip("、 ")
    who = row.lead
    if who and supports:
        who = f"{row.lead}牵头，{supports}按职责分工负责"
    elif who or supports:
        who = f"{who or supports}负责"
    parts = [part for part in (who, _deadline(row.deadline, year)) if part]
    return f"（{'，'.join(parts)}）" if who else ""


def _deadline(words: str, year: int) -> str:
    """6月底前完成; several with 、 between; 持续推进 as it is."""
    found = []
    for part in asked(words).split("；"):
        plain = part.split("（")[0].strip()
        if plain.startswith(f"{year}年"):
            plain = _YEAR.sub("", plain)
        if plain:
            found.append(f"{plain}完成" if plain.endswith("前") else plain)
    return "、".join(found)


def chinese_number(number: int) -> str:
    """1 to 99 as headings count: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return ten + (_DIGITS[ones] if ones or not tens else "")


def _titles(sections: tuple[Section, ...], start: int | None) -> tuple[str, ...]:
    if start is None:
        return ()
    return tuple(_plain(section.title) for section in section_path(sections, start))


def _plain(title: str) -> str:
    joined = "".join(line.strip() for line in title.split("\n"))
    plain = _ORDINAL.sub("", joined, count=1).rstrip(_ENDS)
    return _BRACKETED.sub(r"\1", plain)


def _lines(rows: tuple[TaskRow, ...], paths: dict[str, tuple[str, ...]]) -> tuple[DivisionLine, ...]:
    skipped = _shared_depth([paths[row.id] for row in rows if paths[row.id]])
    year = _most_named_year(rows)
    lines: list[DivisionLine] = []
    here = ("", "")
    chapters = parts = 0
    for number, row in enumerate(rows, 1):
        chapter, part, *_ = (*(paths[row.id][skipped:] or (OTHERS,)), "", "")
        if chapter != here[0]:
            chapters, parts = chapters + 1, 0
            lines.append(DivisionLine(1, f"{chinese_number(chapters)}、{chapter}"))
        if part and (chapter, part) != here:
            parts += 1
            lines.append(DivisionLine(2, f"（{chinese_number(parts)}）{part}"))
        here = (chapter, part)
        lines.append(DivisionLine(3, f"{number}. {_sentence(row)}", owners_words(row, year)))
    return tuple(lines)


def _shared_depth(paths: list[tuple[str, ...]]) -> int:
    """How many headings all tasks stand under; at least one heading is left to those that have any."""
    depth = 0
    while (
        paths and all(len(path) > depth + 1 for path in paths) and len({path[depth] for path in paths}) == 1
    ):
        depth += 1
    return depth


def _most_named_year(rows: tuple[TaskRow, ...]) -> int:
    years = [int(row.deadline[:4]) for row in rows if row.deadline[:4].isdigit()]
    return max(set(years), key=years.count, default=0)


def _sentence(row: TaskRow) -> str:
    text = "".join((row.quote or row.summary).split("\n")).strip()
    return text if text.endswith(tuple(_ENDS)) else f"{text}。"
