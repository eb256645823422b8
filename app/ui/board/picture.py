"""The board as one picture: title, figures, bars and the lights month by month, whole, whatever the window's size."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.tallies import Grouping, MonthLights, tallies, tally
from app.ui.board.charts import BarChart, LightsChart
from app.ui.board.figures import Figures
from app.ui.ledger.session import LedgerSession

WIDTH = 1080
TITLE_SIZE = 22


def draw(session: LedgerSession, by: Grouping, months: Sequence[MonthLights], palette: QPalette) -> QPixmap:
    """The picture, at twice the screen's fineness."""
    sheet = QWidget()
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    sheet.setProperty("role", "panel")
    sheet.setPalette(palette)
    title = QLabel(f"{session.title}重点任务看板", sheet)
    font = title.font()
    font.setPixelSize(TITLE_SIZE)
    font.setBold(True)
    title.setFont(font)
    about = QLabel(f"{session.on.year}年{session.on.month}月{session.on.day}日　按{by.value}", sheet)
    about.setProperty("role", "muted")
    figures = Figures(sheet)
    figures.show_tally(tally("", session.cases), session.due, session.on)
    bars = BarChart("", sheet)
    bars.show_tallies(tallies(session.cases, by))
    bars.at = -1  # none is current on paper
    lights = LightsChart(sheet)
    lights.setFixedHeight(240)
    lights.show_months(months)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(32, 28, 32, 28)
    column.setSpacing(14)
    for widget in (title, about, figures, bars, lights):
        column.addWidget(widget)
    sheet.setFixedWidth(WIDTH)
    sheet.ensurePolished()
    sheet.adjustSize()
    picture = QPixmap(sheet.size() * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(palette.color(QPalette.ColorRole.Base))
    sheet.render(picture)
    sheet.deleteLater()
    return picture
