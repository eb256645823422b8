import os
from io import BytesIO
from pathlib import Path

import pytest
from typing_extensions import override

from app.domain.errors import UserError
from app.domain.report import ReportKind
from app.reading import decode, read_bytes, read_file, read_source
from app.reading.encoding import LIMIT

REPORT = (
    "云港区政府工作报告\n各位代表：\n一、2025年工作回顾\n全年新增就业1.2万人，完成投资80亿元。\n"
    "二、2026年主要任务\n重点做好三个方面工作。\n（一）推进产业发展。新建标准厂房20万平方米，引进项目30个。\n"
)


def test_that_a_file_becomes_a_reading(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(REPORT.encode("gb18030"))
    reading = read_file(path)
    assert reading.source.name == "报告.txt"
    assert reading.source.text == REPORT
    assert reading.metadata.year == 2026
    assert reading.metadata.kind is ReportKind.WORK_REPORT
    assert reading.shown.text == REPORT.rstrip().replace("（一）推进产业发展。", "（一）推进产业发展。\n")
    assert reading.notes == ()


@pytest.mark.parametrize("blanks", [4, 5, 40])
def test_that_no_number_of_blanks_before_a_line_is_beyond_the_headings_there_are(blanks: int) -> None:
    text = REPORT + "\u2000" * blanks + "港口建设\n扩建泊位3个，加深航道2米。\n"
    sections = read_bytes(text.encode(), "a.txt").sections
    assert [section.title for section in sections if section.title == "港口建设"] == ["港口建设"]


def test_that_the_year_given_overrides_the_one_in_the_text() -> None:
    assert read_bytes(REPORT.encode(), "a.txt", 2031).metadata.year == 2031
    assert read_bytes(REPORT.encode(), "a.txt", 2031).metadata.end_year == 2031


def test_that_a_stored_source_gives_the_same_reading_again() -> None:
    first = read_bytes(REPORT.encode(), "a.txt")
    assert read_source(first.source) == first


def test_that_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"找不到文件.*没有.txt"):
        read_file(tmp_path / "没有.txt")


def test_that_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="是文件夹"):
        read_file(tmp_path)


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root may read all")
def test_that_a_file_without_permission_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UserError, match="没有读取"):
        read_file(path)


def test_that_missing_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")

    def refuse(_: Path, _mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match=r"没有读取.*权限"):
        read_file(path)


def test_that_any_other_trouble_of_the_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")

    def fail(_: Path, _mode: str) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(UserError, match=r"读不了.*Input/output error"):
        read_file(path)


def test_that_a_huge_file_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was read"))
    with pytest.raises(UserError, match=r"200 MB.*上限"):
        read_file(path)
    assert LIMIT < 200 * 1024 * 1024


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_that_what_may_never_end_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    pipe = tmp_path / "管道.txt"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(UserError, match=f"“{path.name}”是设备或管道.*。$"):
            read_file(path)


def test_that_a_file_that_grows_meanwhile_is_read_only_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "长.txt"
    path.write_text(REPORT, encoding="utf-8")
    asked: list[int] = []

    class Growing(BytesIO):
        @override
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(size or -1)
            return b"\n" * min(asked[-1], LIMIT * 2)

    monkeypatch.setattr(Path, "open", lambda *_: Growing())
    with pytest.raises(UserError, match="超过了 20 MB 的上限"):
        read_file(path)
    assert asked == [LIMIT + 1]


ENGLISH = "It was the best of times, it was the worst of times. " * 40
CODE = "def main(path):\n    return open(path).read()  # 读取报告\n" * 40
NOTE = "明天下午三点在二楼会议室开会，请大家带好材料，准时参加。"
STORY = "那天晚上下着雨，她一个人坐在窗前，听着远处的钟声，想起了很久以前的那个夏天。他没有再回来过。" * 20
LETTER = "妈妈，我在这里一切都好，每天吃得饱睡得香，周末和同学去爬山。工作也不累，请放心。" * 8


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENGLISH, "大部分不是汉字"),
        (CODE, "大部分不是汉字"),
        (NOTE, "太短"),
        (STORY, "用语"),
        (LETTER, "用语"),
    ],
)
def test_that_a_text_that_is_no_report_is_refused(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_bytes(text.encode(), "b.txt")


def test_that_decoding_alone_refuses_no_kind_of_text() -> None:
    assert decode(ENGLISH.encode(), "b.txt").text == ENGLISH


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "加快建设现代化产业体系，推动重点项目落地见效，完成固定资产投资120亿元，全面推进乡村振兴，新建高标准农田2万亩，实施饮水工程，持续改善民生。",
        "\t指标\t2025年\t2030年\n"
        * 8
        + "云港市“十五五”规划纲要主要指标：地区生产总值增长率，研发经费投入强度，城镇化率，单位能耗降低，"
        "空气质量优良天数比率，森林覆盖率，人均预期寿命，粮食综合生产能力等二十项发展目标。",
    ],
)
def test_that_a_report_is_never_refused(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").source.text == text
