"""OFD documents (GB/T 33190): a zip of XML in which each page says where which letters stand."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from app.domain.errors import UserError
from app.reading.formats.archive import Archive, Element
from app.reading.formats.laid_out import put_pages, require_pages
from app.reading.formats.linear import Extract, Linear, Tell
from app.reading.formats.page import Bit, Page, Rule, rule
from app.reading.formats.signs import usual_signs

_POINTS = 72 / 25.4
"""Points in a millimetre, in which OFD measures."""
_A4 = (210.0, 297.0)
_LETTERS = 3.5
_FEWEST = 20
_STEP = 20
_MOST_DELTAS = 10_000
_FARTHEST = 1e6
_PATH = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:[eE]-?\d+)?")
_POINTS_OF = {"M": 1, "S": 1, "L": 1, "Q": 2, "B": 3, "A": 0, "C": 0}
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read(data: bytes, name: str, tell: Tell) -> Extract:
    """The text of a document. UserError for one that is damaged, encrypted, or has pictures only."""
    archive = Archive(data, name)
    if any(part.endswith("Encryptions.xml") for part in archive.names):
        raise UserError(f"“{name}”加了密码，读不了。请在原来的程序里去掉密码后另存，再读入。")
    pages: list[Page] = []
    for part in _documents(archive):
        pages += _pages(archive, part, len(pages), tell)
    if sum(len(bit.text) for page in pages for bit in page.bits) < _FEWEST:
        raise UserError(
            f"“{name}”里没有文字，多半是扫描件（每页是一张图片）。请找原来的 Word 文档，或先用文字识别（OCR）软件转换。"
        )
    out = Linear(name)
    put_pages(pages, out, tell)
    return out.finish("ofd")


def _documents(archive: Archive) -> list[str]:
    """The parts in which the documents of the file begin."""
    root = archive.root("OFD.xml")
    if root is None:
        raise archive.damaged()
    found = [_resolved("", (each.text or "").strip()) for each in root.iter("{*}DocRoot")]
    if not found or any(part not in archive for part in found):
        raise archive.damaged()
    return found


def _pages(archive: Archive, part: str, before: int, tell: Tell) -> Iterator[Page]:
    document = archive.root(part)
    places = [page.get("BaseLoc", "") for page in document.iterfind("{*}Pages/{*}Page")]
    require_pages(before + len(places), archive.name)
    usual = _box(next(document.iter("{*}PhysicalBox"), None)) or (0.0, 0.0, *_A4)
    for i, place in enumerate(places):
        if i % _STEP == 0:
            tell(0.6 * i / len(places))
        root = archive.root(_resolved(posixpath.dirname(part), place))
        if root is None:
            continue
        box = _box(next(root.iter("{*}PhysicalBox"), None)) or usual
        page = Page(before + i + 1, box[2] * _POINTS, box[3] * _POINTS)
        for layer in root.iterfind("{*}Content/{*}Layer"):
            if layer.get("Type", "Body") != "Background":
                _add(page, layer)
        yield page


def _add(page: Page, layer: Element) -> None:
    for element in layer.iter("{*}TextObject", "{*}PathObject"):
        if element.tag.endswith("TextObject"):
            page.bits += _bits(element)
        else:
            page.rules += _rules(element)


def _bits(element: Element) -> Iterator[Bit]:
    """The words of a text object: each piece says where it begins and how far its letters stand apart."""
    box = _box(element) or (0.0, 0.0, 0.0, 0.0)
    matrix = _matrix(element.get("CTM", ""))
    scale = max(abs(matrix[3]), abs(matrix[1])) or 1.0
    letters = abs(_number(element.get("Size", ""), _LETTERS)) or _LETTERS
    x = y = 0.0
    for code in element.iterfind("{*}TextCode"):
        words = "".join(code.itertext())
        x, y = _number(code.get("X", ""), x), _number(code.get("Y", ""), y)
        if not words.strip():
            continue
        shift = _shift(code.get("DeltaX", ""), len(words) - 1, letters)
        left, top = _moved(matrix, x, y)
        last, _ = _moved(matrix, x + shift, y)
        wide = letters * scale * (0.55 if words[-1].isascii() else 1.0)
        yield Bit(
            usual_signs(words.strip()),
            (box[0] + min(left, last)) * _POINTS,
            (box[0] + max(left, last) + wide) * _POINTS,
            (box[1] + top) * _POINTS,
            letters * scale * _POINTS,
        )


def _rules(element: Element) -> Iterator[Rule]:
    """The straight lines of a drawn path."""
    box = _box(element) or (0.0, 0.0, 0.0, 0.0)
    matrix = _matrix(element.get("CTM", ""))
    data = element.find("{*}AbbreviatedData")
    words = iter(_PATH.findall("" if data is None else data.text or ""))
    start = last = (0.0, 0.0)
    for word in words:
        point = last
        values: list[float] = []
        with suppress(StopIteration):
            values = [
                _number(next(words), 0.0) for _ in range(2 * _POINTS_OF.get(word, 0) or 7 * (word == "A"))
            ]
        if len(values) >= 2:
            x, y = _moved(matrix, *values[-2:])
            point = ((box[0] + x) * _POINTS, (box[1] + y) * _POINTS)
        if word in {"M", "S"}:
            start = point
        elif word == "L":
            yield from rule(*last, *point)
        elif word == "C":
            yield from rule(*last, *start)
        last = point


def _resolved(folder: str, place: str) -> str:
    """A place as the archive names it: from its root, or from the folder of the part that names it."""
    return posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place))


@lru_cache(maxsize=1024)
def _shift(text: str, steps: int, usual: float) -> float:
    """How far the last letter stands from the first, so many steps on; those that are not given are the usual.

    Kept: full lines have the same distances over and over.
    """
    try:
        deltas = list(map(float, text.split()))
    except ValueError:
        deltas = _deltas(text)
    deltas = deltas[:steps]
    shift = sum(deltas) + usual * (steps - len(deltas))
    return shift if abs(shift) < _FARTHEST else usual * steps


def _deltas(text: str) -> list[float]:
    """The distances of letters; `g 3 5` stands for three times 5."""
    words = text.split()
    out: list[float] = []
    i = 0
    while i < len(words) and len(out) < _MOST_DELTAS:
        if words[i] == "g" and i + 2 < len(words):
            times = int(_number(words[i + 1], 0.0))
            out += [_number(words[i + 2], 0.0)] * max(0, min(times, _MOST_DELTAS - len(out)))
            i += 3
        else:
            out.append(_number(words[i], 0.0))
            i += 1
    return out


def _box(element: Element) -> tuple[float, float, float, float] | None:
    """A boundary: its left, top, width and height."""
    if element is None:
        return None
    words = (element.get("Boundary") or element.text or "").split()
    numbers = [_number(word, 0.0) for word in words]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _matrix(text: str) -> Matrix:
    numbers = [_number(word, 0.0) for word in text.split()]
    if len(numbers) != 6:
        return _PLAIN
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _number(text: str, default: float) -> float:
    try:
        number = float(text)
    except ValueError:
        return default
    return number if abs(number) < _FARTHEST else default
