from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.suggest.quantities import quantities
from app.suggest.sentences import fold

Row = tuple[str, str, float | None, float | None, str]


def read(text: str) -> list[Row]:
    """Span, comparator, low, high and unit of each quantity."""
    return [
        (text[q.span.start : q.span.end], q.comparator.value, q.low, q.high, q.unit)
        for q in quantities(fold(text))
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("新建泊位7个。", ("7个", "=", 7, 7, "个")),
        ("储备项目90个以上。", ("90个以上", ">=", 90, None, "个")),
        ("港区产值突破80亿元。", ("突破80亿元", ">", 8e9, None, "元")),
        ("规上工业增加值增长6％左右。", ("6％左右", "~", 6, 6, "%")),
        ("培育雏鹰企业4—6家。", ("4—6家", "range", 4, 6, "家")),
        ("预算收入增长4%-5%。", ("4%-5%", "range", 4, 5, "%")),
        ("引进人才3-5万人。", ("3-5万人", "range", 30000, 50000, "人")),
        ("服务旅客2至3万人次。", ("2至3万人次", "range", 20000, 30000, "人次")),
        ("新增就业1.65万人。", ("1.65万人", "=", 16500, 16500, "人")),
        ("优良天数比例达到80%以上。", ("达到80%以上", ">=", 80, None, "%")),
        ("毛入园率达到90%。", ("达到90%", "=", 90, 90, "%")),
        ("登记失业率控制在4%以内。", ("控制在4%以内", "<=", None, 4, "%")),
        ("登记失业率控制在4%。", ("控制在4%", "<=", None, 4, "%")),
        ("细颗粒物浓度降至30微克／立方米以下。", ("降至30微克／立方米以下", "<", None, 30, "微克/立方米")),
        ("浓度控制在每立方米35微克以下。", ("控制在每立方米35微克以下", "<", None, 35, "微克/立方米")),
        ("空置率低于8%。", ("低于8%", "<", None, 8, "%")),
        ("演出不少于12场。", ("不少于12场", ">=", 12, None, "场")),
        ("培育至少3家。", ("3家", ">=", 3, None, "家")),
        ("失业率不超过5%。", ("5%", "<=", None, 5, "%")),
        ("吞吐量超300万吨。", ("300万吨", ">", 3e6, None, "吨")),
        ("投入约6亿元。", ("6亿元", "~", 6e8, 6e8, "元")),
        ("养护道路8万余平方米。", ("8万余平方米", ">", 80000, None, "平方米")),
        ("办展200多场。", ("200多场", ">", 200, None, "场")),
        ("力争9个。", ("力争9个", "=", 9, 9, "个")),
        ("比重提高2个百分点。", ("2个百分点", "=", 2, 2, "百分点")),
        ("更新装备300台（套）。", ("300台（套）", "=", 300, 300, "台套")),
        ("常住人口达到60万。", ("达到60万", "=", 600000, 600000, "")),
        ("累计投资〔2100〕亿元。", ("〔2100〕亿元", "=", 2.1e11, 2.1e11, "元")),
        ("粮食产量1.4万亿斤左右。", ("1.4万亿斤左右", "~", 1.4e12, 1.4e12, "斤")),
        ("新增企业1,200家。", ("1,200家", "=", 1200, 1200, "家")),
        ("压缩时限至3个工作日以内。", ("3个工作日以内", "<=", None, 3, "个工作日")),
        ("优良天数达到300天以上。", ("达到300天以上", ">=", 300, None, "天")),
        ("人均预期寿命提高到81岁。", ("81岁", "=", 81, 81, "岁")),
        ("加工产值与渔业产值之比达到2.6:1。", ("达到2.6:1", "=", 2.6, 2.6, "")),
        ("城乡收入比缩小到1.8∶1以内。", ("1.8∶1以内", "<=", None, 1.8, "")),
        ("推动30%以上的渔企数字化转型。", ("30%以上", ">=", 30, None, "%")),
        ("30%以上的渔船完成更新。", ("30%以上", ">=", 30, None, "%")),
        ("新建两座泵站。", ("两座", "=", 2, 2, "座")),
        ("新建渡口三个。", ("三个", "=", 3, 3, "个")),
        ("举办百场招聘会。", ("百场", "=", 100, 100, "场")),
        ("完成万亩滩涂修复。", ("万亩", "=", 10000, 10000, "亩")),
        ("总产值突破千亿元。", ("突破千亿元", ">", 1e11, None, "元")),
        ("完成29万居民搬迁。", ("29万", "=", 290000, 290000, "")),
        ("排涝流量达到10.6立方米/秒。", ("达到10.6立方米/秒", "=", 10.6, 10.6, "立方米/秒")),
        ("填海土方30万立方。", ("30万立方", "=", 300000, 300000, "立方米")),
        ("改造厂房500平米。", ("500平米", "=", 500, 500, "平方米")),
        ("改造岸线12千米。", ("12千米", "=", 12, 12, "公里")),
        ("更新装备300台/套。", ("300台/套", "=", 300, 300, "台套")),
        ("新建学校999所。", ("999所", "=", 999, 999, "所")),
        ("设置一所渔业学校。", ("一所", "=", 1, 1, "所")),
        ("培训船员3万人（次）以上。", ("3万人（次）以上", ">=", 30000, None, "人")),
        ("筹建渔工宿舍600套（间）。", ("600套（间）", "=", 600, 600, "套")),
        ("新增海岸视频监控400路。", ("400路", "=", 400, 400, "路")),
        ("收购海带5万担。", ("5万担", "=", 50000, 50000, "担")),
        ("每个渔村至少办好1所夜校。", ("1所", ">=", 1, None, "所")),
        ("每个渔村至少新建2处晒场。", ("2处", ">=", 2, None, "处")),
        ("渔民与市民收入比缩小至1.7。", ("1.7", "=", 1.7, 1.7, "")),
        ("恩格尔系数降到0.28以下。", ("0.28以下", "<", None, 0.28, "")),
        ("推进60个项目前期工作。", ("60个", "=", 60, 60, "个")),
        ("实现有机肥替代5万亩。", ("5万亩", "=", 50000, 50000, "亩")),
        ("海岛鲜花产量9亿枝。", ("9亿枝", "=", 9e8, 9e8, "枝")),
        ("食用菌发展到90万袋。", ("90万袋", "=", 900000, 900000, "袋")),
        ("组织60家次渔企参展。", ("60家次", "=", 60, 60, "家次")),
        ("岸线细颗粒物浓度降至33ug/m³以下。", ("降至33ug/m³以下", "<", None, 33, "微克/立方米")),
        ("为6万农村35—64岁妇女筛查。", ("6万", "=", 60000, 60000, "")),
        ("对3万困难渔民开展培训。", ("3万", "=", 30000, 30000, "")),
        ("为3万适龄儿童免费涂氟。", ("3万", "=", 30000, 30000, "")),
        ("打造3个千亿级产业链。", ("3个", "=", 3, 3, "个")),
        ("打造港口集群、2个五千亿级产业链。", ("2个", "=", 2, 2, "个")),
        ("实施9个重点领域攻关项目。", ("9个", "=", 9, 9, "个")),
    ],
)
def test_that_a_quantity_is_read_with_its_span_comparator_and_values(text: str, row: Row) -> None:
    assert read(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "统筹七个方面工作。",
        "做强6条产业链。",
        "完善5个国家级经开区运营模式。",
        "抓好4个重点，提升质效。",
        "推进“1001工程”建设。",
        "落实“3个一批”。",
        "打造15分钟便民生活圈。",
        "延长24小时书房开放。",
        "办好第二十三届渔民节。",
        "加快7号线和5G基站建设。",
        "到2025年建成。",
        "3月底前开工。",
        "PM2.5持续改善。",
        "深化3+1+N服务。",
        "打造千亿级产业集群。",
        "服务世界500强企业。",
        "排名保持前10位。",
        "开展两个专项行动。",
        "以两所医院为龙头整合资源。",
        "一个窗口办理，一批项目落地。",
        "围绕南岸5家机构建设创新中心。",
        "在39个村推广。",
        "去年新增就业2万人。",
        "目前已有企业300家。",
        "用3年时间完成，服务65岁老人。",
        "万元产值能耗持续下降。",
        "东岸26万平方米联营项目实现投产。",
        "培育年营收百亿元企业。",
        "服务3-10万服务人口。",
        "推进海洋8359所项目落地。",
        "实现站点500米全覆盖。",
        "园区占地面积约3400亩。",
        "推进总投资12亿元的渔港项目开工。",
        "加快总投资30亿元滨海风电项目建设。",
        "建成全长35公里的滨海通道。",
        "推进建筑面积8万平方米的文体中心完工。",
        "目前建成泊位60个。",
        "港区现有泊位60个。",
        "聚焦9个重点领域。",
        "拓宽北岸比1更好。",
        "做好9号泊位工作。",
    ],
)
def test_that_names_dates_sets_and_the_past_count_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("投资5000万元以上项目30个、亿元以上项目8个。", ["30个", "8个"]),
        ("建设1万平方米以上厂房5栋。", ["1万平方米以上", "5栋"]),
        ("盘活2万平方米以上空置楼宇。", ["2万平方米以上"]),
        ("新增50人以上企业6家。", ["6家"]),
        ("设立10亿元产业基金。", ["10亿元"]),
        ("做强2条产业链，打造2条产业链。", ["2条"]),
        ("比上年提高3个百分点。", ["3个百分点"]),
        ("占比由60%提高到70%。", ["70%"]),
        ("由6家企业共建。", ["6家"]),
        ("新建2个区级公园、1个示范区。", ["2个", "1个"]),
        ("整合13个街道服务站。", ["13个"]),
        ("港口总投资达到12亿元。", ["达到12亿元"]),
        ("建成海堤35公里。", ["35公里"]),
        ("推进总投资90亿元的20个项目开工。", ["20个"]),
        ("引进10亿元以上20个、50亿元以上3个。", ["20个", "3个"]),
        ("集体收入20万元以上的村占比达到80%。", ["达到80%"]),
        ("集体收入达到20万元以上。", ["达到20万元以上"]),
        ("集体收入20万元以上的村实现全覆盖。", []),
        ("实现营收20亿元以上的目标。", ["20亿元以上"]),
        ("候船站点300米覆盖率达到90%。", ["达到90%"]),
        ("候船站点间距300米。", ["300米"]),
        ("完成9个60户以上渔村供水改造。", ["9个"]),
        ("完成2万户60户以上连片渔村改造。", ["2万户"]),
        ("30户以上自然村通达率100%。", ["100%"]),
        ("改造渔家30户以上。", ["30户以上"]),
        ("年产值超9亿元的2个、超3亿元的6个。", ["2个", "6个"]),
        ("年产值超9亿元。", ["9亿元"]),
        ("投入9亿元建设北岸的2个泊位。", ["9亿元", "2个"]),
        ("帮扶渔家30户以上、整治自然村3个。", ["30户以上", "3个"]),
        ("统筹资金12亿元以上支持重点项目。", ["12亿元以上"]),
        ("至少巡查海域，新建2处晒场。", ["2处"]),
    ],
)
def test_that_qualifiers_and_bases_are_left_out_and_their_neighbours_are_not(
    text: str, spans: list[str]
) -> None:
    assert [row[0] for row in read(text)] == spans


@settings(max_examples=200)
@given(st.text(alphabet="新建项目个0123456789.—至万亿元%％以上达到超过〔〕一两百，。（）“”每PM", max_size=50))
def test_that_any_text_is_read_and_every_span_lies_in_its_clause(text: str) -> None:
    found = quantities(fold(text))
    for q in found:
        assert q.clause.start <= q.span.start < q.span.end <= q.clause.end
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "comparators"),
    [
        ("港航、渔业、文旅收入分别突破50亿元、30亿元、20亿元。", [">", ">", ">"]),
        ("登记失业率、渔价涨幅分别控制在5%和3%。", ["<=", "<="]),
        ("航线、班列分别超过30条、20列以上。", [">", ">="]),
        ("航线、班列分别达到30条以上、20列。", [">=", "="]),
        ("航线、班列分别达到30条、20列。", ["=", "="]),
        ("新建不少于10所、扩建8所。", [">=", "="]),
        ("渔企突破100家、20艘。", [">", "="]),
        ("渔企、渔船分别突破100家，20艘。", [">", "="]),
    ],
)
def test_that_a_comparator_is_shared_by_a_list_told_severally(text: str, comparators: list[str]) -> None:
    assert [row[1] for row in read(text)] == comparators


def test_that_a_shared_comparator_opens_the_same_side() -> None:
    assert [row[2:4] for row in read("收入、税收分别突破50亿元、30亿元。")] == [(5e9, None), (3e9, None)]
    assert [row[2:4] for row in read("失业率、涨幅分别控制在5%和3%。")] == [(None, 5), (None, 3)]


@pytest.mark.parametrize("word", ["比", "倍差", "系数", "指数", "比值"])
@pytest.mark.parametrize("way", ["", "到", "至", "在", "为", "达", "缩小到", "缩小至"])
def test_that_a_bare_number_counts_behind_what_has_no_unit(word: str, way: str) -> None:
    assert [row[2:] for row in read(f"渔业{word}{way}1.7。")] == [(1.7, 1.7, "")]
    assert read(f"渔业{word}逐步缩小到1.7。") == []


@pytest.mark.parametrize("mark", "，。；：、）！")
def test_that_a_bare_number_counts_up_to_a_mark_only(mark: str) -> None:
    assert [row[2] for row in read(f"渔业指数达到1.7{mark}")][:1] == [1.7]
    assert read(f"渔业指数1.7版{mark}") == []


@pytest.mark.parametrize("word", ["天数", "缩短", "压缩", "压减", "时间", "时长", "时限"])
def test_that_days_are_a_goal_where_a_time_is_bound(word: str) -> None:
    assert [row[0] for row in read(f"办件{word}甲乙丙丁戊己庚辛3天。")] == ["3天"]
    assert read(f"办件{word}甲乙丙丁戊己庚辛壬3天。") == []
    assert read("办件3天。") == []


@pytest.mark.parametrize(("word", "unit"), [("预期寿命", "岁"), ("平均受教育年限", "年")])
def test_that_years_are_a_goal_of_lives_and_of_schooling_only(word: str, unit: str) -> None:
    assert [row[0] for row in read(f"{word}甲乙丙丁戊己庚辛9{unit}。")] == [f"9{unit}"]
    assert read(f"{word}甲乙丙丁戊己庚辛壬9{unit}。") == []
    assert read(f"航龄缩短9{unit}以上。") == []


@pytest.mark.parametrize("behind", [*"级型强版圈号届制+A°", "中全会", "全会", "周年", "全覆盖", "半径"])
def test_that_a_number_in_a_name_counts_nothing(behind: str) -> None:
    assert read(f"港区达到9万{behind}。") == []


def test_that_the_stage_of_a_work_is_a_name_and_the_runs_of_a_course_are_counted() -> None:
    assert read("推进渔港2期工程建设。") == []
    assert [row[0] for row in read("举办2期培训班。")] == ["2期"]


@pytest.mark.parametrize("before", ["A", "g", "+", ".", "-", "/", "_", "第", "前", "每", "·"])
def test_that_a_number_behind_letters_and_signs_is_part_of_a_name(before: str) -> None:
    assert read(f"新建{before}9家。") == []


@pytest.mark.parametrize("start", "从由")
@pytest.mark.parametrize("way", "提升增降减压缩扩")
@pytest.mark.parametrize("end", "到至")
def test_that_what_is_left_behind_is_no_goal(start: str, way: str, end: str) -> None:
    assert [row[2] for row in read(f"泊位{start}6个{way}{end}9个。")] == [9]
    assert [row[2] for row in read(f"泊位{start}6个{way}等9个。")][:1] == [6]


@pytest.mark.parametrize("before", ["在", "并在", "还在", "先行在"])
def test_that_places_are_not_counted(before: str) -> None:
    assert read(f"{before}9个村推广。") == []
    assert [row[0] for row in read(f"存在9个。{before}办9个。")] == ["9个", "9个"]


def test_that_an_institutes_number_begins_at_a_thousand() -> None:
    assert [row[0] for row in read("新建学校999所。")] == ["999所"]
    assert read("引进1000所。") == []


@pytest.mark.parametrize("before", ["占地", "占地面积", "占地约", "占地面积近"])
def test_that_a_site_is_no_goal(before: str) -> None:
    assert read(f"新建船厂{before}9亩。") == []
    assert [row[0] for row in read(f"新建船厂{before}比9亩。")] == ["9亩"]


@pytest.mark.parametrize("about", ["", "约", "近", "达", "超", "超过"])
@pytest.mark.parametrize(
    "size",
    [
        "总投资", "计划投资", "概算投资", "投资", "投资额", "全长", "总长", "建筑面积", "总面积", "总库容",
        "装机",
    ],
)  # fmt: skip
def test_that_the_size_of_one_thing_is_no_goal(size: str, about: str) -> None:
    unit = "亿元" if "投资" in size else "公里"
    assert read(f"推进{size}{about}9{unit}的渔港完工。") == []
    assert [row[2] for row in read(f"{size}{about}9{unit}的目标。")] == [9e8 if unit == "亿元" else 9]


@pytest.mark.parametrize(
    "mover",
    ["推动", "带动", "支持", "引导", "确保", "实现", "力争", "完成", "让", "使", "为", "对", "推动全市"],
)
def test_that_a_share_of_the_things_that_are_moved_is_a_goal(mover: str) -> None:
    assert [row[2] for row in read(f"{mover}30%以上的渔船更新。")] == [30]
    assert read("配备30%以上的渔船更新。") == []


@pytest.mark.parametrize("thing", ["项目", "工程", "平台", "企业", "场景", "试点", "基地", "中心", "示范"])
def test_that_projects_of_a_set_are_counted(thing: str) -> None:
    assert [row[0] for row in read(f"实施9个领域重点攻关甲乙{thing}。")] == ["9个"]
    assert read(f"实施9个领域重点攻关甲乙丙丁戊{thing}。") == []


@pytest.mark.parametrize("unit", ["所", "座", "家", "处"])
def test_that_one_house_is_counted_and_one_of_something_else_is_an_article(unit: str) -> None:
    assert [row[2] for row in read(f"新建一{unit}渔业学校。")] == [1]
    assert read("新建一个渔业学校。") == []
    assert [row[2] for row in read("新建二个渔业学校。")] == [2]


@pytest.mark.parametrize("what", ["工程", "改革", "行动"])
def test_that_a_programme_in_numerals_is_a_name(what: str) -> None:
    assert read(f"实施两项甲乙丙丁戊己{what}。") == []
    assert [row[2] for row in read(f"实施两项甲乙丙丁戊己庚{what}。")] == [2]


@pytest.mark.parametrize("power", ["万亿", "千亿", "百亿", "十亿", "千万", "百万", "十万", "亿", "万", "千"])
def test_that_a_power_multiplies_what_stands_before_it(power: str) -> None:
    value = 2.0 * 10 ** sum({"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}[c] for c in power)
    assert [row[2] for row in read(f"产值达到2{power}元。")] == [value]


@pytest.mark.parametrize("dash", "—―–-~至到")
def test_that_a_range_is_read_whatever_stands_between(dash: str) -> None:
    assert [row[1:4] for row in read(f"培育企业4{dash}6家。")] == [("range", 4, 6)]
    assert [row[1:4] for row in read(f"培育企业4家{dash}6家。")] == [("range", 4, 6)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("引进种羊900只（头）。", ("900只（头）", "=", 900, 900, "只")),
        ("引进种牛900头（只），种草3万亩。", ("900头（只）", "=", 900, 900, "头")),
        ("修建桥涵9座（道）。", ("9座（道）", "=", 9, 9, "座")),
        ("新建渔港9座（新）。", ("9座", "=", 9, 9, "座")),
        ("牛羊出栏20万头只。", ("20万头只", "=", 200000, 200000, "头只")),
        ("减畜1.2万个羊单位。", ("1.2万个羊单位", "=", 12000, 12000, "个羊单位")),
        ("飞防作业4万亩次。", ("4万亩次", "=", 40000, 40000, "亩次")),
        ("新增污水处理能力2万吨／日。", ("2万吨／日", "=", 20000, 20000, "吨/日")),
        ("建成20万千瓦风电项目。", ("20万千瓦", "=", 200000, 200000, "千瓦")),
    ],
)
def test_that_units_of_herds_and_plants_are_read(text: str, row: Row) -> None:
    assert row in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "建成80万吨／年聚酯装置。",
        "建成2万吨／日的再生水厂。",
        "建设海上风电（30万千瓦）、接收站（300万吨／年）。",
    ],
)
def test_that_what_a_plant_can_do_is_its_size(text: str) -> None:
    assert read(text) == []


def test_that_a_count_alone_in_a_bracket_is_to_be_reached() -> None:
    assert [words for words, *_ in read("筹建公寓（500套）、绿地（3万平方米）。")] == ["500套", "3万平方米"]


@pytest.mark.parametrize(
    ("prefix", "comparator"),
    [
        ("超过", ">"), ("突破", ">"), ("不少于", ">="), ("不低于", ">="), ("达到", "="), ("降至", "="),
        ("控制在", "<="), ("高于", ">"), ("低于", "<"),
    ],
)  # fmt: skip
def test_that_the_word_before_a_figure_bounds_it(prefix: str, comparator: str) -> None:
    assert [row[:2] for row in read(f"渔港泊位{prefix}9个。")] == [(f"{prefix}9个", comparator)]
    assert [row[1] for row in read(f"渔港泊位{prefix}9个以上。")] == [">="]


@pytest.mark.parametrize(
    "kind",
    [
        "农村",
        "城镇",
        "城乡",
        "贫困",
        "困难",
        "失业",
        "适龄",
        "在校",
        "在职",
        "低收入",
        "常住",
        "外来",
        "城镇困难",
    ],
)
def test_that_people_are_counted_whatever_their_kind(kind: str) -> None:
    assert [row[0] for row in read(f"为3万{kind}妇女免费筛查。")] == ["3万"]
    assert [row[0] for row in read(f"为3万{kind}18—60岁青年培训。")] == ["3万"]
    assert read(f"为3万{kind}码头培训。") == []


@pytest.mark.parametrize("use", ["支持", "用于", "推动", "保障", "投向", "投入"])
def test_that_money_that_is_spent_on_projects_is_a_goal(use: str) -> None:
    assert [row[0] for row in read(f"统筹12亿元以上{use}渔港项目。")] == ["12亿元以上"]
    assert read("盘活12亿元以上渔港项目。") == []


@pytest.mark.parametrize(
    "place", ["自然村", "村寨", "村屯", "村组", "村庄", "村落", "聚居点", "聚居区", "安置点", "安置区"]
)
@pytest.mark.parametrize("unit", ["户", "人"])
def test_that_the_size_of_a_village_is_no_goal(place: str, unit: str) -> None:
    assert read(f"60{unit}以上{place}通车。") == []
    assert [row[0] for row in read(f"60{unit}{place}通车。")] == [f"60{unit}"]
