import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.report import SectionKind
from app.suggest.judging import Place, Verdict, has_work, is_no_title, judge, needs_a_look
from app.suggest.sentences import fold

TASKS = Place(SectionKind.TASKS, year=2026)


def verdict(text: str, place: Place = TASKS, *, has_figure: bool = False) -> tuple[Verdict, str]:
    return judge(fold(text), place, has_figure=has_figure)


@pytest.mark.parametrize(
    "text",
    [
        "推进旧港改造，完善集疏运体系。",
        "跨海通道北段建成通车。",
        "牢固树立安全发展理念，压实企业主体责任。",
        "坚持陆海统筹，加快推进滩涂修复。",
        "今年实施的专项行动是：提振消费，办好渔货节。",
        "各街道要守土尽责。",
        "与邻区深化跨区通办。",
        "到2030年，渔港经济区走在全省前列。",
        "由区政府提出修订方案。",
        "做好垃圾分类工作，加大整治力度。",
        "我们将推动渔业转型。",
        "一是办好民生特别是渔民增收实事。",
        "尤其是渔港改造提速。",
        "以信息化推进海上救助现代化。",
        "啃下渔港改制“硬骨头”。",
        "织牢渔民保障网。",
        "托起“一老一小”幸福生活。",
        "绘就和美渔村新画卷。",
        "深耕海洋文旅，叫响“潮起云港”品牌。",
        "紧紧扭住港航这个“牛鼻子”。",
        "坚定不移推进陆海统筹。",
        "坚持办好渔民学校。",
        "保持疏浚投入稳定。",
        "用足用好渔业政策。",
        "渔业安全、气象服务等工作再上新水平。",
        "当前，要抓好春汛生产。",
        "坚持实事求是，优化渔港布局。",
        "建设渔民满意的服务站。",
        "●办好渔民实事。",
        "——加固海堤。",
        "【强化保障】兜牢渔民底线。",
        "使渔港焕发生机。",
        "10月中旬举办开渔节。",
        "一季度末前开放滨海绿道。",
        "年底前交付安居渔村。",
        "渔业加工要向精深转型，港口物流要向多式联运延伸。",
        "做好渔民康复、就业和船舶无障碍改造工作。",
        "做好渔船检验工作。",
        "更高质量促进渔民增收。",
        "渔民互助保险稳步实施。",
        "海洋经济占比过半。",
        "不让一户渔民掉队。",
        "决不允许拖欠渔工工资。",
        "渔工工资“零拖欠”。",
        "一般公务支出只减不增。",
        "有力有序化解渔业债务。",
    ],
)
def test_that_work_obliges(text: str) -> None:
    assert verdict(text) == (Verdict.WORK, "任务部分的工作句")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("各位代表！", "称呼或标题"),
        ("（三）建设海洋强区", "称呼或标题"),
        ("三、今年工作安排", "称呼或标题"),
        ("（三）建设海洋强区（一期）", "称呼或标题"),
        ("第二，坚定不移做强渔业，提升核心竞争力。", "称呼或标题"),
        ("绝不让一户渔民掉队！", "口号或号召"),
        ("让我们扬帆远航。", "口号或号召"),
        ("今年，我们将重点做好以下八个方面工作。", "领起下文的句子"),
        ("重点抓好六项工作：", "领起下文的句子"),
        ("着力做好以下工作。", "领起下文的句子"),
        ("要做好渔港工作：", "领起下文的句子"),
        ("海洋的重要性不言而喻。", "没有工作内容"),
        ("渔歌里的乡要闻千里。", "没有工作内容"),
        ("实现上述目标，要把握好节奏。", "领起下文的句子"),
        ("上述目标积极稳妥，体现了稳中求进。", "领起下文的句子"),
        ("做好今年工作，意义重大。", "领起下文的句子"),
        ("今年是“十五五”开局之年，做好工作意义重大。", "领起下文的句子"),
        ("我们将恪尽职守，努力建设渔民满意的服务型政府。", "领起下文的句子"),
        ("努力打造人民满意政府", "领起下文的句子"),
        ("打铁必须自身硬。", "对形势或意义的判断"),
        ("实体是根基。", "对形势或意义的判断"),
        ("民生无小事，枝叶总关情。", "对形势或意义的判断"),
        ("三库包括人才库、船舶库、项目库。", "名词解释"),
        ("坚持不把矛盾上交、不把难题外推。", "只表明态度，没有工作内容"),
        ("树牢经营理念，坚持精耕细作。", "只表明态度，没有工作内容"),
        ("以钉钉子的精神对待承诺。", "只表明态度，没有工作内容"),
        ("坚定不移走陆海统筹之路。", "只表明态度，没有工作内容"),
        ("保持战略定力。", "只表明态度，没有工作内容"),
        ("用足绣花功夫。", "只表明态度，没有工作内容"),
        ("潮平两岸阔。", "没有工作内容"),
        ("新征程呼唤新作为。", "没有工作内容"),
        ("使命呼唤担当。", "没有工作内容"),
        ("希望渔业界多提意见。", "口号或号召"),
        ("目前推进的改革取得实效。", "回顾性语句"),
        ("2025年，我们推进了改革。", "回顾性语句"),
        ("去年推进的改革取得实效。", "回顾性语句"),
    ],
)
def test_that_framing_judgements_slogans_and_the_past_do_not(text: str, reason: str) -> None:
    assert verdict(text) == (Verdict.NOT, reason)


def test_that_a_figure_outweighs_the_wording_but_not_the_past() -> None:
    assert verdict("办好10件实事，件件有着落！", has_figure=True) == (
        Verdict.WORK,
        "任务部分的工作句，含目标值",
    )
    assert verdict("2025年，我们新增泊位3个。", has_figure=True) == (Verdict.NOT, "回顾性语句")
    assert verdict("2026年，新增泊位3个。", has_figure=True)[0] is Verdict.WORK
    assert verdict("去年引进的项目今年新增泊位3个。", has_figure=True)[0] is Verdict.WORK


def test_that_attitudes_are_the_work_of_a_self_government_chapter() -> None:
    place = Place(SectionKind.SELF, year=2026)
    assert verdict("坚持不把矛盾上交、不把难题外推。", place) == (Verdict.WORK, "自身建设部分的工作句")


def test_that_the_reason_names_the_part_of_the_report() -> None:
    assert verdict("推进改革。", Place(SectionKind.GOALS))[1] == "目标部分的承诺句"
    assert verdict("推进改革。", Place(SectionKind.TABLE))[1] == "专栏或附件中的工作"


def test_that_what_leads_up_to_items_is_framing_unless_it_is_concrete() -> None:
    place = Place(SectionKind.TASKS, is_opening=True)
    assert verdict("加快滩涂修复，做优海洋产业。", place) == (Verdict.NOT, "标题下的总起句")
    assert verdict("加快滩涂修复，争创全国海洋示范区。", place)[0] is Verdict.WORK
    assert verdict("加快滩涂修复，新建泊位3个。", place, has_figure=True)[0] is Verdict.WORK


def test_that_a_title_set_apart_is_a_lead_in_unless_it_has_a_figure() -> None:
    place = Place(SectionKind.TASKS, is_lead=True)
    assert verdict("建设海洋强区。", place) == (Verdict.LEAD_IN, "段首小标题句")
    assert verdict("新建泊位3个。", place, has_figure=True)[0] is Verdict.WORK
    assert verdict("打铁还需自身硬。", place) == (Verdict.NOT, "对形势或意义的判断")
    assert verdict("第二位的渔港，提升能级。", place)[0] is Verdict.LEAD_IN
    assert verdict("渔民所盼即渔政所向。", place)[0] is Verdict.LEAD_IN


@pytest.mark.parametrize(
    "text", ["渔民之所盼，政府之所向。", "信心比黄金更重要。", "渔业则渔村兴旺。", "行船贵在坚持。"]
)
def test_that_a_proverb_is_no_lead_in(text: str) -> None:
    assert verdict(text, Place(SectionKind.TASKS, is_lead=True))[0] is not Verdict.LEAD_IN


def test_that_a_run_in_title_needs_sentences_of_its_own() -> None:
    followed, alone = Place(SectionKind.SELF, has_more=True), Place(SectionKind.SELF)
    assert verdict("一是强化政治建设。", followed)[0] is Verdict.LEAD_IN
    assert verdict("一是强化政治建设。", alone)[0] is Verdict.WORK
    assert verdict("一要强化政治；二要强化法治。", followed)[0] is Verdict.WORK
    assert verdict("一是强化" + "政治" * 20 + "建设。", followed)[0] is Verdict.WORK
    assert verdict("2.做优港区平台。", followed)[0] is Verdict.LEAD_IN
    assert verdict("（3）做优港区平台。", followed)[0] is Verdict.LEAD_IN
    assert verdict("2.5倍扩容，做优港区平台。", followed)[0] is Verdict.WORK


def test_that_a_judgement_or_an_attitude_is_no_title() -> None:
    assert is_no_title("实体是根基。")
    assert is_no_title("坚持久久为功。")
    assert is_no_title("潮平两岸阔。")
    assert not is_no_title("建设海洋强区。")


def test_that_work_is_a_verb_at_a_clause_s_start_or_a_result_within() -> None:
    assert has_work("春潮涌动，推进改革。")
    assert has_work("1.推进改革。")
    assert has_work("跨海通道通车。")
    assert not has_work("春潮涌动，百舸争流。")


def test_that_only_figures_and_words_of_obligation_need_a_look() -> None:
    assert needs_a_look("春潮涌动。", has_figure=True)
    assert needs_a_look("“311”布局。", has_figure=False)
    assert needs_a_look("确保春潮涌动。", has_figure=False)
    assert not needs_a_look("春潮涌动。", has_figure=False)


@settings(max_examples=150)
@given(
    st.text(alphabet="一是今年推进坚持目标！。，：；（）各位代表上述工作2026年", max_size=60),
    st.sampled_from(list(SectionKind)[3:6]),
)
def test_that_any_sentence_is_judged(text: str, kind: SectionKind) -> None:
    found, reason = judge(text, Place(kind, year=2026), has_figure=False)
    assert isinstance(found, Verdict)
    assert reason


NOT_WORK = [
    ("称呼或标题", [
        "各位代表：", "同志们，", "各位委员！", "朋友们：！，", "一、推进改革", "第一章推进改革",
        "第二节推进改革", "第三编推进改革", "第四，推进改革。", "第五章", "十一、推进改革", "（十一）推进改革",
    ]),
    ("口号或号召", [
        "我们坚信，推进改革。", "相信能推进改革。", "我们深知推进改革。", "深信推进改革。",
        "我们清醒地推进改革。", "认识到推进改革。", "希望推进改革。", "期待推进改革。", "恳请推进改革。",
        "推进改革！”", "推进改革！’",
    ]),
    ("回顾性语句", [
        "去年推进改革。", "上年推进改革。", "过去一年推进改革。", "过去五年推进改革。", "回顾推进改革。",
        "一年来推进改革。", "五年来推进改革。", "近年来推进改革。", "截至目前推进改革。", "目前推进改革。",
        "当前推进改革。", "2025年推进改革。",
    ]),
    ("名词解释", [
        "“三库”包括人才库。", "渔民需求是指人才库。", "“三库”：指的是人才库。", "“三库”即人才库。",
        "“三库”分为两类。", "“三库”涵盖了人才。",
    ]),
    ("对形势或意义的判断", [
        "港口是根基。", "港口建设永远在路上。", "港口无小事。", "港口事关长远。", "港口关乎长远。",
        "港口关系到长远。", "港口之要在于通。", "港口离不开海。", "港口没有终点。", "港口来自于海。",
        "港口源于海。", "港口任重道远。", "港口意味着海。", "港口取决于海。", "港口必须自身硬。",
        "港口还需自身硬。",
    ]),
    ("领起下文的句子", [
        "重点抓好六个方面工作。", "今年做到八大行动。", "落实好三项任务：", "围绕三个重点：",
        "处理好5方面关系。", "完成上述目标，抓好落实。", "落实好既定任务，抓好落实。",
        "对照年度要求，抓好落实。", "明年是关键之年。", "“十五五”时期是关键期。", "这五年是关键期。",
        "做好当前各项工作，意义重大。", "要做好政府各项工作。", "着重抓好以下工作。", "全力推进港口工作：",
        "突出做好各方面工作。", "推进几项工作。", "举措如下：", "办好下列实事。", "目标的确定考虑了实际。",
        "以上预期目标积极。", "这些发展指标稳妥。", "这一安排稳妥。", "锻造渔民满意的法治政府。",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in NOT_WORK for text in texts])
def test_that_each_way_of_not_promising_anything_is_known(reason: str, text: str) -> None:
    assert verdict(text) == (Verdict.NOT, reason)


@pytest.mark.parametrize(
    "text",
    [
        "各位代表，推进改革。", "今年推进改革。", "2026年推进改革。", "去年推进改革，今年推进改革。",
        "目前推进改革，我们要推进改革。", "目前推进改革，将推进改革。", "目前推进改革，必须推进改革。",
        "建设无小事，推进改革。", "今年实施的是：推进改革。", "“三库”包括人才库，推进改革。",
        "以信息化推动改革。", "要推进改革。", "我们必须推进改革。", "各级应推进改革。", "全省须推进改革。",
        "上半年推进改革。", "今年下半年，推进改革。", "年底前，推进改革。", "10月上旬推进改革。",
        "11月份推进改革。", "二季度末前推进改革。", "2027年底前推进改革。", "春节前推进改革。",
        "国庆节前推进改革。", "入汛前推进改革。", "主汛期前推进改革。", "到2030年，港口通达。",
        "到“十五五”末，港口通达。",
    ],
)  # fmt: skip
def test_that_neither_address_nor_time_nor_subject_keeps_work_from_obliging(text: str) -> None:
    assert verdict(text)[0] is Verdict.WORK


@pytest.mark.parametrize(
    "mark", ["一是", "十一是", "①", "⑳", "●", "•", "—", "——", "9.", "12、", "（9）", "（12）", "【海上】"]
)
def test_that_work_begins_behind_the_mark_of_an_item(mark: str) -> None:
    assert has_work(f"{mark}推进改革")
    assert not has_work(f"{mark}百舸争流")


@pytest.mark.parametrize("result", "牢实好强大优活深细准紧足齐下出成就起住稳亮响靓赢破透顺密厚")
def test_that_any_character_with_a_result_behind_it_is_a_verb(result: str) -> None:
    assert has_work(f"渔{result}海风")
    assert not has_work(f"渔港{result}海风")


@pytest.mark.parametrize("noun", ["使命", "为政", "为官", "对此", "在此", "同志", "同时代"])
def test_that_a_noun_that_begins_like_a_verb_is_none(noun: str) -> None:
    assert not has_work(f"{noun}如歌。")


@pytest.mark.parametrize(
    "word", [f"{c}要" for c in "主重只需简概纪首扼想"] + [f"要{c}" for c in "素求点件闻塞领义害地道"]
)
def test_that_a_must_inside_a_word_is_none(word: str) -> None:
    assert not has_work(f"渔港{word}如歌。")


def test_that_who_must_is_said_in_two_to_twelve_characters() -> None:
    assert has_work("渔港要通达。")
    assert has_work("港" * 12 + "要通达。")
    assert not has_work("港要通达。")
    assert not has_work("港" * 13 + "要通达。")


def test_that_a_heading_is_no_longer_than_forty_five_characters() -> None:
    assert verdict("一、推进" + "改" * 41) == (Verdict.NOT, "称呼或标题")
    assert verdict("一、推进" + "改" * 42)[1] != "称呼或标题"


def test_that_a_run_in_title_is_no_longer_than_thirty_six_characters() -> None:
    place = Place(SectionKind.TASKS, has_more=True)
    assert verdict("一是推进" + "改" * 31 + "。", place)[0] is Verdict.LEAD_IN
    assert verdict("一是推进" + "改" * 32 + "。", place)[0] is Verdict.WORK


@pytest.mark.parametrize(
    "goal",
    [
        "争创全国渔港",
        "港口创成示范",
        "成功创建示范",
        "创建国家示范",
        "创建全国示范",
        "创建省级示范",
        "确保进入全市前20名",
        "跻身全省前三位",
        "保持全市十强前10强",
    ],
)
def test_that_an_opening_that_names_what_is_to_be_won_obliges(goal: str) -> None:
    place = Place(SectionKind.TASKS, is_opening=True)
    assert verdict(f"推进改革，{goal}。", place)[0] is Verdict.WORK
    for vague in ("争创海洋", "走在全省前列", "进入前沿"):
        assert verdict(f"推进改革，{vague}。", place) == (Verdict.NOT, "标题下的总起句")


@pytest.mark.parametrize(
    "text",
    [
        "（三）建设海洋强区。",
        "三、办好开渔节。",
        "（三）疏浚内河（市水务局）",
        "（三）疏浚内河。（市水务局负责）",
    ],
)
def test_that_a_numbered_sentence_or_item_with_its_owner_is_work(text: str) -> None:
    assert verdict(text)[0] is Verdict.WORK


def test_that_what_is_explained_has_one_to_twelve_characters() -> None:
    for length, reason in ((1, "名词解释"), (12, "名词解释"), (13, "没有工作内容")):
        assert verdict("港" * length + "包括海。") == (Verdict.NOT, reason)


def test_that_a_numbered_line_with_a_figure_is_work_and_one_without_a_heading() -> None:
    line = "（一）新建渔港码头3座"
    assert verdict(line, has_figure=True)[0] is Verdict.WORK
    assert verdict(line) == (Verdict.NOT, "称呼或标题")


@pytest.mark.parametrize(
    "text",
    [
        "提出5%左右的增长目标，主要考虑是稳住渔民就业。",
        "确定这样的预期目标，与港区发展潜力相衔接。",
        "今年渔业增长目标确定为6%，既考虑了需要，也兼顾了可能。",
        "这一目标，为今后发展留有余地。",
    ],
)
def test_that_why_a_goal_is_what_it_is_obliges_nobody_though_it_tells_the_figure(text: str) -> None:
    assert verdict(text, has_figure=True) == (Verdict.NOT, "对目标的说明")


@pytest.mark.parametrize("text", ["提出渔业增长目标，新增泊位3个。", "确定渔港目标3个，统筹考虑岸线。"])
def test_that_a_goal_that_is_not_explained_obliges(text: str) -> None:
    assert verdict(text, has_figure=True)[0] is Verdict.WORK


@pytest.mark.parametrize("why", ["考虑", "相衔接", "相匹配", "相适应", "相契合", "留有余地"])
@pytest.mark.parametrize(
    "goal",
    [
        "提出6%的目标",
        "确定6%的预期",
        "设定6%的指标",
        "安排6%的目标",
        "渔业增速设定为6%",
        "物价涨幅安排在2%",
        "渔业预期确定为6%",
        "渔业目标定在6%",
        "这一预期目标",
        "这个目标",
        "这样的目标",
    ],
)
def test_that_each_way_of_explaining_a_goal_is_known(goal: str, why: str) -> None:
    assert verdict(f"{goal}，与渔港发展{why}。", has_figure=True) == (Verdict.NOT, "对目标的说明")
    assert verdict(f"{goal}，新增泊位。", has_figure=True)[0] is Verdict.WORK
