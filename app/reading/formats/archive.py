"""Zip files of XML, opened with distrust: sizes are counted while unpacking, entities stay unread, no network."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

from typing_extensions import override

from app.domain.errors import UserError

Element = Any
"""An element of lxml, which has no types of its own."""

PART_LIMIT = 128 * 1024 * 1024
"""Bytes that one part may unpack to, whatever the archive says of it."""
TREE_LIMIT = 16 * 1024 * 1024
"""Bytes of a part that is held in memory as a whole."""
MOST_PARTS = 20_000

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Archive:
    """An archive's parts by name. UserError for what is damaged, encrypted or larger than any report."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise self.damaged() from error
        if len(infos) > MOST_PARTS:
            raise self._too_large()
        self._infos = {info.filename.lstrip("/"): info for info in infos}

    @property
    def names(self) -> Iterable[str]:
        """The names of the parts."""
        return self._infos.keys()

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    def open(self, part: str) -> IO[bytes]:
        """A part to read from, that refuses to go on beyond the limit."""
        info = self._infos[part]
        if info.flag_bits & 1:
            raise UserError(f"“{self.name}”加了密码，读不了。请在原来的程序里去掉密码后另存，再读入。")
        try:
            return io.BufferedReader(_Counted(self._zip.open(info), self))
        except _BROKEN as error:
            raise self.damaged() from error

    def root(self, part: str) -> Element:
        """The root element of a small part; None where there is no such part."""
        from lxml import etree

        if part not in self:
            return None
        with self.open(part) as file:
            data = file.read(TREE_LIMIT + 1)
        if len(data) > TREE_LIMIT:
            raise self._too_large()
        try:
            return etree.fromstring(data, etree.XMLParser(**_SAFE))
        except etree.XMLSyntaxError as error:
            raise self.damaged() from error

    def elements(self, part: str, tags: Iterable[str]) -> Iterator[Element]:
        """The outermost elements of these tags, in order; each is gone from memory when the next is asked for."""
        from lxml import etree

        depth = 0
        with self.open(part) as file:
            events = etree.iterparse(file, events=("start", "end"), tag=tuple(tags), **_SAFE)
            try:
                for event, element in events:
                    depth += 1 if event == "start" else -1
                    if depth == 0:
                        yield element
                        _drop(element)
            except etree.XMLSyntaxError as error:
                raise self.damaged() from error

    def damaged(self) -> UserError:
        """What to say of an archive or a part that cannot be read."""
        return UserError(
            f"“{self.name}”已损坏，读不了（文件不完整，或内容不合格式）。请重新取得这份文件；"
            "能用办公软件打开的，可以另存一份再读入。"
        )

    def _too_large(self) -> UserError:
        return UserError(
            f"“{self.name}”解压后的内容过大，不像是一份报告，没有读入。请确认选对了文件，或另存为纯文本后再试。"
        )

    def counted(self, size: int) -> None:
        """Refuse a part that has unpacked to more bytes than any report's."""
        if size > PART_LIMIT:
            raise self._too_large()


class _Counted(io.RawIOBase):
    """A part as it is unpacked, each byte counted."""

    def __init__(self, file: IO[bytes], archive: Archive) -> None:
        self._file = file
        self._archive = archive
        self._size = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer))
        except _BROKEN as error:
            raise self._archive.damaged() from error
        self._size += len(data)
        self._archive.counted(self._size)
        buffer[: len(data)] = data
        return len(data)

    @override
    def close(self) -> None:
        self._file.close()
        super().close()


def _drop(element: Element) -> None:
    """Free an element that has been used, and what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
