import pytest

from app.domain.report import BlockKind, Note, Source
from app.reading import read_source

HEAD = "各位代表：\n一、2026年重点工作\n推进建设。\n各位代表，让我们努力奋斗！\n"


def notes(text: str) -> tuple[Note, ...]:
    return read_source(Source("a.txt", "", "utf-8", HEAD + text, "")).notes


@pytest.mark.parametrize(
    "text",
    [
        "注释：\n1.三新：新技术、新产业、新模式。\n2.两重：重大战略。\n",
        "名词解释\n（1）三新：新技术、新产业、新模式。\n（2）两重：重大战略。\n",
        "附件：有关名词解释\n1．三新\n新技术、新产业、新模式。\n2．两重\n重大战略。\n",
        "注释\n①三新：新技术、新产业、新模式。\n②两重：重大战略。\n",
        "名词解释：\n[1] 三新——新技术、新产业、新模式。\n[2] 两重——重大战略。\n",
        "1.三新：新技术、新产业、新模式。\n2.两重：重大战略。\n",
    ],
)
def test_that_each_way_of_numbering_gives_the_same_notes(text: str) -> None:
    assert [(n.term, n.text) for n in notes(text)] == [
        ("三新", "新技术、新产业、新模式。"),
        ("两重", "重大战略。"),
    ]


def test_that_a_note_spans_all_its_lines() -> None:
    text = "名词解释\n1.三新\n新技术。\n新产业。\n2.两重：重大战略。\n"
    first, second = notes(text)
    whole = HEAD + text
    assert whole[first.span.start : first.span.end] == "1.三新\n新技术。\n新产业。"
    assert first.text == "新技术。\n新产业。"
    assert whole[second.span.start : second.span.end] == "2.两重：重大战略。"


def test_that_notes_end_at_the_imprint() -> None:
    assert [n.term for n in notes("注释：\n1.三新：新技术。\n抄送：区委。\n")] == ["三新"]


def test_that_an_explanation_without_a_term_is_kept() -> None:
    assert [(n.term, n.text) for n in notes("注释：\n文中数据为预计数。\n")] == [("", "文中数据为预计数。")]


def test_that_notes_are_note_blocks_and_a_list_of_work_is_not() -> None:
    reading = read_source(Source("a.txt", "", "utf-8", HEAD + "注释：\n1.三新：新技术。\n", ""))
    kinds = [b.kind for b in reading.shown.blocks]
    assert kinds[-2:] == [BlockKind.HEADING, BlockKind.NOTE]
    work = "各位代表：\n一、2026年重点工作\n推进建设！\n1.产业：新建园区。\n2.民生：新建学校。\n"
    assert read_source(Source("a.txt", "", "utf-8", work, "")).notes == ()
