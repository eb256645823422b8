"""What a file is, by its content; its name decides only where the content does not."""

import io
import re
from collections.abc import Callable
from enum import StrEnum

_PDF_WITHIN = 1024
_HTML = re.compile(
    rb"(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)*<(?:!doctype\s+html|html|head|body|meta|title|div|table|article)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_SAVED = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,12}", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Format(StrEnum):
    """Formats that a reader is made for, and those that are known and refused."""

    TEXT = "text"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    MHT = "mht"
    OFD = "ofd"
    OFFICE = "office"
    LOCKED = "locked"
    SHEET = "sheet"
    SLIDES = "slides"
    ARCHIVE = "archive"
    PICTURE = "picture"


_STARTS = (
    (re.compile(rb"\{\\rtf"), Format.OFFICE),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*", re.DOTALL), Format.PICTURE),
)


def format_of(data: bytes, name: str) -> Format:
    """The format of a file's bytes."""
    suffix = name.rpartition(".")[2].lower()
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, suffix)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Format.PDF
    if data.startswith(_OLE):
        return _compound(data, suffix)
    for start, found in _STARTS:
        if start.match(data):
            return found
    head = _plain_head(data)
    if _HTML.match(head) or (suffix in {"html", "htm"} and b"<" in head):
        return Format.HTML
    if suffix in {"mht", "mhtml"} or (_SAVED.match(head) and b"MIME-Version:" in head[:1000]):
        return Format.MHT
    return Format.TEXT


def _zipped(data: bytes, suffix: str) -> Format:
    import zipfile  # text files need none

    by_suffix = {"docx": Format.DOCX, "docm": Format.DOCX, "ofd": Format.OFD}.get(suffix, Format.ARCHIVE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.lstrip("/") for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return by_suffix
    return next((found for test, found in _ZIPPED if test(names)), by_suffix)


_ZIPPED: tuple[tuple[Callable[[set[str]], bool], Format], ...] = (
    (lambda names: "OFD.xml" in names, Format.OFD),
    (lambda names: any(name.startswith("word/") for name in names), Format.DOCX),
    (lambda names: any(name.startswith("xl/") for name in names), Format.SHEET),
    (lambda names: any(name.startswith("ppt/") for name in names), Format.SLIDES),
    (lambda names: {"mimetype", "content.xml"} <= names, Format.OFFICE),
)


def _compound(data: bytes, suffix: str) -> Format:
    """What an OLE file holds, by the names of its streams, which stand in it as UTF-16."""
    for stream, found in (
        ("EncryptedPackage", Format.LOCKED),
        ("WordDocument", Format.OFFICE),
        ("Workbook", Format.SHEET),
        ("PowerPoint Document", Format.SLIDES),
    ):
        if stream.encode("utf-16-le") in data:
            return found
    return (
        Format.SHEET
        if suffix in {"xls", "et"}
        else Format.SLIDES
        if suffix in {"ppt", "dps"}
        else Format.OFFICE
    )


def _plain_head(data: bytes) -> bytes:
    """The first bytes without their byte order mark, those of UTF-16 without the zeros between."""
    head = data[:4096]
    mark = next((m for m in _MARKS if head.startswith(m)), b"")
    return head[len(mark) :].replace(b"\0", b"") if mark else head
