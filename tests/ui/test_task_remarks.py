"""Comments on the tagging page and in their list: what they are about, answers, what is resolved, the way there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.changes import Change
from app.domain.comments import Comment
from app.domain.layer_moves import NOBODY
from app.domain.spans import Span
from app.ui.dialogs.remarks_dialog import ANSWER, NONE, RemarksDialog
from app.ui.session import Session
from app.ui.views.task_remarks import CHOOSE, NO_LAYER, TaskRemarks
from app.workspace import Workspace
from tests.ui.office_samples import (
    LI,
    ZHOU,
    come_back,
    named,
    office,
    press,
    session_on,
    shown,
    sign_in,
)
from tests.workspace.stations import REPORT, TEXT

DREDGING = Span(TEXT.index("6月底前"), TEXT.index("6月底前") + 12)
BERTHS = Span(TEXT.index("新建泊位"), TEXT.index("新建泊位") + 7)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    with office(tmp_path) as made:
        yield made


class Page:
    """The remarks over a session, with a caret and a selection as a test wants them."""

    def __init__(self, bot: QtBot, workspace: Workspace) -> None:
        self.session = session_on(workspace)
        self.selected: Span | None = None
        self.caret: int | None = None
        self.remarks = TaskRemarks(self.session, lambda: self.selected, lambda: self.caret)
        shown(bot, self.remarks)

    def add_task(self, span: Span) -> str:
        layer = self.session.report.layer if self.session.report else None
        assert layer is not None
        change, task_id = edits.new_task(REPORT, layer.id, (span,), self.session.words(span))
        assert self.session.submit(change)
        return task_id

    def say(self, words: str) -> Comment:
        before = {c.id for c in self.session.workspace.comments(REPORT)}
        self.remarks.begin()
        assert self.remarks.view.line.hasFocus()
        self.remarks.view.line.setText(words)
        press("Return")
        (made,) = (c for c in self.session.workspace.comments(REPORT) if c.id not in before)
        return made

    @property
    def words(self) -> list[str]:
        return [comment.text for comment in self.remarks.view._comments]


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> Page:
    return Page(qtbot, workspace)


def test_that_a_remark_is_about_the_selected_task_and_shown_only_there(page: Page) -> None:
    berths, dredging = page.add_task(BERTHS), page.add_task(DREDGING)
    page.session.select(berths)
    made = page.say("  泊位数与规划不符？ ")
    assert (made.task_id, made.span, made.text, made.who) == (berths, BERTHS, "泊位数与规划不符？", ZHOU)
    assert made.layer_id == page.session.workspace.layer(REPORT).id
    assert page.words == ["泊位数与规划不符？"]
    page.session.select(dredging)
    assert page.words == []
    page.session.select(berths)
    assert page.words == ["泊位数与规划不符？"]


def test_that_a_remark_can_be_undone_like_any_edit(page: Page) -> None:
    page.session.select(page.add_task(BERTHS))
    page.say("看")
    page.session.undo_stack.undo()
    assert (page.words, page.session.workspace.comments(REPORT)) == ([], ())


def test_that_selected_words_are_a_place_of_their_own(page: Page) -> None:
    page.selected = Span(DREDGING.start, DREDGING.start + 4)
    made = page.say("期限从何而来")
    assert (made.task_id, made.span) == ("", page.selected)
    page.selected, page.caret = None, DREDGING.start + 4
    page.remarks.follow_caret()
    assert page.words == []
    page.caret = DREDGING.start + 3
    page.remarks.follow_caret()
    assert page.words == ["期限从何而来"]
    page.caret = DREDGING.start
    page.remarks.follow_caret()
    assert page.words == ["期限从何而来"]


def test_that_what_was_said_of_a_place_is_answered_with_the_caret_there(page: Page) -> None:
    page.selected = Span(DREDGING.start, DREDGING.start + 4)
    page.say("期限从何而来")
    page.selected, page.caret = None, DREDGING.start
    page.remarks.follow_caret()
    assert page.remarks.refusal == ""
    page.caret = BERTHS.start
    page.remarks.follow_caret()
    assert page.remarks.refusal == CHOOSE


def test_that_a_remark_on_a_place_is_found_again_with_the_task_made_there(page: Page) -> None:
    page.selected = Span(DREDGING.start, DREDGING.start + 4)
    page.say("期限从何而来")
    page.selected = None
    page.session.select(page.add_task(DREDGING))
    assert page.words == ["期限从何而来"]
    page.session.select(page.add_task(BERTHS))
    assert page.words == []


def test_that_without_a_task_or_words_nothing_can_be_said_and_the_line_says_why(page: Page) -> None:
    assert page.remarks.refusal == CHOOSE
    assert not page.remarks.view.line.isEnabled()
    page.session.select(page.add_task(BERTHS))
    assert page.remarks.refusal == ""
    assert page.remarks.view.line.isEnabled()


def test_that_an_answer_stands_below_what_it_answers_and_a_thread_is_resolved(page: Page) -> None:
    page.session.select(page.add_task(BERTHS))
    first = page.say("泊位数？")
    page.remarks.view.answer(first.id)
    page.remarks.view.line.setText("按规划")
    press("Return")
    answer = next(c for c in page.session.workspace.comments(REPORT) if c.parent_id)
    assert (answer.parent_id, answer.task_id, answer.span, answer.text) == (
        first.id,
        first.task_id,
        first.span,
        "按规划",
    )
    assert page.words == ["泊位数？", "按规划"]
    page.remarks.settle(first.id, True)
    assert {c.id: c.is_resolved for c in page.session.workspace.comments(REPORT)} == {
        first.id: True,
        answer.id: False,
    }


def test_that_who_has_nothing_to_look_at_says_nothing(qtbot: QtBot, workspace: Workspace) -> None:
    sign_in(workspace, LI)
    page = Page(qtbot, workspace)
    assert page.remarks.refusal == NO_LAYER


def test_that_nobody_says_nothing(qtbot: QtBot, workspace: Workspace) -> None:
    me = named(workspace, ZHOU)
    workspace.set_passphrase(me.id, "云港")
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        page = Page(qtbot, again)
        assert page.remarks.refusal == NOBODY


# --- the list


class List:
    """The list over the same session; what it would show."""

    def __init__(self, bot: QtBot, session: Session) -> None:
        self.gone: list[Comment] = []
        self.dialog = RemarksDialog(session, self.submit, self.gone.append)
        self._session = session
        shown(bot, self.dialog)

    def submit(self, change: Change) -> bool:
        return self._session.submit(change)

    @property
    def rows(self) -> list[list[str]]:
        table = self.dialog.table
        cells = ([table.item(r, c) for c in range(table.columnCount())] for r in range(table.rowCount()))
        return [[cell.text() if cell else "" for cell in row] for row in cells]


def test_that_the_list_names_what_waits_and_leads_there(
    qtbot: QtBot, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.session, "words", lambda span: TEXT[span.start : span.end])
    berths = page.add_task(BERTHS)
    page.session.select(berths)
    page.say("泊位数？")
    page.session.select("")
    page.selected = DREDGING
    page.say("期限？")
    made = List(qtbot, page.session)
    assert [row[:3] for row in made.rows] == [
        ["1  新建泊位3个", "泊位数？", ZHOU],
        [f"“{TEXT[DREDGING.start : DREDGING.end]}”", "期限？", ZHOU],
    ]
    assert made.dialog.count.text() == "待处理 2，共 2"
    press("Return", "Down", "Return")
    assert [comment.text for comment in made.gone] == ["泊位数？", "期限？"]


def test_that_space_resolves_and_all_are_shown_when_wanted(qtbot: QtBot, page: Page) -> None:
    page.session.select(page.add_task(BERTHS))
    page.say("泊位数？")
    page.say("再看一次")
    made = List(qtbot, page.session)
    press("Space")
    assert [row[1] for row in made.rows] == ["再看一次"]
    assert made.dialog.count.text() == "待处理 1，共 2"
    made.dialog.every.setChecked(True)
    assert [(row[1], row[5]) for row in made.rows] == [("再看一次", ""), ("泊位数？", "已解决")]
    press("Down", "Space", into=made.dialog.table)
    assert [(row[1], row[5]) for row in made.rows] == [("泊位数？", ""), ("再看一次", "")]
    assert made.dialog.keys.word == "已保存：重新提出意见"


def test_that_with_the_last_thread_resolved_there_is_nothing_to_answer(qtbot: QtBot, page: Page) -> None:
    page.session.select(page.add_task(BERTHS))
    page.say("泊位数？")
    made = List(qtbot, page.session)
    line = made.dialog.thread_view.line
    assert (line.isEnabled(), line.placeholderText()) == (True, ANSWER)
    press("Space")
    assert (made.rows, made.dialog.thread_view._comments) == ([], ())
    assert (line.isEnabled(), line.placeholderText()) == (False, NONE)


def test_that_r_answers_the_current_one(qtbot: QtBot, page: Page) -> None:
    page.session.select(page.add_task(BERTHS))
    page.say("泊位数？")
    made = List(qtbot, page.session)
    press("R")
    assert made.dialog.thread_view.line.hasFocus()
    made.dialog.thread_view.line.setText("按规划")
    press("Return")
    assert [row[4] for row in made.rows] == ["1"]
    assert [c.text for c in made.dialog.thread_view._comments] == ["泊位数？", "按规划"]


def test_that_what_a_layer_was_returned_with_has_no_place_and_says_so(
    qtbot: QtBot, workspace: Workspace
) -> None:
    come_back(workspace)
    made = List(qtbot, session_on(workspace))
    assert [row[:3] for row in made.rows] == [["整份标注", "漏了航道", LI]]
    press("Return")
    assert made.gone == []
    assert "没有具体位置" in made.dialog.keys.word


def test_that_what_a_whole_layer_was_returned_with_stands_at_no_place_of_the_text(
    qtbot: QtBot, workspace: Workspace
) -> None:
    come_back(workspace)
    page = Page(qtbot, workspace)
    page.caret = 0
    page.remarks.follow_caret()
    assert page.words == []


def test_that_an_empty_list_says_so(qtbot: QtBot, workspace: Workspace) -> None:
    made = List(qtbot, session_on(workspace))
    assert (made.rows, made.dialog.count.text()) == ([], NONE)
    press("Return", "Space", "R")
    assert made.gone == []
