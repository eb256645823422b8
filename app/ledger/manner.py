"""How Word documents look and what stands in them: a template as data, checked by name when it is read."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.ledger.layout import TEMPLATES, Face, check_face
from app.ledger.saving import check_target, write_beside

NAMES: Mapping[str, frozenset[str]] = {
    "notice_opening": frozenset({"项数", "周期", "报送日", "起报期"}),
    "remind_opening": frozenset({"项数", "答复期限"}),
    "bulletin_opening": frozenset({"报送期"}),
}
"""What a text may have filled in, besides what every text may."""

COMMON_NAMES = frozenset({"报告", "发文单位", "日期"})
TEXT_NAMES: Mapping[str, str] = {
    "division_title": "标题",
    "division_opening": "开头",
    "division_closing": "结尾",
    "notice_title": "标题",
    "notice_opening": "开头",
    "notice_closing": "结尾",
    "remind_title": "标题",
    "remind_opening": "开头",
    "bulletin_title": "标题",
    "bulletin_opening": "开头",
    "bulletin_closing": "结尾",
    "evaluation_title": "标题",
    "evaluation_blank": "留待填写处",
}
"""Every text by its key; what comes before the first _ is the document it belongs to."""

FONT_NAMES: Mapping[str, str] = {
    "title": "标题",
    "heading1": "一级标题",
    "heading2": "二级标题",
    "body": "正文",
    "table_header": "表头",
    "table": "表格",
    "page_number": "页码",
}
NO_TEMPLATE = "这不是公文模板，或内容不完整，请换一个从本系统存出的公文模板文件。"
_NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Manner:
    """Fonts by role, margins in millimetres, lines to a page, characters to a line, texts with {names}."""

    fonts: Mapping[str, Face]
    margins: Mapping[str, float]
    lines: int
    characters: int
    texts: Mapping[str, str]


@cache
def manner() -> Manner:
    """The manner that the program brings along."""
    return parse_manner((TEMPLATES / "documents.json").read_text(encoding="utf-8"))


def parse_manner(text: str) -> Manner:
    """The manner of a template's text. UserError says in Chinese what is wrong with it, by name."""
    try:
        raw: dict[str, Any] = json.loads(text)
        found = Manner(**{**raw, "fonts": {role: Face(**font) for role, font in raw["fonts"].items()}})
        check_manner(found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(NO_TEMPLATE) from error
    return found


def dump_manner(found: Manner) -> str:
    """The template's text, which `parse_manner` makes the same manner of."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n"


def load_manner(path: Path) -> Manner:
    """Read a template from a file. UserError where there is none, or it is no template."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"不能读取公文模板“{path.name}”，请检查文件是否还在。") from error
    return parse_manner(text)


def save_manner(found: Manner, path: Path) -> None:
    """Write a template to a .json file, to be shared. UserError where it cannot be written."""
    check_target(path, ".json")
    write_beside(path, lambda: dump_manner(found).encode("utf-8"), lambda: None)


def check_manner(found: Manner) -> None:
    """UserError where a font, text or {name} is not known or missing, by its name."""
    for known, given in ((FONT_NAMES, found.fonts), (TEXT_NAMES, found.texts)):
        for name in (*(given.keys() - known), *(known.keys() - given)):
            words = "不认识" if name in given else "缺少"
            raise UserError(f"公文模板里{words}“{name}”，请改正后重试。")
    for role, face in found.fonts.items():
        check_face(FONT_NAMES[role], face)
    for name, text in found.texts.items():
        _check_text(name, text)
    _check_page(found)


def _check_text(name: str, text: str) -> None:
    for used in _NAME.findall(text):
        if used not in COMMON_NAMES | NAMES.get(name, frozenset()):
            raise UserError(f"公文模板里“{text[:12]}…”一句中有不认识的名称“{{{used}}}”，请改正后重试。")
    if not text.strip() and name.endswith("_title"):
        raise UserError("公文要有标题，请填写后重试。")


def _check_page(found: Manner) -> None:
    across, down = (found.margins[a] + found.margins[b] for a, b in (("left", "right"), ("top", "bottom")))
    fits = (
        found.margins.keys() == {"left", "right", "top", "bottom"}
        and min(found.margins.values()) >= 0
        and across <= 150
        and down <= 200
        and found.margins["bottom"] >= 12
        and 1 <= found.lines <= 60
        and 1 <= found.characters <= 80
    )
    if not fits:
        raise UserError("公文模板里的页边距、每页行数或每行字数不对，请改正后重试。")
