from app.domain.report import Place, place_at

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
