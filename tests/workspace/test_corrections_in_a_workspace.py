"""Slips are decided by a person, shown corrected from then on, and undone like anything else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain import edits
from app.domain.report import Place
from app.domain.slips import correcting, leaving
from app.workspace import Workspace
from app.workspace.exporting import ledger_of
from app.workspace.versions import Versioned
from app.workspace.work_facts import gathered
from app.workspace.work_then import as_they_read
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


def test_that_suggestions_of_the_next_version_read_the_corrected_words(
    empty: Workspace, tmp_path: Path
) -> None:
    old = TEXT.replace("95%", "9O%")
    card = empty.import_bytes(old.encode(), "报告.txt")
    (slip,) = empty.slips(card.id)
    empty.apply(correcting(card, slip.span, slip.meant))
    new = tmp_path / "通过稿.txt"
    new.write_text(old.replace("坚持依法行政", "坚持全面依法行政"), encoding="utf-8")
    written = empty.apply_revision(empty.revise(card.id, new))
    assert empty.slips(written.card.id) == ()
    found = empty.suggestions(written.card.id).commitments
    assert 90 in [target.value.low for one in found for target in one.targets]


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


def test_that_the_ledger_tells_accepted_tasks_as_the_text_is_corrected(empty: Workspace) -> None:
    text = TEXT.replace("坚持依法行政", "优化菅商环境，坚持依法行政")
    card = empty.import_bytes(text.encode(), "报告.txt")
    empty.apply(edits.accept(card.id, empty.items(card.id)))

    def quotes() -> list[str]:
        ledger, items = ledger_of(empty, card.id)
        assert [row.quote for row in ledger.tasks] == [item.task.quote for item in items]
        return [row.quote for row in ledger.tasks if "环境" in row.quote]

    (before,) = quotes()
    assert before.startswith("优化菅商环境，")
    (slip,) = empty.slips(card.id)
    done = empty.apply(correcting(empty.report(card.id), slip.span, slip.meant))
    assert quotes() == [before.replace("菅商", "营商")]
    (stored,) = [item.task for item in empty.items(card.id) if "环境" in item.task.quote]
    assert stored.quote == before
    empty.apply(done.inverse())
    assert quotes() == [before]


def test_that_a_corrected_heading_is_told_corrected(empty: Workspace) -> None:
    card = empty.import_bytes(TEXT.replace("二、", "二、优化菅商环境，", 1).encode(), "报告.txt")
    (slip,) = empty.slips(card.id)
    titles = [section.title for section in empty.reading(card.id).sections]
    empty.apply(correcting(card, slip.span, slip.meant))
    after = [section.title for section in empty.reading(card.id).sections]
    assert after == [title.replace("菅商", "营商") for title in titles]
    assert after != titles


def test_that_a_form_from_before_a_correction_is_read_as_it_went_out(empty: Workspace) -> None:
    card = empty.import_bytes(SLIPPED.encode(), "报告.txt")
    empty.apply(edits.accept(card.id, empty.items(card.id)))
    then = datetime.now(UTC)
    (slip,) = empty.slips(card.id)
    empty.apply(correcting(empty.report(card.id), slip.span, slip.meant))
    facts = gathered(empty, empty._store, card.id).facts
    old = as_they_read(empty, empty._store, card.id, facts, then)
    told = [[row.quote for row in each.ledger.tasks if "环境" in row.quote] for each in (old, facts)]
    assert "菅商" in told[0][0]
    assert told[1] == [told[0][0].replace("菅商", "营商")]
    assert as_they_read(empty, empty._store, card.id, facts, datetime.now(UTC)) is facts
