"""Long work: what is being done, how far it is, and a way to stop it."""

from functools import partial

from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from app.ui.tasks import Job

APPEARS_AFTER = 500
"""Milliseconds; what is done sooner shows nothing."""
STEPS = 1000


def progress_dialog(title: str, parent: QWidget) -> QProgressDialog:
    """A dialog that appears when work takes long; whoever made it takes it away."""
    dialog = QProgressDialog(title, "取消", 0, STEPS, parent)
    dialog.setWindowTitle(title)
    dialog.setMinimumDuration(APPEARS_AFTER)
    dialog.setAutoClose(False)
    dialog.setAutoReset(False)
    dialog.setMinimumWidth(360)
    bar = QProgressBar(dialog)
    bar.setRange(0, STEPS)
    bar.setTextVisible(False)  # the bar is lower than a line of text
    dialog.setBar(bar)
    return dialog


def show_share(dialog: QProgressDialog, words: str, share: float) -> None:
    """Say what is being done and how far it is (0 to 1). What was cancelled stays away."""
    if not dialog.wasCanceled():
        dialog.setLabelText(words)
        dialog.setValue(round(share * STEPS))


def show_progress(job: Job, title: str, parent: QWidget) -> QProgressDialog:
    """A dialog that follows a job, appears when it takes long and goes when it ends."""
    dialog = progress_dialog(title, parent)
    job.progressed.connect(partial(show_share, dialog))
    dialog.canceled.connect(job.cancel)
    for signal in (job.done, job.failed, job.cancelled):
        signal.connect(dialog.deleteLater)
    return dialog
