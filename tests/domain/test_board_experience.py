"""The board and experience: asked only when there is something to learn, and what it changes is named."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain import edits
from app.domain.board import Board
from app.domain.experience import Precedent, precedent_of
from app.domain.spans import Span
from app.domain.suggestions import Commitment, OwnerProposal
from app.domain.tasks import Owner, Role, Tag, TagKind, Task
from tests.builders import LAYER, OFFICE, REPORT, SUGGESTIONS, Desk, words

FINANCE = Owner(Role.LEAD, "区财政局", "财政", "u-cz")


class Echo:
    """A proposer that proposes, for all but the first commitment, whoever was decided on last."""

    made = 0

    def __init__(self, commitments: Sequence[Commitment]) -> None:
        type(self).made += 1
        self.commitments = tuple(commitments)
        self.told: list[tuple[Precedent | None, Precedent | None]] = []
        self.standing: dict[str, Precedent] = {}

    def learn(self, before: Precedent | None, after: Precedent | None) -> Iterable[int]:
        self.told.append((before, after))
        if before:
            del self.standing[before.id]
        if after:
            self.standing[after.id] = after
        return range(len(self.commitments))

    def proposed(self, index: int) -> Commitment:
        commitment = self.commitments[index]
        last = next(reversed(self.standing.values()), None)
        if last is None or index == 0:
            return commitment
        lead = OwnerProposal(last.lead.code, 1.0, "同类任务由其牵头", last.lead.name, last.lead.unit_id)
        return commitment._replace(leads=(lead,))


class Learning(Desk):
    """A desk whose board has a proposer."""

    def __init__(self) -> None:
        super().__init__()
        Echo.made = 0
        self.echo: Echo | None = None
        self.board = self.opened(is_experienced=False)

    def opened(self, *, is_experienced: bool) -> Board:
        def make(commitments: Sequence[Commitment]) -> Echo:
            self.echo = Echo(commitments)
            return self.echo

        board = Board(OFFICE, SUGGESTIONS, words, {}, make)
        things = self.store.rows.values()
        board.load(
            [t for t in things if isinstance(t, Task)],
            [t for t in things if isinstance(t, Tag)],
            [],
            is_experienced=is_experienced,
        )
        return board


def leads(board: Board) -> list[str]:
    return [item.lead.text if item.lead else "" for item in board.items]


def test_that_nothing_is_asked_for_until_a_lead_is_decided() -> None:
    desk = Learning()
    desk.do(edits.dismiss_tag(REPORT, desk.board.items[0], desk.board.items[0].tags[0]))
    desk.do(edits.change_task(REPORT, desk.board.items[2], summary="办好"))
    assert Echo.made == 0
    desk.do(edits.set_lead(REPORT, desk.board.items[0], FINANCE))
    assert Echo.made == 1


def test_that_a_decided_lead_is_proposed_elsewhere_and_the_delta_names_what_changed() -> None:
    desk = Learning()
    before = leads(desk.board)
    change = edits.set_lead(REPORT, desk.board.items[0], FINANCE)
    done = desk.store.apply(change)
    delta = desk.board.apply(done)
    assert leads(desk.board) == ["区财政局"] * 3
    assert [i.task.origin for i in delta.added] == ["task:0-16", "task:16-30", "task:30-36"]
    assert {i.task.id for i in delta.removed} == {"task:0-16", "task:16-30", "task:30-36"}
    found = desk.board.commitment_of(desk.board.items[1])
    assert found is not None
    assert found.leads[0].reason == "同类任务由其牵头"
    delta = desk.board.apply(desk.store.apply(done.inverse()))
    assert leads(desk.board) == before
    assert len(delta.added) == 3


def test_that_items_whose_proposal_stays_are_not_named() -> None:
    desk = Learning()
    desk.do(edits.set_lead(REPORT, desk.board.items[0], FINANCE))
    item = desk.board.items[0]
    change = edits.set_lead(REPORT, item, replace(FINANCE, role=Role.SUPPORT))
    delta = desk.board.apply(desk.store.apply(change))
    assert [i.task.id for i in delta.added] == [item.task.id]
    assert desk.echo is not None
    told = len(desk.echo.told)
    desk.do(edits.change_task(REPORT, desk.board.items[0], remarks="备注"))
    assert len(desk.echo.told) == told


def test_that_a_confirmed_task_is_not_touched_by_what_is_learned() -> None:
    desk = Learning()
    desk.do(edits.accept(REPORT, [desk.board.items[1]]))
    lead = leads(desk.board)[1]
    delta = desk.board.apply(desk.store.apply(edits.set_lead(REPORT, desk.board.items[0], FINANCE)))
    assert leads(desk.board)[1] == lead
    assert "task:16-30" not in {i.task.origin for i in delta.added}


def test_that_experience_from_elsewhere_is_laid_over_every_proposal_when_the_board_is_loaded() -> None:
    desk = Learning()
    desk.opened(is_experienced=False)
    assert Echo.made == 0
    desk.opened(is_experienced=True)
    assert Echo.made == 1


def test_that_decisions_of_before_are_learned_when_the_board_is_loaded() -> None:
    desk = Learning()
    desk.do(edits.set_lead(REPORT, desk.board.items[0], FINANCE))
    assert leads(desk.opened(is_experienced=False)) == ["区财政局"] * 3


def owner_tag(name: str, role: Role) -> Tag:
    return Tag(f"t-{name}", LAYER, "task", TagKind.OWNER, (), name, Owner(role, name))


def test_that_a_task_is_a_precedent_only_with_a_decided_lead() -> None:
    task = Task("task", LAYER, (Span(3, 9),), "标题", "新建泊位3个。")
    support, lead = owner_tag("区财政局", Role.SUPPORT), owner_tag("区交通局", Role.LEAD)
    assert precedent_of(task, [support]) is None
    assert precedent_of(task, [support, lead], "报告", 2026) == Precedent(
        "task",
        "新建泊位3个。",
        Owner(Role.LEAD, "区交通局"),
        (Owner(Role.SUPPORT, "区财政局"),),
        "报告",
        2026,
        3,
    )
    spanless = precedent_of(replace(task, spans=(), quote=""), [lead])
    assert spanless is not None
    assert (spanless.text, spanless.start) == ("标题", -1)
    assert precedent_of(replace(task, quote="", title=""), [lead]) is None
