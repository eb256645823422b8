"""The way from a file to a reading."""

import hashlib
import stat
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import UserError
from app.domain.report import Place, Reading, Source
from app.reading.checks import require_report
from app.reading.encoding import LIMIT, decode, require_size
from app.reading.formats.extract import HEAVY, MOST, extract
from app.reading.formats.linear import Extract, Tell
from app.reading.metadata import metadata_of
from app.reading.notes import notes_of
from app.reading.outline import outline_of
from app.reading.tidy import pieces_of, rendered


def read_file(path: Path, year: int | None = None, tell: Tell | None = None) -> Reading:
    """Read a report from a file of any format. UserError where it cannot be opened or is no report."""
    name = path.name
    try:
        status = path.stat()
        _require_file(status.st_mode, name)
        require_size(status.st_size, name, MOST)
        with path.open("rb") as file:
            data = _bytes_of(file)
    except FileNotFoundError as error:
        raise UserError(f"找不到文件“{path}”。请检查文件名和位置。") from error
    except PermissionError as error:
        raise UserError(
            f"没有读取“{path}”的权限。请检查文件的权限，或把它复制到自己的文件夹再试。"
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"读不了“{path}”（{reason}）。请检查磁盘或网络位置后再试。") from error
    return read_bytes(data, name, year, tell)


def _require_file(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise UserError(f"“{name}”是文件夹，不是文件。请选择里面的报告文件。")
    if not stat.S_ISREG(mode):  # a device or a pipe, which may never end
        raise UserError(f"“{name}”是设备或管道，不是普通文件。请选择报告文件。")


def _bytes_of(file: BinaryIO) -> bytes:
    """All of a file, but no more than its format may have: it may have grown since it was looked at."""
    data = file.read(LIMIT + 1)
    if len(data) > LIMIT and data.startswith(HEAVY):
        data += file.read(MOST + 1 - len(data))
    return data


def read_bytes(data: bytes, name: str, year: int | None = None, tell: Tell | None = None) -> Reading:
    """Read a report from a file's bytes. `year` overrides the year that the text gives.

    UserError for what cannot be read in its format, decoded (see `decode`) or is no report.
    """
    found = extract(data, name, tell or _tell_nobody)
    source = decode(data, name) if found is None else _source(data, name, found)
    require_report(source.text, name)
    return read_source(source, year, found.places if found else ())


def read_source(source: Source, year: int | None = None, places: tuple[Place, ...] = ()) -> Reading:
    """Everything that is read from a decoded text; nothing is checked, nothing can fail."""
    pieces = pieces_of(source.text)
    metadata = metadata_of(pieces, source.name, year)
    return Reading(
        source=source,
        metadata=metadata,
        shown=rendered(source.text, pieces),
        sections=outline_of(source.text, pieces, metadata),
        notes=notes_of(pieces),
        places=places,
    )


def _source(data: bytes, name: str, found: Extract) -> Source:
    """The linear text of a file as its source: LF alone ends a line, and half a character is none; all stays in place."""
    words = found.text.replace("\r", " ").encode("utf-8", "replace")
    return Source(
        name=name,
        file_sha256=hashlib.sha256(data).hexdigest(),
        encoding=found.encoding,
        text=words.decode("utf-8"),
        text_sha256=hashlib.sha256(words).hexdigest(),
    )


def _tell_nobody(_share: float) -> None:
    """For callers that neither show progress nor cancel."""
