"""Likely slips are offered with what is meant; words that only look like one are left alone."""

import json
from pathlib import Path

import pytest

from app.domain.slips import Slip
from app.domain.spans import Span
from app.reading.slips import slips_of

ROOT = Path(__file__).parents[2]


def told(text: str) -> list[tuple[str, str]]:
    return [(slip.read, slip.meant) for slip in slips_of(text)]


def test_that_a_slip_tells_its_place_and_why() -> None:
    assert slips_of("持续优化菅商环境。") == (Slip(Span(4, 6), "菅商", "营商", "“营商”常被误识为“菅商”"),)


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("推动技术选代升级", [("选代", "迭代")]),
        ("认真挑选代表", []),
        ("增加居民收人，吸收人才", [("收人", "收入")]),
        ("金融人才融人港口", [("融人", "融入")]),
        ("到2026年未，建成投用", [("未", "末")]),
        ("历年未结的项目", []),
        ("2O26年完成3l项", [("O", "0"), ("l", "1")]),
        ("5G、C919、1I", []),
        ("消费卷和因定资产投资", [("消费卷", "消费券"), ("因定资产", "固定资产")]),
        ("菅商、菅商", [("菅商", "营商"), ("菅商", "营商")]),
        ("", []),
    ],
)
def test_that_only_what_is_no_word_is_a_slip(text: str, slips: list[tuple[str, str]]) -> None:
    assert told(text) == slips


def test_that_slips_come_in_text_order() -> None:
    assert [slip.span.start for slip in slips_of("技木和2O26年的菅商环竟")] == [0, 4, 9, 11]


def test_that_every_slip_of_the_lexicon_is_as_long_as_what_is_meant_and_another() -> None:
    known = json.loads((ROOT / "resources" / "lexicons" / "slips.json").read_text("utf-8"))
    for read, meant in known["slips"].items():
        assert len(read) == len(meant) >= 2
        assert read != meant
        assert meant not in known["slips"]
    assert {*known["unless_before"], *known["unless_behind"]} <= known["slips"].keys()


def test_that_the_sample_has_the_one_slip_that_was_put_into_it() -> None:
    assert told((ROOT / "seeds" / "sample_report.txt").read_text("utf-8")) == [("菅商", "营商")]
