import pytest

from app.domain.report import Block, BlockKind
from app.reading import show


def shown(text: str) -> list[tuple[str, str]]:
    result = show(text)
    return [(block.kind.value, result.text[block.start : block.end]) for block in result.blocks]


def words(text: str) -> list[str]:
    return [line for _, line in shown(text)]


HEAD = "云港区政府工作报告\n各位代表：\n一、2026年工作安排\n"


def body(text: str) -> list[str]:
    return words(HEAD + text)[3:]


def blocks(text: str) -> tuple[Block, ...]:
    return show(HEAD + text).blocks[3:]


LONG = "全年引进内外资企业和重点项目的数量继续增加，其中注册资本亿元以上的企业有"


def test_that_a_blank_line_inside_a_sentence_is_not_shown() -> None:
    assert body(f"{LONG}47\n\n家，到位资金30亿元。") == [f"{LONG}47家，到位资金30亿元。"]


def test_that_a_line_break_inside_a_sentence_is_not_shown() -> None:
    assert body(f"{LONG}四十\n七家。\n推进建设。") == [f"{LONG}四十七家。", "推进建设。"]


@pytest.mark.parametrize("end", ["。", "！", "；", "：", "。”", "）"])
def test_that_a_line_that_ends_a_sentence_is_not_joined(end: str) -> None:
    first = ("（" if end == "）" else "") + LONG + end
    assert body(first + "\n家，到位资金30亿元。") == [first, "家，到位资金30亿元。"]


@pytest.mark.parametrize(
    "line",
    [
        "（二）推进城乡融合",
        "二、重点工作",
        "一是做强产业。",
        "——产业更强。",
        "2026年1月8日",
        "各位代表：",
        "抄送：区委。",
        "重点工作",
        "名词解释",
        "附件：清单",
        "专栏1 工程",
    ],
)
def test_that_an_unfinished_line_is_not_joined_to_what_begins_anew(line: str) -> None:
    assert body(f"{LONG}\n{line}")[:2] == [LONG, line]


def test_that_a_heading_is_never_joined_to_its_neighbour() -> None:
    text = "（一）坚持产业强区，推动先进制造业集群发展壮大，加快构建现代化产业体系\n全年完成投资80亿元。"
    assert body(text) == text.split("\n")


def test_that_short_lines_of_the_title_stay_lines() -> None:
    text = "政府工作报告\n\n——2026年1月8日在云港区第五届\n\n人民代表大会第六次会议上\n\n区长  林  岸\n\n各位代表：\n"
    assert shown(text) == [
        ("title", "政府工作报告"),
        ("title", "——2026年1月8日在云港区第五届"),
        ("title", "人民代表大会第六次会议上"),
        ("title", "区长 林 岸"),
        ("paragraph", "各位代表："),
    ]


def test_that_a_short_line_with_a_comma_above_a_paragraph_is_a_heading() -> None:
    long = "实施重点项目八十六个，总投资一百二十亿元以上，确保上半年开工率达到百分之六十以上。"
    assert shown(HEAD + f"聚力项目建设，夯实发展根基\n{long}")[3:] == [
        ("heading", "聚力项目建设，夯实发展根基"),
        ("paragraph", long),
    ]


def test_that_an_indented_line_begins_a_paragraph_where_others_are_not_indented() -> None:
    lines = ["\u3000\u3000" + LONG, "不少于十家", "\u3000\u3000城市建设工作持续推进。"]
    assert body("\n".join(lines)) == [LONG + "不少于十家", "城市建设工作持续推进。"]


def test_that_page_numbers_are_left_out_and_the_sentence_goes_on() -> None:
    for number in ("- 12 -", "— 3 —", "第 3 页", "第3页 共20页", "12"):
        assert body(f"{LONG}\n{number}\n四十七家。") == [LONG + "四十七家。"]


def test_that_a_number_alone_is_shown_where_no_sentence_is_open() -> None:
    assert body("推进建设。\n12\n加快发展。") == ["推进建设。", "12", "加快发展。"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("签约项目 86 余个，投资 7.5 亿元。", "签约项目86余个，投资7.5亿元。"),
        ("加快 AI 应用，引进 Blue Harbor 集团。", "加快AI应用，引进Blue Harbor集团。"),
        ("**扎实推进改革，**完成任务。", "扎实推进改革，完成任务。"),
        ("PM_{2.5}浓度下降，O_{3}得到控制。", "PM2.5浓度下降，O3得到控制。"),
        ("水平\u200b提升\ufeff，任\u00ad务\x07完成。", "水平提升，任务完成。"),
        ("研发&nbsp;投入&amp;产出，增长5%。", "研发投入&产出，增长5%。"),
        ("打造&ldquo;一站式&rdquo;服务，增长。", "打造“一站式”服务，增长。"),
        ("<p>推进建设，<br/>完成。</p>", "推进建设，完成。"),
        ("浓度<38，增速>5，完成。", "浓度<38，增速>5，完成。"),
        ("人\u3000民 群 众，满意。", "人民群众，满意。"),
        ("完成A&B项目，增长。", "完成A&B项目，增长。"),
        ("2*3个项目，x_1完成。", "2*3个项目，x_1完成。"),
    ],
)
def test_that_stray_spaces_and_markup_are_not_shown(source: str, wanted: str) -> None:
    assert body(source) == [wanted]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("新增就业9万人[1]，增长6%［2］。", "新增就业9万人，增长6%。"),
        ("建设“三港”[[3]]，收入与经济同步①。", "建设“三港”，收入与经济同步。"),
        ("打造“三港”（5）工程。", "打造“三港”工程。"),
        ("办好“三港”【6】项目。", "办好“三港”项目。"),
        ("建设渔港（下转第二版）（上接第1版）三座。", "建设渔港三座。"),
        ("港区产值增长6 . 5 %左右。", "港区产值增长6.5%左右。"),
        ("新增就业6. 9 万人，PM2 .5下降。", "新增就业6.9万人，PM2.5下降。"),
        ("新增就业〔5〕万人。", "新增就业〔5〕万人。"),
        ("做好：①疏浚航道；②加固海堤。", "做好：①疏浚航道；②加固海堤。"),
        ("航道（3）疏浚，共[2026]。", "航道（3）疏浚，共[2026]。"),
        ("按照《出版管理》（修订版）执行。", "按照《出版管理》（修订版）执行。"),
        ("1. 5月底前建成渔港，做好服务。", "1. 5月底前建成渔港，做好服务。"),
    ],
)
def test_that_note_marks_turned_pages_and_torn_figures_are_tidied(source: str, wanted: str) -> None:
    assert body(source) == [wanted]


def test_that_a_space_between_latin_words_is_shown_across_a_page_break() -> None:
    assert body(f"{LONG}Blue\n\nHarbor集团，完成。") == [f"{LONG}Blue Harbor集团，完成。"]
    assert body(f"{LONG}20\n\n26家，完成。") == [f"{LONG}2026家，完成。"]


def test_that_letters_spaced_out_are_a_word_and_words_spaced_apart_keep_one_space() -> None:
    assert words("政 府 工 作 报 告\n\n各位代表：\n") == ["政府工作报告", "各位代表："]
    text = HEAD + "推进建设。\n云港区人民政府办公室        2026年1月20日印发"
    assert words(text)[-1] == "云港区人民政府办公室 2026年1月20日印发"


def test_that_the_number_of_a_chapter_keeps_one_space() -> None:
    text = "第一章   总 体要求\n推进建设。\n专栏 2  产业 工程\n建设园区。"
    assert words(text) == ["第一章 总体要求", "推进建设。", "专栏2 产业工程", "建设园区。"]


def test_that_a_heading_glued_to_its_first_sentence_stands_alone() -> None:
    result = shown(HEAD + "（一）突出产业兴区，实体经济根基更牢。园区建设提速。完成投资61.4亿元，增长9.1%。")
    assert result[3:] == [
        ("heading", "（一）突出产业兴区，实体经济根基更牢。"),
        ("paragraph", "园区建设提速。完成投资61.4亿元，增长9.1%。"),
    ]


def test_that_a_numbered_sentence_with_figures_is_no_heading() -> None:
    text = "（一）新增就业1.2万人，城镇调查失业率控制在5.5%。全面落实就业优先政策。"
    assert shown(HEAD + text)[3:] == [("paragraph", text)]


@pytest.mark.parametrize("name", ["“2002工程”", "PM2.5", "2030年", "《2026版》"])
def test_that_a_number_that_names_something_leaves_a_heading_a_heading(name: str) -> None:
    text = f"（一）推进{name}相关工作。全面落实各项政策，确保完成。"
    assert shown(HEAD + text)[3][0] == "heading"


def test_that_a_heading_whose_line_break_became_a_space_ends_there() -> None:
    text = "(二)突出产业强区首位度,壮大特色集群,实体经济更加厚 实 园区能级稳步跃升。入驻企业31家。"
    assert body(text) == [
        "(二)突出产业强区首位度,壮大特色集群,实体经济更加厚实",
        "园区能级稳步跃升。入驻企业31家。",
    ]


def test_that_a_chapter_glued_to_its_first_paragraph_stands_alone() -> None:
    long = "2025年是极不平凡的一年，全区上下团结一心、攻坚克难，主要指标好于预期，好于全市平均水平，好于往年同期水平。"
    for glue in (" ", ""):
        result = shown(f"云港区政府工作报告\n各位代表：\n一、2025年工作回顾{glue}{long}")
        assert result[2:] == [("heading", "一、2025年工作回顾"), ("paragraph", long)]


def test_that_numbered_items_are_headings_only_when_they_stand_alone() -> None:
    result = shown(HEAD + "1.临水街\n坚持发展为要。\n2.推进建设。新建园区。\n3.这是一项目标；")
    assert [kind for kind, _ in result[3:]] == ["heading", "paragraph", "paragraph", "paragraph"]


def test_that_levels_follow_the_styles_that_the_document_uses() -> None:
    text = "第一章 总则\n第一节 目标\n一、要求\n（一）任务\n推进。\n结束语\n完。"
    result = show(text)
    levels = [(result.text[b.start : b.end], b.level) for b in result.blocks if b.level]
    assert levels == [
        ("第一章 总则", 1),
        ("第一节 目标", 2),
        ("一、要求", 3),
        ("（一）任务", 4),
        ("结束语", 1),
    ]


def test_that_named_chapters_lie_above_numbers_that_begin_again() -> None:
    text = "2025年工作回顾\n一、经济\n二、社会\n推进。\n2026年重点工作\n一、产业\n二、民生\n推进。"
    result = show("各位代表：\n" + text)
    assert [b.level for b in result.blocks if b.kind is BlockKind.HEADING] == [1, 2, 2, 1, 2, 2]


def test_that_named_chapters_are_equal_to_numbers_that_do_not() -> None:
    result = show("各位代表：\n一、2025年工作回顾\n推进。\n二、2026年重点工作\n推进。\n结束语\n完。")
    assert [b.level for b in result.blocks if b.kind is BlockKind.HEADING] == [1, 1, 1]


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("激活乡村集市。改造提升集贸市场，丰富农家特色商品。", "激活乡村集市。"),
        ("一是突出产业强区。培育企业三十家以上，完成目标。", "一是突出产业强区。"),
        ("——山水相融之城。守护好湖泊湿地和一方水土。", "——山水相融之城。"),
        ("1.推进园区建设。新建标准厂房二十万平方米以上。", "1.推进园区建设。"),
        ("我们要依法行政提效能。严格执行各项决议，自觉接受监督。", "我们要依法行政提效能。"),
        ("我们深感责任重大。严格执行各项决议，自觉接受监督。", ""),
        ("新增就业1万人。全面落实就业优先的各项政策。", ""),
        ("各位代表。一年来的成绩来之不易、令人鼓舞振奋。", ""),
        ("激活乡村集市。做好。", ""),
        ("激活乡村集市", ""),
        ("推进" * 15 + "。改造提升集贸市场，丰富农家特色商品。", ""),
    ],
)
def test_that_the_short_opener_of_a_paragraph_is_its_lead(text: str, opener: str) -> None:
    assert blocks(text)[0].lead == len(opener)


def test_that_a_very_long_paragraph_is_broken_at_sentence_ends() -> None:
    sentence = "推进重点项目建设，完成投资八十亿元。"
    text = sentence * 200
    result = show(HEAD + text)
    parts = [result.text[b.start : b.end] for b in result.blocks[3:]]
    assert "".join(parts) == text
    assert len(parts) == 3
    assert all(part.endswith("。") and len(part) <= 1500 for part in parts)


def test_that_a_paragraph_of_1500_characters_is_not_broken() -> None:
    assert len(blocks("推" * 1499 + "。")) == 1
    assert [b.end - b.start for b in blocks("推" * 1501)] == [1500, 1]


def test_that_a_break_prefers_the_strongest_stop_and_keeps_quotes_closed() -> None:
    text = "甲" * 700 + "，" + "乙" * 700 + "。”" + "丙" * 300
    assert [b.end - b.start for b in blocks(text)] == [1403, 300]


def test_that_the_table_of_contents_gives_no_headings() -> None:
    text = "云港市规划纲要\n目 录\n第一章 基础\t1\n第二章 目标……5\n第一章 基础\n推进建设。\n第二章 目标\n完成任务。"
    assert [k for k, _ in shown(text)] == [
        "title", "heading", "title", "title", "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip


def test_that_an_empty_text_shows_nothing() -> None:
    result = show(" \n\t\n")
    assert (result.text, result.blocks, result.runs) == ("", (), ())


def test_that_a_heading_that_runs_over_its_line_is_one_heading() -> None:
    text = "（一）聚焦稳增长、强动能，\n经济运行持续向好\n全区上下扎实推进各项工作。"
    assert shown(HEAD + text)[3:] == [
        ("heading", "（一）聚焦稳增长、强动能，经济运行持续向好"),
        ("paragraph", "全区上下扎实推进各项工作。"),
    ]


@pytest.mark.parametrize("second", ["推进各项工作。", "（二）推进", "推进各项工作" * 5])
def test_that_a_heading_does_not_swallow_what_is_no_second_line(second: str) -> None:
    assert body(f"（一）聚焦稳增长、强动能，\n{second}")[1] == second


def test_that_a_boxs_title_may_have_a_short_second_line() -> None:
    text = "第一章 总则\n推进。\n专栏4 云港海洋文化产业园“两馆两园三中心”\n建设工程\n（一）推进\n建设。"
    assert "专栏4 云港海洋文化产业园“两馆两园三中心”建设工程" in words(text)
    assert "专栏4 园区工程" in words(text.replace("云港海洋文化产业园“两馆两园三中心”", "园区工程"))


def test_that_a_numbered_line_with_a_stop_is_a_heading_unless_it_has_figures() -> None:
    result = shown(HEAD + "（一）坚持稳中求进。\n（二）新增就业1.2万人。\n（三）推进建设；\n（四）推进建设，")
    assert [kind for kind, _ in result[3:]] == ["heading", "paragraph", "paragraph", "paragraph"]


def test_that_a_heading_of_seventy_characters_is_the_longest() -> None:
    assert shown(HEAD + "（一）" + "推" * 67)[3][0] == "heading"
    assert shown(HEAD + "（一）" + "推" * 68)[3][0] == "paragraph"


def test_that_a_notice_before_a_plan_is_no_body() -> None:
    text = (
        "云港市人民政府文件\n《规划纲要》已经大会审议通过，现印发给你们。请认真组织实施。\n"
        "坚持规划引领，推动发展。要抓好落实。\n第一章 目标\n推进。"
    )
    assert [k for k, _ in shown(text)][:3] == ["title", "paragraph", "paragraph"]
    assert shown(text)[2:4] == [
        ("paragraph", "坚持规划引领，推动发展。要抓好落实。"),
        ("heading", "第一章 目标"),
    ]


def test_that_entities_for_what_cannot_be_seen_show_nothing() -> None:
    assert body("推进&#8203;建设&emsp;，完成&#7;。") == ["推进建设，完成。"]
    assert body("推进&nosuch;建设，完成。") == ["推进&nosuch;建设，完成。"]


def test_that_a_numbered_item_goes_on_over_its_line() -> None:
    first = "1.三茶统筹：指茶文化、茶产业、茶科技统筹发展，是云港区推动乡村全面振兴"
    assert body(f"{first}\n的重要抓手。\n2.推进。") == [first + "的重要抓手。", "2.推进。"]


def test_that_a_short_line_with_a_sentence_behind_it_goes_on() -> None:
    assert body("开放步伐不断加快。签约项目 86\n\n余个，完成投资。") == [
        "开放步伐不断加快。签约项目86余个，完成投资。"
    ]


def test_that_a_line_of_thirty_characters_with_a_comma_is_body_and_a_shorter_one_is_not() -> None:
    for length, joined in ((30, 1), (29, 2)):
        line = "推进建设，" + "推" * (length - 5)
        assert len(body(f"{line}\n完成投资八十亿元。")) == joined
