"""Which part of a web page is the article: without navigation, buttons, links and the page's foot."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from app.reading.formats.archive import Element

_NAMES = (
    "script style noscript nav aside button select input textarea iframe object embed template svg canvas audio video map"
    " area head link meta del"
)
_NEVER = _NAMES.split()
_OUTSIDE = ("header", "footer", "form")
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|topbar|toolbar|breadcrumbs?|crumbs?|weizhi|dqwz|sidebar|side"
    r"|foot|footer|header|banner|logo|search|login|share|bdsharebuttonbox|bdshare|qrcode|ewm|erweima|print|dayin|fontsize"
    r"|zihao|related|recommend|xgyd|pagination|pager|copyright|links?|friendlink|backtop|gotop|toplink|accessible|wza"
    r"|advert|ads?|comment|hot|rank|prevnext|prev-next|editor-info|source-info)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_ODDS = 3
"""A part with so many times the words that stand outside of it, links not counted, holds the article."""
_LEAST = 200
_WIDEST = 4
"""Bytes of the widest characters."""
_HOLDERS = "div section article main table tbody tr td center form ucapcontent pre"
_PARTS = _HOLDERS.split()
_TITLE_TAGS = ("h1", "h2", "h3")
_TITLES = re.compile(
    r"(?:^|[\s_-])(?:title|bt|biaoti|article-title|tit|arti[-_]?title|newstitle)(?:$|[\s_\d-])", re.IGNORECASE
)
_META = ("ArticleTitle", "articletitle", "og:title")
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,30}$")
_LONGEST_TITLE = 80
_OPENING = 600
_NAMES_IT = re.compile("工作报告|规划|纲要")


def article(root: Element) -> tuple[str, Element]:
    """The article's title where it stands outside of the article ("" otherwise), and the element that holds it."""
    body = root.find("body")
    body = root if body is None else body
    said = _said_titles(root)
    _strip(body)
    found = _narrowed(body)
    title = "" if found is body else _title(body, found, said)
    return title, found


def _strip(body: Element) -> None:
    """Take out what belongs to the page; a part that holds most of the words stays, whatever it is called."""
    from lxml import etree

    named = {attribute.getparent() for attribute in compiled("descendant::*/@*")(body)}
    suspects = [*named, *body.iter(*_OUTSIDE)]
    chrome = [(element, _length(element) * 2) for element in suspects if _is_chrome(element)]
    total = _bytes(body) // _WIDEST
    if any(double >= total for _, double in chrome):
        total = max(_length(body), 1)
    for element, double in chrome:
        if double < total:
            element.tag = _NEVER[0]
    etree.strip_elements(body, *_NEVER, with_tail=False)


@cache
def compiled(path: str) -> Callable[[Element], Any]:
    """An XPath, compiled once: to compile takes longer than to look."""
    from lxml import etree

    found: Callable[[Element], Any] = etree.XPath(path)
    return found


def words_of(element: Element) -> str:
    """All the words within an element."""
    return "".join(element.itertext())


def _is_chrome(element: Element) -> bool:
    if element.tag in _OUTSIDE:
        return True
    if element.tag in {"p", "span", "td", "tr", "tbody", "body", "font", "strong", "b"}:
        return bool(_HIDDEN.search(element.get("style", "")))
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if _CHROME.search(names) or element.get("role") in {"navigation", "banner", "contentinfo", "search"}:
        return True
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _length(element: Element) -> int:
    return int(compiled("string-length()")(element))


def _bytes(element: Element) -> int:
    """How many bytes the characters of an element are: told four times as fast as how many characters."""
    from lxml import etree

    return len(etree.tostring(element, encoding="utf-8", method="text", with_tail=False))


def _own(element: Element, measure: Callable[[Element], int]) -> int:
    """How much of an element is no link."""
    return measure(element) - sum(map(measure, element.iter("a")))


def _narrowed(body: Element) -> Element:
    """The innermost part that still holds most of the words."""
    total = _own(body, _bytes)
    if total < _WIDEST * _LEAST and _own(body, _length) < _LEAST:
        return body

    def is_heavy(part: Element) -> bool:
        inside = _own(part, _bytes)
        outside = total - inside
        # characters are only counted where their bytes leave it open
        if inside >= _WIDEST * _ODDS * outside or inside * _WIDEST < _ODDS * outside:
            return inside > outside
        return _own(part, _length) >= _ODDS * (_own(body, _length) - _own(part, _length))

    here, heavy = body, body
    while heavy is not None:
        here = heavy
        heavy = next(filter(is_heavy, here.iterchildren(*_PARTS)), None)
    return here


def _said_titles(root: Element) -> list[str]:
    """What the page's head calls the article, without the site's name behind it."""
    metas = {meta.get("name") or meta.get("property"): meta.get("content", "") for meta in root.iter("meta")}
    named = [metas[name] for name in _META if metas.get(name)]
    title = next(root.iter("title"), None)
    named += [_SITE.sub("", title.text)] if title is not None and title.text else []
    return [_SPACE.sub(" ", name).strip() for name in named]


def _title(body: Element, found: Element, said: list[str]) -> str:
    """The article's heading among what stands before it; what the head says must agree, or there is no better."""
    opening = _SPACE.sub("", _opening(found))
    candidates: list[str] = []
    for element in body.iter():
        if element is found:
            break
        if element.tag in _TITLE_TAGS or (
            isinstance(element.tag, str)
            and _TITLES.search(f"{element.get('class', '')} {element.get('id', '')}")
        ):
            words = _SPACE.sub(" ", words_of(element)).strip()
            if 4 <= len(words) <= _LONGEST_TITLE:
                candidates.append(words)
    has_title = _NAMES_IT.search(opening[:300]) is not None
    for title in (*reversed(candidates), *(() if has_title else said)):
        if _NAMES_IT.search(title):
            return "" if _SPACE.sub("", title) in opening else title
    return ""


def _opening(found: Element) -> str:
    """The first words of the article."""
    opening = ""
    for words in found.itertext():
        opening += words
        if len(opening) >= _OPENING:
            break
    return opening[:_OPENING]
