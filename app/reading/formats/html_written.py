"""What a page's markup says beside its words, written into them: the numbers of lists, notes, raised figures."""

import re

from app.reading.formats.archive import Element
from app.reading.formats.docx_numbers import whole
from app.reading.formats.html_lines import BREAKS
from app.reading.formats.html_tree import compiled, words_of
from app.reading.formats.raised import STOPS, raised

_NUMBERED = re.compile(r"\s*(?:\d{1,3}[.、)）．]|[（(]\s*\d|[①-⑳]|[一二三四五六七八九十]{1,3}、)")
_MARK = re.compile(r"\s*[\[〔［【(（]?\s*(\d{1,3})\s*[\]〕］】)）]?\s*")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What a page may hold all the same, but lxml takes from no one else."""
_LINES = BREAKS | {"br"}
"""Where a line begins or ends: what stands before one is not before its words."""


def write(article: Element) -> None:
    """Write them into an article's tree."""
    _write_numbers(article)
    _write_notes(article)
    for small in compiled("descendant::sup[not(ancestor::sup)]")(article):
        words = words_of(small)
        if words.strip():  # what is empty would be looked back over again and again
            _put(small, raised(words, _words_before(small)))


def _write_numbers(article: Element) -> None:
    """What a browser shows before the entries of a numbered list, before their first words."""
    for entries in article.iter("ol"):
        first = whole(entries.get("start"), 1)
        for number, entry in enumerate(entries.iterchildren("li"), first):
            if not _NUMBERED.match(words_of(entry)):
                holder = next((part for part in entry.iter() if (part.text or "").strip()), entry)
                _set(holder, "text", f"{number}. {(holder.text or '').lstrip()}")


def _write_notes(article: Element) -> None:
    """Calls and notes, which are links to each other, are marked [1]; 注释 stands before the notes."""
    anchors = {name: a for a in article.iter("a") if (name := a.get("name") or a.get("id"))}
    notes: dict[Element, None] = {}
    for call in anchors.values():
        note, mark = _led_to(call, anchors), _MARK.fullmatch(words_of(call))
        if mark is None or note is None or note is call or call in notes:
            continue
        if _led_to(note, anchors) is not call:
            continue
        _put(call, f"[{mark[1]}]")
        _replace(note, f"[{mark[1]}]")
        notes[note] = None
    for first in [*notes][:1]:
        _head(first)


def _led_to(anchor: Element, anchors: dict[str, Element]) -> Element | None:
    link = anchor.get("href", "")
    return anchors.get(link[1:]) if link.startswith("#") else None


def _head(note: Element) -> None:
    """Write 注释 before a note's line."""
    from lxml import etree

    line = note
    while line.tag not in _LINES and line.getparent() is not None:
        line = line.getparent()
    if line.getparent() is None:
        return
    for words in (None, "注释"):
        paragraph = etree.Element("p")
        paragraph.text = words
        line.addprevious(paragraph)


def _put(element: Element, words: str) -> None:
    """Words for an element's content; a note's mark goes before the stop that it stands behind."""
    place = _place_before(element)
    if place is not None and words.startswith("["):
        holder, kind = place
        before = getattr(holder, kind).rstrip()
        kept = before.rstrip(STOPS)
        _set(holder, kind, kept)
        words += before[len(kept) :]
    _replace(element, words)


def _replace(element: Element, words: str) -> None:
    del element[:]
    _set(element, "text", words)


def _set(element: Element, kind: str, words: str) -> None:
    """Write words as the "text" or the "tail" of an element."""
    setattr(element, kind, _UNWRITABLE.sub(" ", words))


def _words_before(element: Element) -> str:
    place = _place_before(element)
    return getattr(*place).rstrip() if place is not None else ""


def _place_before(element: Element) -> tuple[Element, str] | None:
    """Where the nearest words before an element on its line are: the "text" or the "tail" of which element."""
    node = element
    while node.tag not in _LINES:
        before = node.getprevious()
        if before is None:
            node = node.getparent()
        else:
            node = _last_part(before)
            if (node.tail or "").strip():
                return node, "tail"
            if node.tag in _LINES:
                return None
        if (node.text or "").strip():
            return node, "text"
    return None


def _last_part(element: Element) -> Element:
    """The last part of an element that has words behind it, is a line, or has no parts."""
    while not (element.tail or "").strip() and element.tag not in _LINES and len(element):
        element = element[-1]
    return element
