import re

import pytest

from app.places import RESOURCES
from app.ui.theme import DARK, LIGHT, Theme, style_sheet


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "panel"),
        ("ink", "window"),
        ("ink", "selected"),
        ("ink", "accent_ground"),
        ("muted", "panel"),
        ("muted", "window"),
        ("accent", "panel"),
        ("on_accent", "accent"),
        ("red", "panel"),
    ],
)
def test_that_words_keep_their_contrast(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_that_every_token_of_the_style_sheet_becomes_a_colour(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert not re.findall(r"@\w+", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    assert theme.accent_ground in sheet
    assert f"{theme.accent}_ground" not in sheet


def test_that_the_style_sheet_names_no_colour_of_its_own() -> None:
    sheet = (RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{6}\b", sheet) == []
