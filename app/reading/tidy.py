"""From the source text to what the reviewer reads, with the map between the two."""

from collections.abc import Iterable

from app.domain.patterns import late
from app.domain.report import Block, BlockKind, RunMap, ShownText
from app.reading.cleaning import cleaned
from app.reading.levels import with_levels
from app.reading.markdown import unmarked, without_sign
from app.reading.paragraphs import paragraphs_of
from app.reading.pieces import Piece
from app.reading.sorting import Sorter
from app.reading.source_lines import lines_of
from app.reading.splitting import short_enough
from app.reading.wording import plain

_LEAD = late(
    r"(?:[一二三四五六七八九十]{1,3}(?:是|要)|[（(]?[\d一二三四五六七八九十]{1,3}[）).、] ?|——?|[●◆■▲★○◇□▶•·] ?)?"
    r"[^。！？!?；;：:\d]{3,26}。(?=.{12})"
)
_NO_LEAD = late(
    r"各位|我(?!们[要将][^。，]{4,14}。)|这|今年|去年|过去|当前|同时|此外|总之|对此|在此|成绩|一年来|五年来"
)


def show(text: str) -> ShownText:
    """The shown text: blocks joined by LF, and the map from every shown character to the source."""
    return rendered(text, pieces_of(text))


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text, in order: what the shown text and the outline are made from."""
    paragraphs = list(paragraphs_of(list(lines_of(unmarked(plain(text))))))
    return [without_sign(piece) for piece in with_levels(Sorter(paragraphs).pieces())]


def rendered(text: str, whole: Iterable[Piece]) -> ShownText:
    """The shown text of the pieces of a text."""
    pieces = short_enough(whole)

    parts: list[str] = []
    blocks: list[Block] = []
    runs: list[RunMap] = []
    start = 0
    for piece in pieces:
        at = start
        words = ""
        for kept in cleaned(text, piece):
            if kept.source >= 0:
                _add_run(runs, at, kept.source, len(kept.text))
            words += kept.text
            at += len(kept.text)
        if not words and piece.kind is not BlockKind.CELL:
            continue
        parts.append(words)
        blocks.append(_block(piece, start, words))
        start = at + 1
    return ShownText("\n".join(parts), tuple(blocks), tuple(runs))


def _add_run(runs: list[RunMap], shown: int, source: int, length: int) -> None:
    if runs:
        last = runs[-1]
        if last.shown + last.length == shown and last.source + last.length == source:
            runs[-1] = RunMap(last.shown, last.source, last.length + length)
            return
    runs.append(RunMap(shown, source, length))


def _block(piece: Piece, start: int, words: str) -> Block:
    return Block(
        kind=piece.kind,
        start=start,
        end=start + len(words),
        level=piece.level,
        lead=_lead(words) if piece.kind is BlockKind.PARAGRAPH else 0,
        table=piece.table,
        row=piece.row,
        column=piece.column,
    )


def _lead(words: str) -> int:
    """The length of a paragraph's opener (激活乡村集市。): short, without figures, and more follows."""
    found = _LEAD.match(words)
    return found.end() if found and not _NO_LEAD.match(words) else 0
