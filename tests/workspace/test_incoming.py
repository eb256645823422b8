"""What is read before it is imported: recognised as the next version of what is here, or not."""

from pathlib import Path

import pytest

from app import cli
from app.domain.errors import CancelledError, UserError
from app.domain.report import Reading
from app.workspace import Workspace

BODY = """
一、{year}年重点工作

（一）建设枢纽港口。新建泊位{count}个，6月底前完成航道疏浚。办好港口开放日。

（二）改善城区面貌。改造老旧小区20个，新建口袋公园6个。整治背街小巷40条，推进雨污分流改造。
"""


def text(year: int = 2026, count: int = 3, more: str = "") -> str:
    return f"云港区{year}年政府工作报告\n" + BODY.format(year=year, count=count) + more


def read(workspace: Workspace, words: str, name: str = "新稿.txt") -> Reading:
    return workspace.read_bytes(words.encode(), name)


def put(workspace: Workspace, words: str) -> str:
    return workspace.import_bytes(words.encode(), "报告.txt").id


def test_that_reading_writes_nothing(empty: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(text(), encoding="utf-8")
    assert empty.read_file(path).source.text == text()
    assert read(empty, text()).source.name == "新稿.txt"
    assert empty.reports() == ()


def test_that_reading_can_be_stopped(empty: Workspace, tmp_path: Path) -> None:
    def stop(_words: str, _share: float) -> None:
        raise CancelledError

    page = "".join(f"<p>{line}</p>" for line in text(more="推进港城融合发展。\n" * 4000).split("\n"))
    with pytest.raises(CancelledError):
        empty.read_bytes(page.encode(), "报告.html", stop)


def test_that_a_first_report_is_like_none(empty: Workspace) -> None:
    assert empty.alike(read(empty, text())) is None


def test_that_the_next_version_of_a_report_is_recognised(empty: Workspace) -> None:
    report_id = put(empty, text())
    reading = read(empty, text(count=5))
    found = empty.alike(reading)
    assert found is not None
    assert found.reading is reading
    assert [card.id for card in found.cards] == [report_id]
    assert 0.5 < found.shares[0] < 1.0


def test_that_a_report_of_another_year_is_no_version(empty: Workspace) -> None:
    put(empty, text(2025))
    assert empty.alike(read(empty, text(2026))) is None


def test_that_another_text_of_the_same_year_is_no_version(empty: Workspace) -> None:
    put(empty, text())
    other = (
        "云港区2026年政府工作报告\n\n一、2026年重点工作\n\n"
        + "大力发展文化事业，提升服务水平，保障群众就业。" * 5
    )
    assert empty.alike(read(empty, other)) is None


def test_that_the_same_text_is_refused(empty: Workspace) -> None:
    put(empty, text())
    with pytest.raises(UserError, match="内容完全相同"):
        empty.alike(read(empty, text()))


def test_that_only_the_newest_version_is_offered(empty: Workspace) -> None:
    first = put(empty, text())
    preview = empty.revise_by(first, read(empty, text(count=5)))
    assert preview.old.id == first
    second = empty.apply_revision(preview).card
    assert [card.id for card in empty.newest_reports()] == [second.id]
    found = empty.alike(read(empty, text(count=6)))
    assert found is not None
    assert [card.id for card in found.cards] == [second.id]


def test_that_the_most_alike_comes_first_and_removed_ones_are_left_out(empty: Workspace) -> None:
    more = "推进港城融合发展，提升枢纽能级和服务水平。"
    far = put(
        empty,
        text(count=4, more=more * 2 + "实施航运人才引进计划，新增航运企业三十家以上，打造港航服务集聚区。"),
    )
    near = empty.import_reading(read(empty, text(count=5))).id
    found = empty.alike(read(empty, text(count=5, more="另行部署。")))
    assert found is not None
    assert [card.id for card in found.cards] == [near, far]
    assert found.shares[0] > found.shares[1]


def test_that_what_has_been_read_is_imported_as_it_is(empty: Workspace) -> None:
    said: list[str] = []
    card = empty.import_reading(read(empty, text()), lambda words, _share: said.append(words))
    assert (card.number, card.supersedes, card.source_name) == (1, "", "新稿.txt")
    assert said[-1] == "正在保存"
    assert empty.reading(card.id).source.text == text()


def test_that_the_command_names_the_most_alike_report_and_how_much_it_is(
    empty: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = (
        text(count=count, more=more) for count, more in ((3, ""), (4, "甲" * 60), (5, "甲" * 60))
    )
    put(empty, first.replace("整治背街小巷40条", "整修沿街店招九处"))
    put(empty, second)
    new = tmp_path / "新稿.txt"
    new.write_text(third, encoding="utf-8")
    found = empty.alike(read(empty, third))
    assert found is not None
    assert [card.number for card in found.cards] == [2, 1]
    assert found.shares[0] > found.shares[1]
    empty.close()
    assert cli.main(["import", str(new), "-w", str(empty.path)]) == 0
    said = capsys.readouterr().err
    assert f"第2号报告有{found.shares[0]:.0%}的文字相同" in said
    assert "--report 2" in said
