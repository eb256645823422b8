"""What of some words is a figure, and how far a figure reaches beyond a place."""

import pytest

from app.domain.figure_words import figure_words, with_neighbours
from app.domain.spans import Span


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("新建小学5所", ("5",)),
        ("投资超过2.5亿元", ("超过", "2.5", "亿")),
        ("增长５％以上", ("增长", "5", "%", "以上")),
        ("完成1,200万吨左右", ("1200", "万", "左右")),
        ("12,345项", ("12345",)),
        ("整治三个片区", ("三",)),
        ("统一规划，万众一心，其余完成", ()),
        ("五百多家，数万人", ("五百", "多", "万")),
        ("百分之八十", ("百分之八十",)),
        ("三分之二以上", ("三分之二", "以上")),
        ("上半年开工，年底前建成", ("上半年", "年底")),
        ("压减3个百分点", ("压减", "3", "个百分点")),
        ("健全治理体系", ()),
        ("", ()),
    ],
)
def test_that_numbers_scales_comparators_and_periods_are_figures(
    words: str, figures: tuple[str, ...]
) -> None:
    assert figure_words(words) == figures


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("投资超过2亿元。", "2", "超过2亿"),
        ("投资超过2亿元。", "投资", "投资"),
        ("投资超过2亿元以上。", "2亿", "超过2亿"),
        ("小区30个以上。", "30个", "30个以上"),
        ("力争达到1.5万。", "5", "力争达到1.5万"),
        ("共30个。40户", "30个。", "30个。"),
        ("共30个，40户", "30个", "30个"),
        ("约10%左右", "10", "约10%左右"),
    ],
)
def test_that_a_place_reaches_as_far_as_its_figure(text: str, words: str, whole: str) -> None:
    at = text.index(words)
    found = with_neighbours(text, Span(at, at + len(words)), Span(0, len(text)))
    assert text[found.start : found.end] == whole


def test_that_a_figure_ends_with_its_sentence() -> None:
    text = "超过2亿"
    assert with_neighbours(text, Span(2, 3), Span(2, 3)) == Span(2, 3)
    assert with_neighbours(text, Span(2, 3), Span(0, 3)) == Span(0, 3)
    assert with_neighbours(text, Span(2, 3), Span(2, 4)) == Span(2, 4)
