"""Which part of a web page is the article: without navigation, buttons, links and the page's foot."""

import re
from itertools import accumulate, chain

from app.reading.formats.archive import Element
from app.reading.formats.html_lines import Items, PageLines
from app.reading.formats.html_tree import compiled, words_of
from app.reading.formats.html_written import write

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
_ROLES = {"navigation", "banner", "contentinfo", "search"}
_WORDS = {"p", "span", "td", "tr", "tbody", "font", "strong", "b"}
"""What holds the words of the article, whatever it is called."""
_LOOKS = ("b", "em", "font", "i", "span", "strong", "sub", "sup", "u")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_ODDS = 3
"""A part with so many times the words that stand outside of it, links not counted, holds the article."""
_LEAST = 200
_TITLE_TAGS = ("h1", "h2", "h3")
_TITLES = re.compile(
    r"(?:^|[\s_-])(?:title|bt|biaoti|article-title|tit|arti[-_]?title|newstitle)(?:$|[\s_\d-])", re.IGNORECASE
)
_META = ("ArticleTitle", "articletitle", "og:title")
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,30}$")
_LONGEST_TITLE = 80
_OPENING = 600
_NAMES_IT = re.compile("工作报告|规划|纲要")


def article(root: Element) -> tuple[str, Element, Items]:
    """The article's title where it stands outside of the article ("" otherwise), the element that holds it, its items."""
    body = root.find("body")
    body = root if body is None else body
    said = _said_titles(root)
    _strip(body)
    write(body)
    _join_words(body)
    found, items = _narrowed(body)
    title = "" if found is body else _title(body, found, items, said)
    return title, found, items


def _strip(body: Element) -> None:
    """Take out what belongs to the page; a part that holds most of the words stays, whatever it is called."""
    from lxml import etree

    suspects = {*_named(body), *_hidden(body), *body.iter(*_OUTSIDE)}
    chrome = [(element, 2 * _length(element)) for element in suspects]
    total = _length_up_to(body, 1 + max((double for _, double in chrome), default=0))
    for element, double in chrome:
        if double < total:
            element.tag = _NEVER[0]
    etree.strip_elements(body, *_NEVER, with_tail=False)


def _join_words(body: Element) -> None:
    """Take away what only says how words look, so that a paragraph's words are one text; a title stays to be found."""
    from lxml import etree

    for called in compiled("descendant::span/@class | descendant::span/@id")(body):
        if _TITLES.search(called):
            called.getparent().tag = "bdi"
    etree.strip_tags(body, *_LOOKS)


def _named(body: Element) -> list[Element]:
    """What is called as the parts of a page are. Hundreds of elements have a name, but only a few names there are."""
    names = [*compiled("descendant::*/@class")(body), *compiled("descendant::*/@id")(body)]
    chrome = set(filter(_CHROME.search, set(names)))
    called = [name.getparent() for name in names if name in chrome]
    roles = [role.getparent() for role in compiled("descendant::*/@role")(body) if role in _ROLES]
    return [element for element in (*called, *roles) if element.tag not in _WORDS]


def _hidden(body: Element) -> list[Element]:
    """What no reader of the page sees."""
    hidden = [said.getparent() for said in compiled("descendant::*/@hidden")(body)]
    styles = {style for style in set(compiled("descendant::*/@style", False)(body)) if _HIDDEN.search(style)}
    return hidden + ([each for each in body.iter() if each.get("style") in styles] if styles else [])


def _length(element: Element) -> int:
    return int(compiled("string-length()")(element))


def _length_up_to(element: Element, most: int) -> int:
    """How many characters an element has, counted no further than needed."""
    length = 0
    for words in element.itertext():
        length += len(words)
        if length >= most:
            break
    return length


def _narrowed(body: Element) -> tuple[Element, Items]:
    """The innermost part that still holds most of the words, and its items."""
    lines = PageLines(body)
    sums = [0, *accumulate(lines.weights())]
    if sums[-1] >= _LEAST:
        for part, first, end in lines.parts:
            inside = sums[end] - sums[first]
            if inside >= _ODDS * (sums[-1] - inside):
                cell = _heavy_cell(part, sums[-1])
                return (part, lines.items[first:end]) if cell is None else _narrowed(cell)
    return body, lines.items


def _heavy_cell(table: Element, total: int) -> Element | None:
    """The cell that holds most of the words: its table, which was taken for one with data, only lays out the page."""
    for cell in table.iter("td", "th") if table.tag == "table" else ():
        inside = sum(PageLines(cell).weights())
        if inside >= _ODDS * (total - inside):
            return cell
    return None


def _said_titles(root: Element) -> list[str]:
    """What the page's head calls the article, without the site's name behind it."""
    metas = {meta.get("name") or meta.get("property"): meta.get("content", "") for meta in root.iter("meta")}
    named = [metas[name] for name in _META if metas.get(name)]
    title = next(root.iter("title"), None)
    named += [_SITE.sub("", title.text)] if title is not None and title.text else []
    return [_SPACE.sub(" ", name).strip() for name in named]


def _title(body: Element, found: Element, items: Items, said: list[str]) -> str:
    """The article's heading among what stands before it; what the head says must agree, or there is no better."""
    opening = _SPACE.sub("", _opening(items))
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


def _opening(items: Items) -> str:
    """The first words of the article."""
    opening = ""
    for item in items:
        opening += item if isinstance(item, str) else "".join(chain(*item))
        if len(opening) >= _OPENING:
            break
    return opening[:_OPENING]
