"""The way from a file to a reading."""

import stat
from pathlib import Path

from app.domain.errors import UserError
from app.domain.report import Reading, Source
from app.reading.checks import require_report
from app.reading.encoding import LIMIT, decode, require_size
from app.reading.metadata import metadata_of
from app.reading.notes import notes_of
from app.reading.outline import outline_of
from app.reading.tidy import pieces_of, rendered


def read_file(path: Path, year: int | None = None) -> Reading:
    """Read a report from a .txt file. UserError where it cannot be opened or is no report."""
    name = path.name
    try:
        status = path.stat()
        _require_file(status.st_mode, name)
        require_size(status.st_size, name)
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)  # it may have grown since
    except FileNotFoundError as error:
        raise UserError(f"找不到文件“{path}”。请检查文件名和位置。") from error
    except PermissionError as error:
        raise UserError(
            f"没有读取“{path}”的权限。请检查文件的权限，或把它复制到自己的文件夹再试。"
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"读不了“{path}”（{reason}）。请检查磁盘或网络位置后再试。") from error
    return read_bytes(data, name, year)


def _require_file(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise UserError(f"“{name}”是文件夹，不是文件。请选择里面的报告文本（.txt）。")
    if not stat.S_ISREG(mode):  # a device or a pipe, which may never end
        raise UserError(f"“{name}”是设备或管道，不是普通文件。请选择报告文本（.txt）。")


def read_bytes(data: bytes, name: str, year: int | None = None) -> Reading:
    """Read a report from a file's bytes. `year` overrides the year that the text gives.

    UserError for what cannot be decoded (see `decode`) or is no report.
    """
    source = decode(data, name)
    require_report(source.text, name)
    return read_source(source, year)


def read_source(source: Source, year: int | None = None) -> Reading:
    """Everything that is read from a decoded text; nothing is checked, nothing can fail."""
    pieces = pieces_of(source.text)
    metadata = metadata_of(pieces, source.name, year)
    return Reading(
        source=source,
        metadata=metadata,
        shown=rendered(source.text, pieces),
        sections=outline_of(source.text, pieces, metadata),
        notes=notes_of(pieces),
    )
