"""The layout is data, and is checked when it is read."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import UserError
from app.ledger.layout import DECOMPOSITION, decomposition, load

A4_LANDSCAPE_INCHES = 11.69


def changed(tmp_path: Path, field: str, value: Any) -> Path:
    raw = json.loads(DECOMPOSITION.read_text(encoding="utf-8"))
    raw["sheets"][1]["columns"][2][field] = value
    path = tmp_path / "layout.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_that_an_unknown_column_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"任务分解表.*“colour”"):
        load(changed(tmp_path, "field", "colour"))


def test_that_a_column_of_the_other_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="“baseline”"):
        load(changed(tmp_path, "field", "baseline"))


def test_that_an_unknown_alignment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“quote”.*“middle”"):
        load(changed(tmp_path, "align", "middle"))


def test_that_a_changed_title_is_read(tmp_path: Path) -> None:
    assert load(changed(tmp_path, "title", "工作任务")).sheets[1].columns[2].title == "工作任务"


def test_that_hidden_columns_stand_last_and_the_id_is_one() -> None:
    for sheet in decomposition().sheets:
        hidden = [column.field for column in sheet.columns if column.hidden]
        assert hidden == ["offsets", "id"]
        assert [column.field for column in sheet.columns[sheet.visible :]] == hidden


def test_that_the_columns_fill_one_a4_page_at_nearly_full_size() -> None:
    layout = decomposition()
    room = (A4_LANDSCAPE_INCHES - layout.margins["left"] - layout.margins["right"]) * 96
    for sheet in layout.sheets:
        pixels = sum(column.width * 7 + 5 for column in sheet.columns if not column.hidden)
        assert 0.85 < room / pixels < 1.1
