"""Bytes to text: which encoding a file is in, and the files that are no text."""

import hashlib

from app.domain.errors import UserError
from app.domain.report import Source

LIMIT = 20 * 1024 * 1024
"""Bytes. The longest reports known have about a hundredth of it."""

_SIGNATURES = (
    (b"PK\x03\x04", "Office 文档（docx、xlsx）或压缩包"),
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 或 WPS 文档（doc、xls、wps）"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAVE_AS = "请在原来的程序里另存为“纯文本（*.txt）”，再读入那个文件。"
_SAMPLE = 4000
_ALLOWED_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a\x85")


def decode(data: bytes, name: str) -> Source:
    """The text of a file: BOM dropped, line ends LF, nothing else touched.

    Tried in turn: the BOM, UTF-8, GB18030, Big5. UserError for what is empty, too large, no text, cut off in
    the middle of a character, or in none of these encodings.
    """
    require_size(len(data), name)
    if not data:
        raise UserError(f"“{name}”是空文件，没有可读的内容。请选择有正文的报告文本。")
    _refuse_other_formats(data, name)
    mark, encoding = next((m for m in _MARKS if data.startswith(m[0])), (b"", ""))
    if not encoding and b"\0" in data:
        raise UserError(f"“{name}”不是文本文件（含有二进制数据）。{_SAVE_AS}")
    text, encoding = _decoded(data[len(mark) :], encoding, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _require_words(text, name)
    return Source(
        name=name,
        file_sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def require_size(size: int, name: str, limit: int = LIMIT) -> None:
    """UserError for a file of so many bytes that it can be no report."""
    if size > limit:
        raise UserError(
            f"“{name}”有 {size / 1024 / 1024:.0f} MB，超过了 {limit // 1024 // 1024} MB 的上限，没有读入。"
            "请确认选对了文件，或只保留报告正文后再试。"
        )


def _refuse_other_formats(data: bytes, name: str) -> None:
    found = next((what for mark, what in _SIGNATURES if data.startswith(mark)), None)
    if found:
        raise UserError(f"“{name}”是{found}，不是纯文本。{_SAVE_AS}")


def _decoded(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    """The text and its encoding's name; `encoding` is what the BOM says, "" without one."""
    if encoding:
        return _strictly(data, encoding, name), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_cut_off(error, data):
            raise _cut_off(name) from error
        if error.start > len(data) // 2 and _is_wide(data[: error.start]):
            raise _undecodable(name, error.start) from error
    return _chinese(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if _is_cut_off(error, data):
            raise _cut_off(name) from error
        raise _undecodable(name, error.start) from error


def _chinese(data: bytes, name: str) -> tuple[str, str]:
    """The better reading of GB18030 and Big5: the one with the larger share of common characters."""
    readings: list[tuple[float, str, str]] = []
    failures: list[UnicodeDecodeError] = []
    for encoding in ("gb18030", "big5", "cp950"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            failures.append(error)
        else:
            readings.append((_commonness(text, encoding), text, encoding))
    if readings:
        _, text, encoding = max(readings, key=lambda r: r[0])
        return text, "big5" if encoding == "cp950" else encoding
    furthest = max(failures, key=lambda e: e.start)
    if _is_cut_off(furthest, data):
        raise _cut_off(name) from furthest
    raise _undecodable(name, furthest.start) from furthest


def _commonness(text: str, encoding: str) -> float:
    """The share of characters that the encoding's own first level (its frequent half) holds."""
    low, high = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    wide = [c for c in text[:_SAMPLE] if c >= "\u3400"]
    # a character above 0xFF00 is punctuation in full width: common in both
    common = sum(c >= "\uff00" or low <= c.encode(encoding)[0] <= high for c in wide)
    return common / len(wide) if wide else 0.0


def _is_cut_off(error: UnicodeDecodeError, data: bytes) -> bool:
    """Whether decoding failed only at the very end, in a character that is not all there."""
    return len(data) - error.start <= 3 and error.reason in {
        "unexpected end of data",
        "incomplete multibyte sequence",
        "truncated data",
    }


def _is_wide(data: bytes) -> bool:
    """Whether what could be read as UTF-8 holds Chinese: then it is a damaged UTF-8 file and nothing else."""
    return any("\u4e00" <= c <= "\u9fff" for c in data[:_SAMPLE].decode("utf-8", "ignore"))


def _cut_off(name: str) -> UserError:
    return UserError(
        f"“{name}”不完整：末尾的一个字只有一半，文件很可能在复制或下载时被截断了。请重新取得完整的文件再读入。"
    )


def _undecodable(name: str, at: int) -> UserError:
    return UserError(
        f"认不出“{name}”的文字编码（从第 {at + 1} 个字节起既不是 UTF-8，也不是 GB18030 或 Big5）。"
        "请用记事本打开它，另存为 UTF-8 编码的文本后再读入。"
    )


def _require_words(text: str, name: str) -> None:
    if not text.strip():
        raise UserError(f"“{name}”里只有空白，没有文字。请选择有正文的报告文本。")
    sample = text[: _SAMPLE * 4]
    controls = sum(c < " " and c not in _ALLOWED_CONTROLS for c in sample)
    if controls * 20 > len(sample):
        raise UserError(f"“{name}”不是文本文件（多半是控制字符）。{_SAVE_AS}")
