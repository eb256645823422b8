"""What the keys of the review page do: walk, decide, edit, give back, finish."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.decisions import FIELD_NAMES, Choice, Field
from app.domain.errors import UserError
from app.domain.layer_moves import MoveName
from app.ui.review.session import ReviewSession

if TYPE_CHECKING:
    from app.ui.prompts import Prompts
    from app.ui.review.panel import DifferencePanel
    from app.ui.views.task_card import TaskCard

Asker = Callable[[str, str, Sequence[str], Callable[[str], object]], None]
"""Asks for a reason: title, the words that ask, common reasons, and who gets the answer."""

BACK = ("请核对原文后改", "数值或单位与原文不符", "责任单位需要依据", "范围过宽或过窄")
WHY = ("按原文字面", "按去年口径", "按主管部门意见", "两者含义相同，取表述完整的")
REOPEN = ("发现差错需要更正", "上级要求调整")
CARD_ROWS = {
    Field.SUMMARY: "summary",
    Field.MEASURES: "measures",
    Field.MEASURE: "measures",
    Field.STANDARDS: "standard",
    Field.STANDARD: "standard",
    Field.REMARKS: "remarks",
    Field.LEADER: "leader",
    Field.PERSON: "person",
}
"""Where in the card a field is edited, if not in an editor of its own; the title for all others."""

MOVED = {
    MoveName.FINALISE: "已定稿，台账从它导出（Alt+3）",
    MoveName.REOPEN: "已重新打开，可以接着改",
    MoveName.RETURN: "已退回标注人",
}
"""What the bottom line says of a move that was made: what it said before asked for it."""

TARGETS = frozenset({Field.TARGET, Field.INDICATOR, Field.VALUE, Field.COMPARATOR, Field.UNIT, Field.QUALITY})


class Reviewing(QObject):
    """The keys, by the names of `keys.SPECS`. `show_card` brings the card into sight and gives it."""

    def __init__(
        self,
        session: ReviewSession,
        panel: "DifferencePanel",
        prompts: "Prompts",
        ask: Asker,
        show_card: "Callable[[], TaskCard]",
    ) -> None:
        super().__init__(panel)
        self._session = session
        self._panel = panel
        self._prompts = prompts
        self._ask = ask
        self._show_card = show_card

    # --- walking

    def next_difference(self) -> None:
        """Go to the next difference that is shown."""
        self._panel.step(1)

    def previous_difference(self) -> None:
        """Go to the one before."""
        self._panel.step(-1)

    # --- deciding

    def agree(self) -> None:
        """Agree with the whole task and go on."""
        if self._session.agree():
            self._session.go_on(self._panel.model.filter.passes)

    def take(self, choice: Choice, reason: str = "") -> None:
        """Decide and go on."""
        if self._session.decide(choice, reason):
            self._session.go_on(self._panel.model.filter.passes)

    def take_first(self) -> None:
        """取甲."""
        self.take(Choice.FIRST)

    def take_second(self) -> None:
        """取乙."""
        self.take(Choice.SECOND)

    def take_both(self) -> None:
        """都取."""
        self.take(Choice.BOTH)

    def take_neither(self) -> None:
        """都不取: nothing to tag here."""
        self.take(Choice.NEITHER)

    def take_first_why(self) -> None:
        """取甲, with a reason."""
        self._take_why(Choice.FIRST, "取甲")

    def take_second_why(self) -> None:
        """取乙, with a reason."""
        self._take_why(Choice.SECOND, "取乙")

    def take_both_why(self) -> None:
        """都取, with a reason."""
        self._take_why(Choice.BOTH, "都取")

    def take_neither_why(self) -> None:
        """都不取, with a reason."""
        self._take_why(Choice.NEITHER, "都不取")

    def give_back(self) -> None:
        """退回: say what the annotator is to look at again."""
        self._take_why(Choice.RETURNED, "退回", BACK)

    def choose(self, choice: Choice) -> None:
        """What a button does."""
        special = {Choice.EDITED: self.edit, Choice.RETURNED: self.give_back}
        special.get(choice, partial(self.take, choice))()

    # --- editing

    def edit(self) -> None:
        """Open the editor of the difference's field, in the card of the reviewed layer's task."""
        session, difference = self._session, self._session.current_difference
        refusal = session.refusals(difference)[Choice.EDITED]
        if difference is None or refusal:
            session.said.emit(refusal)
            return
        if session.current_item is None:
            session.said.emit("复核稿里没有这项任务：先取标了它的一方，再修改")
            return
        card, field = self._show_card(), difference.field
        if field in TARGETS:
            card.edit_target(session.current_tag)
        elif field is Field.LEAD:
            card.edit_lead()
        elif field is Field.SUPPORT:
            card.edit_support()
        elif field is Field.DEADLINE:
            card.edit_deadline()
        else:
            card.focus_field(CARD_ROWS.get(field, "title"))

    # --- finishing

    def finalise(self) -> None:
        """Make the reviewed layer final; while something is open say how many and go to the first."""
        session, review = self._session, self._session.review
        if review is None:
            return
        refusal = session.workspace.move_refusal(MoveName.FINALISE, review.layer)
        if refusal:
            raise UserError(refusal)
        count = session.left_over()
        if count:
            session.said.emit(f"还有{count}处没有裁决完，不能定稿：已到第一处")
            return
        words = "定稿以后复核稿锁定，台账从它导出；再要修改须重新打开并说明理由。现在定稿吗？"
        self._prompts.confirm("定稿", words, partial(self._move, MoveName.FINALISE, review.layer.id))

    def reopen(self) -> None:
        """Open a final layer again, with a reason."""
        review = self._session.review
        if review is not None:
            self._ask_move(MoveName.REOPEN, review.layer.id, "重新打开定稿，要说明理由：", REOPEN)

    def send_back(self, layer_id: str) -> None:
        """Give an annotator their layer back, with a reason."""
        returned = [
            d for d in self._session.differences if d.decision and d.decision.choice is Choice.RETURNED
        ]
        fields = "、".join(dict.fromkeys(FIELD_NAMES[d.field] for d in returned))
        words = f"退回标注人修改，要说明理由。{f'已标明退回的有{len(returned)}处（{fields}）。' if returned else ''}"
        self._ask_move(MoveName.RETURN, layer_id, words, ("请按逐条意见修改后再提交", *BACK[:2]))

    # --- inside

    def _take_why(self, choice: Choice, words: str, reasons: Sequence[str] = WHY) -> None:
        difference = self._session.current_difference
        refusal = self._session.refusals(difference)[choice]
        if difference is None or refusal:
            self._session.said.emit(refusal)
            return
        about = "·".join(filter(None, (FIELD_NAMES[difference.field], difference.about)))
        self._ask(
            f"{words}的理由",
            f"{about}：{words}，请说明理由",
            reasons,
            lambda reason: self.take(choice, reason),
        )

    def _ask_move(self, name: MoveName, layer_id: str, words: str, reasons: Sequence[str]) -> None:
        layer = next((found for found in self._session.layers if found.id == layer_id), None)
        refusal = self._session.workspace.move_refusal(name, layer) if layer else ""
        if layer is None or refusal:
            raise UserError(refusal or "这份标注已经不在了。")
        self._ask("理由", words, reasons, partial(self._move, name, layer_id))

    def _move(self, name: MoveName, layer_id: str, reason: str = "") -> None:
        try:
            self._session.move(name, layer_id, reason)
        except UserError as error:
            self._session.refuse(error)
        else:
            self._session.said.emit(MOVED.get(name, ""))
