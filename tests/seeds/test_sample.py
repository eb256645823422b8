import hashlib
import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.domain.report import COMMITTING_KINDS, SectionKind

SEEDS = Path(__file__).parents[2] / "seeds"
BYTES = (SEEDS / "sample_report.txt").read_bytes()
TEXT = BYTES.decode("utf-8")
GOLD: dict[str, Any] = json.loads((SEEDS / "sample_gold.json").read_text(encoding="utf-8"))
COMMITMENTS: list[dict[str, Any]] = GOLD["commitments"]
TARGETS: list[dict[str, Any]] = GOLD["targets"]
DEADLINES: list[dict[str, Any]] = GOLD["deadlines"]
OWNERS: list[dict[str, Any]] = GOLD["owners"]
SENTENCES = [c for c in COMMITMENTS if not c.get("in_table")]
ROWS = [c for c in COMMITMENTS if c.get("in_table")]

CODES = (
    "发改 教育 科技 工信 公安 民政 司法 财政 人社 规资 生态 住建 城管 交通 水务 农业农村 商务 文旅 卫健 退役 应急 审计 "
    "市监 国资 体育 统计 医保 信访 政务 金融 招商 数据 宣传 政法 组织 残联 妇联 团委 工会 税务 消防 气象 粮食 民宗 外事 "
    "人防 知识产权 园区 街道 政府办 机关事务 纪检 滨海新区 港航 海关"
)
RELATIVE = {"sync", "assigned", "gt_ref"}
WORDED = (
    (r"与.*同步", "sync"),
    (r"完成.*(任务|指标)|达到市目标要求", "assigned"),
    (r"高于全市平均水平", "gt_ref"),
    (r"\d[％]?—\d", "range"),
    (r"以上|不少于|不低于", ">="),
    (r"以内", "<="),
    (r"左右", "~"),
    (r"超过|突破|＞", ">"),
)
DUE = {
    "2026年": "2026-12-31",
    "今年": "2026-12-31",
    "全年": "2026-12-31",
    "年内": "2026-12-31",
    "年底前": "2026-12-31",
    "上半年": "2026-06-30",
    "二季度": "2026-06-30",
    "三季度": "2026-09-30",
    "6月底前": "2026-06-30",
    "8月底前": "2026-08-31",
    "9月底前": "2026-09-30",
    "到2030年": "2030-12-31",
    "到“十五五”末": "2030-12-31",
    "汛前": None,
    "每天": None,
    "每月": None,
    "每季度": None,
}
KIND = ((r"每.+", "recurring"), (r"汛前", "event"), (r".+前|到.+", "by"), (r".+", "during"))


def quote(mark: dict[str, Any]) -> str:
    return TEXT[mark["start"] : mark["end"]]


def lies_in(mark: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(other["start"] <= mark["start"] and mark["end"] <= other["end"])


def section_of(mark: dict[str, Any]) -> SectionKind:
    return next(SectionKind(s["kind"]) for s in GOLD["sections"] if lies_in(mark, s))


def meant(target: dict[str, Any]) -> str:
    """The comparator that the words of a target call for."""
    return next((c for words, c in WORDED if re.search(words, quote(target), re.DOTALL)), "=")


def numbers(target: dict[str, Any]) -> list[float]:
    """The figures of a target as they read, 万 and 亿 multiplied in; a cell takes them from its row's name."""
    row = next((quote(r).splitlines()[0] for r in ROWS if lies_in(target, r)), "")
    scale = {"万": 1e4, "亿": 1e8}
    head = re.search(r"（([万亿])", row)
    factor = scale[head[1]] if head else 1
    return [
        float(n) * scale.get(s, factor) for n, s in re.findall(r"(\d+(?:\.\d+)?)\s*([万亿]?)", quote(target))
    ]


def test_that_the_gold_belongs_to_these_very_bytes() -> None:
    assert GOLD["file"] == "sample_report.txt"
    assert hashlib.sha256(BYTES).hexdigest() == GOLD["sha256"]
    assert GOLD["report_year"] == 2026
    assert "\r" not in TEXT
    assert not TEXT.startswith("\ufeff")


def test_that_the_keys_are_those_of_every_gold_file() -> None:
    assert list(GOLD) == [
        *("file", "sha256", "report_year", "annotator"),
        *("sections", "commitments", "targets", "deadlines", "owners"),
    ]


def test_that_sections_tile_the_text_and_every_kind_occurs() -> None:
    edges = [(s["start"], s["end"]) for s in GOLD["sections"]]
    assert edges[0][0] == 0
    assert edges[-1][1] == len(TEXT)
    assert all(a[1] == b[0] for a, b in pairwise(edges))
    assert {s["kind"] for s in GOLD["sections"]} == set(SectionKind)


def test_that_commitments_follow_each_other_in_sections_that_oblige() -> None:
    assert all(a["end"] <= b["start"] for a, b in pairwise(COMMITMENTS))
    assert {section_of(c) for c in COMMITMENTS} == COMMITTING_KINDS
    assert all((section_of(c) is SectionKind.TABLE) == bool(c.get("in_table")) for c in COMMITMENTS)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda c: f"{c['start']}")
def test_that_a_commitment_is_one_whole_sentence(sentence: dict[str, Any]) -> None:
    said = quote(sentence)
    assert said == said.strip()
    assert said.find("。") == len(said) - 1
    assert TEXT[: sentence["start"]].endswith(("。", "\n", "**", " "))


def test_that_lead_ins_are_short_and_owned_by_nobody_and_all_else_is_owned() -> None:
    for c in COMMITMENTS:
        assert (c["lead_unit"] is None) == c["lead"]
        units = [c["lead_unit"] or "发改", *c["co_units"]]
        assert set(units) <= set(CODES.split())
        assert len(set(units)) == len(units) <= 5
    assert all(len(quote(c)) <= 12 for c in COMMITMENTS if c["lead"])
    assert not any(lies_in(x, c) for c in COMMITMENTS if c["lead"] for x in TARGETS + DEADLINES)


@pytest.mark.parametrize("kind", ["targets", "deadlines"])
def test_that_marks_are_in_order_and_each_in_one_commitment(kind: str) -> None:
    assert all(a["end"] <= b["start"] for a, b in pairwise(GOLD[kind]))
    assert all(sum(lies_in(x, c) for c in COMMITMENTS) == 1 for x in GOLD[kind])
    assert all(quote(x) == quote(x).strip() for x in GOLD[kind])


@pytest.mark.parametrize("target", TARGETS, ids=quote)
def test_that_a_target_says_what_its_quote_says(target: dict[str, Any]) -> None:
    said = target["comparator"], target["low"], target["high"]
    assert said[0] == meant(target)
    if said[0] in RELATIVE:
        assert said[1:] == (None, None)
        assert not target["unit"]
        return
    found = numbers(target)
    assert len(found) == (2 if said[0] == "range" else 1)
    low, high = found[0], found[-1]
    assert said[1:] == (low if said[0] != "<=" else None, high if said[0] not in {">", ">="} else None)
    if not target.get("in_table"):
        assert target["unit"].replace("%", "") in quote(target).replace("个百分点", "百分点")
        assert (target["unit"] == "%") == bool(re.search("[％%]", quote(target)))


@pytest.mark.parametrize("target", TARGETS, ids=quote)
def test_that_an_indicator_is_named_by_words_before_the_figure(target: dict[str, Any]) -> None:
    """Its characters stand in its own sentence in the same order (shared words are carried over a 、)."""
    sentence = next(quote(c) for c in COMMITMENTS if lies_in(target, c))
    left = iter("".join(sentence.split()))
    assert all(c in left for c in target["indicator"])
    assert not re.search(r"^\s|[，。,;；]", target["indicator"])


def test_that_growth_has_a_direction_and_counts_have_none() -> None:
    for t in TARGETS:
        rises = re.search("增长$|提高$|占地区生产总值比重$", t["indicator"])
        falls = re.search("下降$|压减$|降低$", t["indicator"])
        holds = re.search("失业率$|达标率$", t["indicator"])
        want = "up" if rises else "down" if falls else "level" if holds else None
        assert t["direction"] == want, t["indicator"]


def test_that_only_the_table_gives_baselines_natures_and_sums() -> None:
    tabled = [t for t in TARGETS if t.get("in_table")]
    assert [t["baseline"] for t in tabled] == ["386", "22", "182", "2.4", "1.6", "83.2", "—", "2.9"]
    assert Counter(t["nature"] for t in tabled) == {"expected": 6, "binding": 2}
    assert [quote(t) for t in tabled if t["is_cumulative"]] == ["〔1050〕", "〔8〕", "〔12〕"]
    assert all("baseline" not in t for t in TARGETS if t not in tabled)


@pytest.mark.parametrize("deadline", DEADLINES, ids=quote)
def test_that_a_deadline_says_what_its_quote_says(deadline: dict[str, Any]) -> None:
    said = quote(deadline)
    assert deadline["due"] == DUE[said]
    assert deadline["kind"] == next(k for words, k in KIND if re.fullmatch(words, said))
    assert (deadline["due"] is None) == (deadline["kind"] in {"recurring", "event"})
    assert deadline["due"] is None or date.fromisoformat(deadline["due"]) >= date(2026, 6, 30)


def test_that_every_form_of_deadline_occurs() -> None:
    assert {quote(d) for d in DEADLINES} == set(DUE)


def test_that_owners_are_named_where_the_text_names_them() -> None:
    assert all(quote(o) == o["name"] for o in OWNERS)
    inside = [o for o in OWNERS if section_of(o) is not SectionKind.TABLE]
    assert all(sum(lies_in(o, c) for c in SENTENCES) == 1 for o in inside)
    assert Counter(o["role"] for o in inside) == {"lead": 4, "co": 6, "actor": 1}
    listed = [o for o in OWNERS if o not in inside]
    assert len(listed) == 6
    assert {o["role"] for o in listed} == {"lead"}


def test_that_there_is_enough_to_measure_by() -> None:
    assert 7000 <= len(TEXT) <= 9000
    assert len(SENTENCES) >= 110
    assert len(TARGETS) >= 120


@pytest.mark.parametrize(
    "name",
    [
        "1001工程",
        "3+1+N",
        "15分钟",
        "第十二届",
        "7号线",
        "四链五群",
        "5万吨级",
        "投资5000万元",
        "由22万标准箱",
        "新增21家",
        "5G",
    ],
)
def test_that_what_only_looks_like_a_quantity_to_reach_is_no_target(name: str) -> None:
    tasks = next(s for s in GOLD["sections"] if s["kind"] == "tasks")
    at = TEXT.index(name, tasks["start"], tasks["end"])
    assert not any(t["start"] < at + len(name) and at < t["end"] for t in TARGETS)


@pytest.mark.parametrize("said", ["新增就业1.6万人", "跨境电商交易额增长100％"])
def test_that_last_years_result_returns_as_this_years_target(said: str) -> None:
    kinds = [section_of({"start": m.start(), "end": m.end()}) for m in re.finditer(said, TEXT)]
    assert SectionKind.REVIEW in kinds
    assert SectionKind.TASKS in kinds


@pytest.mark.parametrize(
    "damage",
    [
        "航运服务企业\n\n15家以上",
        "经营主体总\n\n量达到",
        "新建 5G 基站 120 个",
        "以 上项目20个、亿元以上项目8 个",
        "**培育数字经济。**",
        "PM_{2.5}",
        "菅商环境",
        "(五)着力提升城市品质,在",
        "实现新突破。做强主导产业。",
        "实现新突破 深化重点领域改革。",
        "\t2030年\n目标数\n",
        "\t完成市\n下达指标\n",
    ],
)
def test_that_the_damage_of_real_documents_is_still_there(damage: str) -> None:
    assert TEXT.count(damage) == 1
