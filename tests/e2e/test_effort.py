"""The effort benchmark's reviewer: it gets the gold's rows by keys alone, and counts every one."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.spans import Span
from app.domain.tasks import Owner, Role
from app.places import SEEDS
from app.workspace import seeding
from tests.bench import effort_keys
from tests.bench.effort_gold import DEADLINE, LEAD, SPAN, TARGET
from tests.bench.effort_keys import StuckError
from tests.bench.effort_mending import keys_for_unit
from tests.bench.effort_reviewer import ACCEPT, DISMISS, MISSING
from tests.bench.effort_window import replay
from tests.e2e.conftest import Driver

GOLD = SEEDS / "sample_gold.json"
TEXT = (SEEDS / "sample_report.txt").read_text(encoding="utf-8-sig")
Entry = dict[str, Any]


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every key that Qt is told of."""
    keys: list[object] = []
    click = QTest.keyClick

    def counting(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        keys.append((key, held))
        click(widget, key, held)

    monkeypatch.setattr(QTest, "keyClick", staticmethod(counting))
    return keys


def test_that_the_samples_rows_are_had_by_keys_and_every_press_is_counted(
    driver: Driver, pressed: list[object]
) -> None:
    effort = replay(driver.desk, GOLD)
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    assert effort.rows == sum(not c["lead"] for c in gold["commitments"])
    assert effort.correct == effort.rows
    assert effort.keys.total() == len(pressed)
    assert effort.keys[ACCEPT] == effort.rows
    assert effort.per_row == len(pressed) / effort.rows
    assert effort.per_row <= 2.5
    assert all(item.task.is_confirmed for item in driver.desk.session.items)


def test_that_what_is_right_to_the_paragraphs_end_takes_one_key(
    driver: Driver, pressed: list[object]
) -> None:
    effort = replay(driver.desk, GOLD, by_paragraph=True)
    assert effort.correct == effort.rows
    assert effort.keys.total() == len(pressed)
    assert effort.keys[ACCEPT] < effort.rows


def test_that_without_keys_nothing_is_changed(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QTest, "keyClick", staticmethod(lambda *_: None))
    with pytest.raises(StuckError):
        replay(driver.desk, GOLD)
    assert driver.desk.session.undo_stack.count() == 0
    assert all(item.is_suggested for item in driver.desk.session.items)


def test_that_a_reviewer_who_wants_something_else_gets_it_by_keys_under_its_reason(
    driver: Driver, pressed: list[object], tmp_path: Path
) -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    wishes = tmp_path / "gold.json"
    wishes.write_text(json.dumps(_changed(gold)), encoding="utf-8")
    before = len(driver.desk.session.items)
    effort = replay(driver.desk, wishes)
    assert effort.correct == effort.rows
    assert effort.keys.total() == len(pressed)
    spent = {reason: effort.keys[reason] for reason in (LEAD, TARGET, DEADLINE, SPAN, MISSING, DISMISS)}
    assert all(spent.values()), spent
    assert effort.keys[ACCEPT] == effort.rows
    # one row less by dismissing, one less by merging, one more by splitting, one more that was missing
    assert effort.rows == before


def _changed(gold: Entry) -> Entry:
    """Other wishes, one of each kind, in sentences far from each other."""
    gold = copy.deepcopy(gold)
    rows = [c for c in gold["commitments"] if not c["lead"] and not c.get("in_table")]
    works = gold["commitments"]
    works.remove(rows[10])
    _split(works, next(c for c in rows[14:] if TEXT[c["start"] + 6 : c["end"] - 6].count("，") == 1))
    _merge(works, next(c for c in rows[24:] if _follower(works, c)))
    targets = gold["targets"]
    value = next(t for t in targets if _row(rows, t) in rows[34:40] and t["low"] and not t["high"])
    value["comparator"], value["low"], value["high"] = "range", 3, 77
    targets.remove(next(t for t in targets if _row(rows, t) in rows[44:50]))
    found = next(t for t in targets if _row(rows, t) in rows[54:60])
    targets.append({**found, "start": _row(rows, found)["start"], "end": _row(rows, found)["start"] + 2})
    gold["deadlines"] = [d for d in gold["deadlines"] if _row(rows, d) is not rows[64]]
    place = {"start": rows[64]["start"], "end": rows[64]["start"] + 2}
    gold["deadlines"].append({**place, "kind": "by", "due": "2026-03-31"})
    rows[70]["lead_unit"] = next(u.code for u in seeding.units() if u.code != rows[70]["lead_unit"])
    works.append(_missing(gold))
    works.sort(key=lambda c: c["start"])
    return gold


def _row(rows: list[Entry], mark: Entry) -> Entry:
    return next((c for c in rows if c["start"] <= mark["start"] < c["end"]), {})


def _split(works: list[Entry], row: Entry) -> None:
    at = TEXT.index("，", row["start"] + 6) + 1
    works.append({**row, "start": at})
    row["end"] = at


def _follower(works: list[Entry], row: Entry) -> Entry | None:
    return next((c for c in works if c["start"] == row["end"] and not c["lead"]), None)


def _merge(works: list[Entry], row: Entry) -> None:
    following = _follower(works, row)
    assert following is not None
    works.remove(following)
    row["end"] = following["end"]


def _missing(gold: Entry) -> Entry:
    """The last sentence of the last paragraph before the tasks that is no table's."""
    tasks = next(s for s in gold["sections"] if s["kind"] == "tasks")
    end = TEXT.rindex("。", 0, tasks["start"]) + 1
    start = max(TEXT.rindex(sign, 0, end - 1) + 1 for sign in "。\n")
    return {"start": start, "end": end, "lead": False, "lead_unit": "发改", "co_units": []}


UNITS = seeding.units()


def shown(*codes: str) -> list[Owner]:
    return [Owner(Role.LEAD, code, code) for code in codes]


@pytest.mark.parametrize(
    ("code", "offered", "keys"),
    [
        ("科技", ["科技", "工信"], ["Return"]),
        ("工信", ["科技", "工信"], ["2"]),
        ("教育", ["科技", *["工信"] * 7, "教育"], ["9"]),
    ],
)
def test_that_a_body_on_offer_is_taken_by_its_number(code: str, offered: list[str], keys: list[str]) -> None:
    assert keys_for_unit(code, shown(*offered), UNITS) == keys


def test_that_a_body_far_down_is_typed_by_its_initials() -> None:
    keys = keys_for_unit("海关", shown(*["科技"] * 30, "海关"), UNITS)
    assert keys[0] in ("y", "g")
    assert keys[-1] in ("Return", *"23456789")
    assert len(keys) <= 3


def test_that_a_body_that_the_directory_lacks_is_had_by_no_key() -> None:
    assert keys_for_unit("航天", shown("科技"), UNITS) == []


def test_that_the_caret_goes_the_shortest_way(driver: Driver) -> None:
    keys = effort_keys.Keyboard(driver.desk.view)
    at = driver.desk.view.caret_source() or 0
    assert keys.way(lambda offset: offset == at) == []
    assert keys.way(lambda offset: offset == at + 2) == ["Right", "Right"]
    keys.go_to(lambda offset: offset == at + 2)
    keys.select_to(at + 3, lambda chosen: chosen == Span(at + 2, at + 3))
    assert keys.counts.total() == 3
    assert driver.desk.view.textCursor().selectedText() == TEXT[at + 2]


def test_that_keys_are_counted_under_their_reason(driver: Driver) -> None:
    keys = effort_keys.Keyboard(driver.desk.view)
    moves: list[Callable[[], None]] = [lambda: keys.press("Shift+Right"), lambda: keys.press("Left", "Left")]
    with keys.because(SPAN):
        moves[0]()
    moves[1]()
    assert keys.counts == {SPAN: 1, ACCEPT: 2}
