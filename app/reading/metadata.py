"""What a text says of itself: title, issuer, number, date, years, level and kind."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.domain.patterns import late
from app.domain.report import BlockKind, Level, Metadata, ReportKind
from app.reading.cues import CHROME
from app.reading.marks import Style
from app.reading.periods import name_of, plan_years
from app.reading.pieces import Piece

_SPACE = late(r"\s+")
_SUFFIX = r"(?:特别行政区|自治区|自治州|自治县|新区|矿区|林区|地区|省|市|区|县|盟|旗|镇|乡|街道)"
_PLACE = rf"(?:(?![年月日在第届我各代表向])[\u4e00-\u9fff]){{1,14}}?{_SUFFIX}"
_GOVERNMENT = late(rf"((?:{_PLACE}){{1,3}}人民政府)(?!办公)")
_OFFICE = late(rf"((?:{_PLACE}){{1,3}}人民政府)办公[厅室]")
_SPOKEN = late(r"我代表(?:(国务院)|(.{0,20}?)人民政府)")
_NUMBER = late(r"[\u4e00-\u9fff]{2,12}[〔［\[（【]((?:19|20)\d\d)[〕］\]）】]\d{1,4}号")
_DATE = late(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_ONLY_DATE = late(r"[（]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[）]?")
_QUOTED_TITLE = late(r"《([^》]{0,40}(?:政府工作报告|规划(?:和[^》]{0,20})?纲要|规划))》")
_TITLE_YEAR = late(r"((?:19|20)\d\d)年(?:[\u4e00-\u9fff]{0,12})?(?:政府)?工作报告")
_PLACE_TITLE = late(
    rf"(?:(?:19|20)\d\d年)?((?:{_PLACE}){{1,3}})(?:人民政府|(?:19|20)\d\d年|政府工作报告|国民经济|“十)"
)
_FORWARD = late(
    r"((?:19|20)\d\d)年.{0,16}(?:工作安排|任务|重点工作|工作部署|发展目标|总体要求|工作打算|预期目标|工作要求)"
)
_BACKWARD = late(r"((?:19|20)\d\d)年.{0,12}(?:回顾|总结)")
_YEAR = late(r"((?:19|20)\d\d)年")
_MEETING = late(rf"在((?:{_PLACE}){{1,3}})第")
_PLAN_TITLE = late(
    r"[^。，；！？]{0,40}(?:五年规划|规划纲要|规划和.{0,14}纲要|[”]规划|发展规划)[^。，；！？]{0,12}"
)
_PLAN_NAME = late(rf"(?<![\u4e00-\u9fff])((?:{_PLACE}){{1,3}})[“]十[一二三四五六七八九][五][”]规划")
_NO_TITLE = late(rf"通知|[。>|]|{CHROME.pattern}")
_POSTED = late(r"(?:成文|发布|发文|印发)(?:日期|时间)：?((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_LEVELS = (
    ("特别行政区", Level.PROVINCE),
    ("自治区", Level.PROVINCE),
    ("省", Level.PROVINCE),
    ("地区", Level.CITY),
    ("街道", Level.TOWN),
    ("州", Level.CITY),
    ("盟", Level.CITY),
    ("市", Level.CITY),
    ("区", Level.DISTRICT),
    ("县", Level.DISTRICT),
    ("旗", Level.DISTRICT),
    ("镇", Level.TOWN),
    ("乡", Level.TOWN),
)


def metadata_of(pieces: Sequence[Piece], name: str, year: int | None = None) -> Metadata:
    """The metadata of a document; `year` overrides the year that the text gives."""
    lines = [_SPACE.sub("", p.text) for p in pieces if p.kind is not BlockKind.CELL]
    head = _head_of(pieces)
    kind = _kind(pieces, head, lines)
    issuer = _issuer(head, lines)
    found = _years(kind, pieces, head, lines)
    first, last = (year, year + found[1] - found[0]) if year is not None else found
    return Metadata(
        title=_title(kind, head, issuer, first) or name.rpartition(".")[0] or name,
        issuer=issuer,
        document_number=_document_number(head),
        issued=_issued(head, lines[-6:]),
        year=first,
        end_year=last,
        level=_level(issuer, head),
        kind=kind,
    )


def _head_of(pieces: Sequence[Piece]) -> list[str]:
    """The lines before the body, without their spaces; lines of one title put together."""
    out: list[str] = []
    for piece in pieces[:60]:
        if piece.kind is BlockKind.HEADING and piece.style is not Style.NAMED:
            break
        out.append(_SPACE.sub("", piece.text))
        if len(out) > 1 and "我代表" in piece.text:
            break
    return out


def _kind(pieces: Sequence[Piece], head: list[str], lines: list[str]) -> ReportKind:
    words = "".join(head)[:2000]
    if any("各位代表" in line[:8] for line in lines) or "政府工作报告" in words:
        return ReportKind.WORK_REPORT
    is_chaptered = any(p.style in {Style.CHAPTER, Style.PART} for p in pieces)
    mentions = sum(line.count("规划") + line.count("纲要") for line in lines[:200])
    if is_chaptered and mentions > 3:
        return ReportKind.PLAN
    if any(_PLAN_TITLE.fullmatch(line) for line in head):
        return ReportKind.PLAN
    return ReportKind.WORK_REPORT if any("工作报告" in line for line in head) else ReportKind.OTHER


def _title(kind: ReportKind, head: list[str], issuer: str, year: int) -> str:
    for line in head:
        quoted = _QUOTED_TITLE.search(line)
        if quoted and ("审议" in line or "印发" in line):
            return quoted[1]
    key = "工作报告" if kind is ReportKind.WORK_REPORT else "规划"
    whole = [line for line in head if key in line and len(line) <= 60 and not _NO_TITLE.search(line)]
    if whole:
        best = max(whole, key=lambda line: (len(line) > 6, "年" in line, -len(line)))
        title = re.split("——|--", best)[0]
        return title if len(title) > 6 else f"{issuer.removesuffix('人民政府')}{year}年{title}"
    if kind is ReportKind.PLAN and issuer:
        return f"{issuer.removesuffix('人民政府')}“{name_of(year)}”规划纲要"
    return ""


def _issuer(head: list[str], lines: list[str]) -> str:
    found: list[str] = []
    for line in (*head, *lines[-6:]):
        if len(line) <= 60:
            found += [m[1] for p in (_GOVERNMENT, _OFFICE) for m in p.finditer(line) if line.startswith(m[1])]
    if found:
        return max(found, key=len)
    for pattern in (_PLACE_TITLE, _MEETING):
        named = next((m for line in head if len(line) <= 60 and (m := pattern.search(line))), None)
        if named:
            return named[1] + "人民政府"
    spoken = next((m for line in head if (m := _SPOKEN.search(line))), None)
    if spoken:
        return "国务院" if spoken[1] else spoken[2] + "人民政府"
    plans = Counter(m[1] for line in lines for m in _PLAN_NAME.finditer(line))
    return plans.most_common(1)[0][0] + "人民政府" if plans else ""


def _document_number(head: list[str]) -> str:
    return next((m[0] for line in head if len(line) <= 80 and (m := _NUMBER.search(line))), "")


def _issued(head: list[str], tail: list[str]) -> date | None:
    """The notice's own date, else the imprint's, else the day of the meeting."""
    posted = next((m for line in head if (m := _POSTED.search(line))), None)
    if posted and _day(posted):
        return _day(posted)
    for lines, pattern in ((head, _ONLY_DATE), (tail, None), (head, None)):
        for line in lines:
            found = _DATE.search(line)
            if found is None or len(line) > 60 or (pattern and not pattern.fullmatch(line)):
                continue
            if lines is tail and "印发" not in line and not _ONLY_DATE.fullmatch(line):
                continue
            day = _day(found)
            if day:
                return day
    return None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _years(kind: ReportKind, pieces: Sequence[Piece], head: list[str], lines: list[str]) -> tuple[int, int]:
    if kind is ReportKind.PLAN:
        years = plan_years("".join(head) + "".join(lines[:400]))
        if years:
            return years
    headings = [_SPACE.sub("", p.text) for p in pieces if p.kind is BlockKind.HEADING and not p.in_box]
    for pattern, where, shift in (
        (_TITLE_YEAR, head, 0),
        (_FORWARD, headings, 0),
        (_BACKWARD, headings, 1),
        (_DATE, head, 0),
        (_NUMBER, head, 0),
    ):
        found = [int(m[1]) for line in where if len(line) <= 80 and (m := pattern.search(line))]
        if found:
            return max(found) + shift, max(found) + shift
    counted = Counter(int(m[1]) for line in lines for m in _YEAR.finditer(line))
    year = counted.most_common(1)[0][0] if counted else datetime.now(tz=UTC).year
    return year, year


def _level(issuer: str, head: list[str]) -> Level:
    if "国务院" in issuer:
        return Level.STATE
    place = issuer.removesuffix("人民政府")
    spoken = next((m[2] for line in head if (m := _SPOKEN.search(line)) and m[2]), "")
    for words in (spoken, place):
        level = next((level for ending, level in _LEVELS if words.endswith(ending)), None)
        if level:
            return level
    return Level.UNKNOWN
