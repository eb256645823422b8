"""From a file's bytes to its linear text: the reader of each format, imported when it is needed."""

from collections.abc import Callable
from importlib import import_module

from app.domain.errors import UserError
from app.reading.encoding import require_size
from app.reading.formats.detect import Format, format_of
from app.reading.formats.linear import Extract, Tell

Reader = Callable[[bytes, str, Tell], Extract]

MOST = 100 * 1024 * 1024
"""Bytes of a file that is no plain text: most of them are pictures."""
HEAVY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""How the files begin that may be so large."""

_READERS = {
    Format.DOCX: "docx",
    Format.PDF: "pdf",
    Format.HTML: "html",
    Format.MHT: "html",
    Format.OFD: "ofd",
    Format.OFFICE: "office",
}
_REFUSED = {
    Format.LOCKED: "“{name}”加了密码，读不了。请在原来的程序里去掉密码后另存，再读入。",
    Format.SHEET: "“{name}”是表格文件（Excel、WPS 表格），不是报告。请选择报告的正文。",
    Format.SLIDES: "“{name}”是演示文稿，不是报告。请选择报告的正文。",
    Format.PICTURE: "“{name}”是图片，没有文字可读。请找原来的文档，或先用文字识别（OCR）软件转换成文字，再读入。",
    Format.ARCHIVE: "“{name}”是压缩包，或者是已损坏的 Office 文档。请先解压，再选择里面的报告；"
    "本来就是文档的，请重新取得。",
}


def extract(data: bytes, name: str, tell: Tell) -> Extract | None:
    """What is read from a file that is no plain text; None for one that is, or may be.

    UserError for a format that holds no report, and for what its reader refuses.
    """
    found = format_of(data, name)
    if found in _REFUSED:
        raise UserError(_REFUSED[found].format(name=name))
    if found not in _READERS:
        return None
    require_size(len(data), name, MOST)
    read: Reader = import_module(f"app.reading.formats.{_READERS[found]}").read
    return read(data, name, tell)
