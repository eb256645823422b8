"""Two versions side by side: every sentence once, and what became of it."""

from app.domain.spans import Span
from app.revising import Comparison, DiffKind, SentenceDiff, sentence_diffs
from app.revising.units import units_of

OLD = "云港区工作要点\n新建小学5所，改造老旧小区30个。健全基层治理体系，提升办事效率。推进港口数字化改造。\n"


def told(old: str, new: str) -> list[tuple[DiffKind, str, str]]:
    """Each sentence's kind with its words in both versions."""

    def words(text: str, span: Span | None) -> str:
        return text[span.start : span.end] if span else ""

    return [(d.kind, words(old, d.old), words(new, d.new)) for d in sentence_diffs(Comparison(old, new))]


def test_that_one_text_has_only_sentences_that_are_the_same() -> None:
    assert [kind for kind, _, _ in told(OLD, OLD)] == [DiffKind.SAME] * 4
    assert told(OLD, OLD)[0] == (DiffKind.SAME, "云港区工作要点", "云港区工作要点")


def test_that_sentences_put_in_and_taken_out_stand_where_they_did() -> None:
    new = OLD.replace("健全基层治理体系，提升办事效率。", "").replace("\n新建", "\n办好港口文化节。新建")
    assert told(OLD, new) == [
        (DiffKind.SAME, "云港区工作要点", "云港区工作要点"),
        (DiffKind.ADDED, "", "办好港口文化节。"),
        (DiffKind.SAME, "新建小学5所，改造老旧小区30个。", "新建小学5所，改造老旧小区30个。"),
        (DiffKind.REMOVED, "健全基层治理体系，提升办事效率。", ""),
        (DiffKind.SAME, "推进港口数字化改造。", "推进港口数字化改造。"),
    ]


def test_that_a_changed_figure_is_told() -> None:
    new = OLD.replace("小学5所", "小学8所")
    (changed,) = [d for d in sentence_diffs(Comparison(OLD, new)) if d.kind is not DiffKind.SAME]
    assert changed == SentenceDiff(DiffKind.CHANGED, Span(8, 25), Span(8, 25), 0.941, is_figure_changed=True)


def test_that_other_words_are_no_changed_figure() -> None:
    new = OLD.replace("推进港口", "加快港口")
    (changed,) = [d for d in sentence_diffs(Comparison(OLD, new)) if d.kind is not DiffKind.SAME]
    assert (changed.kind, changed.is_figure_changed) == (DiffKind.CHANGED, False)


def test_that_a_moved_sentence_is_told_once() -> None:
    sentence = "健全基层治理体系，提升办事效率。"
    new = OLD.replace(sentence, "").replace("\n新建", f"\n{sentence}新建")
    kinds = [kind for kind, _, _ in told(OLD, new)]
    assert sorted(kinds) == sorted([DiffKind.SAME] * 3 + [DiffKind.MOVED])
    assert (DiffKind.MOVED, sentence, sentence) in told(OLD, new)


def test_that_everything_is_new_beside_nothing() -> None:
    assert [kind for kind, _, _ in told("", "甲。乙。")] == [DiffKind.ADDED, DiffKind.ADDED]
    assert [kind for kind, _, _ in told("甲。乙。", "")] == [DiffKind.REMOVED, DiffKind.REMOVED]
    assert told("", "") == []


# --- sentences


def test_that_sentences_tile_the_text_without_its_white_space() -> None:
    units = units_of("  一、目标\n新建小学5所。\n\n改造 小区“30个。”完成\n整修")
    assert units.plain == "一、目标新建小学5所。改造小区“30个。”完成整修"
    assert units.words == ["一、目标", "新建小学5所。", "改造小区“30个。”", "完成", "整修"]


def test_that_a_long_line_without_a_stop_goes_on_in_the_next() -> None:
    line = "推进" + "港口数字化改造和航运服务业发展，" * 2
    assert units_of(f"{line}\n完成整修。").words == [f"{line}完成整修。"]
    assert units_of(f"{line}\n（二）培育企业\n完成整修。").words == [line, "（二）培育企业", "完成整修。"]


def test_that_a_long_numbered_heading_is_a_sentence() -> None:
    heading = "（一）坚持港城融合发展，在打造现代化海洋产业体系上实现新的更大突破"
    assert units_of(f"{heading}\n完成整修。").words == [heading, "完成整修。"]
