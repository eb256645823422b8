"""What only an installed LibreOffice reads: .doc, .wps, .rtf, .odt become .docx first, .xls and .et become .xlsx."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from app.domain.errors import UserError
from app.reading.formats import docx
from app.reading.formats.linear import Extract, Tell

TIME_LIMIT = 120.0
"""Seconds. The longest reports take ten, most of them for the start."""
_STEP = 0.1
_PROGRAMS = ("soffice", "libreoffice")
_FOLDERS = (
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/snap/bin",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
)


class _Kind(NamedTuple):
    """What a file becomes: its ending and LibreOffice's filter, the ending of old ones, what to do by hand instead."""

    suffix: str
    filter: str
    old: str
    save_as: str


_DOCUMENT = _Kind(
    "docx", "MS Word 2007 XML", "doc", "请用 WPS 或 Word 打开它，另存为“Word 文档（*.docx）”后再读入。"
)
_WORKBOOK = _Kind(
    "xlsx",
    "Calc MS Excel 2007 XML",
    "xls",
    "请用 WPS 或 Excel 打开它，另存为“Excel 工作簿（*.xlsx）”后再读入。",
)


def read(data: bytes, name: str, tell: Tell) -> Extract:
    """The text of a document. UserError where there is no LibreOffice, or it cannot read the document."""
    return docx.read(_converted(data, name, _DOCUMENT, tell), name, tell)


def as_workbook(data: bytes, name: str) -> bytes:
    """An old workbook as .xlsx. UserError where there is no LibreOffice, or it cannot read the workbook."""
    return _converted(data, name, _WORKBOOK, lambda _share: None)


def office_program() -> str | None:
    """Where LibreOffice's program lies; None where there is none."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if found:
        return found
    names = [f"{name}{suffix}" for name in _PROGRAMS for suffix in (".exe", "")]
    places = (Path(folder, name) for folder in _FOLDERS for name in names)
    return next((str(path) for path in places if path.is_file()), None)


def _converted(data: bytes, name: str, kind: _Kind, tell: Tell) -> bytes:
    program = office_program()
    if program is None:
        raise UserError(
            f"“{name}”是旧版 Office、WPS 或 RTF 文件，读它需要 LibreOffice，这台电脑上没有找到。{kind.save_as}"
            "或者安装 LibreOffice（免费）后重试。"
        )
    with tempfile.TemporaryDirectory(prefix="duban-", ignore_cleanup_errors=True) as folder:
        return _made(program, data, name, kind, Path(folder), tell)


def _made(program: str, data: bytes, name: str, kind: _Kind, folder: Path, tell: Tell) -> bytes:
    """What the program makes of it. Its own name is not used: it may look like an option or a path."""
    suffix = name.rpartition(".")[2].lower()
    source = folder / f"document.{suffix if suffix.isalnum() and suffix.isascii() else kind.old}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", f"{kind.suffix}:{kind.filter}", "--outdir", str(folder / "out"), str(source)]
    try:
        process = subprocess.Popen(  # noqa: S603  (the program is the installed office, the file's name is ours)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise UserError(
            f"启动不了 LibreOffice（{error.strerror or error}），没有读入“{name}”。{kind.save_as}"
        ) from error
    try:
        _wait(process, name, kind, tell)
    finally:
        _end(process)
    made = folder / "out" / f"document.{kind.suffix}"
    if not made.is_file():
        raise UserError(f"LibreOffice 打不开“{name}”：文件可能已损坏，或者加了密码。{kind.save_as}")
    return made.read_bytes()


def _wait(process: subprocess.Popen[bytes], name: str, kind: _Kind, tell: Tell) -> None:
    start = time.monotonic()
    while True:
        try:
            process.wait(_STEP)
        except subprocess.TimeoutExpired:
            took = time.monotonic() - start
            if took > TIME_LIMIT:
                raise UserError(
                    f"LibreOffice 用了 {TIME_LIMIT:.0f} 秒还没有读完“{name}”，已停止。{kind.save_as}"
                ) from None
            tell(min(0.8, took / 30))
        else:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the office and what it has started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(  # noqa: S603  (Windows' own program)
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607
                check=False,
                capture_output=True,
            )
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
