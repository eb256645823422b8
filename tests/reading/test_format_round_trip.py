"""Reports rendered into other formats and read back: the same text, outline and suggestions."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.domain.report import Reading
from app.places import SEEDS
from app.reading import read_bytes
from app.suggest import gold_json
from app.suggest.engine import suggest
from app.workspace import seeding
from tests import rendering

SHARED = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("0*.txt"))
PATHS = [SEEDS / "sample_report.txt", *SHARED]

RENDERED: dict[str, Callable[[str], bytes]] = {
    "txt": lambda text: text.encode("gb18030"),
    "docx": rendering.to_docx,
    "docx with tabs": lambda text: rendering.to_docx(text, has_tables=False),
    "html": rendering.to_html,
    "html in gb2312": lambda text: rendering.to_html(text, "gb2312"),
    "ofd": rendering.to_ofd,
}


@cache
def plain(path: Path) -> tuple[Reading, Any, Any]:
    reading = read_bytes(path.read_bytes(), "报告.txt")
    return reading, outline(reading), suggestions(reading)


@cache
def printed() -> dict[tuple[Path, int], bytes]:
    """Every report as LibreOffice prints it, with and without indents."""
    keys = [(path, indent) for path in PATHS for indent in (0, 24)]
    documents = [rendering.to_docx(plain(path)[0].source.text, indent=indent) for path, indent in keys]
    return dict(zip(keys, rendering.to_pdfs(documents), strict=True))


def squeezed(text: str) -> str:
    return "".join(text.split())


def solid_before(text: str) -> list[int]:
    """For each offset, how many characters that are no white space stand before it."""
    out = [0]
    for char in text:
        out.append(out[-1] + (not char.isspace()))
    return out


def outline(reading: Reading) -> list[tuple[object, ...]]:
    at = solid_before(reading.source.text)
    return [
        (s.depth, s.parent, s.kind, squeezed(s.title), at[s.span.start], at[s.span.end])
        for s in reading.sections
    ]


def suggestions(reading: Reading) -> Any:
    at = solid_before(reading.source.text)

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: at[v] if k in {"start", "end"} else moved(v) for k, v in value.items() if k != "id"}
        if isinstance(value, list):
            return [moved(each) for each in value]
        return squeezed(value) if isinstance(value, str) else value

    found = gold_json.as_gold(reading, suggest(reading, seeding.units()))
    return {name: moved(value) for name, value in found.items() if isinstance(value, list)}


def assert_same(path: Path, data: bytes, name: str) -> Reading:
    reading, sections, proposed = plain(path)
    again = read_bytes(data, name)
    assert squeezed(again.source.text) == squeezed(reading.source.text)
    assert outline(again) == sections
    assert [note.term for note in again.notes] == [note.term for note in reading.notes]
    assert again.metadata.year == reading.metadata.year
    found = suggestions(again)
    assert found == proposed
    return again


@pytest.mark.parametrize("way", RENDERED)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem[:6])
def test_that_a_report_reads_the_same_in_every_format(path: Path, way: str) -> None:
    data = RENDERED[way](plain(path)[0].source.text)
    reading = assert_same(path, data, f"报告.{way.split(maxsplit=1)[0]}")
    assert bool(reading.places) == (way != "txt")


@pytest.mark.skipif(rendering.office() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem[:6])
@pytest.mark.parametrize("indent", [0, 24])
def test_that_a_printed_report_reads_the_same(path: Path, indent: int) -> None:
    reading = assert_same(path, printed()[path, indent], "报告.pdf")
    pages = [place.page for place in reading.places]
    assert pages == sorted(pages)
    assert pages[0] == 1 < pages[-1]


@pytest.mark.skipif(rendering.office() is None, reason="LibreOffice is not installed")
def test_that_an_old_word_document_reads_the_same() -> None:
    document = rendering.to_docx(plain(PATHS[0])[0].source.text)
    assert_same(PATHS[0], rendering.to_doc(document), "报告.doc")


def test_that_every_place_leads_to_words_of_its_own() -> None:
    from docx import Document

    text = plain(PATHS[0])[0].source.text
    data = rendering.to_docx(text)
    reading = read_bytes(data, "报告.docx")
    document = Document(io.BytesIO(data))
    paragraphs = [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]
    ends = [place.start for place in reading.places[1:]] + [len(reading.source.text)]
    seen = set()
    for place, end in zip(reading.places, ends, strict=True):
        words = reading.source.text[place.start : end].strip()
        if place.paragraph:
            assert words == paragraphs[place.paragraph - 1].strip()
            seen.add(place.paragraph)
        else:
            cell = document.tables[place.table - 1].rows[place.row - 1].cells[place.column - 1]
            assert squeezed(words) in {squeezed(cell.text), ""}
    assert seen == set(range(1, len(paragraphs) + 1))
