"""Saved web pages: the article without the page around it, tables kept."""

from itertools import groupby

from app.domain.errors import UserError
from app.reading.formats.archive import Element
from app.reading.formats.html_article import article
from app.reading.formats.html_tree import tree_of
from app.reading.formats.linear import Extract, Linear, Tell


def read(data: bytes, name: str, tell: Tell) -> Extract:
    """The text of a page. UserError for one without text or in an unknown encoding."""
    root = tree_of(data, name)
    tell(0.5)
    extract = _linear(root, name) if root is not None else None
    if extract is None or not extract.text.strip():
        raise UserError(
            f"“{name}”里没有文字：网页的正文可能是打开后才载入的。请在浏览器里打开它，把正文复制成文本后读入。"
        )
    return extract


def _linear(root: Element, name: str) -> Extract:
    out = Linear(name)
    title, holder, items = article(root)
    if title:
        out.paragraph(title)
    has_cells = next(holder.iterdescendants("td"), None) is not None
    for _, run in groupby(items, type):
        same = [*run]
        # where tables are tables a TAB before a line is an indent
        out.lines(item.lstrip("\t") if has_cells else item for item in same if isinstance(item, str))
        for rows in same:
            if isinstance(rows, list):
                out.table(rows)
                if max((len(row) for row in rows), default=0) == 1:
                    out.end_table()
    return out.finish("html")
