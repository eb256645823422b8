"""The menu of what can be done with the layers as a whole: final, open again, back to an annotator."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.domain.layer_moves import STATE_NAMES, MoveName
from app.domain.reports import Layer
from app.ui.review.session import ReviewSession

SIDES = ("甲", "乙")


class FlowButton(QToolButton):
    """Says where the review stands and offers its moves; what may not be made is greyed out and says why.

    `asked` carries the move's name and the id of the layer.
    """

    asked = Signal(str, str)
    layers_asked = Signal()

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("flow")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip("定稿、退回、重新打开")
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)

    def show_state(self) -> None:
        """Say where the review stands."""
        review = self._session.review
        self.setText(f"{STATE_NAMES[review.layer.state]} ▾" if review else "")
        self.setVisible(review is not None)

    def _fill(self) -> None:
        self._menu.clear()
        for offer in self._offers():
            action = self._menu.addAction(offer.words)
            action.setData((offer.name.value, offer.layer.id))
            action.setEnabled(not offer.refusal)
            action.setToolTip(offer.refusal or offer.words)
            action.triggered.connect(self._ask)
        self._menu.addSeparator()
        self._menu.addAction("标注层和状态　L", self.layers_asked.emit)

    def _offers(self) -> "Iterator[_Offer]":
        review, workspace = self._session.review, self._session.workspace
        if review is None:
            return

        def offer(name: MoveName, layer: Layer, words: str) -> _Offer:
            return _Offer(name, layer, words, workspace.move_refusal(name, layer))

        yield offer(MoveName.FINALISE, review.layer, "定稿　Ctrl+Enter")
        bases = [base.layer for base in (review.first, review.second) if base is not None]
        for side, layer in zip(SIDES, bases, strict=False):
            yield offer(MoveName.RETURN, layer, f"退回{side_name(side, layer.author)}修改…")
        yield offer(MoveName.REOPEN, review.layer, "重新打开定稿…")

    def _ask(self) -> None:
        name, layer_id = self.sender().data()  # type: ignore[attr-defined]  # a QAction of the menu
        self.asked.emit(name, layer_id)


class _Offer(NamedTuple):
    name: MoveName
    layer: Layer
    words: str
    refusal: str


def side_name(side: str, author: str) -> str:
    """A side with its author's name: 甲（张三）."""
    return side if author in ("", side) else f"{side}（{author}）"
