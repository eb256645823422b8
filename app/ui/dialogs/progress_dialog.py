"""Long work: what is being done, how far it is, and a way to stop it."""

from PySide6.QtWidgets import QProgressDialog, QWidget

from app.ui.tasks import Job

APPEARS_AFTER = 500
"""Milliseconds; what is done sooner shows nothing."""


def show_progress(job: Job, title: str, parent: QWidget) -> QProgressDialog:
    """A dialog that follows a job, appears when it takes long and goes when it ends."""
    dialog = QProgressDialog(title, "取消", 0, 1000, parent)
    dialog.setWindowTitle(title)
    dialog.setMinimumDuration(APPEARS_AFTER)
    dialog.setAutoClose(False)
    dialog.setAutoReset(False)
    dialog.setMinimumWidth(360)

    def follow(words: str, share: float) -> None:
        dialog.setLabelText(words)
        dialog.setValue(round(share * 1000))

    job.progressed.connect(follow)
    dialog.canceled.connect(job.cancel)
    for signal in (job.done, job.failed, job.cancelled):
        signal.connect(dialog.deleteLater)
    return dialog
