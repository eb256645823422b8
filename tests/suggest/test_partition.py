from app.domain.report import Section, SectionKind
from app.domain.spans import Span
from app.suggest.partition import Partition

K = SectionKind


def section(index: int, parent: int, depth: int, kind: SectionKind, start: int, end: int) -> Section:
    return Section(index, parent, depth, kind, f"节{index}", Span(start, end))


TREE = (
    section(0, -1, 1, K.FRONT, 0, 10),
    section(1, -1, 1, K.TASKS, 10, 60),
    section(2, 1, 2, K.TASKS, 20, 30),
    section(3, 1, 2, K.TABLE, 30, 40),
    section(4, 1, 2, K.TASKS, 40, 50),
    section(5, -1, 1, K.CLOSING, 70, 80),
)


def test_that_the_innermost_section_is_found_on_both_sides_of_each_border() -> None:
    partition = Partition(TREE)
    at = {
        offset: (s.index if (s := partition.at(offset)) else None)
        for offset in (0, 9, 10, 19, 20, 29, 30, 39, 40, 50, 59)
    }
    assert at == {0: 0, 9: 0, 10: 1, 19: 1, 20: 2, 29: 2, 30: 3, 39: 3, 40: 4, 50: 1, 59: 1}


def test_that_nothing_is_outside_the_sections() -> None:
    partition = Partition(TREE)
    assert [partition.at(offset) for offset in (60, 69, 80, 500)] == [None] * 4
    assert Partition(()).at(0) is None


def test_that_neighbouring_stretches_of_one_kind_are_one() -> None:
    assert list(Partition(TREE).runs()) == [
        (Span(0, 10), K.FRONT),
        (Span(10, 30), K.TASKS),
        (Span(30, 40), K.TABLE),
        (Span(40, 60), K.TASKS),
        (Span(70, 80), K.CLOSING),
    ]


def test_that_an_empty_section_is_nowhere() -> None:
    assert list(Partition((section(0, -1, 1, K.FRONT, 5, 5),)).runs()) == []
