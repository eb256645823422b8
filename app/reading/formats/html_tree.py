"""From a saved page's bytes to its tree, in whatever encoding the page says."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from app.domain.errors import UserError
from app.reading.encoding import decode
from app.reading.formats.archive import Element
from app.reading.formats.detect import Format, format_of

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_LOOK = 4096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def tree_of(data: bytes, name: str) -> Element | None:
    """The tree of a page, or of the page in a web archive. UserError for a file without one."""
    if format_of(data, name) is Format.MHT:
        data = _page_of(data, name)
    said = _META.search(data[:_LOOK])
    if said and said[1].lower() == b"utf-8" and b"\0" not in data:
        root, is_faultless = _parsed(data, name)
        # to decode it all takes a fifth of the time that the tree takes: only where there may be a need
        if is_faultless or _is_utf8(data):
            return root
    text = _DECLARED.sub("", _decoded(data, name).replace("\0", ""))
    return _parsed(text.encode("utf-8", "replace"), name)[0]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parsed(data: bytes, name: str) -> tuple[Element, bool]:
    """The tree of a page in UTF-8, and whether the page is without any fault."""
    from lxml import etree

    # plain elements: those of lxml.html take three times as long to go through
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data.replace(b"\f", b" "), parser), not parser.error_log
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UserError(
            f"“{name}”里没有可读的网页内容。请确认选对了文件，或把正文复制成文本后读入。"
        ) from error


@cache
def compiled(path: str, knows_parents: bool = True) -> Callable[[Element], Any]:
    """An XPath, compiled once: to compile takes longer than to look. The strings that it finds may know their parents."""
    from lxml import etree

    found: Callable[[Element], Any] = etree.XPath(path, smart_strings=knows_parents)
    return found


def words_of(element: Element) -> str:
    """All the words within an element."""
    return "".join(element.itertext())


def _decoded(data: bytes, name: str) -> str:
    """The page's text by its mark, by what it says itself, else as any text is decoded."""
    declared = _META.search(data[:_LOOK])
    if declared and not data.startswith(_MARKS):
        said = declared[1].decode("ascii").lower()
        # what says GB2312 is written in the larger set that contains it
        encoding = "gb18030" if said in {"gb2312", "gbk", "gb_2312-80", "x-gbk"} else said
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            pass
    return decode(data, name).text


def _page_of(data: bytes, name: str) -> bytes:
    """The page within a web archive (.mht)."""
    import email

    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page
    raise UserError(f"“{name}”里没有网页正文。请在浏览器里重新保存这个网页，或把正文复制成文本后读入。")
