"""What the tagging page makes of the layer it shows: whether it may be edited, why not, and what is next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.layer_moves import OPEN_STATES, STATE_NAMES
from app.domain.people import ROLE_NAMES, Person, PersonRole
from app.domain.reports import Layer, LayerState
from app.ui.actions import ACTIONS, Actions
from app.ui.session import OpenReport, Session
from app.ui.views.layer_strip import LayerStrip
from app.ui.views.task_panel import TaskPanel

if TYPE_CHECKING:
    from app.ui.views.task_card import TaskCard

OFFERED = ("show_remarks", "submit_layer", "switch_person", "show_review")
"""What the strip may offer."""
_WALKS = frozenset(("next_open", "previous_open", "next_tag", "previous_tag", "leave_tag", "next_gap"))
EDITING = tuple(s.name for s in ACTIONS if s.menu == "标注" and s.name not in _WALKS)
"""The actions that change tags."""

NEXT = {
    LayerState.SUBMITTED: "等待复核；复核人退回后可以接着改。",
    LayerState.IN_REVIEW: "暂时不能改；复核人退回后可以接着改。",
    LayerState.FINAL: "不能再改；复核改动了什么，见复核页（Alt+2）。",
}
"""What the author of a layer is told while it is out of their hands."""
RETURNED = "{count}条意见。逐条看过、改好后再提交。"
RETURNED_PLAIN = "改好后再提交。"


class LayerWatch(QObject):
    """Locks table and card while `refusal` says why the layer may not be edited. `changed` when that may differ."""

    changed = Signal()

    def __init__(self, session: Session, panel: TaskPanel, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._panel = panel
        self._card: TaskCard | None = None
        self.refusal = ""
        self.strip = LayerStrip([actions[name] for name in OFFERED])
        session.report_opened.connect(self.follow)
        session.people_changed.connect(self.follow)
        session.written.connect(self._follow_comments)

    def watch(self, card: "TaskCard") -> None:
        """Lock this card too; it has just been made."""
        self._card = card
        card.set_editable(not self.refusal)

    def follow(self, _report: object = None) -> None:
        """Look at the layer again."""
        report = self._session.report
        self.refusal = self._session.workspace.edit_refusal(report.layer) if report else ""
        self._panel.set_editable(not self.refusal, self.refusal)
        if self._card is not None:
            self._card.set_editable(not self.refusal)
        self._show(report)
        self.changed.emit()

    def _follow_comments(self, _change: object) -> None:
        report = self._session.report
        if report is not None and report.layer.state is LayerState.RETURNED:
            self._show(report)

    def _show(self, report: OpenReport | None) -> None:
        person = self._session.workspace.person
        if report is None or (not self.refusal and report.layer.state is LayerState.DRAFT):
            self.strip.show_words("", "", ())
        elif person is None:
            self.strip.show_words(
                "", "现在只能看。请先选择您的姓名，再标注。", ("switch_person",), is_urgent=True
            )
        elif report.layer.person_id != person.id or report.layer.is_reviewed:
            offered = ("show_review",) if person.is_a(PersonRole.REVIEWER) else ()
            self.strip.show_words(STATE_NAMES[report.layer.state], self.refusal, offered)
        else:
            self._show_own(report.layer)

    def _show_own(self, layer: Layer) -> None:
        state = STATE_NAMES[layer.state]
        if layer.state in OPEN_STATES and not self.refusal:
            count = self._open_remarks(layer)
            words = RETURNED.format(count=count) if count else RETURNED_PLAIN
            self.strip.show_words(state, words, ("show_remarks", "submit_layer"), is_urgent=True)
        else:
            words = NEXT.get(layer.state, self.refusal)
            offered = ("show_review",) if layer.state is LayerState.FINAL else ("show_remarks",)
            self.strip.show_words(state, words, offered)

    def _open_remarks(self, layer: Layer) -> int:
        """How many threads about a layer, or about what review makes of it, wait for an answer."""
        workspace = self._session.workspace
        ids = {layer.id} | {
            each.id for each in workspace.layers(layer.report_id) if layer.id in each.base_ids
        }
        comments = workspace.comments(layer.report_id)
        return sum(c.layer_id in ids and not c.parent_id and not c.is_resolved for c in comments)


def title_words(report: OpenReport, person: Person | None) -> str:
    """The window's corner: the report, who works on it, and how far the tags are."""
    title, layer = report.card.metadata.title, report.layer
    state = STATE_NAMES[layer.state]
    if person is None:
        return f"{title} · 未选姓名 · {state}"
    if layer.person_id == person.id or not layer.author:
        return f"{title} · 标注人 {person.name} · {state}"
    if layer.version == 0:
        return f"{title} · {role_words(person)} {person.name}"
    name = "复核稿" if layer.is_reviewed else f"{layer.author}的标注"
    return f"{title} · {role_words(person)} {person.name} · 看{name} · {state}"


def role_words(person: Person) -> str:
    """What a person is called who does not annotate here."""
    roles = (PersonRole.REVIEWER, PersonRole.COORDINATOR, PersonRole.ANNOTATOR)
    return next((ROLE_NAMES[role] for role in roles if role in person.roles), "人员")
