"""Reports of a plan's first year: what was done, the five years to come, the year's own goals and work."""

import pytest

from app.domain.report import SectionKind, Source
from app.reading import kind_spans, read_source
from app.reading.kinds import heading_kind

HEAD = (
    "政府工作报告\n——2026年1月20日在云港区第八届人民代表大会第五次会议上\n各位代表：\n"
    "现在，我代表区人民政府，向大会报告工作，请予审议。\n"
)
REVIEW = "一、2025年工作回顾\n2025年，渔业产值增长6%，新建泊位3个。\n"
PROBLEMS = "我们也清醒看到，发展还存在不少困难和问题。\n"
YEAR = (
    "三、2026年工作安排\n主要预期目标是：地区生产总值增长6%左右，新增就业1.3万人以上。\n"
    "重点抓好两个方面工作。\n（一）强港\n疏浚航道5公里。\n"
)


def kind_of(text: str, words: str) -> str:
    """The kind of the section in which the words stand, of which there is one place."""
    assert text.count(words) == 1
    at = text.index(words)
    reading = read_source(Source("a.txt", "", "utf-8", text, ""), None)
    return next(kind.value for span, kind in kind_spans(reading.sections) if span.start <= at < span.end)


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (PROBLEMS + "“十五五”时期，云港区发展前景广阔。\n", "outlook"),
        ("“十五五”时期，云港区编制规划的前期工作有序开展。\n", "review"),
        (PROBLEMS + "“十四五”时期，云港区发展前景广阔。\n", "review"),
    ],
)
def test_that_a_review_turns_to_the_coming_period_behind_the_problems(before: str, kind: str) -> None:
    text = HEAD + REVIEW + before + YEAR.replace("三、", "二、")
    assert kind_of(text, before.splitlines()[-1]) == kind


def test_that_the_goals_of_the_coming_period_end_a_review_without_problems() -> None:
    goals = "“十五五”时期主要目标是：到2030年，地区生产总值突破900亿元，城镇化率达到80%。\n"
    assert kind_of(HEAD + REVIEW + goals + YEAR.replace("三、", "二、"), goals[:10]) == "goals"


@pytest.mark.parametrize(
    ("title", "after", "kind"),
    [
        ("“十五五”时期发展思路和主要目标", "围绕上述目标，我们将走好陆海统筹之路。", "outlook"),
        ("“十五五”时期发展思路和主要目标", "实现上述目标，必须做到以下几点：", "outlook"),
        ("“十五五”时期发展思路和主要目标", "实现上述目标，要新建渔港3座。", "tasks"),
        ("“十五五”时期主要目标和重大任务", "围绕上述目标，我们将走好陆海统筹之路。", "outlook"),
        ("今后五年的奋斗目标", "今后五年，重点抓好七个方面工作。", "tasks"),
    ],
)
def test_that_a_chapter_on_the_coming_years_is_outlook_until_it_names_its_work(
    title: str, after: str, kind: str
) -> None:
    goals = "到2030年，地区生产总值突破900亿元，年均增长6%左右，城镇化率达到80%。"
    text = f"{HEAD}{REVIEW}{PROBLEMS}二、{title}\n{goals}\n{after}\n{YEAR}"
    assert kind_of(text, goals) == "goals"
    assert kind_of(text, after) == kind


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ("渔民收入增速高于全市平均；细颗粒物浓度控制在30微克/立方米以内，能耗达到国家要求。", "outlook"),
        ("细颗粒物浓度控制在30微克/立方米以内，能耗达到国家要求。", "goals"),
        ("海产品出口增长8%，渔民收入与经济增长同步；减排完成市下达任务。", "goals"),
        ("细颗粒物浓度控制在30微克以内，天更蓝，海更清，人更美。", "outlook"),
        ("新建泊位3万个，疏浚航道5公里以上。", "outlook"),
        ("细颗粒物浓度控制在30微克以内。", "outlook"),
    ],
)
def test_that_goals_go_on_in_figures(after: str, kind: str) -> None:
    text = HEAD + REVIEW + YEAR.replace("三、", "二、").replace("重点抓好", f"{after}\n重点抓好")
    assert kind_of(text, after) == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("五、提升政府治理效能", SectionKind.SELF),
        ("四、锻造过硬作风，推动落实见效", SectionKind.SELF),
        ("四、建设忠诚干净担当的政府", SectionKind.SELF),
        ("（十二）深化政府自我革命", SectionKind.SELF),
        ("四、提升政府现代化治理能力", SectionKind.SELF),
        ("（七）加快推进数字政府", None),
        ("（七）打造诚信政府", None),
        ("（九）提升渔区治理效能", None),
        ("（六）形成节俭新风", None),
        ("三、奋力完成2026年目标任务", SectionKind.TASKS),
        ("三、2026年目标任务", SectionKind.GOALS),
    ],
)
def test_that_headings_tell_conduct_and_work(title: str, kind: SectionKind | None) -> None:
    assert heading_kind(title, 2026) is kind
