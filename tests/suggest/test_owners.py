import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.domain.report import SectionKind
from app.domain.suggestions import OwnerProposal
from app.domain.units import Unit
from app.suggest import duty_words
from app.suggest.duty_words import Lexicon
from app.suggest.owners import OwnerModel

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared"

SENTENCES = {
    "发改": "谋划储备重大项目80个，固定资产投资增长6%。",
    "教育": "新建改扩建中小学校4所，新增学位3000个。",
    "科技": "技术合同成交额突破20亿元，新增国家高新技术企业30家。",
    "工信": "培育专精特新“小巨人”企业5家，规上工业增加值增长7%。",
    "公安": "常态化推进扫黑除恶，严厉打击电信网络诈骗。",
    "民政": "新增养老床位300张，建成社区长者食堂10家。",
    "司法": "扎实开展行政复议，办好法律援助案件500件。",
    "财政": "深化零基预算改革，坚决守住“三保”底线。",
    "人社": "城镇新增就业1.2万人，开展职业技能培训8000人次。",
    "规资": "完成国土空间详细规划编制，整治闲置土地600亩。",
    "生态": "空气质量优良天数比例达到82%以上，国考断面水质全面达标。",
    "住建": "改造老旧小区36个，加快保障性租赁住房建设。",
    "城管": "深化市容环境整治，推进生活垃圾分类，新建口袋公园8个。",
    "交通": "新改建农村公路40公里，优化公交线路12条。",
    "水务": "实施病险水库除险加固，完成河道清淤25公里。",
    "农业农村": "建成高标准农田1.5万亩，打造和美乡村示范村6个。",
    "商务": "举办促消费活动50场，社会消费品零售总额增长5%。",
    "文旅": "创建4A级景区1家，推进非物质文化遗产保护传承。",
    "卫健": "建设紧密型医联体，提升社区卫生服务中心能力。",
    "退役": "做好退役军人服务保障，争创双拥模范城。",
    "应急": "深化安全生产治本攻坚，排查整治事故隐患。",
    "审计": "强化审计监督，抓实审计整改。",
    "市监": "守牢食品药品安全底线，加强特种设备安全监察。",
    "国资": "推进国企改革，优化国有资本布局。",
    "体育": "承办云港马拉松，新建全民健身场地20处。",
    "统计": "做好第五次经济普查，严防统计造假。",
    "医保": "落实医保支付方式改革，扩大长期护理保险覆盖面。",
    "信访": "落实领导包案，化解信访积案60件。",
    "政务": "推进政务服务“一网通办”，拓展“高效办成一件事”场景。",
    "金融": "推动企业上市2家，新增普惠小微贷款30亿元。",
    "招商": "开展招商引资攻坚，新签约亿元以上项目40个。",
    "数据": "建设公共数据平台，推进数据要素市场化配置。",
    "宣传": "培育和践行社会主义核心价值观，加强融媒体中心建设。",
    "政法": "推进平安建设，规范综治中心运行。",
    "组织": "加强干部队伍建设，抓好基层党建。",
    "残联": "为残疾人适配辅助器具，推进无障碍环境建设。",
    "妇联": "维护妇女儿童权益，建设儿童友好城市。",
    "团委": "建设青年发展型城区，深化共青团改革。",
    "工会": "开展劳动竞赛，建好户外劳动者驿站。",
    "税务": "落实减税降费政策，优化纳税服务。",
    "消防": "新建消防站2座，整治消防通道堵塞。",
    "气象": "完善气象灾害预报预警服务。",
    "粮食": "充实地方储备粮，新建高标准粮仓。",
    "民宗": "铸牢中华民族共同体意识，依法管理宗教事务。",
    "外事": "做好侨务和港澳台工作，拓展国际友城交往。",
    "人防": "推进人民防空工程建设，组织防空警报试鸣。",
    "知识产权": "每万人口高价值发明专利拥有量达到15件。",
    "园区": "推动经开区提档升级，完善园区配套。",
    "街道": "赋予街道更多职权，推行乡镇履职清单。",
    "政府办": "认真办理人大代表建议和政协提案，深化政务公开。",
    "机关事务": "规范办公用房和公务用车管理。",
    "纪检": "锲而不舍落实中央八项规定精神，一体推进不敢腐、不能腐、不想腐。",
    "滨海新区": "支持滨海新区高质量发展。",
    "港航": "集装箱吞吐量突破120万标准箱，建成深水泊位2个。",
    "海关": "压缩整体通关时间，推广国际贸易“单一窗口”。",
}

SMALL: Lexicon = {
    "neutral": ["高质量"],
    "duties": {
        "发改": {"plain": ["投资"]},
        "教育": {"strong": ["学校", "学位", "特殊学校"]},
        "工信": {"plain": ["企业"], "weak": ["改造"]},
        "市监": {"strong": ["质量"]},
        "政府办": {"weak": ["落实"]},
        "科技": {"strong": ["科技企业", "学校"]},
        "体育": {"weak": ["球场"]},
    },
}


@pytest.fixture(scope="module")
def model() -> OwnerModel:
    return OwnerModel()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> OwnerModel:
    monkeypatch.setattr(duty_words, "lexicon", lambda: SMALL)
    return OwnerModel()


def first(model: OwnerModel, text: str, *, opener: str = "", heading: str = "") -> str:
    return model.propose(text, opener, heading)[0][0].code


def scores(proposals: tuple[OwnerProposal, ...]) -> dict[str, float]:
    return {p.code: p.score for p in proposals}


def test_that_every_code_has_its_sentence(model: OwnerModel) -> None:
    assert set(SENTENCES) == set(model.codes)


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items())
def test_that_a_sentence_of_its_duties_leads_to_the_code(model: OwnerModel, code: str, sentence: str) -> None:
    assert first(model, sentence) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("支持科技企业发展。", "科技"),
        ("支持企业发展。", "工信"),
        ("推进智慧教育。", "教育"),
        ("深化综合行政执法改革。", "城管"),
        ("发展旅游公路。", "交通"),
        ("建设人才公寓500套。", "住建"),
        ("整治农村人居环境。", "农业农村"),
        ("办好体育消费活动。", "体育"),
        ("推进医保基金监管。", "医保"),
        ("开发乡村公益性岗位90个。", "人社"),
        ("做好搬迁群众后续扶持。", "发改"),
        ("完成农网改造60公里。", "发改"),
        ("争取东西部协作资金900万元。", "农业农村"),
        ("为老年人免费体检。", "卫健"),
        ("新建公共卫生厕所9座。", "城管"),
        ("完成隐患点避险搬迁9户。", "规资"),
        ("推进农村生活污水处理。", "生态"),
    ],
)
def test_that_the_longest_word_decides(model: OwnerModel, text: str, code: str) -> None:
    assert first(model, text) == code


@pytest.mark.parametrize(
    ("text", "unasked"),
    [
        ("高质量编制实施方案。", "市监"),
        ("不断提高工作水平。", "水务"),
        ("推动产业健康发展。", "卫健"),
        ("发挥桥梁纽带作用。", "交通"),
        ("加大走访力度。", "信访"),
        ("破解难点堵点。", "公安"),
        ("推进“十五五”开局。", "发改"),
        ("构建“人防＋技防”体系。", "人防"),
    ],
)
def test_that_a_near_miss_is_no_duty_word(model: OwnerModel, text: str, unasked: str) -> None:
    named = [p for p in model.propose(text)[0] if p.code == unasked]
    assert all(p.reason == "没有职责词，按惯例" for p in named)


def test_that_quotation_marks_of_any_kind_and_stray_spaces_do_not_hide_a_word(model: OwnerModel) -> None:
    for text in ("打造“一网通办”。", '打造"一网通办"。', "打造一网 通办。"):
        assert first(model, text) == "政务"


def test_that_the_reason_names_at_most_three_duty_words_once_in_text_order(model: OwnerModel) -> None:
    leads, _ = model.propose("办好幼儿园，改善校舍，再建幼儿园2所，培训教师，扩大招生。")
    assert leads[0] == OwnerProposal("教育", 1.0, "职责词：幼儿园、校舍、教师")


def test_that_scores_are_shares_of_the_best_and_fall_with_the_words_place(small: OwnerModel) -> None:
    leads, supports = small.propose("办学位，助企业，促投资。")
    # 学位 3.0; 企业 1.6 at 1/1.1; 投资 1.6 at 1/1.2
    assert [p.code for p in leads] == ["教育", "工信", "发改"]
    assert scores(leads) == {"教育": 1.0, "工信": round(1.6 / 1.1 / 3, 3), "发改": round(1.6 / 1.2 / 3, 3)}
    assert supports == leads[1:]


def test_that_the_first_named_work_leads(small: OwnerModel) -> None:
    assert first(small, "抓投资，助企业。") == "发改"
    assert first(small, "助企业，抓投资。") == "工信"


def test_that_words_far_down_a_long_sentence_still_count(small: OwnerModel) -> None:
    leads, _ = small.propose("改造落实球场" * 25 + "学位")
    best = sum(0.6 / (1 + 0.1 * min(n, 59)) for n in range(0, 75, 3))
    assert scores(leads)["教育"] == pytest.approx(3 / 6.9 / best, abs=0.001)


@pytest.mark.parametrize(
    ("text", "boosted"),
    [
        ("投资5亿元。", 1.5),  # the indicator before its figure
        ("投资用于一二三四五六七八九十5亿元。", 1.5),  # twelve characters between
        ("投资用于一二三四五六七八九十一5亿元。", 1.0),
        ("建20个大投资。", 1.5),  # what is counted, after its figure
        ("建20一二三四投资。", 1.5),
        ("建20一二三四五投资。", 1.0),
        ("投资2026年。", 1.0),  # a year, a period, a name
        ("投资15分钟圈。", 1.0),
        ("投资7号线。", 1.0),
        ("投资增加。", 1.0),
    ],
)
def test_that_a_word_beside_a_figure_counts_more(small: OwnerModel, text: str, boosted: float) -> None:
    leads, _ = small.propose(f"{text}一二三四五六七八九十一二三四五六七八九十学位")
    ratio = scores(leads)["发改"] if leads[0].code == "教育" else 0.0
    assert ratio == pytest.approx(1.6 * boosted / (3.0 / 1.1), abs=0.001)


def test_that_only_the_nearest_word_before_a_figure_counts_more(small: OwnerModel) -> None:
    leads, _ = small.propose("投资企业5家。")
    assert scores(leads)["发改"] == pytest.approx(1.6 / (1.6 / 1.1 * 1.5), abs=0.001)


def test_that_a_neutral_word_hides_the_word_inside_it_and_takes_no_place(small: OwnerModel) -> None:
    assert first(small, "提升质量。") == "市监"
    leads, _ = small.propose("高质量办学位，助企业。")
    assert scores(leads)["工信"] == round(1.6 / 1.1 / 3, 3)


def test_that_overlapping_words_that_do_not_contain_each_other_both_count(small: OwnerModel) -> None:
    leads, _ = small.propose("学校特殊学校学位")
    assert leads[0].reason == "职责词：学校、特殊学校、学位"
    assert [p.reason for p in leads if p.code == "科技"] == ["职责词：学校"]


def test_that_a_tie_goes_to_the_code_listed_first(small: OwnerModel) -> None:
    leads, _ = small.propose("办学校。")
    assert [(p.code, p.score) for p in leads[:2]] == [("教育", 1.0), ("科技", 1.0)]


def test_that_opener_and_heading_are_weaker_evidence_than_the_sentence(small: OwnerModel) -> None:
    leads, _ = small.propose("办学位。", "企业。", "投资")
    assert scores(leads) == {"教育": 1.0, "工信": round(1.6 * 0.5 / 3, 3), "发改": round(1.6 * 0.35 / 3, 3)}


def test_that_opener_or_heading_decide_where_the_sentence_says_nothing(model: OwnerModel) -> None:
    assert first(model, "再添一批新成员。", opener="壮大养老服务队伍。") == "民政"
    assert first(model, "再添一批新成员。", heading="（三）发展海洋渔业") == "农业农村"
    assert model.propose("再添一批。", "发展养老服务。")[0][0].reason == "职责词：养老服务"


def test_that_the_kind_of_section_speaks_before_the_words(small: OwnerModel) -> None:
    goals, _ = small.propose("落实改造。", kind=SectionKind.GOALS)
    assert goals[0] == OwnerProposal("发改", 1.0, "按章节惯例")
    own, _ = small.propose("改造。", kind=SectionKind.SELF)
    assert own[0] == OwnerProposal("政府办", 1.0, "按章节惯例")
    assert scores(own)["工信"] == round(0.6 / 1.5, 3)
    assert small.propose("改造。")[0][0].code == "工信"


@pytest.mark.parametrize("text", ["", "。", "再接再厉，久久为功。"])
def test_that_without_a_duty_word_the_usual_bodies_are_asked(model: OwnerModel, text: str) -> None:
    leads, supports = model.propose(text)
    assert [p.code for p in leads] == ["发改", "政府办", "工信"]
    assert {p.reason for p in leads} == {"没有职责词，按惯例"}
    assert {p.score for p in leads} == {0.05}
    assert supports == ()


def test_that_the_governments_own_work_has_other_usual_bodies(model: OwnerModel) -> None:
    leads, _ = model.propose("再接再厉。", kind=SectionKind.SELF)
    assert [p.code for p in leads] == ["政府办", "发改", "政务"]


def test_that_usual_bodies_only_fill_up_to_three_without_doubles(small: OwnerModel) -> None:
    leads, supports = small.propose("抓投资。")
    assert [p.code for p in leads] == ["发改", "政府办", "工信"]
    assert leads[0].reason == "职责词：投资"
    assert supports == ()


def test_that_at_most_five_lead_and_four_support(model: OwnerModel) -> None:
    leads, supports = model.propose("教育、卫生、体育、旅游、养老、就业、公安、水利协同推进。")
    assert len(leads) == 5
    assert supports == leads[1:]


def test_that_a_faint_code_is_no_lead_and_a_weak_one_no_support(small: OwnerModel) -> None:
    leads, supports = small.propose("学位学位学位，改造。")
    share = 0.6 / 1.3 / (3 * (1 + 1 / 1.1 + 1 / 1.2))
    assert 0.05 < share < 0.08
    assert ("工信", "职责词：改造") not in [(p.code, p.reason) for p in leads]
    leads, supports = small.propose("学位，改造。")
    assert scores(leads)["工信"] == round(0.6 / 1.1 / 3, 3) == 0.182
    assert supports == ()
    assert [p.code for p in small.propose("学位，企业。")[1]] == ["工信"]


def test_that_the_directory_teaches_names_and_duties(small: OwnerModel) -> None:
    unit = Unit("u", "体育", "区体育中心", "体育中心", aliases=("球管办",), duties=("龙舟赛",))
    taught = OwnerModel((unit,))
    assert first(taught, "由球管办牵头改造。") == "体育"
    assert first(taught, "办好龙舟赛，落实改造。") == "体育"
    assert first(small, "办好龙舟赛，落实改造。") == "政府办"


def test_that_a_code_of_the_directory_alone_can_be_proposed() -> None:
    fishing = Unit("u", "渔政", "区渔政大队", "区渔政大队", duties=("休渔巡航",))
    assert first(OwnerModel((fishing,)), "开展休渔巡航。") == "渔政"


def test_that_the_same_question_has_the_same_answer(model: OwnerModel) -> None:
    question = ("推进产业园区改造，新增就业500人。", "壮大实体经济。", "（二）发展产业")
    answers = [model.propose(*question) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2] == OwnerModel().propose(*question)


def agreement(model: OwnerModel, gold: dict[str, Any], text: str) -> tuple[float, float]:
    """How often the gold's lead unit is the first proposal, and among the first three."""
    kinds = [(s["start"], s["end"], SectionKind(s["kind"])) for s in gold["sections"]]
    opener, opener_end, hits, near, n = "", 0, 0, 0, 0
    for c in sorted(gold["commitments"], key=lambda c: int(c["start"])):
        if "\n" in text[opener_end : c["start"]].strip(" \u3000"):
            opener = ""
        opener_end = c["end"]
        if c.get("lead"):
            opener = text[c["start"] : c["end"]]
        elif c.get("lead_unit") and not c.get("in_table"):
            kind = next(k for a, b, k in kinds if a <= c["start"] < b)
            heading = re.findall(
                r"(?m)^[ \u3000]*（?[一二三四五六七八九十]+[、）].{2,60}", text[: c["start"]]
            )
            leads, _ = model.propose(
                text[c["start"] : c["end"]], opener, heading[-1] if heading else "", kind
            )
            codes = [p.code for p in leads]
            n, hits, near = n + 1, hits + (codes[0] == c["lead_unit"]), near + (c["lead_unit"] in codes[:3])
    return hits / n, near / n


def test_that_the_sample_reports_leads_are_found(model: OwnerModel) -> None:
    gold = json.loads((ROOT / "seeds" / "sample_gold.json").read_text(encoding="utf-8"))
    top1, top3 = agreement(model, gold, (ROOT / "seeds" / "sample_report.txt").read_text(encoding="utf-8"))
    assert top1 >= 0.8
    assert top3 >= 0.95


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_that_real_reports_leads_are_found(model: OwnerModel, number: str) -> None:
    found = sorted((SHARED / "gold").glob(f"{number}_*.json"))
    if not found:
        pytest.skip("../shared/gold is not there")
    gold = json.loads(found[0].read_text(encoding="utf-8"))
    text = (SHARED / "seeds" / f"{found[0].stem}.txt").read_text(encoding="utf-8-sig")
    top1, top3 = agreement(model, gold, text)
    assert top1 >= 0.75
    assert top3 >= 0.92


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("市工信局", "工信"),
        ("市经信局", "工信"),
        ("团县委", "团委"),
        ("县农牧局", "农业农村"),
        ("县教体局", "教育"),
        ("县委组织部", "组织"),
        ("县纪委监委", "纪检"),
        ("市外办", "外事"),
        ("市药监局", "市监"),
        ("云港海事局", "港航"),
        ("县供电公司", "发改"),
    ],
)
def test_that_the_short_name_of_an_office_tells_its_code(model: OwnerModel, name: str, code: str) -> None:
    assert model.code_of(name) == code


@pytest.mark.parametrize(
    ("text", "unasked"),
    [
        ("组织部署演练。", "组织"),
        ("对外办展三场。", "外事"),
        ("推动运输转型。", "人社"),
        ("举办天文联展。", "宣传"),
    ],
)
def test_that_the_short_name_of_an_office_is_not_seen_inside_other_words(
    model: OwnerModel, text: str, unasked: str
) -> None:
    named = [p for p in model.propose(text)[0] if p.code == unasked]
    assert all(p.reason == "没有职责词，按惯例" for p in named)
