from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.spans import Span
from app.suggest.sentences import clauses, fold, inside, quoted, sentences


def split(text: str) -> list[str]:
    folded = fold(text)
    return [text[s.start : s.end] for s in sentences(folded, 0, len(folded))]


def test_that_a_sentence_ends_with_its_full_stop_and_the_quote_behind_it() -> None:
    assert split("办好港口节。他说：“开工。”随后签约！完") == [
        "办好港口节。",
        "他说：“开工。”",
        "随后签约！",
        "完",
    ]


def test_that_white_space_around_a_sentence_is_not_part_of_it() -> None:
    assert split("  一是开工。 \n　二是竣工。\t") == ["一是开工。", "二是竣工。"]


def test_that_only_what_lies_between_the_two_offsets_is_split() -> None:
    assert list(sentences("甲。乙。丙。", 2, 4)) == [Span(2, 4)]


def test_that_owners_in_brackets_belong_to_the_sentence_before_them() -> None:
    text = "新建码头。（区交通局牵头，年底前完成）续建船坞。（含二期）启用。"
    assert split(text) == ["新建码头。（区交通局牵头，年底前完成）", "续建船坞。", "（含二期）启用。"]


def test_that_owners_at_the_very_end_still_belong_to_the_last_sentence() -> None:
    assert split("新建码头。（区交通局负责）") == ["新建码头。（区交通局负责）"]


def test_that_a_bracket_at_the_start_of_a_paragraph_stands_alone() -> None:
    assert split("（区交通局负责）新建码头。") == ["（区交通局负责）新建码头。"]


def test_that_a_sentence_without_an_end_is_cut() -> None:
    assert [len(s) for s in split("港" * 4500)] == [2000, 2000, 500]


def test_that_folding_makes_half_width_and_full_width_the_same() -> None:
    assert fold("新增5.5%,(约)１２．５％;好:是!否?") == "新增5.5%，（约）12.5%；好：是！否？"


def test_that_a_comma_between_digits_stays_a_comma() -> None:
    assert fold("1,200家,3家") == "1,200家，3家"


def test_that_a_colon_between_digits_is_a_ratio_and_parts_no_clause() -> None:
    assert fold("产值比达到2.6:1，目标：3家") == "产值比达到2.6∶1，目标：3家"
    text = fold("产值比达到2.6：1")
    assert [text[c.start : c.end] for c in clauses(text)] == ["产值比达到2.6∶1"]


def test_that_straight_quotes_open_and_close_in_turn_and_start_anew_after_a_sentence() -> None:
    assert fold('推进"双高"计划。"四上"企业') == "推进“双高”计划。“四上”企业"
    assert fold('残缺"一处\n"完整"') == "残缺“一处\n“完整”"


@given(st.text(alphabet="一二是。！，；：“”\"'（）()负责5,.%％１ \n牵头", max_size=60))
def test_that_folding_keeps_every_offset_and_sentences_cover_all_but_white_space(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    found = list(sentences(folded, 0, len(folded)))
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {i for s in found for i in range(s.start, s.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


def test_that_clauses_end_at_commas_semicolons_and_colons() -> None:
    text = "目标是：增长5%；就业稳定，物价平稳。"
    assert [text[c.start : c.end] for c in clauses(text)] == ["目标是", "增长5%", "就业稳定", "物价平稳"]


def test_that_a_bracket_with_a_figure_is_a_clause_of_its_own_and_one_without_is_not() -> None:
    text = "新建园区（含南区）9个（其中海边3个），完"
    assert [text[c.start : c.end] for c in clauses(text)] == ["新建园区（含南区）9个", "其中海边3个", "完"]


def test_that_a_name_with_digits_in_a_bracket_is_no_clause_of_its_own() -> None:
    text = "细颗粒物（PM2.5）浓度（日均25以下）达标"
    assert [text[c.start : c.end] for c in clauses(text)] == [
        "细颗粒物（PM2.5）浓度",
        "日均25以下",
        "达标",
    ]


def test_that_a_clause_without_an_end_is_cut() -> None:
    assert [c.end - c.start for c in clauses("港" * 450)] == [200, 200, 50]


def test_that_names_in_quotes_and_title_marks_are_found_with_their_marks() -> None:
    text = "落实《港口十条》，推进“5个一批”"
    assert [text[q.start : q.end] for q in quoted(text)] == ["《港口十条》", "“5个一批”"]


def test_that_inside_means_wholly_inside() -> None:
    spans = (Span(2, 6),)
    assert inside(spans, 2, 6)
    assert not inside(spans, 1, 6)
    assert not inside(spans, 2, 7)


def test_that_owners_with_a_bracket_within_a_name_belong_to_the_sentence_before_them() -> None:
    text = "疏浚内河。（市水务局牵头，各县（市、区）政府配合）加固海堤。"
    assert split(text) == ["疏浚内河。（市水务局牵头，各县（市、区）政府配合）", "加固海堤。"]
    assert split("疏浚内河。【市水务局牵头】加固海堤。") == ["疏浚内河。【市水务局牵头】", "加固海堤。"]


def test_that_a_bracket_that_labels_its_owners_stands_alone() -> None:
    text = "疏浚内河。（牵头单位：市水务局；配合单位：市财政局）"
    assert split(text) == ["疏浚内河。", "（牵头单位：市水务局；配合单位：市财政局）"]


def test_that_a_bracket_that_says_which_of_several_leads_stands_alone() -> None:
    text = "疏浚内河。（有多个单位的，排在第一位的为牵头单位）"
    assert split(text) == ["疏浚内河。", "（有多个单位的，排在第一位的为牵头单位）"]


def test_that_every_sign_has_one_form() -> None:
    assert fold("０１２３４５６７８９％．／－～＞＜＋():;!?") == "0123456789%./-~><+（）：；！？"
    assert fold("：；，。") == "：；，。"


@pytest.mark.parametrize("marks", ["“”", "《》", "‘’", "「」"])
def test_that_a_name_has_up_to_sixty_characters_in_its_marks_on_one_line(marks: str) -> None:
    first, last = marks[0], marks[1]
    for length, is_name in ((0, True), (60, True), (61, False)):
        assert bool(quoted(f"建{first}{'港' * length}{last}。")) == is_name
    assert quoted(f"建{first}港\n口{last}") == ()


@pytest.mark.parametrize("end", "。！？")
@pytest.mark.parametrize("close", ["", "”", "’", "』", "」", "》", "”」"])
def test_that_each_mark_ends_a_sentence_with_what_closes_behind_it(end: str, close: str) -> None:
    assert split(f"甲{end}{close}乙") == [f"甲{end}{close}", "乙"]
    assert split(f"甲{end}{end}{close}乙") == [f"甲{end}{end}{close}", "乙"]


@pytest.mark.parametrize("word", ["牵头", "负责", "配合", "责任单位"])
@pytest.mark.parametrize("brackets", ["（）", "【】", "[]", "〔〕"])
def test_that_a_bracket_that_names_owners_belongs_to_what_stands_before_it(word: str, brackets: str) -> None:
    bracket = f"{brackets[0]}海洋局{word}{brackets[1]}"
    assert split(f"疏浚内河。{bracket}加固海堤。") == [f"疏浚内河。{bracket}", "加固海堤。"]
    longest = f"{brackets[0]}{'海' * 120}{word}{'海' * 120}{brackets[1]}"
    assert split(f"疏浚内河。{longest}") == [f"疏浚内河。{longest}"]


@pytest.mark.parametrize("mark", "，。；：！？\n")
def test_that_each_mark_ends_a_clause(mark: str) -> None:
    assert clauses(f"甲{mark}乙") == (Span(0, 1), Span(2, 3))
    assert clauses("甲、乙") == (Span(0, 3),)
