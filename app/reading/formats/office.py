"""Old Word and WPS documents (.doc, .wps, .rtf, .odt): an installed LibreOffice turns them into .docx first."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

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
_SAVE_AS = "请用 WPS 或 Word 打开它，另存为“Word 文档（*.docx）”后再读入。"


def read(data: bytes, name: str, tell: Tell) -> Extract:
    """The text of a document. UserError where there is no LibreOffice, or it cannot read the document."""
    program = office_program()
    if program is None:
        raise UserError(
            f"“{name}”是旧版 Word、WPS 或 RTF 文档，读它需要 LibreOffice，这台电脑上没有找到。{_SAVE_AS}"
            "或者安装 LibreOffice（免费）后重试。"
        )
    with tempfile.TemporaryDirectory(prefix="duban-", ignore_cleanup_errors=True) as folder:
        converted = _converted(program, data, name, Path(folder), tell)
    return docx.read(converted, name, tell)


def office_program() -> str | None:
    """Where LibreOffice's program lies; None where there is none."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if found:
        return found
    names = [f"{name}{suffix}" for name in _PROGRAMS for suffix in (".exe", "")]
    places = (Path(folder, name) for folder in _FOLDERS for name in names)
    return next((str(path) for path in places if path.is_file()), None)


def _converted(program: str, data: bytes, name: str, folder: Path, tell: Tell) -> bytes:
    """The document as .docx. Its own name is not used: it may look like an option or a path."""
    suffix = name.rpartition(".")[2].lower()
    source = folder / f"document.{suffix if suffix.isalnum() and suffix.isascii() else 'doc'}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)]
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
            f"启动不了 LibreOffice（{error.strerror or error}），没有读入“{name}”。{_SAVE_AS}"
        ) from error
    try:
        _wait(process, name, tell)
    finally:
        _end(process)
    made = folder / "out" / "document.docx"
    if not made.is_file():
        raise UserError(f"LibreOffice 打不开“{name}”：文件可能已损坏，或者加了密码。{_SAVE_AS}")
    return made.read_bytes()


def _wait(process: subprocess.Popen[bytes], name: str, tell: Tell) -> None:
    start = time.monotonic()
    while True:
        try:
            process.wait(_STEP)
        except subprocess.TimeoutExpired:
            took = time.monotonic() - start
            if took > TIME_LIMIT:
                raise UserError(
                    f"LibreOffice 用了 {TIME_LIMIT:.0f} 秒还没有读完“{name}”，已停止。{_SAVE_AS}"
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
