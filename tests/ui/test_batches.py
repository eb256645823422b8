"""Several files, one after the other: what fails is told at the end, cancelling stops."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import CancelledError, UserError
from app.ui.batches import Batch, Outcome
from app.ui.tasks import Progress, Runner

A, B, C = Path("甲.txt"), Path("乙.txt"), Path("丙.txt")
STOP = object()
"""What a file gives while whose work somebody presses 取消, too late to stop it."""


class Room:
    """Runs a batch whose files do what they are told: a result, or an error to raise."""

    def __init__(self, qtbot: QtBot, does: dict[Path, object]) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.runner = Runner(self.window)
        self.does, self.worked = does, list[Path]()
        self.outcome = Outcome((), ())
        self.broken: list[object] = []
        batch = Batch(self.runner, self.work, self.window)
        batch.broke.connect(self.broken.append)
        with qtbot.waitSignal(batch.finished) as finished:
            batch.start(list(does))
        if finished.args:
            self.outcome = finished.args[0]

    def work(self, path: Path, progress: Progress) -> object:
        self.worked.append(path)
        progress("正在读", 0.5)
        does = self.does[path]
        if does is STOP:
            self.window.findChildren(QProgressDialog)[0].canceled.emit()
        if isinstance(does, Exception):
            raise does
        return does


def test_that_a_bad_file_does_not_keep_the_others_from_their_work(qtbot: QtBot) -> None:
    room = Room(qtbot, {A: 1, B: UserError("空的。"), C: 3})
    assert room.outcome == Outcome(((A, 1), (C, 3)), ((B, "空的。"),))
    assert room.broken == []


def test_that_cancelling_leaves_the_rest_out_and_says_which(qtbot: QtBot) -> None:
    room = Room(qtbot, {A: 1, B: CancelledError(), C: 3})
    assert room.worked == [A, B]
    assert room.outcome == Outcome(((A, 1),), (), (B, C))


def test_that_cancelling_too_late_for_a_file_still_stops_the_next(qtbot: QtBot) -> None:
    room = Room(qtbot, {A: STOP, B: 2, C: 3})
    assert room.worked == [A]
    assert room.outcome == Outcome(((A, STOP),), (), (B, C))


def test_that_a_bug_is_handed_on_and_the_rest_is_done(qtbot: QtBot) -> None:
    bug = ZeroDivisionError()
    room = Room(qtbot, {A: bug, B: 2})
    assert room.broken == [bug]
    assert room.outcome == Outcome(((B, 2),), ())


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome(((A, 1),), ()), ""),
        (Outcome((), ()), ""),
        (Outcome((), ((A, "空的。"),)), "空的。"),
        (Outcome(((B, 1),), ((A, "空的。"),)), "导入了1个文件，另有1个没有导入：\n\n甲.txt：空的。"),
        (Outcome((), (), (A,)), ""),
        (Outcome((), (), (), 1), ""),
        (
            Outcome((), ((A, "空的。"),), (), 1),
            "导入了0个文件，1个接下来要问是不是新版本，另有1个没有导入：\n\n甲.txt：空的。",
        ),
        (Outcome((), (), (A, B)), "导入了0个文件，另有2个没有导入：\n\n已取消：甲.txt、乙.txt"),
        (
            Outcome(((B, 1),), ((A, "空的。"),), (C,)),
            "导入了1个文件，另有2个没有导入：\n\n甲.txt：空的。\n\n已取消：丙.txt",
        ),
        (
            Outcome((), (), (A,) * 10),
            "导入了0个文件，另有10个没有导入：\n\n已取消：" + "、".join(["甲.txt"] * 10),
        ),
        (
            Outcome((), (), (A,) * 11),
            "导入了0个文件，另有11个没有导入：\n\n已取消：" + "、".join(["甲.txt"] * 10) + "等11个",
        ),
        (
            Outcome((), ((A, "空的。"), (B, "坏的。"))),
            "导入了0个文件，另有2个没有导入：\n\n甲.txt：空的。\n\n乙.txt：坏的。",
        ),
    ],
)
def test_that_one_message_says_what_failed_and_why(outcome: Outcome, words: str) -> None:
    assert outcome.words == words


def test_that_one_bar_goes_through_all_files_and_says_which_is_read(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, float]] = []
    monkeypatch.setattr(
        "app.ui.batches.show_share", lambda _dialog, words, share: said.append((words, share))
    )
    Room(qtbot, {A: 1, B: UserError("空的。")})
    Room(qtbot, {A: 1})
    assert said == [
        ("正在导入 甲.txt（1/2）\n", 0),
        ("正在导入 甲.txt（1/2）\n正在读", 0.25),
        ("正在导入 乙.txt（2/2）\n", 0.5),
        ("正在导入 乙.txt（2/2）\n正在读", 0.75),
        ("正在导入 甲.txt\n", 0),
        ("正在导入 甲.txt\n正在读", 0.5),
    ]


def test_that_the_bar_goes_when_the_files_are_done(qtbot: QtBot) -> None:
    room = Room(qtbot, {A: 1, B: 2})
    qtbot.waitUntil(lambda: not room.window.findChildren(QProgressDialog))
