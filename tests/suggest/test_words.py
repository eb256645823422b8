import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.spans import Span
from app.suggest.words import warm_up, word_span

TEXT = "做活渔业市场贸易，水产合同登记额突破300亿元。\n新增就业1.65万人，PM2.5达标；完"


def snapped(part: str, text: str = TEXT) -> str:
    start = text.index(part)
    span = word_span(text, Span(start, start + len(part)))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("业市", "渔业市场"),
        ("活", "做活"),
        ("做活", "做活"),
        ("00", "突破300亿元"),
        ("破", "突破300亿元"),
        ("亿", "突破300亿元"),
        ("65万", "1.65万人"),
        ("M2", "PM2.5"),
        ("，", "，"),
        ("额突", "额突破300亿元"),
        ("。\n新", "。\n新增"),
    ],
)
def test_that_a_selection_is_widened_to_the_words_it_touches(part: str, words: str) -> None:
    assert snapped(part) == words


def test_that_white_space_at_its_ends_is_left_out() -> None:
    assert word_span("办好 渔货节 。", Span(2, 7)) == Span(3, 6)


def test_that_nothing_but_white_space_stays_as_it_is() -> None:
    assert word_span("办好  节", Span(2, 4)) == Span(2, 4)
    assert word_span("办好", Span(1, 1)) == Span(1, 1)


def test_that_words_far_outside_the_sentence_do_not_matter() -> None:
    text = "港" * 400 + "渔船" + "港" * 400
    span = word_span(text, Span(400, 401))
    assert span.start >= 100
    assert span.end <= 701


@settings(max_examples=50)
@given(st.text(alphabet="新增就业12.5万人，。\n 港口PM突破亿元%", min_size=1, max_size=30), st.data())
def test_that_all_selected_characters_stay_selected(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = word_span(text, Span(start, end))
    kept = {i for i in range(start, end) if not text[i].isspace()}
    assert kept <= set(range(*span))
    assert 0 <= span.start <= span.end <= len(text)


def test_that_the_segmenter_is_not_loaded_with_the_room_and_is_quiet() -> None:
    code = "import sys, app.suggest.words as w; print('jieba' in sys.modules); w.warm_up(); print('jieba' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]
    assert done.stderr == ""


def test_that_warming_up_twice_is_harmless() -> None:
    warm_up()
    warm_up()
    assert snapped("业市") == "渔业市场"
