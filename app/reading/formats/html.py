"""Saved web pages: the article without the page around it, tables kept, in whatever encoding the page says."""

import re
from collections.abc import Iterator
from itertools import groupby

from app.domain.errors import UserError
from app.reading.encoding import decode
from app.reading.formats.archive import Element
from app.reading.formats.detect import Format, format_of
from app.reading.formats.docx_numbers import whole
from app.reading.formats.html_article import article, compiled, words_of
from app.reading.formats.html_written import write
from app.reading.formats.linear import Extract, Linear, Tell
from app.reading.source_lines import HEADING

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_TORN = re.compile(r"(?<=[\u3000-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u3000-\uffef])")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LOOK = 4096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NAMES = (
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr"
    " ul"
)
_BREAKS = frozenset((*_NAMES.split(), "br"))
_PLAIN = _BREAKS - {"table", "pre"}
"""What is a line at once where it holds nothing but words, as most of a report does."""
_LAYOUT = 1500
"""A table with longer cells only lays out the page."""
_LONG_CELL = f"string-length() > {_LAYOUT} and .//*[self::td or self::th][string-length() > {_LAYOUT}]"
_HEADINGS = {f"h{level}": HEADING * min(level, 4) for level in range(1, 7)}
_MOST_COLUMNS = 40
_MOST_ROWS = 1000


def read(data: bytes, name: str, tell: Tell) -> Extract:
    """The text of a page. UserError for one without text or in an unknown encoding."""
    if format_of(data, name) is Format.MHT:
        data = _page_of(data, name)
    root = _root(data, name)
    tell(0.5)
    extract = _linear(root, name) if root is not None else None
    if extract is None or not extract.text.strip():
        raise UserError(
            f"“{name}”里没有文字：网页的正文可能是打开后才载入的。请在浏览器里打开它，把正文复制成文本后读入。"
        )
    return extract


def _root(data: bytes, name: str) -> Element:
    """The page's tree. A page that says it is in UTF-8 and has no fault at all is: it need not be decoded to see."""
    said = _META.search(data[:_LOOK])
    if said and said[1].lower() == b"utf-8" and b"\0" not in data and not data.startswith(_MARKS):
        root, is_faultless = _parsed(data, name)
        if is_faultless:
            return root
    text = _DECLARED.sub("", _decoded(data, name).replace("\0", ""))
    return _parsed(text.encode("utf-8"), name)[0]


def _parsed(data: bytes, name: str) -> tuple[Element, bool]:
    """The tree of a page in UTF-8, and whether the page is without any fault."""
    from lxml import etree

    # plain elements: those of lxml.html take three times as long to go through
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser), not parser.error_log
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UserError(
            f"“{name}”里没有可读的网页内容。请确认选对了文件，或把正文复制成文本后读入。"
        ) from error


def _linear(root: Element, name: str) -> Extract:
    out = Linear(name)
    title, body = article(root)
    write(body)
    if title:
        out.paragraph(title)
    has_cells = next(body.iterdescendants("td"), None) is not None
    for kind, items in groupby(_items(body), type):
        if kind is str:
            # where tables are tables a TAB before a line is an indent
            out.lines(line.lstrip("\t") if has_cells else line for line in items)
        else:
            for rows in map(_grid, items):
                out.table(rows)
                if max((len(row) for row in rows), default=0) == 1:
                    out.end_table()
    return out.finish("html")


def _decoded(data: bytes, name: str) -> str:
    """The page's text by its mark, by what it says itself, else as any text is decoded."""
    declared = _META.search(data[:_LOOK])
    if declared and not data.startswith(_MARKS):
        said = declared[1].decode("ascii").lower()
        # what says GB2312 is written in the larger set that contains it
        encoding = "gb18030" if said in {"gb2312", "gbk", "gb_2312-80", "x-gbk"} else said
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
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


def _items(root: Element) -> list[Element]:
    """The lines of an element as a browser breaks them ("" for a blank one), and its tables as elements.

    Without recursion: pages may be nested as deep as they like.
    """
    if root.tag == "pre":
        return _set_lines(root)
    out: list[Element] = []
    words = [_HEADINGS.get(root.tag, ""), _first_words(root)]
    path = [(root, iter(root))]
    while path:
        inner = _take_lines(path[-1][1], words, out)
        if inner is not None:
            words += (_HEADINGS.get(inner.tag, ""), _first_words(inner))
            path.append((inner, iter(inner)))
            continue
        element, _ = path.pop()
        if element.tag in _BREAKS:
            _end_line(words, out)
        if path:
            words.append(element.tail or "")
    _end_line(words, out)
    return out


def _take_lines(parts: Iterator[Element], words: list[str], out: list[Element]) -> Element | None:
    """Take the parts that are lines at once, up to one to be gone into; None behind the last of them."""
    for element in parts:
        tag, tail = element.tag, element.tail
        if tag == "br":
            out.append(_line(words))
        elif words and tag in _BREAKS:
            _end_line(words, out)
        if tag in _PLAIN and not len(element):
            text = element.text
            if text or tag == "p":
                out.append(_HEADINGS.get(tag, "") + _tidied(text or ""))
        elif not _is_taken(element, out):
            return element
        if tail and ("\t" in tail or not tail.isspace()):
            words.append(_behind(tag, tail))
    return None


def _is_taken(element: Element, out: list[Element]) -> bool:
    """Take preformatted text and a table at once."""
    if element.tag == "pre":
        out += _set_lines(element)
    elif element.tag == "table" and _is_data(element):
        out.append(element)
    else:
        return False
    return True


def _first_words(element: Element) -> str:
    """The words before an element's first part; white space that only sets out the page is none."""
    text: str = element.text or ""
    return "" if element.tag in _BREAKS and text.isspace() else text


def _behind(tag: str, tail: str) -> str:
    """The words behind a line's element; white space there only sets out the page."""
    if tag == "br":  # a line's beginning, where plain text may have a TAB before a cell
        tail = tail.lstrip("\r\n").rstrip("\r\n ")
    return "" if tail != "\t" and tail.isspace() else tail


def _set_lines(element: Element) -> list[str]:
    """The lines of preformatted text."""
    return words_of(element).replace("\r", "").split("\n")


def _end_line(words: list[str], out: list[Element]) -> None:
    """Take the words gathered as a line, if there are any."""
    line = _line(words)
    if line:
        out.append(line)


def _line(words: list[str]) -> str:
    """The words gathered, as one line; the list is emptied."""
    line = "".join(words)
    words.clear()
    return _tidied(line)


def _tidied(line: str) -> str:
    """A line as a browser shows it, with the TAB that it begins with, as cells do in plain text.

    A TAB behind other white space, or before it, sets out the page.
    """
    if "\n" in line or "\t" in line or (" " in line and "  " in line) or "\r" in line or "\f" in line:
        tab = "\t" if line[0] == "\t" and not line[1:2].isspace() else ""
        whole = _TORN.sub("", line) if "\n" in line or "\r" in line else line
        return tab + _SPACE.sub(" ", whole).strip(" ")
    return line.strip(" ")


def _is_data(table: Element) -> bool:
    """Whether a table holds cells to be read one by one, and does not only lay out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [len(row) for row in table.iter("tr")]
    if len(rows) < 2 and max(rows, default=0) < 2:
        return False
    return max(rows) == 1 or not compiled(_LONG_CELL)(table)


def _grid(table: Element) -> list[list[str]]:
    """The cells' texts row by row; what a cell spans besides its first place is empty."""
    out: list[list[str]] = []
    held: dict[int, int] = {}
    caption = table.find("caption")
    if caption is not None:
        out.append([_cell(caption)])
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        texts: list[str] = []
        for cell in cells:
            if held:
                _skip_held(texts, held)
            texts.append(_cell(cell))
            if cell.keys():
                _spread(cell, texts, held)
        if held:
            _skip_held(texts, held)
            held = {column: rows - 1 for column, rows in held.items() if rows > 1}
        out.append(texts[:1] if len(cells) == 1 and len(texts) == _span(cells[0], "colspan") else texts)
    width = min(max(map(_width, out), default=0), _MOST_COLUMNS)
    return [row[:width] for row in out]


def _spread(cell: Element, texts: list[str], held: dict[int, int]) -> None:
    """Make room for what the last cell spans besides its first place."""
    wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
    first = len(texts) - 1
    texts += [""] * (wide - 1)
    if high > 1:
        held.update(dict.fromkeys(range(first, len(texts)), high))


def _width(row: list[str]) -> int:
    """How many cells a row has up to the last one with words."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def _skip_held(texts: list[str], held: dict[int, int]) -> None:
    """Leave out the places that cells of the rows above reach down to."""
    while held.get(len(texts), 0) > 0 and len(texts) < _MOST_COLUMNS:
        texts.append("")


def _cell(cell: Element) -> str:
    if not len(cell):
        return _tidied(cell.text or "").strip("\t")
    return "\n".join(item for item in _items(cell) if isinstance(item, str) and item)


def _span(cell: Element, name: str) -> int:
    said = cell.get(name)
    if said is None:
        return 1
    most = _MOST_COLUMNS if name == "colspan" else _MOST_ROWS
    return min(max(whole(said.strip(), 1), 1), most)
