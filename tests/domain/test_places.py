from app.domain.report import Place, place_at, places_words
from app.domain.spans import Span

PLACES = (Place(2, 1, 1), Place(10, 2, 1), Place(20, 2, 0, 3, 2, 4))


def test_that_a_place_holds_from_its_start_to_the_next() -> None:
    assert place_at(PLACES, 1) is None
    assert place_at(PLACES, 2) == PLACES[0]
    assert place_at(PLACES, 9) == PLACES[0]
    assert place_at(PLACES, 10) == PLACES[1]
    assert place_at(PLACES, 999) == PLACES[2]
    assert place_at((), 0) is None


def test_that_a_place_is_told_as_a_person_finds_it() -> None:
    assert [place.words for place in PLACES] == ["第1页 第1段", "第2页 第1段", "第2页 表3 第2行第4列"]
    assert Place(0, 12).words == "第12页"
    assert Place(0, 0, 45).words == "第45段"
    assert Place(0).words == ""


def test_that_spans_are_told_by_where_they_begin_each_place_once() -> None:
    places = (Place(10, 1, 1), Place(20, 1, 2), Place(30, 2, 0, 1, 2, 3), Place(40))
    assert places_words(places, (Span(10, 25), Span(15, 16))) == "第1页 第1段"
    assert places_words(places, (Span(35, 36), Span(20, 21))) == "第2页 表1 第2行第3列、第1页 第2段"
    assert places_words(places, (Span(9, 12), Span(40, 41))) == ""
    assert places_words(places, (Span(40, 41), Span(10, 12))) == "第1页 第1段"
    assert places_words((), (Span(10, 25),)) == ""
    assert places_words(places, ()) == ""
