"""What printing programs put for a character is read as the character; everything else stays as it is."""

import pytest

from app.reading.formats.signs import usual_signs

RADICALS = "⺁⺄⺅⺈⺌⺍⺒⺓⺝⺠⺧⺩⺬⺮⺷⺻⺽⻄⻅⻆⻇⻉⻊⻋⻑⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰"
CHARACTERS = (
    "厂乙亻刀小小巳幺月民牛王示竹羊聿臼西见角角贝足车長长门阜雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙"
)


def test_that_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert usual_signs(RADICALS) == CHARACTERS
    assert usual_signs("\u2f00\u2fd5\u2e9f\u2ef3\uf900\ufa6a") == "一龠母龟豈頻"


@pytest.mark.parametrize(
    ("glyph", "letters"),
    [("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi"), ("\ufb04", "ffl"),
     ("\u2e3a", "——"), ("\u2e3b", "———")],
)  # fmt: skip
def test_that_a_ligature_is_read_as_its_letters(glyph: str, letters: str) -> None:
    assert usual_signs(f"甲{glyph}乙") == f"甲{letters}乙"


def test_that_controls_are_gone_and_what_stands_beside_them_stays() -> None:
    gone = "\x00\x01\x1f\x7f\xad\uffff" + chr(0xD800) + chr(0xDFFF)
    assert usual_signs(f"甲{gone}乙") == "甲乙"
    kept = " !~\x80\xac\xae\ud7ff\ue000\ufffd"
    assert usual_signs(f"{kept}\x01") == kept


def test_that_the_sign_of_a_hyphen_at_a_lines_end_is_a_hyphen() -> None:
    assert usual_signs("5G\x02甲\ufffe") == "5G-甲-"
