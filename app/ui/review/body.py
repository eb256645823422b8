"""How the review page is laid out: the text left; differences, buttons, comments and agreement right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.ui.review.agreement import AgreementPanel
from app.ui.review.choosing import DecisionBar
from app.ui.review.flow import FlowButton
from app.ui.review.painting import ReviewLook
from app.ui.review.panel import DifferencePanel
from app.ui.review.session import ReviewSession
from app.ui.search import SearchBox
from app.ui.views.card_paint import ElidedLabel
from app.ui.views.comments import CommentsView
from app.ui.views.panel import Panel
from app.ui.views.report_view import ReportView


class ReviewView(ReportView):
    """A report with two layers."""

    look = ReviewLook


class ReviewBody(QSplitter):
    """The widgets of a review, laid out. Below the buttons stand comments and agreement, or the task's card."""

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.view = ReviewView(self)
        self.panel = DifferencePanel(session)
        self.search = SearchBox(self.view, self.panel, self)
        self.flow = FlowButton(session)
        self.bar = DecisionBar()
        self.decision = ElidedLabel()
        self.comments = CommentsView()
        self.agreement = AgreementPanel()
        self.legend = QLabel("")
        self.below = QStackedWidget()
        self._lay_out()

    def show_card(self, card: QWidget) -> None:
        """Let the card stand below the buttons."""
        if self.below.indexOf(card) < 0:
            self.below.addWidget(card)
        self.below.setCurrentWidget(card)

    def show_agreement(self) -> None:
        """Let the agreement stand below the buttons again."""
        self.below.setCurrentWidget(self.agreement)

    def _lay_out(self) -> None:
        text = Panel("原文", self.view, self)
        self.legend.setProperty("role", "muted")
        text.head.insertWidget(1, self.legend)
        text.head.removeWidget(text.note)
        text.head.addWidget(text.note)
        text.head.addWidget(self.search)
        self.search.setPlaceholderText("搜索原文和差异   /")
        self.search.setAccessibleName("搜索原文和差异")
        self.search.counted.connect(text.note.setText)
        self.panel.head.addWidget(self.flow)
        self.below.addWidget(self.agreement)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(self._upper())
        right.addWidget(self.below)
        right.setStretchFactor(0, 1)
        right.setStretchFactor(1, 1)
        right.setSizes([520, 300])
        self.setChildrenCollapsible(False)
        self.addWidget(text)
        self.addWidget(right)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        self.setSizes([690, 690])

    def _upper(self) -> QWidget:
        said = QFrame()
        said.setProperty("role", "panel")
        below = QVBoxLayout(said)
        below.setContentsMargins(16, 10, 16, 12)
        below.setSpacing(6)
        self.decision.setProperty("role", "muted")
        below.addWidget(self.decision)
        below.addWidget(self.comments)
        rule = QFrame()
        rule.setProperty("role", "rule")
        rule.setFixedHeight(1)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panel, 1)
        column.addWidget(rule)
        column.addWidget(self.bar)
        column.addWidget(said)
        return upper
