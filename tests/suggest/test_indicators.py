import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.suggest.indicators import head_noun, indicators
from app.suggest.quantities import quantities
from app.suggest.sentences import fold


def read(text: str) -> list[str]:
    folded = fold(text)
    return indicators(folded, quantities(folded))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        # the noun before the figure, without the verb that only says that it is done
        ("地区生产总值增长5%左右。", ["地区生产总值增长"]),
        ("组织实施渔港改造项目12个。", ["渔港改造项目"]),
        ("高标准建设高标准鱼塘8亩。", ["高标准鱼塘"]),
        ("新增就业3000人。", ["新增就业"]),
        ("完成拆迁12万平方米。", ["拆迁"]),
        ("到2030年，累计引进海外项目40个。", ["累计引进海外项目"]),
        ("6月底前建成和美渔村3个。", ["和美渔村"]),
        ("实现外贸进出口总额超过90亿元。", ["外贸进出口总额"]),
        ("将人口自然增长率维持在2‰以上。", ["人口自然增长率"]),
        ("航道疏浚率达95%以上。", ["航道疏浚率"]),
        ("科研经费占比由2%提高到3%。", ["科研经费占比"]),
        ("新引进船代、货代等航运企业15家。", ["新引进航运企业"]),
        ("在码头布局充电桩60个。", ["充电桩"]),
        # the noun after it
        ("新建4个渔港公园。", ["新建渔港公园"]),
        ("推动9家船厂转型升级。", ["船厂转型升级"]),
        ("建成3个渔民服务站、2个海上救助站。", ["渔民服务站", "海上救助站"]),
        ("临海工业园等8个项目竣工。", ["项目竣工"]),
        ("贯通滨海路等3条道路。", ["贯通道路"]),
        ("实施北岸区域2.6公里海堤建设。", ["海堤建设"]),
        ("培育2家具有全国影响力的渔业龙头。", ["渔业龙头"]),
        ("使每名学员掌握2项技能。", ["每名学员掌握技能"]),
        ("完成还迁500人等工作。", ["还迁"]),
        ("新建主线管网和5座换热站。", ["新建换热站"]),
        ("建设主线管网和5座换热站。", ["换热站"]),
        ("完成29万居民搬迁。", ["居民搬迁"]),
        ("新增学位450个（区教育局牵头）。", ["新增学位"]),
        # what the figures of a clause share
        ("新建小学5所、中学2所。", ["新建小学", "新建中学"]),
        ("新建3所中学和4所小学。", ["新建中学", "新建小学"]),
        ("改造燃气管网60公里、供热管网80公里。", ["改造燃气管网", "改造供热管网"]),
        ("培育小巨人企业3家、单项冠军2家。", ["小巨人企业", "单项冠军"]),
        ("实施20公里管道清淤、15公里河道疏浚。", ["管道清淤", "河道疏浚"]),
        ("确保3个项目20万平方米竣工。", ["项目竣工", "项目竣工面积"]),
        ("储备项目90个，总投资超过200亿元。", ["储备项目", "储备项目总投资"]),
        ("净增高新技术企业20家，总数达120家。", ["净增高新技术企业", "高新技术企业总数"]),
        ("纳入计划项目60个、增长7%。", ["纳入计划项目", "纳入计划项目增长"]),
        ("旅游收入增长9%，力争突破80亿元。", ["旅游收入增长", "旅游收入"]),
        ("污水收集率达70%，比上年提高3个百分点。", ["污水收集率", "污水收集率"]),
        # 分别 and 均
        ("工业、服务业增加值分别增长7%、6%。", ["工业增加值增长", "服务业增加值增长"]),
        ("海工、化工产值增长7%和6%。", ["海工产值增长", "化工产值增长"]),
        ("三产收入分别增长7%、6%。", ["三产收入增长", "三产收入增长"]),
        ("海工、化工产值均增长7%。", ["海工、化工产值增长"]),
        ("城镇居民人均收入增长6%。", ["城镇居民人均收入增长"]),
    ],
)
def test_that_the_indicator_is_the_phrase_as_written(text: str, phrases: list[str]) -> None:
    assert read(text) == phrases


def test_that_a_phrase_without_measure_is_cut_to_its_end() -> None:
    (phrase,) = read("新增" + "甲乙丙丁" * 15 + "船9艘。")
    assert phrase == ("甲乙丙丁" * 15 + "船")[-24:]


def test_that_the_head_noun_drops_modal_words_and_what_leads_up_to_a_goal() -> None:
    assert head_noun("力争全市居民收入增长保持") == "居民收入增长"
    assert head_noun("推动全面完成") == ""


@settings(max_examples=200)
@given(st.text(alphabet="新建等分别均增长总投资个亿元%12.、和的，。（）项目其中以及", max_size=50))
def test_that_every_quantity_of_any_text_gets_one_indicator(text: str) -> None:
    folded = fold(text)
    found = quantities(folded)
    assert len(indicators(folded, found)) == len(found)
