"""PDF files with a text layer: each line's words and place are asked of PDFium, the rest is layout."""

import re
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from itertools import pairwise

from app.domain.errors import UserError
from app.reading.formats.laid_out import put_pages, require_pages
from app.reading.formats.linear import Extract, Linear, Tell
from app.reading.formats.page import Bit, Foreign, Page, Rule
from app.reading.formats.pdf_raised import raised_parts, with_parts
from app.reading.formats.pdf_rules import Sheet, rules_of
from app.reading.formats.signs import usual_signs

_PASSWORD = 4
"""PDFium's number for a file that needs one."""
_STEP = 20
_FEWEST = 20
"""Characters in a file that is nothing but pictures: stamps and page numbers."""
_SPACE = re.compile(r" +")
_WIDE = 1.0
"""Letters of white space that part a line into runs; what belongs together is put together again (`page.py`)."""
_TORN, _OTHER_LINE = 0.25, 0.5
_HOLE = 0.4
_FEW = 4
_MARKS = frozenset("“”‘’")


def read(data: bytes, name: str, tell: Tell) -> Extract:
    """The text of a file. UserError for one that is damaged, needs a password, or has pictures only."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(name, error) from error
    try:
        count = len(document)
        require_pages(count, name)
        pages: list[Page] = []
        for i in range(count):
            if i % _STEP == 0:
                tell(0.6 * i / count)
            pages.append(_page(document, i, has_rules=bool(pages and pages[-1].rules)))
    finally:
        document.close()
    if sum(len(bit.text) for page in pages for bit in page.bits) < _FEWEST:
        raise UserError(
            f"“{name}”没有文字层，多半是扫描件（每页是一张图片），读不出文字。"
            "请找原来的 Word 文档，或先用文字识别（OCR）软件转换成可复制文字的文件。"
        )
    out = Linear(name)
    put_pages(pages, out, tell)
    return out.finish("pdf")


def _unopened(name: str, error: Foreign) -> UserError:
    if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
        return UserError(f"“{name}”加了密码，读不了。请在原来的程序里去掉密码后另存，再读入。")
    return UserError(
        f"“{name}”已损坏，读不了（文件不完整，或不是 PDF）。请重新取得这份文件；能用阅读器打开的，可以另存一份再读入。"
    )


def _page(document: Foreign, index: int, *, has_rules: bool = False) -> Page:
    """A page; an unreadable one is empty. What is drawn is looked at only if need be, or on the page before had rules."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return Page(index + 1, 0.0, 0.0)
    try:
        sheet = Sheet.of(page)
        reader = _Reader(page, sheet)
        rules: list[Rule] = rules_of(page, sheet) if has_rules else []
        bits = list(reader.bits(rules))
        if not has_rules and reader.may_hold_a_table(bits):
            rules = rules_of(page, sheet)
            bits = list(reader.bits(rules)) if rules else bits
        reader.close()
        return Page(index + 1, sheet.width, sheet.height, bits, rules)
    except pypdfium2.PdfiumError:
        return Page(index + 1, 0.0, 0.0)
    finally:
        page.close()


class _Reader:
    """One page's text, asked line by line: to ask for each character's place would take ten times as long."""

    def __init__(self, page: Foreign, sheet: Sheet) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = page.get_textpage()
        self._words = self._page.raw  # the bare handle: wrapped, each of thousands of calls would unwrap it
        self._sheet = sheet
        self._is_upright, self._left = sheet.is_upright, sheet.left
        self._box, self._box_of = raw.FS_RECTF(), raw.FPDFText_GetLooseCharBox
        self._size_of = raw.FPDFText_GetFontSize
        self._x, self._y = c_double(), c_double()
        self._upright: list[Rule] = []
        self.text = self._page.get_text_range()
        self._is_plain = len(self.text) == self._page.count_chars()
        self._raised = {place: part for part in raised_parts(self) for place in part}

    def bits(self, rules: Sequence[Rule] = ()) -> Iterator[Bit]:
        """The runs of words on the page, cut where a table's rule stands between their letters."""
        self._upright = [rule for rule in rules if rule.left == rule.right]
        at = 0
        for line in self.text.split("\r\n"):
            if " " in line or self._upright:
                yield from self._line(line, at)
            elif line and not line.isspace():
                yield self._bit(line, at)
            at += len(line) + 2

    def may_hold_a_table(self, bits: Sequence[Bit]) -> bool:
        """Whether a box is named, or any words stand beside others."""
        return "专栏" in self.text or len({round(bit.y) for bit in bits}) < len(bits)

    def close(self) -> None:
        """Give back what PDFium holds of the page's text."""
        self._page.close()

    def _line(self, line: str, at: int) -> Iterator[Bit]:
        """The line's runs: what a wide gap parts does not belong together, nor what stands on another baseline."""
        start = len(line) - len(line.lstrip())
        end = len(line.rstrip())
        if start >= end:
            return
        cuts: list[tuple[int, int]] = []
        is_in_order, has_marks = True, not _MARKS.isdisjoint(line)
        for gap in _SPACE.finditer(line, start, end):
            step = self._step(at + gap.start() - 1, at + gap.end())
            if step is None:
                yield from self._run(line, at, start, gap.start(), cuts, is_in_order=is_in_order)
                start, cuts, is_in_order = gap.end(), [], True
                continue
            # a hole that a quotation mark fills which was drawn later
            is_in_order &= step > -_HOLE and not (step > _HOLE and has_marks)
            if step > _WIDE:
                cuts.append(gap.span())
        yield from self._run(line, at, start, end, cuts, is_in_order=is_in_order)

    def _run(
        self, line: str, at: int, start: int, end: int, cuts: list[tuple[int, int]], *, is_in_order: bool
    ) -> Iterator[Bit]:
        """The runs of one baseline, from left to right, parted at the cuts."""
        if not is_in_order:
            yield from self._sorted(line, at, range(start, end))
            return
        for first, behind in cuts:
            yield from self._parted(line[start:first], at + start)
            start = behind
        yield from self._parted(line[start:end], at + start)

    def _step(self, first: int, last: int) -> float | None:
        """How far a character stands from the one before, in letters; None where their baselines differ."""
        _, end, top, foot = self._place(self._char(first))
        start, _, other_top, other_foot = self._place(self._char(last))
        size = max(abs(top - foot), abs(other_top - other_foot), 0.01) / 1.2
        step = (start - end) / size
        goes_on = (
            step > -_HOLE
            and min(top, foot) < max(other_top, other_foot)
            and min(other_top, other_foot) < max(top, foot)
        )
        if not goes_on and abs(self.baseline(last) - self.baseline(first)) > _OTHER_LINE * size:
            return None
        return step

    def baseline(self, at: int) -> float:
        """At what height a letter's line stands."""
        self._raw.FPDFText_GetCharOrigin(self._words, self._char(at), byref(self._x), byref(self._y))
        return self._sheet.turned(self._x.value, self._y.value)[1]

    def _sorted(self, line: str, at: int, places: range) -> Iterator[Bit]:
        """The runs of a line that was not drawn from left to right: quotation marks in another font come last."""
        letters = sorted(
            ((*self.edges(at + i), i) for i in places if not line[i].isspace()),
            key=lambda each: each[0] + each[1],
        )
        run: list[tuple[float, float, int]] = []
        for letter in letters:
            if (
                run
                and letter[0] - run[-1][1]
                > _WIDE * max(map(self.height, (at + run[-1][2], at + letter[2]))) / 1.2
            ):
                yield self._spaced(run, line, at)
                run = []
            run.append(letter)
        yield self._spaced(run, line, at)

    def _spaced(self, run: Sequence[tuple[float, float, int]], line: str, at: int) -> Bit:
        """Letters in their order, with a space where they stand apart."""
        base = next((i for _, _, i in run if at + i not in self._raised), run[0][2])
        first = self._bit(line[base], at + base)
        words, places = line[run[0][2]], [at + run[0][2]]
        for (_, end, _), (start, _, i) in pairwise(run):
            space = " " if start - end > _TORN * first.size else ""
            words += space + line[i]
            places += [at + i] * len(space + line[i])
        text = usual_signs(with_parts(words, places, self._raised))
        return first._replace(text=text, left=run[0][0], right=run[-1][1])

    def _parted(self, words: str, at: int) -> Iterator[Bit]:
        """The run, cut where a table's rule stands between its letters."""
        bit = self._bit(words, at)
        if not self._upright:
            yield bit
            return
        cuts = [
            r.left
            for r in self._upright
            if bit.left < r.left < bit.right and r.top < bit.y < r.bottom + bit.size
        ]
        start = 0
        for x in sorted(cuts):
            end = start
            while end < len(words) and sum(self.edges(at + end)) < 2 * x:
                end += 1
            if words[start:end].strip():
                yield self._bit(words[start:end].rstrip(), at + start)
            start = end + len(words[end:]) - len(words[end:].lstrip())
        if not cuts:
            yield bit
        elif start < len(words):
            yield self._bit(words[start:], at + start)

    def _bit(self, words: str, at: int) -> Bit:
        base = self._raised[at].stop if at in self._raised else at
        base = base if base < at + len(words) else at
        first = self._char(base)
        self._raw.FPDFText_GetCharOrigin(self._words, first, byref(self._x), byref(self._y))
        size = self._size_of(self._words, first)
        left, right, top, bottom = self._place(first)
        height = abs(bottom - top)
        if height < 0.5 * size:  # 一 is flat: the letters behind it tell more
            height = max(
                height, *(self.height(base + i) for i in range(1, min(len(words) + at - base, _FEW))), 0.0
            )
        if not 0.5 < height / max(size, 0.01) < 2.5:  # the letters are enlarged or shrunk by a matrix
            size = height / 1.2
        _, y = self._sheet.turned(self._x.value, self._y.value)
        left = self.edges(at)[0] if base > at else left
        right = self._place(self._char(at + len(words) - 1))[1] if len(words) > 1 else right
        text = with_parts(words, range(at, at + len(words)), self._raised) if self._raised else words
        return Bit(usual_signs(text), left, right, y, size)

    def said_size(self, at: int) -> float:
        """The size of a letter, as the file says."""
        size: float = self._size_of(self._words, at if self._is_plain else self._char(at))
        return size

    def edges(self, at: int) -> tuple[float, float]:
        """Where a letter begins and ends."""
        left, right, _, _ = self._place(self._char(at))
        return left, right

    def height(self, at: int) -> float:
        """How high a letter is with the room about it."""
        _, _, top, bottom = self._place(self._char(at))
        return abs(bottom - top)

    def _place(self, char: int) -> tuple[float, float, float, float]:
        """A character's left, right, top and bottom as the page is looked at."""
        box = self._box
        self._box_of(self._words, char, box)
        if self._is_upright:
            return box.left - self._left, box.right - self._left, box.top, box.bottom
        x1, y1 = self._sheet.turned(box.left, box.top)
        x2, y2 = self._sheet.turned(box.right, box.bottom)
        return min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)

    def _char(self, at: int) -> int:
        """PDFium's number of a character of the text: it may hold characters that the text leaves out."""
        return at if self._is_plain else int(self._raw.FPDFText_GetCharIndexFromTextIndex(self._words, at))
