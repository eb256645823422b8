"""A new workspace's directory is nobody's in particular until the first report comes in."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.changes import Change, Edit
from app.domain.report import Reading
from app.domain.suggestions import Suggestions
from app.domain.units import Unit
from app.places import SEEDS
from app.workspace import Workspace, fitting, rooms, seeding

REPORT = (SEEDS / "sample_report.txt").read_text(encoding="utf-8")


def by_code(units: tuple[Unit, ...]) -> dict[str, Unit]:
    return {unit.code: unit for unit in units}


def imported(path: Path, place: str) -> dict[str, Unit]:
    """The directory after the first report, of another place."""
    text = REPORT.replace("云州市云港区", place).replace("云港区", place)
    with Workspace.create(path) as workspace:
        workspace.import_bytes(text.encode(), "r.txt")
        return by_code(workspace.units())


def test_that_a_new_directory_names_no_place_and_no_street(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.duban") as workspace:
        units = workspace.units()
    assert [u.name for u in units if "云" in u.name + u.short_name] == []
    assert {u.group for u in units} == {"委办局", "其他"}
    named = by_code(units)
    assert (named["公安"].name, named["公安"].short_name) == ("区公安分局", "区公安分局")
    assert (named["海关"].name, named["海关"].short_name, named["海关"].initials) == ("海关", "海关", "hg")
    assert named["税务"].name == "区税务局"


def test_that_the_sample_keeps_its_own_bodies(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.duban", sample=True) as workspace:
        assert workspace.units() == seeding.units()


@pytest.mark.parametrize(
    ("place", "short", "initials", "police", "youth"),
    [
        ("望江市", "市科技局", "skjj", ("市公安局", "sgaj"), ("团市委", "tsw")),
        ("青禾县", "县科技局", "xkjj", ("县公安局", "xgaj"), ("团县委", "txw")),
        ("云岭省", "省科技局", "skjj", ("省公安局", "sgaj"), ("团省委", "tsw")),
        ("东山区", "区科技局", "qkjj", ("区公安分局", "qgafj"), ("团区委", "tqw")),
    ],
)
def test_that_the_first_report_sets_the_level(
    tmp_path: Path, place: str, short: str, initials: str, police: tuple[str, str], youth: tuple[str, str]
) -> None:
    units = imported(tmp_path / "w.duban", place)
    assert (units["科技"].short_name, units["科技"].initials) == (short, initials)
    assert (units["公安"].short_name, units["公安"].initials) == police
    assert (units["团委"].short_name, units["团委"].initials) == youth
    assert f"{short[0]}科委" in units["科技"].aliases


def as_city() -> bytes:
    return REPORT.replace("云州市云港区", "望江市").replace("云港区", "望江市").encode()


def test_that_the_log_tells_how_the_directory_was_fitted(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.duban", author="周宁") as workspace:
        before = workspace.units()
        workspace.import_bytes(as_city(), "r.txt")
        after = {unit.id: unit for unit in workspace.units()}
        imported, fitted, _entered = workspace.history()
        assert (imported.label, len(imported.edits)) == ("导入报告", 1)
        moved = [unit for unit in before if replace(after[unit.id], version=1) != unit]
        assert fitted.label == f"按首份报告调整单位名录（{len(moved)}项）"
        assert (fitted.report_id, fitted.who) == ("", "周宁")
        assert list(fitted.edits) == [Edit(unit, after[unit.id]) for unit in moved]
        assert {after[unit.id].version for unit in moved} == {2}
        assert workspace.verify_log() == []


def test_that_a_report_of_a_district_logs_nothing_but_itself(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.duban", author="周宁") as workspace:
        workspace.import_bytes(REPORT.encode(), "r.txt")
        assert [entry.label for entry in workspace.history(limit=2)] == ["导入报告", "登记人员周宁"]


def test_that_the_first_report_is_suggested_on_with_the_directory_fitted_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[tuple[Unit, ...]] = []

    def suggest(reading: Reading, units: tuple[Unit, ...]) -> Suggestions:
        used.append(units)
        return rooms_suggest(reading, units)

    rooms_suggest = rooms.suggest
    monkeypatch.setattr(rooms, "suggest", suggest)
    with Workspace.create(tmp_path / "w.duban") as workspace:
        card = workspace.import_bytes(as_city(), "r.txt")
        assert by_code(used[0])["科技"].short_name == "市科技局"
        assert [replace(unit, version=1) for unit in workspace.units()] == list(used[0])
        workspace.suggestions(card.id)
    assert len(used) == 1  # they were kept


@pytest.mark.parametrize("moment", ["at the import", "afterwards"])
def test_that_suggestions_of_a_directory_edited_meanwhile_are_not_kept(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    rooms_suggest = rooms.suggest
    used: list[tuple[Unit, ...]] = []

    def suggest(reading: Reading, units: tuple[Unit, ...]) -> Suggestions:
        used.append(units)
        if len(used) == 1:
            unit = empty.units()[0]
            empty.apply(Change("改单位", "", (Edit(unit, replace(unit, telephone="1")),)))
        return rooms_suggest(reading, units)

    if moment == "at the import":
        monkeypatch.setattr(rooms, "suggest", suggest)
        card = empty.import_bytes(REPORT.encode(), "r.txt")
    else:
        card = empty.import_bytes(REPORT.encode(), "r.txt")
        unit = empty.units()[0]
        empty.apply(Change("改单位", "", (Edit(unit, replace(unit, telephone="0")),)))
        monkeypatch.setattr(rooms, "suggest", suggest)
        empty.suggestions(card.id)
    assert len(used) == 1
    empty.suggestions(card.id)
    empty.suggestions(card.id)
    assert len(used) == 2
    assert used[1] == empty.units()
    assert used[1][0].telephone == "1"


def test_that_a_directory_somebody_has_edited_stays_as_it_is(tmp_path: Path) -> None:
    text = REPORT.replace("云州市云港区", "望江市").replace("云港区", "望江市")
    with Workspace.create(tmp_path / "w.duban") as workspace:
        unit = by_code(workspace.units())["科技"]
        workspace.apply(Change("改单位", "", (Edit(unit, replace(unit, telephone="1")),)))
        workspace.import_bytes(text.encode(), "r.txt")
        assert by_code(workspace.units())["教育"].short_name == "区教育局"


def test_that_a_second_report_of_another_level_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.duban"
    imported(path, "望江市")
    with Workspace.open(path) as workspace:
        workspace.import_bytes(REPORT.replace("云港区", "青禾县").encode(), "r.txt")
        assert by_code(workspace.units())["科技"].short_name == "市科技局"


def test_that_a_title_that_names_no_place_leaves_the_level_alone() -> None:
    units = fitting.for_any_office(seeding.units())
    with_title = fitting._PLACE.match("政府工作报告")
    assert with_title is None
    assert fitting.LETTERS["自治区"] == ("自治区", "zzq")
    assert len(units) == len({unit.id for unit in units})
