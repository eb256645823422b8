"""The letters that find a unit."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workspace import seeding
from app.workspace.initials import READINGS, initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("区科技局", "qkjj"),
        ("区行政审批局", "qxzspj"),
        ("云港银行", "ygyh"),
        ("农商行支行", "nshzh"),
        ("区行业协会", "qhyxh"),
        ("区重大项目办", "qzdxmb"),
        ("重庆路街道", "cqljd"),
        ("长堤街道", "cdjd"),
        ("区河长办", "qhzb"),
        ("长江路街道", "cjljd"),
        ("区调查队", "qdcd"),
        ("区调解中心", "qtjzx"),
        ("区协调办", "qxtb"),
        ("区会计核算中心", "qkjhszx"),
        ("朝阳街道", "cyjd"),
        ("重点办重点科", "zdbzdk"),
        ("12345热线办", "12345rxb"),
        ("A区 B办（筹）", "aqbbc"),
        ("", ""),
    ],
)
def test_that_initials_are_those_people_type(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_that_the_seed_s_initials_are_what_is_computed() -> None:
    assert [(u.short_name, initials(u.short_name)) for u in seeding.units()] == [
        (u.short_name, u.initials) for u in seeding.units()
    ]


def test_that_every_listed_reading_counts_wherever_it_stands() -> None:
    for word, letters in READINGS.items():
        assert len(word) == len(letters)
        assert initials(f"区{word}办") == f"q{letters}b"


@given(st.text(max_size=20))
def test_that_only_letters_and_digits_come_out(name: str) -> None:
    assert set(initials(name)) <= set(string.ascii_lowercase + string.digits)
