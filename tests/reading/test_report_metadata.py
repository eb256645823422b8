from datetime import date

import pytest

from app.domain.report import Level, Metadata, ReportKind, Source
from app.reading import read_source
from app.reading.periods import first_year, is_coming, is_past, name_of, plan_years


def of(text: str, name: str = "报告.txt", year: int | None = None) -> Metadata:
    return read_source(Source(name, "", "utf-8", text, ""), year).metadata


NOTICE = (
    " 云港政发〔2026〕3号\n\n云港区人民政府关于印发\n云港区2026年政府工作报告的通知\n各街道办事处：\n"
    "《云港区2026年政府工作报告》已经大会审议通过，现印发给你们。\n云海市云港区人民政府\n2026年1月19日\n（此件主动公开）\n"
    "政府工作报告\n——2026年1月8日在云港区第五届人民代表大会第六次会议上\n区长 林 岸\n各位代表：\n"
    "现在，我代表区人民政府向大会报告工作。\n一、2025年工作回顾\n完成。\n二、2026年重点工作\n推进。\n"
)


def test_that_a_notice_with_its_report_tells_everything() -> None:
    assert of(NOTICE) == Metadata(
        title="云港区2026年政府工作报告",
        issuer="云海市云港区人民政府",
        document_number="云港政发〔2026〕3号",
        issued=date(2026, 1, 19),
        year=2026,
        end_year=2026,
        level=Level.DISTRICT,
        kind=ReportKind.WORK_REPORT,
    )


def test_that_a_bare_report_is_named_by_its_place_and_year() -> None:
    text = "政府工作报告\n——2026年1月8日在云港市第五届人民代表大会第六次会议上\n各位代表：\n一、2025年工作回顾\n完成。\n"
    found = of(text)
    assert (found.title, found.issuer, found.level) == (
        "云港市2026年政府工作报告",
        "云港市人民政府",
        Level.CITY,
    )
    assert found.issued == date(2026, 1, 8)
    assert found.document_number == ""


def test_that_a_web_pages_frame_is_no_title_but_tells_the_date() -> None:
    text = (
        "首页 > 政务公开 > 政府工作报告\n发布时间：2026-02-03 09:12 来源：日报\n2026年云海省政府工作报告\n"
        "各位代表：\n现在，我代表省人民政府报告工作。\n一、2025年工作回顾\n完成。\n"
    )
    found = of(text)
    assert found.title == "2026年云海省政府工作报告"
    assert found.issuer == "云海省人民政府"
    assert found.issued == date(2026, 2, 3)
    assert found.level is Level.PROVINCE


def test_that_the_imprint_dates_a_report_without_a_notice() -> None:
    text = "2026年云港县政府工作报告\n各位代表：\n一、重点工作\n推进建设。\n抄送：县委。\n云港县人民政府办公室 2026年2月1日印发\n"
    found = of(text)
    assert (found.issued, found.issuer, found.level) == (date(2026, 2, 1), "云港县人民政府", Level.DISTRICT)


def test_that_a_day_that_does_not_exist_is_no_date() -> None:
    assert of("2026年云港县政府工作报告\n2026年2月31日\n各位代表：\n一、重点工作\n推进。").issued is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("政府工作报告\n各位代表：\n一、2024年工作回顾\n完成。\n二、2025年工作安排\n推进2035年目标。", 2025),
        ("政府工作报告\n各位代表：\n一、2024年工作回顾\n完成。\n二、下一步工作\n推进。", 2025),
        ("政府工作报告\n——2023年1月8日在大会上\n各位代表：\n一、过去一年工作\n完成。", 2023),
        ("云政发〔2022〕1号\n政府工作报告\n各位代表：\n一、过去一年工作\n完成。", 2022),
        ("政府工作报告\n各位代表：\n过去一年，完成2021年任务，推进2021年工作，2020年完成。", 2021),
    ],
)
def test_that_the_year_is_that_of_the_work_to_come(text: str, year: int) -> None:
    assert (of(text).year, of(text).end_year) == (year, year)


def test_that_a_given_year_keeps_a_plans_length() -> None:
    text = "云港市国民经济和社会发展第十五个五年规划纲要\n第一章 目标\n规划期为2026—2030年。\n第二章 任务\n推进。"
    assert (of(text).year, of(text).end_year) == (2026, 2030)
    assert (of(text, year=2031).year, of(text, year=2031).end_year) == (2031, 2035)


def test_that_a_plan_without_a_title_is_named_by_its_issuer_and_period() -> None:
    text = (
        "前言\n本规划依据规划建议编制，规划期限是2021-2025年。\n第一章 目标\n推进规划实施。\n第二章 任务\n落实规划。\n"
        "抄送：区委。\n云港区人民政府办公室 2021年3月5日印发\n"
    )
    found = of(text)
    assert found.title == "云港区“十四五”规划纲要"
    assert (found.kind, found.issuer, found.issued) == (ReportKind.PLAN, "云港区人民政府", date(2021, 3, 5))


def test_that_a_plan_says_its_place_in_its_title() -> None:
    found = of("云港市国民经济和社会发展第十五个五年规划纲要\n第一章 目标\n推进。")
    assert (found.issuer, found.kind) == ("云港市人民政府", ReportKind.PLAN)
    assert found.title == "云港市国民经济和社会发展第十五个五年规划纲要"


def test_that_a_text_that_says_nothing_is_named_by_its_file() -> None:
    found = of("推进重点项目建设，完成2019年投资。", "云港材料.v2.txt")
    assert (found.title, found.kind, found.level) == ("云港材料.v2", ReportKind.OTHER, Level.UNKNOWN)
    assert (found.issuer, found.issued, found.year) == ("", None, 2019)
    assert of("推进。", "无扩展名").title == "无扩展名"


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("云海省", Level.PROVINCE),
        ("云港特别行政区", Level.PROVINCE),
        ("云港区", Level.DISTRICT),
        ("云港自治县", Level.DISTRICT),
        ("云海地区", Level.CITY),
        ("云海盟", Level.CITY),
        ("望海街道", Level.TOWN),
        ("云海自治区", Level.PROVINCE),
        ("云海自治州", Level.CITY),
        ("云港市", Level.CITY),
        ("云港新区", Level.DISTRICT),
        ("云港县", Level.DISTRICT),
        ("云港旗", Level.DISTRICT),
        ("云港镇", Level.TOWN),
        ("云港乡", Level.TOWN),
    ],
)
def test_that_the_level_is_that_of_the_place(place: str, level: Level) -> None:
    assert of(f"2026年{place}政府工作报告\n各位代表：\n一、重点工作\n推进。").level is level


def test_that_the_state_council_reports_for_the_state() -> None:
    found = of(
        "政府工作报告\n各位代表：\n现在，我代表国务院，向大会报告政府工作。\n一、2025年工作回顾\n完成。"
    )
    assert (found.issuer, found.level) == ("国务院", Level.STATE)


def test_that_periods_have_years() -> None:
    assert first_year("一") == 2006
    assert first_year("四") == 2021
    assert [name_of(y) for y in (2005, 2006, 2020, 2021, 2025, 2026, 2051)] == [
        "", "十一五", "十三五", "十四五", "十四五", "十五五", "",
    ]  # fmt: skip


def test_that_a_period_is_past_when_it_ended_before_the_year() -> None:
    assert is_past("“十四五”时期", 2026)
    assert not is_past("“十四五”时期", 2025)
    assert is_coming("“十五五”时期", 2026)
    assert not is_coming("“十五五”时期", 2027)
    assert is_coming("第十五个五年规划", 2025)
    assert not is_past("没有时期", 2026)
    assert is_past("第十四个五年规划", 2026)
    assert not is_past("第十五个五年规划", 2026)


def test_that_a_plans_years_are_the_stated_ones_else_those_of_its_period() -> None:
    assert plan_years("规划期限是2021-2025年，展望到2035年。") == (2021, 2025)
    assert plan_years("2024—2026年行动，“十五五”规划，“十四五”时期，“十五五”目标") == (2026, 2030)
    assert plan_years("没有时期") is None


def test_that_only_a_title_that_is_issued_or_passed_is_the_documents_own() -> None:
    tail = "\n各位代表：\n一、2026年重点工作\n推进。"
    issued = "云港区人民政府通知\n现将《云港区2026年政府工作报告》印发给你们。" + tail
    assert of(issued).title == "云港区2026年政府工作报告"
    cited = "2026年云港区政府工作报告\n根据《云海市“十五五”规划》要求编制。" + tail
    assert of(cited).title == "2026年云港区政府工作报告"


def test_that_a_date_inside_a_long_line_dates_nothing() -> None:
    text = "2026年云港县政府工作报告\n" + "推" * 60 + "2026年1月3日\n各位代表：\n一、重点工作\n推进。"
    assert of(text).issued is None


TAIL = "\n各位代表：\n一、重点工作\n推进。"


def padded(words: str, length: int) -> str:
    return words + "甲" * (length - len(words))


def test_that_a_line_of_sixty_characters_may_be_the_title_and_name_the_place_and_a_longer_one_may_not() -> (
    None
):
    title = "云港市2026年政府工作报告"
    found = of(padded(title, 60) + TAIL)
    assert (found.title, found.issuer) == (padded(title, 60), "云港市人民政府")
    found = of(padded(title, 61) + TAIL)
    assert (found.title, found.issuer) == ("报告", "")
    assert of(padded("云港市人民政府", 60) + TAIL).issuer == "云港市人民政府"
    assert of(padded("云港市人民政府", 61) + TAIL).issuer == ""


def test_that_a_line_of_eighty_characters_may_hold_number_and_year_and_a_longer_one_may_not() -> None:
    for words, length, number, year in (
        ("云港政发〔2022〕3号", 80, "云港政发〔2022〕3号", 2022),
        ("云港政发〔2022〕3号", 81, "", 2019),
        ("2022年政府工作报告", 80, "", 2022),
        ("2022年政府工作报告", 81, "", 2019),
    ):
        found = of(
            padded(words, length)
            + "\n各位代表：\n一、过去一年工作\n完成2019年任务，推进2019年工作，2019年完成。"
        )
        assert (found.document_number, found.year) == (number, year)


def test_that_a_date_in_a_line_of_sixty_characters_dates_the_report() -> None:
    assert of("政府工作报告\n" + padded("——2026年1月8日在大会上", 60) + TAIL).issued == date(2026, 1, 8)
    assert of("政府工作报告\n" + padded("——2026年1月8日在大会上", 61) + TAIL).issued is None


def test_that_a_chaptered_text_is_a_plan_from_the_fourth_mention_of_one_on() -> None:
    text = "前言\n第一章 目标\n推进规划实施。\n落实纲要。\n{}\n第二章 任务\n落实规划。"
    assert of(text.format("建设港口。")).kind is ReportKind.OTHER
    assert of(text.format("完善规划。")).kind is ReportKind.PLAN
    assert (
        of(text.format("完善规划。").replace("第一章 ", "").replace("第二章 ", "")).kind is ReportKind.OTHER
    )


def test_that_a_title_of_more_than_six_characters_is_enough_of_a_name() -> None:
    place = "\n——2026年1月8日在云港市第五届人民代表大会上"
    assert of("政府工作报告" + place + TAIL).title == "云港市2026年政府工作报告"
    assert of("市政府工作报告" + place + TAIL).title == "市政府工作报告"


@pytest.mark.parametrize("behind", range(8))
def test_that_the_imprint_stands_in_the_last_six_lines(behind: int) -> None:
    imprint = "\n云港县人民政府办公室 2026年2月1日印发" + "\n注。" * behind
    found = of("政府工作报告" + TAIL + imprint)
    is_read = behind < 6
    assert (found.issuer, found.issued) == (("云港县人民政府", date(2026, 2, 1)) if is_read else ("", None))


@pytest.mark.parametrize("what", ["成文", "发布", "发文", "印发"])
@pytest.mark.parametrize(
    "form", ["日期：2026-01-05", "时间：2026/1/5", "日期：2026.01.05", "时间2026年1月5日"]
)
def test_that_a_pages_own_date_goes_before_that_of_the_meeting(what: str, form: str) -> None:
    text = f"{what}{form}\n政府工作报告\n——2026年1月8日在云港市第五届人民代表大会上" + TAIL
    assert of(text).issued == date(2026, 1, 5)
