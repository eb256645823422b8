"""A small report of 云港区 with everything a page can hold, and views that show it, for the tests of the page."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QTextCursor
from pytestqt.qtbot import QtBot

from app.domain.marks import TASK, Mark
from app.domain.report import Block, BlockKind, RunMap, ShownText
from app.domain.scheme import TagStyle
from app.domain.spans import Span
from app.ui.views.report_painting import LIGHT, ReportColours
from app.ui.views.report_view import ReportView

STYLES = (
    TagStyle("target", "目标", "目", "2", "#b8730a", "#fdf1d8", "#ffaa00", "#403010"),
    TagStyle("owner", "责任", "责", "3", "#0f7a6c", "#dcf3ee", "#00ccaa", "#104030"),
    TagStyle("deadline", "时限", "时", "4", "#6d4bb3", "#ece5f9", "#aa88ff", "#302050"),
)
SHIFT = 7
"""The source of the sample has this many characters before the first one shown."""

Part = tuple[BlockKind, str]

PARTS: tuple[Part, ...] = (
    (BlockKind.TITLE, "云港区二〇二六年工作安排"),
    (BlockKind.HEADING, "一、主要任务"),
    (BlockKind.PARAGRAPH, "壮大主体。新增专精特新企业二十家以上，由区科技局会同区工信局逐户建立台账。"),
    (
        BlockKind.PARAGRAPH,
        "𠮷祥路改造完成三公里，😀新建口袋公园六个，年底前开放，群众满意度达到九成以上，逐月通报进度。",
    ),
    (BlockKind.CELL, "指标"),
    (BlockKind.CELL, "目标"),
    (BlockKind.CELL, "绿化率"),
    (BlockKind.CELL, "四成"),
    (BlockKind.NOTE, "注：口袋公园指小型公园。"),
)


def shown_of(parts: tuple[Part, ...], columns: int = 2) -> ShownText:
    """The shown text of some parts: one run for each, the source one character further for each break."""
    blocks, runs, offset, table, cell = [], [], 0, -1, 0
    before = None
    for kind, words in parts:
        if kind is BlockKind.CELL:
            table, cell = (table, cell) if before is BlockKind.CELL else (table + 1, 0)
            place = {"table": table, "row": cell // columns, "column": cell % columns}
            cell += 1
        else:
            place = {}
        lead = 5 if kind is BlockKind.PARAGRAPH and len(words) > 5 else 0
        level = 1 if kind is BlockKind.HEADING else 0
        blocks.append(Block(kind, offset, offset + len(words), level=level, lead=lead, **place))
        if words:
            runs.append(RunMap(offset, offset + SHIFT, len(words)))
        offset += len(words) + 1
        before = kind
    return ShownText("\n".join(words for _, words in parts), tuple(blocks), tuple(runs))


SHOWN = shown_of(PARTS)


def long_shown(paragraphs: int = 60) -> ShownText:
    """A report of several pages."""
    words = "推进第{}个片区更新，完成老旧小区改造二十个，新建口袋公园六个，年底前全部开放，由区住建委牵头逐月通报。"
    return shown_of(tuple((BlockKind.PARAGRAPH, words.format(n)) for n in range(paragraphs)))


def source_of(words: str, shown: ShownText = SHOWN, start: int = 0) -> Span:
    """The source span of some words."""
    at = shown.text.index(words, start)
    found = shown.to_source(Span(at, at + len(words)))
    assert found is not None
    return found


def tag(
    words: str, kind: str = "target", *, suggested: bool = False, name: str = "", shown: ShownText = SHOWN
) -> Mark:
    """A tag over some words."""
    return Mark(name or f"tag:{words}", "task-1", kind, *source_of(words, shown), suggested)


def task(words: str, name: str = "task-1", *, suggested: bool = False, shown: ShownText = SHOWN) -> Mark:
    """A task over some words."""
    return Mark(name, name, TASK, *source_of(words, shown), suggested)


def make_view(
    qtbot: QtBot, shown: ShownText = SHOWN, *, colours: ReportColours = LIGHT, dark: bool = False
) -> ReportView:
    """A view on the screen that shows a text."""
    view = ReportView()
    qtbot.addWidget(view)
    view.set_colours(colours, STYLES, dark=dark)
    view.resize(760, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.show_report(shown)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


def position(view: ReportView, words: str) -> int:
    """The document position of some words."""
    found = view.document().find(words)
    assert not found.isNull()
    return found.selectionStart()


def point_of(view: ReportView, words: str, *, at: float = 0.5) -> QPoint:
    """A point of the viewport over some words: so far from their beginning to their end."""
    cursor = QTextCursor(view.document())
    cursor.setPosition(position(view, words))
    left = view.cursorRect(cursor)
    cursor.setPosition(position(view, words) + len(words))
    right = view.cursorRect(cursor)
    return QPointF(left.left() + at * (right.left() - left.left()), left.center().y()).toPoint()


def picture(view: ReportView) -> QImage:
    """What the viewport looks like."""
    return view.viewport().grab().toImage()


def count_of(image: QImage, colour: str, box: tuple[int, int, int, int] | None = None) -> int:
    """How many pixels have just this colour, in a box (left, top, width, height) or everywhere."""
    left, top, width, height = box or (0, 0, image.width(), image.height())
    wanted = QColor(colour).rgb()
    return sum(
        image.pixel(x, y) == wanted
        for y in range(max(0, top), min(top + height, image.height()))
        for x in range(max(0, left), min(left + width, image.width()))
    )
