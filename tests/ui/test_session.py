"""The session: what is selected, what a change does to it, and what is read of selected words."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.errors import UserError
from app.domain.report import Reading
from app.domain.reports import ReportCard
from app.domain.spans import Span
from app.domain.tasks import Owner, Role, TagKind, Target, Value
from app.domain.units import Unit
from app.ui.session import Current, Session
from tests.ui.fake_workspace import (
    CARD,
    READING,
    SENTENCES,
    TEXT,
    UNITS,
    FakeWorkspace,
    open_session,
    span_of,
    store_of,
)

pytestmark = pytest.mark.usefixtures("qapp")


class Workspace(FakeWorkspace):
    """With a directory that can change, a log that grows, and words that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.directory: tuple[Unit, ...] = UNITS
        self.length = 0
        self.is_closed = False
        self.card = CARD

    @override
    def report(self, _report_id: str) -> ReportCard:
        return self.card

    @override
    def reports(self) -> tuple[ReportCard, ...]:
        return () if self.card.is_removed else (self.card,)

    @override
    def units(self) -> tuple[Unit, ...]:
        return self.directory

    @override
    def apply(self, change: Change) -> Change:
        units = {e.after.id: e.after for e in change.edits if isinstance(e.after, Unit)}
        self.directory = tuple(units.get(unit.id, unit) for unit in self.directory)
        return change if units else super().apply(change)

    def log_length(self) -> int:
        return self.length

    def close(self) -> None:
        self.is_closed = True

    def read_value(self, _reading: Reading, _kind: TagKind, span: Span, role: Role) -> Value:
        return Owner(role, TEXT[span.start : span.end])


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


@pytest.fixture
def session(workspace: Workspace) -> Session:
    return open_session(workspace)


def heard(signal: object) -> list[object]:
    """What a signal says from now on."""
    out: list[object] = []
    connect: Callable[[object], object] = signal.connect  # type: ignore[attr-defined]  # a bound signal
    connect(lambda *words: out.append(words[0] if words else None))
    return out


def test_that_selecting_is_said_once_and_only_when_it_changes(session: Session) -> None:
    said = heard(session.current_changed)
    item = session.items[0]
    session.select(item.task.id)
    session.select(item.task.id)
    session.select(item.task.id, item.tags[1].id)
    assert said == [Current(item.task.id), Current(item.task.id, item.tags[1].id)]
    assert session.current_item == item
    assert session.current_tag == item.tags[1]
    session.select("")
    assert session.current == Current()
    assert not any((session.current_item, session.current_tag))


def test_that_before_a_report_is_loaded_there_is_nothing(workspace: Workspace) -> None:
    session = Session(workspace)  # type: ignore[arg-type]  # as much of one as is needed
    assert (session.items, session.numbers, session.gaps, session.report_id) == ((), {}, (), "")
    assert (session.words(Span(0, 3)), session.sentence_at(0)) == ("", None)
    assert session.read_value(TagKind.OWNER, Span(0, 3), Role.LEAD) is None
    loaded = heard(session.board_loaded)
    session.load_board()
    session.look_away()
    workspace.length = 5
    assert not session.look_again()
    assert loaded == []
    session.open_report(CARD.id)
    assert (session.items, session.report_id) == ((), CARD.id)
    session.load_board()
    assert len(session.items) == len(SENTENCES)
    assert loaded == [None]


def test_that_words_and_sentences_are_those_of_the_shown_text(session: Session) -> None:
    assert session.words(span_of("技改项目")) == "技改项目"
    assert session.words(Span(len(TEXT), len(TEXT) + 3)) == ""
    assert session.sentence_at(span_of("实施技改").start) == span_of(SENTENCES[2])
    assert session.sentence_at(len(TEXT)) is None


def test_that_what_the_suggestions_read_goes_before_reading_anew(session: Session) -> None:
    figure = session.read_value(TagKind.TARGET, span_of("40项"), Role.LEAD)
    assert isinstance(figure, Target)
    assert (figure.indicator, figure.low) == ("技改项目", 40)
    body = session.read_value(TagKind.OWNER, span_of("区科技局"), Role.SUPPORT)
    assert body == Owner(Role.SUPPORT, "区科技局", "科技", "u-kj")
    assert session.read_value(TagKind.OWNER, span_of("中试"), Role.LEAD) == Owner(Role.LEAD, "中试")


def test_that_proposals_are_the_bodies_proposed_to_lead(session: Session) -> None:
    assert [p.code for p in session.proposals(session.items[1])] == ["科技", "工信"]
    assert session.proposals(session.items[3]) == ()


def test_that_a_change_of_nothing_is_taken_without_a_step_to_undo(session: Session) -> None:
    assert session.submit(Change("什么也没有", CARD.id, ()))
    assert session.undo_stack.count() == 0
    assert store_of(session).changes == []


def test_that_a_refused_change_is_said_and_leaves_no_step(session: Session) -> None:
    told, loaded = heard(session.failed), heard(session.board_loaded)
    store_of(session).refuse = True
    assert not session.submit(edits.accept(CARD.id, session.items[:1]))
    assert [type(error).__name__ for error in told] == ["ConflictError"]
    assert len(loaded) == 1
    assert session.undo_stack.count() == 0
    store_of(session).refuse = False
    assert session.submit(edits.accept(CARD.id, session.items[:1]))
    assert session.undo_stack.count() == 1


def test_that_a_refusal_that_is_no_conflict_loads_nothing(session: Session) -> None:
    told, loaded = heard(session.failed), heard(session.board_loaded)
    error = UserError("磁盘已满")
    session.refuse(error)
    assert (told, loaded) == ([error], [])


def test_that_an_accepted_suggestion_stays_selected_with_its_tag(session: Session) -> None:
    item = session.items[0]
    tag = item.tags[1]
    session.select(item.task.id, tag.id)
    session.submit(edits.accept(CARD.id, [item]))
    now = session.current_item
    assert now is not None
    assert (now.number, now.is_open) == (1, False)
    assert session.current_tag is not None
    assert session.current_tag.text == tag.text
    session.undo_stack.undo()
    back = session.current_item
    assert back is not None
    assert (back.task.id, back.is_open) == (item.task.id, True)


def test_that_a_tag_taken_from_the_selected_task_is_no_longer_selected(session: Session) -> None:
    session.submit(edits.accept(CARD.id, [session.items[0]]))
    item = session.items[0]
    session.select(item.task.id, item.tags[0].id)
    session.submit(edits.dismiss_tag(CARD.id, item, item.tags[0]))
    assert session.current == Current(item.task.id)
    kept = session.items[0].tags[0]
    session.select(item.task.id, kept.id)
    session.submit(edits.change_task(CARD.id, session.items[0], remarks="已调度"))
    assert session.current == Current(item.task.id, kept.id)


def test_that_an_edit_elsewhere_leaves_the_selection_alone(session: Session) -> None:
    session.select(session.items[0].task.id)
    said = heard(session.current_changed)
    session.submit(edits.accept(CARD.id, [session.items[3]]))
    assert said == []


def test_that_undoing_goes_to_what_it_touched_unless_one_is_there(session: Session) -> None:
    session.submit(edits.accept(CARD.id, session.items[3:5]))
    session.select(session.items[0].task.id)
    session.step(session.undo_stack.undo)
    assert session.current.item_id == session.items[3].task.id
    session.select(session.items[4].task.id)
    session.step(session.undo_stack.redo)
    current = session.current_item
    assert current is not None
    assert current.number == 5


def test_that_a_step_without_anything_to_undo_leaves_the_selection(session: Session) -> None:
    session.submit(edits.accept(CARD.id, session.items[3:4]))
    session.select(session.items[0].task.id)
    session.step(session.undo_stack.redo)
    assert session.current.item_id == session.items[0].task.id


def test_that_a_new_name_of_a_body_is_proposed_at_once_but_a_telephone_changes_no_task(
    session: Session,
) -> None:
    loaded, told = heard(session.board_loaded), heard(session.units_changed)
    tech = UNITS[1]
    renamed = replace(tech, telephone="0571-1", leader="甲", person="乙", version=2)
    session.submit(Change("改电话", "", (Edit(tech, renamed),)))
    assert (len(loaded), len(told)) == (0, 1)
    assert session.units[1].telephone == "0571-1"
    again = replace(renamed, short_name="区科创局")
    session.submit(Change("改名", "", (Edit(renamed, again),)))
    assert (len(loaded), len(told)) == (1, 2)
    assert session.units[1].short_name == "区科创局"


def test_that_another_window_s_directory_is_taken_over_once(session: Session, workspace: Workspace) -> None:
    told = heard(session.units_changed)
    session.refresh_units()
    assert told == []
    workspace.directory = UNITS[:3]
    session.refresh_units()
    session.refresh_units()
    assert len(told) == 1
    assert session.units == UNITS[:3]


def test_that_what_was_written_while_one_was_away_is_loaded(session: Session, workspace: Workspace) -> None:
    loaded = heard(session.board_loaded)
    assert not session.look_again()
    session.look_away()
    assert not session.look_again()
    session.look_away()
    workspace.length += 1
    assert session.look_again()
    assert not session.look_again()
    assert len(loaded) == 1


def test_that_another_window_s_word_on_the_report_itself_is_taken_over(
    session: Session, workspace: Workspace
) -> None:
    listed = heard(session.reports_changed)
    for card in (replace(CARD, number=4), replace(CARD, is_removed=True)):
        session.look_away()
        workspace.length += 1
        workspace.card = card
        assert session.look_again()
        shown = session.report.card if session.report else None
        assert shown == (None if card.is_removed else card)
    assert len(listed) == 2
    assert session.items == ()


def test_that_closing_lets_go_of_the_report_and_the_file(session: Session, workspace: Workspace) -> None:
    session.close()
    loaded = heard(session.board_loaded)
    session.load_board()
    assert workspace.is_closed
    assert (session.report, session.items, loaded) == (None, (), [])


def test_that_opening_no_report_empties_the_window(session: Session, qtbot: QtBot) -> None:
    session.select(session.items[0].task.id)
    with qtbot.waitSignal(session.report_opened) as opened:
        session.open_report(None)
    assert opened.args == [None]
    assert (session.items, session.current) == ((), Current())
    with qtbot.waitSignal(session.report_opened) as opened:
        session.open_report(CARD.id)
    assert opened.args[0].reading is READING
