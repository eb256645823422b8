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


def test_that_closing_waits_for_work_and_cancels_it(qtbot: QtBot) -> None:
    runner, reached = Runner(), []

    def work(progress: Progress) -> None:
        for n in range(1000):
            progress("做", n / 1000)
        reached.append("end")

    def first(progress: Progress) -> None:
        reached.append("first")

    runner.start(first)
    second = runner.start(work)
    second.cancel()
    runner.close()
    assert reached == ["first"]
