"""The same work for several files, one after the other: a bad file does not keep the others from theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.ui.dialogs.progress_dialog import progress_dialog, show_share
from app.ui.tasks import Job, Progress, Runner

Work = Callable[[Path, Progress], object]
MOST = 10
"""So many names of files that a cancelled batch has left out are told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the files: the results in order, why which files failed, and which ones cancelling left out.

    `asked`: how many more are not in yet, since a question about each comes next.
    """

    done: tuple[tuple[Path, object], ...]
    failed: tuple[tuple[Path, str], ...]
    left: tuple[Path, ...] = ()
    asked: int = 0

    @property
    def words(self) -> str:
        """What to tell of those that failed or were left out; "" if none was, or the only one was cancelled."""
        missing = len(self.failed) + len(self.left)
        if missing + len(self.done) + self.asked == 1:
            return self.failed[0][1] if self.failed else ""
        if not missing:
            return ""
        asked = f"{self.asked}个接下来要问是不是新版本，" if self.asked else ""
        told = [f"导入了{len(self.done)}个文件，{asked}另有{missing}个没有导入："]
        told += [f"{path.name}：{why}" for path, why in self.failed]
        if self.left:
            names = "、".join(path.name for path in self.left[:MOST])
            told.append(f"已取消：{names}" + (f"等{len(self.left)}个" if len(self.left) > MOST else ""))
        return "\n\n".join(told)


class Batch(QObject):
    """Works through files in the background, under one dialog that stops them all.

    `finished` carries the Outcome; a bug goes to `broke` as it is.
    """

    finished = Signal(object)
    broke = Signal(object)

    def __init__(self, runner: Runner, work: Work, window: QWidget, doing: str = "正在导入") -> None:
        super().__init__(window)
        self._doing = doing
        self._runner = runner
        self._work = work
        self._paths: list[Path] = []
        self._at = 0
        self._job: Job | None = None
        self._is_cancelled = False
        self._done: list[tuple[Path, object]] = []
        self._failed: list[tuple[Path, str]] = []
        self._dialog = progress_dialog(doing, window)
        self._dialog.canceled.connect(self._cancel)

    def start(self, paths: Sequence[Path]) -> None:
        """Begin; the batch is gone when it has finished."""
        self._paths = list(paths)
        self._next()

    def _next(self) -> None:
        if self._is_cancelled or self._at == len(self._paths):
            self._finish()
            return
        self._job = self._runner.start(partial(self._work, self._paths[self._at]))
        self._job.progressed.connect(self._show)
        self._job.done.connect(self._keep)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._finish)
        self._show("", 0)

    def _show(self, words: str, share: float) -> None:
        """Say which file is worked on; the bar is that of all of them."""
        count = len(self._paths)
        which = f"（{self._at + 1}/{count}）" if count > 1 else ""
        title = f"{self._doing} {self._paths[self._at].name}{which}"
        show_share(self._dialog, f"{title}\n{words}", (self._at + share) / count)

    def _cancel(self) -> None:
        """Stop the file that is worked on, or behind it where it can no longer be stopped."""
        self._is_cancelled = True
        if self._job is not None:
            self._job.cancel()

    def _keep(self, result: object) -> None:
        self._done.append((self._paths[self._at], result))
        self._at += 1
        self._next()

    def _fail(self, error: object) -> None:
        if isinstance(error, UserError):
            self._failed.append((self._paths[self._at], str(error)))
        else:
            self.broke.emit(error)
        self._at += 1
        self._next()

    def _finish(self) -> None:
        self._dialog.deleteLater()
        self.finished.emit(Outcome(tuple(self._done), tuple(self._failed), tuple(self._paths[self._at :])))
        self.deleteLater()
