"""Reading the long document in each format against its library's bare text extraction, in the same process's clock."""

import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests import rendering
from tests.bench.contest import Area, Comparison, MissingError, Sample, hash_of
from tests.bench.documents import source_text

_LEAST_SECONDS = 0.05


def _file(suffix: str) -> bytes:
    """The long document in a format, made once for all rounds."""
    path = Path(os.environ["DUBAN_BENCH_FOLDER"], f"long.{suffix}")
    if not path.exists():
        path.write_bytes(_MADE[suffix]())
    return path.read_bytes()


def _printed() -> bytes:
    if rendering.office() is None:
        raise MissingError("LibreOffice, which prints the document")
    return rendering.to_pdfs([rendering.to_docx(source_text(), indent=24)])[0]


_MADE: dict[str, Callable[[], bytes]] = {
    "docx": lambda: rendering.to_docx(source_text()),
    "pdf": _printed,
    "html": lambda: rendering.to_html(source_text()),
    "ofd": lambda: rendering.to_ofd(source_text()),
}


def _words(text: str) -> str:
    """What both sides must have read: the document's Han characters, however ordered, none lost."""
    wanted = sorted(c for c in set(source_text()) if "\u4e00" <= c <= "\u9fff")
    if not set(wanted) <= set(text):
        raise RuntimeError("characters were lost")
    return hash_of("".join(wanted))


def _timed(suffix: str, work: Callable[[bytes], str]) -> Callable[[], Sample]:
    def job() -> Sample:
        data = _file(suffix)
        text = work(data)  # libraries and patterns are loaded on both sides
        times: list[float] = []
        while sum(times) < _LEAST_SECONDS:  # what takes a thousandth of a second is done again and again
            start = time.perf_counter()
            text = work(data)
            times.append(time.perf_counter() - start)
        return Sample({"read": median(times)}, _words(text))

    return job


def _own(suffix: str) -> Callable[[bytes], str]:
    def work(data: bytes) -> str:
        from app.reading.formats.extract import extract

        found = extract(data, f"a.{suffix}", lambda _share: None)
        return found.text if found else ""

    return work


def _whole(suffix: str) -> Callable[[bytes], str]:
    def work(data: bytes) -> str:
        from app.reading import read_bytes

        return read_bytes(data, f"a.{suffix}").source.text

    return work


def _docx(data: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def _pdf(data: bytes) -> str:
    import pypdfium2

    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def _html(data: bytes) -> str:
    from lxml import html

    return str(html.document_fromstring(data).text_content())


def _ofd(data: bytes) -> str:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = [etree.fromstring(archive.read(name)) for name in archive.namelist()]
    return "".join("".join(root.itertext()) for root in roots)


_LIBRARIES = {"docx": _docx, "pdf": _pdf, "html": _html, "ofd": _ofd}

AREA = Area(
    "reading",
    "the long document's text in each format (the baseline only takes the characters out)",
    {
        **{f"{suffix}, library": _timed(suffix, work) for suffix, work in _LIBRARIES.items()},
        **{f"{suffix}, own": _timed(suffix, _own(suffix)) for suffix in _LIBRARIES},
        **{f"{suffix}, outlined": _timed(suffix, _whole(suffix)) for suffix in ("docx", "pdf")},
    },
    (
        Comparison("docx against python-docx", "docx, own", "docx, library", "read", 2.0),
        Comparison("pdf against pypdfium2", "pdf, own", "pdf, library", "read", 2.0),
        Comparison("html against lxml's text_content", "html, own", "html, library", "read", 2.0),
        Comparison("ofd against the bare characters of its XML", "ofd, own", "ofd, library", "read"),
        Comparison("docx with tidying and outline", "docx, outlined", "docx, library", "read"),
        Comparison("pdf with tidying and outline", "pdf, outlined", "pdf, library", "read"),
    ),
    ("python-docx", "pypdfium2", "lxml"),
)
