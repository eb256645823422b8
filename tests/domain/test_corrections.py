"""Corrections are of the shown text alone, keep the map, and are decisions like any other."""

from datetime import UTC, datetime

import pytest

from app.domain.changes import Edit
from app.domain.corrections import Correction, corrected, with_correction, without_correction
from app.domain.errors import UserError
from app.domain.report import Block, BlockKind, Level, Metadata, ReportKind, RunMap, ShownText
from app.domain.reports import ReportCard
from app.domain.slips import Slip, correcting, leaving, uncorrecting, undecided
from app.domain.spans import Span

SHOWN = ShownText("优化菅商环境", (Block(BlockKind.PARAGRAPH, 0, 6),), (RunMap(0, 10, 2), RunMap(2, 14, 4)))
CARD = ReportCard(
    "r",
    1,
    Metadata("", "", "", None, 2026, 2026, Level.CITY, ReportKind.OTHER),
    "",
    "",
    "",
    "",
    datetime(2026, 1, 1, tzinfo=UTC),
)
SLIP = Slip(Span(14, 16), "菅商", "营商")


def test_that_a_correction_is_shown_and_the_map_stays() -> None:
    found = corrected(SHOWN, (Correction(14, 16, "营商"),))
    assert found == ShownText("优化营商环境", SHOWN.blocks, SHOWN.runs)
    assert found.to_source(Span(2, 4)) == Span(14, 16)


def test_that_nothing_to_correct_leaves_the_very_text() -> None:
    assert corrected(SHOWN, ()) is SHOWN
    assert corrected(SHOWN, (Correction(12, 14, "甲乙"),)) is SHOWN  # not shown


def test_that_only_what_is_shown_of_a_correction_is_put_in() -> None:
    assert corrected(SHOWN, (Correction(13, 15, "甲营"),)).text == "优化营商环境"
    assert corrected(SHOWN, (Correction(17, 19, "界外"),)).text == "优化菅商环界"


def test_that_a_correction_is_as_long_as_what_it_corrects() -> None:
    for meant in ("营", "营商业", ""):
        with pytest.raises(UserError, match="一样多"):
            with_correction((), Span(14, 16), meant)


def test_that_a_later_correction_takes_the_place_of_those_it_overlaps() -> None:
    known = with_correction((), Span(14, 16), "营商")
    known = with_correction(known, Span(2, 3), "甲")
    assert known == (Correction(2, 3, "甲"), Correction(14, 16, "营商"))
    assert with_correction(known, Span(15, 17), "尚环") == (
        Correction(2, 3, "甲"),
        Correction(15, 17, "尚环"),
    )
    assert without_correction(known, Span(15, 16)) == (Correction(2, 3, "甲"),)
    assert without_correction(known, Span(16, 17)) == known


def test_that_deciding_on_a_slip_is_a_change_of_the_report() -> None:
    change = correcting(CARD, SLIP.span, SLIP.meant)
    (edit,) = change.edits
    assert (change.label, change.report_id, edit.before) == ("更正错字", "r", CARD)
    assert isinstance(edit.after, ReportCard)
    assert edit.after.corrections == (Correction(14, 16, "营商"),)
    assert change.inverse().edits == (Edit(edit.after, CARD),)
    assert uncorrecting(edit.after, Span(15, 16)).edits == (Edit(edit.after, CARD),)


def test_that_a_slip_that_is_none_is_left_and_not_offered_again() -> None:
    other = Slip(Span(20, 22), "选代", "迭代")
    after = leaving(CARD, SLIP).edits[0].after
    assert isinstance(after, ReportCard)
    assert after.corrections == (Correction(14, 16, "菅商"),)
    assert corrected(SHOWN, after.corrections) == SHOWN
    assert undecided((SLIP, other), CARD) == (SLIP, other)
    assert undecided((SLIP, other), after) == (other,)
