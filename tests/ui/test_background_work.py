import threading

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import CancelledError, UserError
from app.ui.tasks import Job, Progress, Runner


def test_that_a_result_comes_back_by_signal_with_its_progress(qtbot: QtBot) -> None:
    runner, steps = Runner(), []

    def work(progress: Progress) -> str:
        progress("一半", 0.5)
        return "好"

    job = runner.start(work)
    job.progressed.connect(lambda words, share: steps.append((words, share)))
    with qtbot.waitSignal(job.done, timeout=5000) as done:
        pass
    assert done.args == ["好"]
    assert steps == [("一半", 0.5)]
    runner.close()


def test_that_a_refusal_and_a_bug_both_come_back_as_they_are(qtbot: QtBot) -> None:
    runner = Runner()
    for error in (UserError("不行"), ValueError("bug")):

        def work(_progress: Progress, error: Exception = error) -> None:
            raise error

        with qtbot.waitSignal(runner.start(work).failed, timeout=5000) as failed:
            pass
        assert failed.args == [error]
    runner.close()


def test_that_cancelled_work_stops_at_its_next_progress(qtbot: QtBot) -> None:
    runner, reached = Runner(), []

    def work(progress: Progress) -> None:
        job.cancel()
        try:
            progress("还在做", 0.1)
        except CancelledError:
            reached.append("stopped")
            raise
        reached.append("went on")

    job: Job = runner.start(work)
    with qtbot.waitSignal(job.cancelled, timeout=5000):
        pass
    assert reached == ["stopped"]
    runner.close()


def test_that_closing_stops_what_runs_and_waits_for_it(qtbot: QtBot) -> None:
    runner, reached = Runner(), []
    begun, told = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        told.wait(5)
        try:
            progress("还在做", 0.5)
        except CancelledError:
            reached.append("stopped")
            raise
        reached.append("went on")

    runner.start(work)
    qtbot.waitUntil(begun.is_set)
    threading.Timer(0.05, told.set).start()
    assert runner.close()
    assert reached == ["stopped"]


def test_that_what_has_not_begun_when_the_window_closes_never_does(qtbot: QtBot) -> None:
    runner, reached = Runner(), []
    runner.start(lambda _progress: reached.append("done"))
    assert runner.close()
    QCoreApplication.processEvents()
    assert not runner.close()
    assert reached == []


def test_that_jobs_run_one_after_the_other(qtbot: QtBot) -> None:
    runner, reached = Runner(), []
    runner.start(lambda _progress: reached.append(1))
    second = runner.start(lambda _progress: reached.append(2))
    with qtbot.waitSignal(second.done, timeout=5000):
        pass
    assert reached == [1, 2]
    runner.close()


def test_that_finished_and_quiet_work_is_no_work_left(qtbot: QtBot) -> None:
    runner = Runner()
    runner.start(lambda _progress: None, is_quiet=True)
    assert not runner.close()
    with qtbot.waitSignal(runner.start(lambda _progress: 1).done, timeout=5000):
        pass
    qtbot.waitUntil(lambda: runner._begun[-1].is_over)
    assert not runner.close()
