"""A quiet line over the text: how far the tags are, why they may not be changed, and what is next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.ui.views.card_paint import set_property


class LayerStrip(QWidget):
    """State, words, and buttons for what can be done now; gone while there is nothing to say."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layerstrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.state = QLabel("", self)
        self.state.setProperty("role", "badge")
        self.state.setProperty("state", "")  # said now, it needs no second look by the style when it opens
        self.words = QLabel("", self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setMinimumWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(10)
        row.addWidget(self.state)
        row.addWidget(self.words, 1)
        self.buttons: dict[str, QToolButton] = {}
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.buttons[action.objectName()] = button
            row.addWidget(button)
        self.hide()

    def show_words(self, state: str, words: str, offered: Sequence[str], *, is_urgent: bool = False) -> None:
        """Show these words with the buttons that are offered; "" hides the line."""
        self.state.setText(state)
        self.state.setVisible(bool(state))
        set_property(self.state, "state", "draft" if is_urgent else "")
        self.words.setText(words)
        self.words.setToolTip(words)
        for name, button in self.buttons.items():
            button.setVisible(name in offered)
        self.setVisible(bool(words))
