"""How the window starts: on a workspace, on the sample, as a demo without a display, as a self-check."""

import gc
import os
import re
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app import __version__
from app.domain.errors import UserError
from app.places import RESOURCES

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.tasks import Job
    from app.workspace import Configuration

OPENED = 1000
"""Milliseconds within which a window has opened its workspace."""
DEMO_TASKS = 12
"""How many tasks the demo accepts by key before it exports."""


def window(path: Path | None) -> int:
    """Open the window on a workspace, or on the last one; returns the exit code."""
    if not has_display():
        print("duban: 没有显示器，无法打开窗口。可以用 duban --help 列出的命令。", file=sys.stderr)
        return 1
    from app.ui.placing import fit

    app, main = make()
    main.catch_errors()
    fit(main, main.screen().availableSize())
    main.show()
    try:
        main.files.open_path(path) if path else main.open_last()
    except UserError as error:
        main.tell(error)
    code = app.exec()
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.setText(clipboard.text())  # what Python put there must not outlive the interpreter
    return code


def sample(demo: Path | None) -> int:
    """Open the sample workspace, made on first use; without a display do the main job into a folder."""
    if not has_display():
        return _demo(demo or Path("duban-demo"))
    from app.ui.samples import sample_workspace

    return window(sample_workspace())


def has_display() -> bool:
    """Whether a window can be shown here."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen.split(":", maxsplit=1)[0] not in ("offscreen", "minimal")
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    # Qt aborts where nobody answers at a local display; one over the network cannot be asked this way
    return Path("/", "tmp", ".X11-unix", f"X{local[1]}").exists() if local else bool(display)


def self_check() -> int:
    """Check that everything the program needs is there: does the main job in a temporary folder.

    Raises UserError, as everything here does, where it could not be done.
    """
    from app.ui.samples import writing

    with writing("临时文件夹", "请检查磁盘空间和权限，或用环境变量 TMPDIR 另指一个临时文件夹。"):
        folder = Path(tempfile.mkdtemp(prefix="duban-check-"))
    try:
        os.environ["DUBAN_HOME"] = str(folder / "home")
        workspace, *others = main_job(folder)
        for path in (workspace, *others, _word_there_and_back(workspace)):
            print(f"ok {path.name} {path.stat().st_size} bytes")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"self-check passed: duban {__version__}")
    return 0


def _word_there_and_back(path: Path) -> Path:
    """Write a Word document of the workspace's report and read it in; returns the document."""
    from app.workspace import Workspace

    with Workspace.open(path) as workspace:
        document = path.with_name("分工意见.docx")
        workspace.supervision.export_layout("division", document, workspace.reports()[0].id)
        workspace.import_file(document)
    return document


def main_job(folder: Path) -> tuple[Path, Path, Path]:
    """Do the main job offscreen: sample, suggestions, some tasks accepted by key, ledger, picture.

    Returns the workspace, the workbook and the screenshot of the window that made it, all in the folder.
    Raises what kept any of them from being made.
    """
    from app.ui.samples import writing
    from app.workspace import Configuration, Workspace

    # one that is set to nothing makes Qt abort
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
    workspace, ledger, picture = (folder / n for n in ("sample.duban", "任务分解表.xlsx", "window.png"))
    with writing(f"文件夹“{folder}”", "请用 --demo 另选一个可以写入的文件夹。"):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("sample.duban*"):
            old.unlink()
    Workspace.create(workspace, sample=True, author="标注人甲").close()
    _app, main = make(Configuration("标注人甲", "demo"))
    main.show()
    try:
        main.files.open_path(workspace)
        _settle()
        for _ in range(DEMO_TASKS):
            main.run("accept")
        _finish(main.files.export_to(ledger))
        for box in QApplication.topLevelWidgets():
            if box is not main and box.isWindow():
                box.close()
        _settle()
        if not main.grab().save(str(picture)):
            raise UserError(f"窗口截图“{picture}”没有写成。请检查磁盘空间和权限，或另选一个文件夹。")
    finally:
        main.close()
    return workspace, ledger, picture


def _finish(job: "Job | None", seconds: int = 60) -> None:
    """Wait until a job is done; raises what it failed with, UserError if it was cancelled or takes too long."""
    if job is None:
        raise RuntimeError("the sample did not open")
    ends: list[Exception | None] = []
    loop = QEventLoop()
    job.done.connect(lambda _result: ends.append(None))
    job.failed.connect(ends.append)
    for signal in (job.done, job.failed, job.cancelled):
        signal.connect(loop.quit)
    QTimer.singleShot(seconds * 1000, loop.quit)
    loop.exec()
    if not ends:
        raise UserError(f"任务分解表没有在{seconds}秒内写成。请关闭别的程序后再试一次。")
    if ends[0] is not None:
        raise ends[0]


def _demo(folder: Path) -> int:
    workspace, ledger, picture = main_job(folder)
    print(
        "没有显示器：已用样例报告走完主流程。结果在：\nNo display: the main job was done offscreen. Results:"
    )
    for path, words in ((ledger, "任务分解表"), (picture, "窗口截图"), (workspace, "工作区")):
        print(f"  {path}  {words}")
    return 0


def make(configuration: "Configuration | None" = None) -> "tuple[QApplication, MainWindow]":
    """The application and its window, dressed, nothing open yet."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app, _window(app, configuration)
    # modules, tables and what the window opens with live on: looking for garbage among them takes a tenth of the
    # start, and going through them again and again shows while scrolling
    gc.disable()
    # Python 3.11 maps and unmaps memory for every call beyond a certain depth: a thousand times where the store's
    # library, whose modules nest deeply, is first loaded from within the views
    import_module("sqlalchemy")
    from app.ui.theme import STYLE

    app = QApplication([sys.argv[0], "-style", STYLE])
    window = _window(app, configuration)
    QTimer.singleShot(OPENED, _collect_again)
    return app, window


def _collect_again() -> None:
    """Look for garbage from now on, but not in what is there."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def _window(app: QApplication, configuration: "Configuration | None") -> "MainWindow":
    """Dress the application and make its window. What is imported here is what `make` keeps from being searched."""
    from app.ui import errors, theme
    from app.ui.main_window import MainWindow
    from app.workspace import Configuration, home

    app.setApplicationName("duban")
    app.setApplicationDisplayName("督办")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "duban.svg")))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(QLocale.Language.Chinese), "qtbase", "_", folder):
        app.installTranslator(translator)
    configuration = configuration or Configuration.load()
    errors.start_log(home())
    errors.log_qt_messages()
    theme.apply(app, theme.chosen(configuration.appearance))
    return MainWindow(configuration)


def _settle() -> None:
    """Let the event loop do everything that is due."""
    for _ in range(5):
        QApplication.processEvents()
