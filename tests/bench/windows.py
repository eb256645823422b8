"""Two views of the same size and font to compare: a bare QTextEdit, and ours. Both count their paint events."""

import gc
import time
from collections.abc import Callable
from functools import cache

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTextEdit
from typing_extensions import override

from app.domain.report import Block, BlockKind, RunMap, ShownText
from app.domain.scheme import TagStyle
from app.ui.views.report_document import serif_font
from app.ui.views.report_painting import LIGHT
from app.ui.views.report_view import ReportView
from tests.bench.documents import KINDS

SIZE = (760, 900)
LIBRARIES = ("PySide6-Essentials",)


class BareView(QTextEdit):
    """What Qt offers: read-only text in our font, nothing else."""

    paints = 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.paints += 1


class OwnView(ReportView):
    """Ours, counting."""

    paints = 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.paints += 1


View = BareView | OwnView


@cache
def application() -> QApplication:
    """The one application, kept alive."""
    return QApplication([])


def bare_view() -> BareView:
    """A bare view on the screen that has shown something in our fonts before."""
    application()
    view = BareView()
    view.setReadOnly(True)
    view.setFont(serif_font(100))
    view.resize(*SIZE)
    view.show()
    view.setPlainText(_warm_up().text)
    settle(view)
    return view


def own_view() -> OwnView:
    """Our view on the screen that has shown something in our fonts before."""
    application()
    view = OwnView()
    view.set_colours(LIGHT, [_style(kind) for kind in KINDS], dark=False)
    view.resize(*SIZE)
    view.show()
    view.show_report(_warm_up())
    settle(view)
    return view


def until_painted(view: View, action: Callable[[], object]) -> float:
    """Seconds from the beginning of an action to the end of the paint event it causes."""
    app, before = application(), view.paints
    start = time.perf_counter()
    action()
    while view.paints == before:
        app.processEvents()
    return time.perf_counter() - start


def settle(view: View) -> None:
    """Let everything that waits be done, laying out to the end included.

    What lives by now is set aside from the garbage collector, which then works as seldom as in the program once it
    has started (`start.make`): a full collection of everything imported would else fall into some measurement.
    """
    view.document().size()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    for _ in range(10):
        application().processEvents()


def text_shown(view: View) -> str:
    """The words of all blocks of the view's document, as they stand there; empty blocks do not count."""
    block, words = view.document().begin(), []
    while block.isValid():
        words.append(block.text())
        block = block.next()
    return "\n".join(word for word in words if word)


def _warm_up() -> ShownText:
    kinds = [BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.NOTE]
    text = "\n".join(["云港区年度报告一二三"] * len(kinds))
    blocks = [Block(kind, 11 * n, 11 * n + 10, level=1, lead=3) for n, kind in enumerate(kinds)]
    return ShownText(text, tuple(blocks), (RunMap(0, 0, len(text)),))


def _style(kind: str) -> TagStyle:
    letters = dict(zip(KINDS, "目责时措标", strict=True))
    return TagStyle(kind, kind, letters[kind], "", "#8a5300", "#fdf1d8", "#e8b15c", "#3d3218")
