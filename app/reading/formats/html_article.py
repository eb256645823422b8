"""Which part of a web page is the article: without navigation, buttons, links and the page's foot."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from app.reading.formats.archive import Element

_NAMES = (
    "script style noscript nav aside button select input textarea iframe object embed template svg canvas audio video map"
    " area head link meta"
)
_NEVER = frozenset(_NAMES.split())
_OUTSIDE = _NEVER | {"header", "footer", "form"}
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|topbar|toolbar|breadcrumbs?|crumbs?|weizhi|dqwz|sidebar|side"
    r"|foot|footer|header|banner|logo|search|login|share|bdsharebuttonbox|bdshare|qrcode|ewm|erweima|print|dayin|fontsize"
    r"|zihao|related|recommend|xgyd|pagination|pager|copyright|links?|friendlink|backtop|gotop|toplink|accessible|wza"
    r"|advert|ads?|comment|hot|rank|prevnext|prev-next|editor-info|source-info)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_SUSPECT = ".//*[@class or @id or @style or @hidden or @role]"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SHARE = 0.75
"""A part with so much of the words that are no links holds the article."""
_LEAST = 200
_TITLE_TAGS = ("h1", "h2", "h3")
_TITLES = re.compile(
    r"(?:^|[\s_-])(?:title|bt|biaoti|article-title|tit|arti[-_]?title|newstitle)(?:$|[\s_\d-])", re.IGNORECASE
)
_META = ("ArticleTitle", "articletitle", "og:title")
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,30}$")
_LONGEST_TITLE = 80
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
    total = _length(body)
    doomed = [
        element
        for element in _suspects(body)
        if element.tag in _NEVER or (_is_chrome(element) and _length(element) * 2 < max(total, 1))
    ]
    for element in doomed:
        if element.getparent() is not None:
            _drop(element)


def _suspects(body: Element) -> list[Element]:
    """The elements that may belong to the page: found at once, as most have nothing that could say so."""
    named: list[Element] = compiled(_SUSPECT)(body)
    return named + [element for element in body.iter() if element.tag in _OUTSIDE]


def _drop(element: Element) -> None:
    """Take an element out, but not the words behind it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


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
    if element.tag in {"header", "footer", "form"}:
        return True
    if element.tag in {"p", "span", "td", "tr", "tbody", "body", "font", "strong", "b"}:
        return bool(_HIDDEN.search(element.get("style", "")))
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if _CHROME.search(names) or element.get("role") in {"navigation", "banner", "contentinfo", "search"}:
        return True
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _length(element: Element) -> int:
    return int(compiled("string-length()")(element))


def _own_words(element: Element) -> int:
    """How many characters of an element are no links."""
    return _length(element) - sum(map(_length, element.iter("a")))


def _narrowed(body: Element) -> Element:
    """The innermost part that still holds most of the words."""
    total = _own_words(body)
    here = body
    while total >= _LEAST:
        heavy = next((child for child in _parts(here) if _own_words(child) >= _SHARE * total), None)
        if heavy is None:
            break
        here = heavy
    return here


def _parts(element: Element) -> Iterator[Element]:
    parts = {
        "div",
        "section",
        "article",
        "main",
        "table",
        "tbody",
        "tr",
        "td",
        "center",
        "form",
        "ucapcontent",
        "pre",
    }
    return (child for child in element if isinstance(child.tag, str) and child.tag in parts)


def _said_titles(root: Element) -> list[str]:
    """What the page's head calls the article, without the site's name behind it."""
    metas = {meta.get("name") or meta.get("property"): meta.get("content", "") for meta in root.iter("meta")}
    named = [metas[name] for name in _META if metas.get(name)]
    title = root.find(".//title")
    named += [_SITE.sub("", title.text)] if title is not None and title.text else []
    return [_SPACE.sub(" ", name).strip() for name in named]


def _title(body: Element, found: Element, said: list[str]) -> str:
    """The article's heading among what stands before it; what the head says must agree, or there is no better."""
    opening = _SPACE.sub("", compiled("substring(string(), 1, 600)")(found))
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
