"""A package as a file: a zip of few parts, written always the same, read with limits and without trust."""

import re
import stat
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.domain.errors import UserError

FILE_LIMIT = 64 << 20
"""The most bytes of a file."""
UNZIPPED_LIMIT = 200 << 20
"""The most bytes of all parts together, as declared and as they come out."""
PARTS_LIMIT = 2_000
DIRECTORY_LIMIT = 1 << 20
"""The most bytes of the zip's directory: it is read whole before anything else can be asked."""

NAMES = re.compile(r"manifest\.json|text\.txt|report\.json|(?:scopes|log)/[0-9]{4}\.jsonl")
"""What the parts may be called. Nothing is ever unpacked to a disk; other names are no package's."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_END, _END_SIZE = b"PK\x05\x06", 22
_ENCRYPTED = 0x1
_LEVEL = 6


def not_one(path: Path) -> UserError:
    """The error for a file of another kind."""
    return UserError(f"“{path.name}”不是督办交接包（.dubanpkg），请另选一个文件。")


def damaged(path: Path) -> UserError:
    """The error for a file that did not arrive whole."""
    return UserError(f"“{path.name}”已损坏或不完整，没有合并。请让对方重新导出一份，再复制过来。")


def too_large(path: Path) -> UserError:
    """The error for more than any honest package holds."""
    return UserError(f"“{path.name}”里的内容多得不像是交接包，没有合并。请核对它的来历。")


def tampered(path: Path, what: str) -> UserError:
    """The error for contents that no program of ours has written; `what` says where it shows."""
    return UserError(f"“{path.name}”的内容前后不符（{what}），可能被改动过，没有合并。请让对方重新导出一份。")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The zip of these parts, in their order: the same bytes for the same parts."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in parts.items():
            info = ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=_LEVEL)
    return out.getvalue()


def unpacked(path: Path) -> dict[str, bytes]:
    """The parts of a package by name. UserError for what is none, is damaged, or is larger than any honest one."""
    data = _bytes(path)
    _check_end(path, data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            _check(path, infos)
            return {info.filename: _part(path, archive, info) for info in infos}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise damaged(path) from error


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UserError(f"找不到交接包“{path}”。它可能已被移动或改名，请重新选择。")
        with path.open("rb") as file:
            data = file.read(FILE_LIMIT + 1)
    except OSError as error:
        raise UserError(
            f"不能读取“{path.name}”（{error.strerror or error}），请检查文件是否还在、是否正被占用。"
        ) from error
    if len(data) > FILE_LIMIT:
        raise too_large(path)
    return data


def _check_end(path: Path, data: bytes) -> None:
    """Ask the zip's end how large its directory is, before zipfile builds an object for each entry of it.

    Ours has no comment and no zip64 record, so that its end stands in a fixed place.
    """
    end = data[-_END_SIZE:]
    if not data.startswith(b"PK"):
        raise not_one(path)
    if end[:4] != _END:
        raise damaged(path)
    count, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if count > PARTS_LIMIT or size > DIRECTORY_LIMIT or data[-_END_SIZE - 20 :].startswith(b"PK\x06\x07"):
        raise too_large(path)


def _check(path: Path, infos: list[ZipInfo]) -> None:
    if len(infos) > PARTS_LIMIT or sum(info.file_size for info in infos) > UNZIPPED_LIMIT:
        raise too_large(path)
    names = [info.filename for info in infos]
    if "manifest.json" not in names:
        raise not_one(path)
    if len(set(names)) < len(names):
        raise tampered(path, "有重名的部分")
    for info in infos:
        if info.orig_filename != info.filename or not NAMES.fullmatch(info.filename):
            raise tampered(path, "有不属于交接包的文件")
        is_plain = info.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not info.flag_bits & _ENCRYPTED
        if not is_plain or stat.S_ISLNK(info.external_attr >> 16):
            raise tampered(path, "有加密的部分、链接或别的压缩方式")


def _part(path: Path, archive: ZipFile, info: ZipInfo) -> bytes:
    """A part, no more of it than its head declares."""
    with archive.open(info) as part:
        data = part.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise damaged(path)
    return data
