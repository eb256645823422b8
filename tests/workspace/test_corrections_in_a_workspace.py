"""Slips are decided by a person, shown corrected from then on, and undone like anything else."""

import pytest

from app.domain.report import Place
from app.domain.slips import correcting, leaving
from app.workspace import Workspace
from app.workspace.versions import Versioned
from tests.workspace.people import TEXT

SLIPPED = TEXT.replace("坚持依法行政", "优化菅商环境，坚持依法行政")


def test_that_a_slip_is_offered_until_somebody_decides(empty: Workspace) -> None:
    card = empty.import_bytes(SLIPPED.encode(), "报告.txt")
    (slip,) = empty.slips(card.id)
    assert (slip.read, slip.meant, slip.span.start) == ("菅商", "营商", SLIPPED.index("菅商"))
    done = empty.apply(correcting(empty.report(card.id), slip.span, slip.meant))
    assert empty.slips(card.id) == ()
    reading = empty.reading(card.id)
    assert ("营商" in reading.shown.text, "菅商" in reading.shown.text) == (True, False)
    assert reading.source.text == SLIPPED
    place = reading.shown.to_shown(slip.span)
    assert place is not None
    assert reading.shown.text[place.start : place.end] == "营商"
    empty.apply(done.inverse())
    assert empty.slips(card.id) == (slip,)
    assert "菅商" in empty.reading(card.id).shown.text


def test_that_a_slip_that_is_none_is_not_offered_again(empty: Workspace) -> None:
    card = empty.import_bytes(SLIPPED.encode(), "报告.txt")
    (slip,) = empty.slips(card.id)
    empty.apply(leaving(card, slip))
    assert empty.slips(card.id) == ()
    assert "菅商" in empty.reading(card.id).shown.text


def test_that_suggestions_read_the_corrected_words(empty: Workspace) -> None:
    card = empty.import_bytes(TEXT.replace("95%", "9O%").encode(), "报告.txt")
    (slip,) = empty.slips(card.id)
    values = [t.value.low for c in empty.suggestions(card.id).commitments for t in c.targets]
    assert 0.9 not in values
    assert 90 not in values
    empty.apply(correcting(card, slip.span, slip.meant))
    assert 90 in [t.value.low for c in empty.suggestions(card.id).commitments for t in c.targets]


def test_that_the_places_of_a_files_text_are_kept(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:

    from app.workspace import rooms

    read, places = rooms.read_bytes, (Place(0, 1, 1), Place(14, 1, 2), Place(40, 2, 0, 1, 3, 2))
    monkeypatch.setattr(rooms, "read_bytes", lambda *given: read(*given)._replace(places=places))
    card = empty.import_bytes(TEXT.encode(), "报告.txt")
    assert empty.reading(card.id).places == places
    monkeypatch.undo()
    other = empty.import_bytes(SLIPPED.encode(), "另一份.txt")
    assert empty.reading(other.id).places == ()
    assert issubclass(Workspace, Versioned)
