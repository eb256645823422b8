"""The same work for several files, one after the other: a bad file does not keep the others from theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.ui.dialogs.progress_dialog import show_progress
from app.ui.tasks import Progress, Runner

Work = Callable[[Path, Progress], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the files: the results in order, and why which files failed. Cancelling leaves the rest out."""

    done: tuple[tuple[Path, object], ...]
    failed: tuple[tuple[Path, str], ...]

    @property
    def words(self) -> str:
        """What to tell of those that failed; "" if none did."""
        if not self.failed:
            return ""
        if len(self.failed) == 1 and not self.done:
            return self.failed[0][1]
        head = f"导入了{len(self.done)}个文件，另有{len(self.failed)}个没有导入："
        return "\n\n".join((head, *(f"{path.name}：{why}" for path, why in self.failed)))


class Batch(QObject):
    """Works through files in the background. `finished` carries the Outcome; a bug goes to `broke` as it is."""

    finished = Signal(object)
    broke = Signal(object)

    def __init__(self, runner: Runner, work: Work, window: QWidget, doing: str = "正在导入") -> None:
        super().__init__(window)
        self._doing = doing
        self._runner = runner
        self._work = work
        self._window = window
        self._waiting: list[Path] = []
        self._path = Path()
        self._count = 0
        self._done: list[tuple[Path, object]] = []
        self._failed: list[tuple[Path, str]] = []

    def start(self, paths: Sequence[Path]) -> None:
        """Begin; the batch is gone when it has finished."""
        self._waiting = list(paths)
        self._count = len(self._waiting)
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        self._path = self._waiting.pop(0)
        job = self._runner.start(partial(self._work, self._path))
        job.done.connect(self._keep)
        job.failed.connect(self._fail)
        job.cancelled.connect(self._finish)
        number = self._count - len(self._waiting)
        which = f"（{number}/{self._count}）" if self._count > 1 else ""
        show_progress(job, f"{self._doing} {self._path.name}{which}", self._window)

    def _keep(self, result: object) -> None:
        self._done.append((self._path, result))
        self._next()

    def _fail(self, error: object) -> None:
        if isinstance(error, UserError):
            self._failed.append((self._path, str(error)))
        else:
            self.broke.emit(error)
        self._next()

    def _finish(self) -> None:
        self.finished.emit(Outcome(tuple(self._done), tuple(self._failed)))
        self.deleteLater()
