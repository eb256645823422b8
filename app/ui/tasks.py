"""Background work: one runner, results by one queued signal, cancel by flag, closing waits."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from typing_extensions import override

from app.domain.errors import CancelledError, UserError

Progress = Callable[[str, float], None]
"""Says what is being done and how far it is (0 to 1); raises CancelledError when the work was cancelled."""


class Job(QObject):
    """One piece of work. `done` carries its result, `failed` a UserError or a bug, `progressed` (words, share)."""

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progressed = Signal(str, float)

    def __init__(self, work: Callable[[Progress], Any], parent: QObject, *, is_quiet: bool = False) -> None:
        super().__init__(parent)
        self._work = work
        self.is_quiet = is_quiet
        self.is_over = False
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next progress."""
        self._stop.set()

    def run(self) -> None:
        """Do the work; in a thread of the pool."""
        try:
            result = self._work(self._report)
        except CancelledError:
            self.cancelled.emit()
        except UserError as error:
            self.failed.emit(error)
        except Exception as error:  # noqa: BLE001  # handed to the main thread, which treats it as a bug
            self.failed.emit(error)
        else:
            self.done.emit(result)
        finally:
            self.is_over = True

    def _report(self, words: str, share: float) -> None:
        if self._stop.is_set():
            raise CancelledError
        self.progressed.emit(words, share)


class _Run(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    @override
    def run(self) -> None:
        self._job.run()


class Runner(QObject):
    """Runs jobs one after the other beside the window.

    A job begins when the event loop turns, not before: who started it has connected to its signals by then.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: list[Job] = []
        self._begun: list[Job] = []

    def start(self, work: Callable[[Progress], Any], *, is_quiet: bool = False) -> Job:
        """Start a piece of work; connect to the job's signals at once. Nobody waits for a quiet one."""
        job = Job(work, self, is_quiet=is_quiet)
        self._waiting.append(job)
        QTimer.singleShot(0, self._begin)
        return job

    def close(self) -> bool:
        """Cancel everything and wait until it has stopped; what has not begun never does.

        Says whether there was work that somebody waits for.
        """
        was_busy = any(not (job.is_quiet or job.is_over) for job in (*self._waiting, *self._begun))
        self._waiting.clear()
        for job in self._begun:
            job.cancel()
        self._pool.waitForDone()
        self._begun.clear()
        return was_busy

    def _begin(self) -> None:
        if self._waiting:
            job = self._waiting.pop(0)
            self._begun.append(job)
            self._pool.start(_Run(job))
