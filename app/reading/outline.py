"""The outline: a tree of sections that covers the whole source, each with its kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.report import BlockKind, Metadata, ReportKind, Section, SectionKind
from app.domain.spans import Span
from app.reading.kinds import Opening, annex_kind, colophon_start, is_heading, title_of
from app.reading.marks import Style
from app.reading.pieces import Piece
from app.reading.plan_kinds import plan_openings
from app.reading.report_kinds import ReportKinds, is_assignment

_DESCRIPTIONS = {
    SectionKind.FRONT: "（题名）",
    SectionKind.REVIEW: "（工作回顾）",
    SectionKind.OUTLOOK: "（形势与要求）",
    SectionKind.GOALS: "（主要预期目标）",
    SectionKind.TASKS: "（重点工作）",
    SectionKind.SELF: "（政府自身建设）",
    SectionKind.CLOSING: "（结束语）",
    SectionKind.GLOSSARY: "（注释）",
    SectionKind.TABLE: "（表）",
    SectionKind.COLOPHON: "（印发信息）",
}
_BEHIND_THE_BODY = frozenset({Style.ANNEX, Style.NOTES})
CLOSE = -1
"""The level of what closes the table or box that is open."""


@dataclass(slots=True)
class _Node:
    """A section in the making. `level` 0: a change of kind without a heading, inside what is open."""

    opening: Opening
    parent: int
    depth: int
    end: int = -1


class _Tree:
    """Sections opened one after the other, each closing those that it does not lie in."""

    def __init__(self) -> None:
        self._nodes: list[_Node] = []
        self._open: list[int] = []
        self._covered = 0

    def open(self, opening: Opening) -> None:
        """Begin a section, or close the table or box that is open if it is a `CLOSE`."""
        level = opening.level
        if level == CLOSE:
            self._close_table(opening.start)
            return
        self._close_changes(opening.start)
        if self._kind is SectionKind.FRONT:
            self._close_to(1, opening.start)
        elif level or opening.closes_to:
            self._close_to(level or opening.closes_to, opening.start)
        if level or self._kind is not opening.kind:
            self._fill(opening.start)
            parent = self._open[-1] if self._open else -1
            self._open.append(len(self._nodes))
            self._nodes.append(_Node(opening, parent, len(self._open)))

    def sections(self, length: int) -> tuple[Section, ...]:
        """The tree, over a text of so many characters."""
        self._close_changes(length)
        self._close_to(1, length)
        self._fill(length)
        out: list[Section] = []
        for i, node in enumerate(self._nodes):
            start = 0 if i == 0 else node.opening.start
            title = node.opening.title or _DESCRIPTIONS[node.opening.kind]
            out.append(Section(i, node.parent, node.depth, node.opening.kind, title, Span(start, node.end)))
        return tuple(out)

    @property
    def _kind(self) -> SectionKind | None:
        return self._nodes[self._open[-1]].opening.kind if self._open else None

    def _fill(self, end: int) -> None:
        """Cover what lies between a table at the top and the next section: the kind before it goes on."""
        if self._open or not self._nodes:
            return
        if self._covered < end:
            kinds = (node.opening.kind for node in reversed(self._nodes))
            kind = next((k for k in kinds if k is not SectionKind.TABLE), SectionKind.OUTLOOK)
            self._nodes.append(_Node(Opening(self._covered, 0, kind), -1, 1, end))
            self._covered = end

    def _pop(self, end: int) -> _Node:
        node = self._nodes[self._open.pop()]
        node.end = end
        if not self._open:
            self._covered = end
        return node

    def _close_changes(self, end: int) -> None:
        while self._open and not self._nodes[self._open[-1]].opening.level:
            self._pop(end)

    def _close_to(self, level: int, end: int) -> None:
        """Close what is at the level or below it, with the changes of kind on the way."""
        while any(self._nodes[i].opening.level >= level for i in self._open) or (level == 1 and self._open):
            self._pop(end)

    def _close_table(self, end: int) -> None:
        tables = [i for i in self._open if self._nodes[i].opening.kind is SectionKind.TABLE]
        if tables and self._nodes[tables[0]].opening.is_table:
            while self._pop(end) is not self._nodes[tables[0]]:
                pass


def outline_of(text: str, pieces: Sequence[Piece], metadata: Metadata) -> tuple[Section, ...]:
    """The sections of a text, parents before children; those at depth 1 lie end to end over the whole text."""
    first, annexes, colophon = _bounds(pieces)
    openings = list(_front(pieces[:first]))
    if metadata.kind is ReportKind.PLAN and not is_assignment(pieces[:first]):
        openings += plan_openings(pieces, first, annexes, metadata.year)
    else:
        openings += ReportKinds(pieces, first, annexes, metadata.year).openings()
    openings += _annexes(pieces, annexes, colophon)
    openings += _tables(pieces)
    if colophon < len(pieces):
        openings.append(Opening(pieces[colophon].start, 1, SectionKind.COLOPHON))
    tree = _Tree()
    for opening in sorted(openings, key=lambda o: (o.start, o.level != CLOSE)):
        tree.open(opening)
    return tree.sections(len(text))


def kind_spans(sections: Sequence[Section]) -> tuple[tuple[Span, SectionKind], ...]:
    """The flat partition of the text: the innermost section's kind, neighbours of one kind put together."""
    edges: list[tuple[int, SectionKind]] = []
    around: list[Section] = []
    for section in sections:
        while around and around[-1].span.end <= section.span.start:
            _resume(edges, around)
        edges.append((section.span.start, section.kind))
        around.append(section)
    while around:
        _resume(edges, around)
    out: list[tuple[Span, SectionKind]] = []
    end = max((s.span.end for s in sections), default=0)
    for i, (start, kind) in enumerate(edges):
        stop = edges[i + 1][0] if i + 1 < len(edges) else end
        if stop <= start:
            continue
        if out and out[-1][1] is kind:
            out[-1] = (Span(out[-1][0].start, stop), kind)
        else:
            out.append((Span(start, stop), kind))
    return tuple(out)


def _resume(edges: list[tuple[int, SectionKind]], around: list[Section]) -> None:
    """Leave a section: behind it, its parent's kind holds again."""
    left = around.pop()
    if around:
        edges.append((left.span.end, around[-1].kind))


def _bounds(pieces: Sequence[Piece]) -> tuple[int, int, int]:
    """The indices where the body begins, where the annexes begin and where the imprint begins."""
    colophon = colophon_start(pieces)
    first = next((i for i, p in enumerate(pieces[:colophon]) if not p.is_front), colophon)
    ends = (
        i for i in range(first, colophon) if pieces[i].style in _BEHIND_THE_BODY or _is_first_note(pieces, i)
    )
    return first, next(ends, colophon), colophon


def _is_first_note(pieces: Sequence[Piece], i: int) -> bool:
    """Whether notes without a heading begin here."""
    return pieces[i].kind is BlockKind.NOTE and i > 0 and pieces[i - 1].kind is BlockKind.PARAGRAPH


def _front(pieces: Sequence[Piece]) -> Iterator[Opening]:
    if not pieces or not is_heading(pieces[0]):
        yield Opening(0, 1, SectionKind.FRONT)
    for piece in pieces:
        if is_heading(piece):
            yield Opening(piece.start, 1, SectionKind.FRONT, title_of(piece))


def _annexes(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Opening]:
    kind = SectionKind.GLOSSARY
    second: Piece | None = None
    if start < end and not is_heading(pieces[start]):
        yield Opening(pieces[start].start, 1, kind)
    for i in range(start, end):
        piece = pieces[i]
        if not is_heading(piece) or piece.in_box or piece is second:
            continue
        title = title_of(piece)
        if piece.level == 1:
            following = pieces[i + 1 : i + 5]
            second = _second_line(piece, following)
            if second:
                title, following = f"{title}：{title_of(second)}", following[1:]
            kind = annex_kind(title, following)
        yield Opening(piece.start, piece.level, kind, title)


def _second_line(piece: Piece, following: Sequence[Piece]) -> Piece | None:
    """The line with an annex's title below 附件一："""
    if piece.style is not Style.ANNEX or not following or not is_heading(following[0]):
        return None
    return following[0] if following[0].level == 1 else None


def _tables(pieces: Sequence[Piece]) -> Iterator[Opening]:
    """The boxes with the headings in them, the tables outside of boxes, and where each ends."""
    was_open = False
    for piece in pieces:
        if piece.kind is BlockKind.CELL and not piece.spans:
            continue
        is_open = piece.in_box or piece.kind is BlockKind.CELL or (was_open and piece.kind is BlockKind.NOTE)
        if piece.in_box and is_heading(piece):
            yield Opening(piece.start, piece.level, SectionKind.TABLE, title_of(piece), is_table=True)
        elif is_open and not was_open:
            yield Opening(piece.start, 0, SectionKind.TABLE, is_table=True)
        elif was_open and not is_open:
            yield Opening(piece.start, CLOSE, SectionKind.TABLE)
        was_open = is_open
