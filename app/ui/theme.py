"""The look: colours of both themes, the fonts in order of preference, the application's style sheet."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from app.places import RESOURCES

SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "SimSun",
)


class Theme(NamedTuple):
    """The colours of one theme, #rrggbb, named by what they are for."""

    window: str
    panel: str
    line: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    accent_ground: str
    selected: str
    text_selection: str
    hover: str
    quote: str
    scroll: str
    green: str
    orange: str
    red: str


LIGHT = Theme(
    window="#f6f7f9",
    panel="#ffffff",
    line="#e3e6eb",
    ink="#1d2430",
    muted="#667181",
    accent="#2457a6",
    on_accent="#ffffff",
    accent_ground="#eff4fc",
    selected="#e6edf8",
    text_selection="#c9dbf6",
    hover="#f0f3f8",
    quote="#f9fafb",
    scroll="#c9cfd8",
    green="#2e8b57",
    orange="#c97a12",
    red="#c0392b",
)
DARK = Theme(
    window="#171a20",
    panel="#1f232b",
    line="#323843",
    ink="#e4e8ee",
    muted="#98a2b1",
    accent="#7ba7ea",
    on_accent="#10141b",
    accent_ground="#243249",
    selected="#2b3a53",
    text_selection="#35507c",
    hover="#282d37",
    quote="#242932",
    scroll="#4a5260",
    green="#63b98a",
    orange="#e0a24a",
    red="#ec8579",
)

STYLE = "Fusion"
"""Said as the application begins: `setStyle` hands back a QStyle, whose enums take Python four milliseconds."""
APPEARANCES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}


def chosen(appearance: str) -> Theme:
    """The theme that a setting means: "light", "dark", or "system" for what the desktop has."""
    if appearance == "system":
        scheme = QApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if appearance == "dark" else LIGHT


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application, which was begun with `STYLE`.

    What it wears is taken off first: from one sheet to the next, Qt goes by a list of what it has dressed, in which
    widgets that are gone can still stand.
    """
    if app.styleSheet():
        app.setStyleSheet("")
    font = QFont(app.font())
    font.setFamilies(list(SANS))
    font.setPixelSize(13)
    app.setFont(font)
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """The application's style sheet with the theme's colours in it."""
    sheet = (RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8")
    sheet = sheet.replace("@icons", (RESOURCES / "icons").as_posix())
    # longest names first: @accent_ground must not be read as @accent
    for name, colour in sorted(theme._asdict().items(), key=lambda token: -len(token[0])):
        sheet = sheet.replace(f"@{name}", colour)
    return sheet


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.Base, theme.panel),
        (roles.AlternateBase, theme.quote),
        (roles.WindowText, theme.ink),
        (roles.Text, theme.ink),
        (roles.Button, theme.panel),
        (roles.ButtonText, theme.ink),
        (roles.PlaceholderText, theme.muted),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.ToolTipBase, theme.panel),
        (roles.ToolTipText, theme.ink),
        (roles.Mid, theme.line),
        (roles.Link, theme.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette
