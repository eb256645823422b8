import pytest

from app.domain.errors import UserError
from app.domain.report import place_at
from app.reading import read_bytes
from app.reading.formats import linear
from app.reading.formats.html import read
from app.reading.formats.linear import Extract

BODY = "<p>云港区推进港口扩建，建设标准厂房20万平方米，培育专业市场5个。</p>" * 12


def extract(page: str, encoding: str = "utf-8") -> Extract:
    return read(page.encode(encoding), "报告.html", lambda _share: None)


def lines(body: str) -> list[str]:
    return extract(f"<html><body>{body}</body></html>").text.split("\n")[:-1]


def test_that_blocks_and_breaks_end_lines_and_white_space_is_one_space() -> None:
    body = "<h1>云港区\n  政府工作报告</h1><p>甲  乙<br>丙<span>丁</span></p><div>戊<p>己</p>庚</div>"
    assert lines(body) == ["\u2000云港区政府工作报告", "甲 乙", "丙丁", "戊", "己", "庚"]


def test_that_empty_paragraphs_and_double_breaks_are_blank_lines() -> None:
    assert lines("<p>甲</p><p></p><p>乙</p><p>&nbsp;</p><p>丙<br><br>丁</p>") == [
        "甲",
        "",
        "乙",
        "",
        "丙",
        "",
        "丁",
    ]


def test_that_numbered_lists_keep_their_numbers() -> None:
    body = "<ol start=3><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul><ol><li>（1）丁</li></ol><ol start=x><li>戊</li></ol>"
    assert lines(body) == ["3. 甲", "4. 乙", "丙", "（1）丁", "1. 戊"]


def test_that_preformatted_text_keeps_its_lines_and_tabs() -> None:
    assert lines("<pre>甲\n\t乙\n\n丙</pre>丁") == ["甲", "\t乙", "", "丙", "丁"]


def test_that_a_page_of_nothing_but_preformatted_text_keeps_its_lines() -> None:
    text = "一、工作安排\n推进港口扩建。\n\n" * 30
    assert lines(f"<div><pre>{text}</pre></div>")[:4] == [
        "一、工作安排",
        "推进港口扩建。",
        "",
        "一、工作安排",
    ]


def test_that_a_tab_right_behind_a_tag_stands_before_a_cell_and_white_space_sets_out_the_page() -> None:
    assert lines("<p>\t序号</p><p>\n\t甲</p><p>\t\t乙</p><p>\t</p><div>\t<p>丙</p></div>") == [
        "\t序号",
        "甲",
        "乙",
        "\t",
        "丙",
    ]
    assert lines("<div>正文<br>\n\t序号<br>\n\t<br>\n<br>\n\t指标</div>") == [
        "正文",
        "\t序号",
        "\t",
        "",
        "\t指标",
    ]


def test_that_a_tab_is_an_indent_where_tables_are_tables() -> None:
    table = "<table><tr><td>\t甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    assert lines(f"<p>\t正文</p>{table}") == ["正文", "\t甲", "\t乙", "", "\t丙", "\t丁"]


def test_that_a_heading_of_the_page_begins_with_a_blank_for_each_level() -> None:
    body = "<h2>甲</h2><h3><b>乙</b></h3><h6>丙</h6><p>丁</p><h4>\n</h4>"
    assert lines(body) == ["\u2000\u2000甲", "\u2000\u2000\u2000乙", "\u2000" * 4 + "丙", "丁"]


def test_that_wide_blanks_before_a_line_hide_no_heading() -> None:
    body = "".join(
        f"<p>&ensp;&ensp;{number}、{title}</p>"
        + "<p>&emsp;&emsp;推进港口扩建和航道疏浚，建设标准厂房20万平方米，培育专业市场5个。</p>" * 4
        for number, title in (("一", "二〇二五年工作回顾"), ("二", "二〇二六年工作安排"))
    )
    reading = read_bytes(f"<html><body>{body}</body></html>".encode(), "报告.html")
    assert [s.title for s in reading.sections if s.depth == 1][-2:] == [
        "一、二〇二五年工作回顾",
        "二、二〇二六年工作安排",
    ]


def test_that_tables_are_read_by_cells_with_what_they_span() -> None:
    body = (
        "<p>前文</p><table><tr><td colspan=3>主要指标</td></tr><tr><th rowspan=2>指标</th><th colspan=2>年份</th></tr>"
        "<tr><td>2025</td><td>2030</td></tr><tr><td><p>产值</p><p>亿元</p></td><td>5</td><td>6</td></tr></table><p>后文</p>"
    )
    found = extract(f"<body>{body}</body>")
    assert found.text == (
        "前文\n\t主要指标\n\n\t指标\n\t年份\n\t\n\n\t\n\t2025\n\t2030\n\n\t产值\n亿元\n\t5\n\t6\n\n后文\n"
    )
    place = place_at(found.places, found.text.index("2030"))
    assert place is not None
    assert place.words == "表1 第3行第3列"


def test_that_a_table_that_lays_out_the_page_is_no_table() -> None:
    assert lines("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>") == ["甲", "乙"]
    inner = "<table><tr><td>1</td><td>2</td></tr></table>"
    assert lines(f"<table><tr><td>左</td><td>{inner}</td></tr></table>") == ["左", "\t1", "\t2"]
    rows = f"<tr><td>左</td><td>右</td></tr><tr><td>下</td><td>{inner}</td></tr>"
    assert lines(f"<table>{rows}</table>") == ["左", "右", "下", "\t1", "\t2"]
    long = "长" * 1501
    assert lines(f"<table><tr><td>{long}</td><td>{long}</td></tr></table>") == [long, long]


@pytest.mark.parametrize("times", [1, 9])
@pytest.mark.parametrize(
    "table",
    [
        "<tr><td class=title>云港区政府工作报告</td></tr><tr><td>{}</td></tr>",
        "<tr><td><a>首页</a></td><td><h1>云港区政府工作报告</h1><div>{}</div></td></tr><tr><td colspan=2>版权</td></tr>",
    ],
)
def test_that_the_cell_with_most_of_the_words_is_the_article_however_long(table: str, times: int) -> None:
    found = extract(f"<body><p>菜单</p><table>{table.format(BODY * times)}</table>版权</body>")
    line = "云港区推进港口扩建，建设标准厂房20万平方米，培育专业市场5个。"
    assert found.text.lstrip("\u2000") == "\n".join(["云港区政府工作报告", *[line] * 12 * times, ""])
    assert {place.table for place in found.places} == {0}


def test_that_a_table_with_most_of_the_words_is_the_article_and_stays_a_table() -> None:
    rows = "<tr><td>推进港口扩建工程</td><td>培育专业市场五个</td></tr>" * 20
    assert lines(f"<p>菜单</p><table>{rows}</table>")[:3] == ["\t推进港口扩建工程", "\t培育专业市场五个", ""]


def test_that_tables_one_behind_the_other_stay_two() -> None:
    table = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    found = extract(f"<body>{table}{table}</body>")
    assert found.text == "\t甲\n\t乙\n\n\n\t甲\n\t乙\n"
    assert [place.table for place in found.places] == [1, 1, 2, 2]


def test_that_a_cell_may_span_more_rows_than_a_table_has_columns() -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(44))
    table = f"<table><tr><td rowspan=45>甲</td><td>乙</td></tr>{rows}</table>"
    assert lines(table)[-2:] == ["\t", "\t43"]


def test_that_a_column_of_blanks_alone_is_none() -> None:
    rows = "<tr><td>甲</td><td>1</td><td>&nbsp;</td></tr><tr><td>乙</td><td>&nbsp;</td><td>&nbsp;</td></tr>"
    assert lines(f"<table>{rows}</table>") == ["\t甲", "\t1", "", "\t乙", "\t"]


def test_that_paragraphs_are_counted_on_behind_a_table() -> None:
    table = "<table><tr><td>1</td><td>2</td></tr></table>"
    places = extract(f"<body><p>甲</p>{table}<p>乙</p></body>").places
    assert [place.paragraph for place in places if not place.table] == [1, 2]


def test_that_a_row_without_cells_is_none() -> None:
    assert lines("<table><tr><td>甲</td><td>乙</td></tr><tr></tr></table>") == ["\t甲", "\t乙"]


def test_that_a_box_of_one_column_is_paragraphs() -> None:
    body = "<p>前</p><table><tr><td>专栏1 工程</td></tr><tr><td><p>甲。</p><p>乙。</p></td></tr></table><p>后</p>"
    assert lines(body) == ["前", "专栏1 工程", "甲。", "乙。", "", "", "后"]


def test_that_the_page_around_the_article_is_left_out() -> None:
    page = f"""<html><head><title>云港区2026年政府工作报告-云港区人民政府</title><script>x()</script></head><body>
    <div class="header"><a href="/">首页</a></div><ul id="nav-main"><li>政务公开</li></ul>
    <div class="wrap"><div class="crumbs">位置：首页</div><h1>云港区2026年政府工作报告</h1>
    <div class="info">来源：办公室 浏览：12</div><div class="TRS_Editor">{BODY}<p style="display: none">暗</p></div></div>
    <div class="footer">版权所有</div><noscript>请启用</noscript></body></html>"""
    text = extract(page).text.split("\n")[:-1]
    assert text[0] == "云港区2026年政府工作报告"
    assert text[1:] == ["云港区推进港口扩建，建设标准厂房20万平方米，培育专业市场5个。"] * 12


def test_that_the_heads_title_serves_where_the_page_shows_none_and_no_other_is_invented() -> None:
    page = (
        "<html><head><title>{}</title></head><body><div>菜单菜单</div><div class=a>"
        + BODY
        + "</div></body></html>"
    )
    for title in ("云港区政府工作报告_云港网", "\n 云港区政府工作报告\n", " 云港区政府工作报告 - 云港网 "):
        assert extract(page.format(title)).text.startswith("云港区政府工作报告\n云港区推进")
    assert extract(page.format("首页 - 云港网")).text.startswith("云港区推进")


def test_that_a_page_read_whole_has_the_title_that_stands_on_it_and_no_other() -> None:
    assert extract("<html><head><title>云港区规划纲要</title></head><body>短</body></html>").text == "短\n"


def test_that_a_page_of_frames_is_read_for_those_who_see_none() -> None:
    page = "<html><frameset><frame src=a.html></frameset><noframes>云港区规划</noframes></html>"
    assert extract(page).text == "云港区规划\n"


@pytest.mark.parametrize(
    "meta",
    ['name="ArticleTitle"', 'name="articletitle"', 'property="og:title"'],
)
def test_that_a_pages_data_name_the_article_and_only_those_that_do(meta: str) -> None:
    head = '<head><meta {} content="云港区政府工作报告"></head>'
    page = f"<html>{head}<body><div>菜单菜单</div><div class=a>{BODY}</div></body></html>"
    assert extract(page.format(meta)).text.startswith("云港区政府工作报告\n云港区推进")
    assert extract(page.format('name="Keywords"')).text.startswith("云港区推进")


@pytest.mark.parametrize("mark", ["-", "_", "|", "—", "–", "——", " - "])
def test_that_the_sites_name_behind_the_title_is_left_out(mark: str) -> None:
    head = f"<head><title>云港区规划纲要{mark}云港网</title></head>"
    page = f"<html>{head}<body><div>菜单</div><div class=a>{BODY}</div></body></html>"
    assert extract(page).text.startswith("云港区规划纲要\n云港区推进")


@pytest.mark.parametrize(
    "element",
    ["h1", "h2", "h3", *(f"p class='{name}'" for name in (
        "title", "bt", "biaoti", "article-title", "tit", "artititle", "arti_title", "arti-title", "newstitle", "NewsTitle",
        "a-title 3", "x tit")), "p id=title"],
)  # fmt: skip
def test_that_a_heading_before_the_article_is_its_title(element: str) -> None:
    page = "<html><body><div><{}>{}</p></h1></div><div class=a>" + BODY + "</div></body></html>"
    assert extract(page.format(element, "云港区规划")).text.startswith("云港区规划\n云港区推进")
    for length, is_title in ((3, False), (4, True), (80, True), (81, False)):
        words = "规划" + "港" * (length - 2)
        assert extract(page.format(element, words)).text.startswith(words) == is_title


def test_that_a_title_is_one_line_however_it_is_set() -> None:
    page = f"<html><body><div><h1>\n 云港区<br>\n 规划 \\1 </h1></div><div class=a>{BODY}</div></body></html>"
    assert extract(page).text.startswith("云港区 规划 \\1\n云港区推进")


def test_that_a_title_the_article_begins_with_is_not_told_twice() -> None:
    title = "云港区规划纲要"
    page = f"<html><body><h1>{title}</h1><div class=a><p>{{}}{title}</p></div></body></html>"
    for before, is_told in ((593, False), (594, True)):
        assert extract(page.format("港" * before)).text.startswith(title) == is_told


def test_that_a_table_of_one_cell_only_lays_out_the_page() -> None:
    assert lines("<table><tr><td><p>疏浚航道。</p><p>加固海堤。</p></td></tr></table>") == [
        "疏浚航道。",
        "加固海堤。",
    ]
    assert lines("<table></table><p>疏浚航道。</p>") == ["疏浚航道。"]
    assert lines("<p>甲</p><table><tr><td>乙</td></tr></table><p>丙</p>") == ["甲", "乙", "丙"]


@pytest.mark.parametrize("beside", ["云" * 100, "a" * 100, "𠀀" * 100])
@pytest.mark.parametrize("letter", ["港", "b", "𠮷"])
def test_that_a_part_is_the_article_if_three_times_as_many_characters_stand_in_it_as_beside_it(
    beside: str, letter: str
) -> None:
    page = f"<body><p>{beside}</p><div><p>{{}}</p></div></body>"
    assert extract(page.format(letter * 300)).text == letter * 300 + "\n"
    assert extract(page.format(letter * 299)).text == f"{beside}\n{letter * 299}\n"
    before = f"<body><div><p>{{}}</p></div><p>{beside}</p></body>"
    assert extract(before.format(letter * 300)).text == letter * 300 + "\n"
    assert extract(before.format(letter * 299)).text == f"{letter * 299}\n{beside}\n"


def test_that_words_in_links_do_not_make_an_article_and_a_short_page_is_read_whole() -> None:
    links = f"<div><a>{'云' * 300}</a></div>"
    article = f"<div>{'港' * 200}</div>"
    assert extract(f"<body>{links}{article}</body>").text == "港" * 200 + "\n"
    assert extract(f"<body><p>短</p><div>{'港' * 199}</div></body>").text.startswith("港")
    assert extract(f"<body><p>短</p><div>{'港' * 198}</div></body>").text.startswith("短\n港")


def test_that_what_is_called_a_part_of_the_page_goes_if_it_has_less_than_half_of_the_words() -> None:
    page = '<body><p>正文正文</p><div class="footer">{}</div>后</body>'
    assert extract(page.format("页脚页脚")).text == "正文正文\n后\n"
    assert extract(page.format("页脚页脚页")).text == "正文正文\n页脚页脚页\n后\n"
    script = f"<head><script>{'x' * 100}</script></head>"
    assert extract(f"<html>{script}{page.format('页脚页脚页')}</html>").text == "正文正文\n页脚页脚页\n后\n"


def test_that_links_in_a_table_do_not_make_an_article() -> None:
    links = f"<table><tr><td><a>{'云' * 150}</a></td><td>甲</td></tr><tr><td><a>{'云' * 150}</a></td><td>乙</td></tr></table>"
    article = f"<div><p>{'港' * 200}</p></div>"
    assert extract(f"<body>{links}{article}</body>").text == "港" * 200 + "\n"


@pytest.mark.parametrize(
    "said",
    [
        "hidden",
        "style='DISPLAY : none'",
        "style='visibility:hidden'",
        "role=navigation",
        "role=search",
        "id=dqwz",
    ],
)
def test_that_hidden_and_named_parts_go_and_words_go_only_if_they_are_hidden(said: str) -> None:
    part = f"<p>正文正文正文</p><div {said}>菜单</div><p>结束</p>"
    assert lines(part) == ["正文正文正文", "结束"]
    is_hidden = "style" in said or said == "hidden"
    words = f"<p>正文正文正文</p><p>实施<span {said}>扩建</span>工程</p>"
    assert lines(words) == ["正文正文正文", "实施工程" if is_hidden else "实施扩建工程"]


def test_that_words_of_many_looks_are_one_line_and_a_title_among_them_is_found() -> None:
    words = "<p><span style='color: red'>推进</span><b>港口<i>扩建</i></b><font>，</font>完成<u> 2 </u><sub>处</sub></p>"
    assert lines(words) == ["推进港口扩建，完成 2 处"]
    page = f"<div>首页 <span class=title>云港区规划</span></div><div>{BODY}</div>"
    assert lines(page)[:2] == ["云港区规划", "云港区推进港口扩建，建设标准厂房20万平方米，培育专业市场5个。"]


def test_that_a_space_behind_a_break_stays_between_words() -> None:
    assert lines("<p>甲<br>\n建成 <a>2处</a></p>") == ["甲", "建成 2处"]


def test_that_words_behind_what_is_taken_out_stay_whatever_characters_they_have() -> None:
    assert lines("<p>甲<script>x()</script>乙\x01丙<b>丁<select></select>\x0c戊</b></p>") == [
        "甲乙\x01丙丁 戊"
    ]


@pytest.mark.parametrize("fault", [b"\xff", b"\xed\xa0\x80", b"\xe4\xba", b"\xc0\x80"])
def test_that_a_page_that_says_utf_8_but_is_not_is_not_read_as_such(fault: bytes) -> None:
    page = '<html><head><meta charset="UTF-8"></head><body><p>云港区</p>{}</body></html>'
    data = page.format("<p>港</p>" * 30).encode()
    assert read(data, "a.html", lambda _: None).text.startswith("云港区\n")
    with pytest.raises(UserError, match="编码"):
        read(data + fault + "云港区".encode() * 9, "a.html", lambda _: None)
    assert read(data.replace(b"<p>", b"<p>\0", 1), "a.html", lambda _: None).text.startswith("云港区\n")


def test_that_a_part_with_most_of_the_words_stays_whatever_it_is_called() -> None:
    assert len(extract(f'<body><div class="footer">{BODY}</div><div>短</div></body>').text.split("\n")) >= 12


@pytest.mark.parametrize(
    ("said", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gb18030"), ("big5", "big5")]
)
def test_that_the_encoding_that_a_page_says_is_used(said: str, encoding: str) -> None:
    words = "雲港區" if said == "big5" else "云港区"
    page = f'<html><head><meta charset="{said}"></head><body><p>{words}政府工作</p></body></html>'
    assert extract(page, encoding).text == f"{words}政府工作\n"


def test_that_a_wrong_or_missing_encoding_does_not_matter() -> None:
    for said in ("utf-8", "x-unknown", ""):
        page = f'<html><head><meta charset="{said}"></head><body><p>云港区推进工作发展</p></body></html>'
        assert extract(page, "gb18030").text == "云港区推进工作发展\n"
    assert extract('<?xml version="1.0" encoding="gbk"?><html><body>云港区</body></html>').text == "云港区\n"


def test_that_a_web_archive_gives_its_page() -> None:
    page = "<html><body><p>云港区推进港口建设</p></body></html>"
    import base64

    archive = (
        "From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
        "Content-Type: image/png\r\n\r\nx\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{base64.b64encode(page.encode()).decode()}\r\n--B--\r\n"
    )
    assert read(archive.encode(), "a.mht", lambda _: None).text == "云港区推进港口建设\n"
    with pytest.raises(UserError, match="没有网页正文"):
        read(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nabc", "a.mht", lambda _: None)


def test_that_the_mark_of_utf_8_is_no_character_of_a_page() -> None:
    page = "\ufeff<meta charset=utf-8><p>云港区</p>"
    assert extract(page).text == "云港区\n"
    assert extract(page.replace("utf-8", "gbk")).text == "云港区\n"


def test_that_a_page_that_loads_its_words_later_is_said_to_have_none() -> None:
    with pytest.raises(UserError, match="没有文字"):
        extract("<html><body><div id=app></div><script>load()</script></body></html>")


def test_that_deep_nesting_is_read_or_refused() -> None:
    assert extract("<html><body>" + "<div>" * 200 + "<p>云港区</p>").text == "云港区\n"
    with pytest.raises(UserError, match="没有文字"):
        extract("<html><body>" + "<div>" * 50_000 + "<p>云港区</p>")


@pytest.mark.parametrize("line", ["<p>云</p>", "<p></p>"])
def test_that_countless_lines_are_refused_filled_or_not(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "MOST_PARAGRAPHS", 50)
    assert lines(f"<p>港</p>{line * 49}")[0] == "港"
    with pytest.raises(UserError, match="文字太多"):
        lines(f"<p>港</p>{line * 50}")


def test_that_more_words_than_any_report_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "LONGEST", 6)
    assert lines("<p>云云</p><p>港港</p>") == ["云云", "港港"]
    with pytest.raises(UserError, match="文字太多"):
        lines("<p>云云</p><p>港港港</p>")


def test_that_huge_spans_take_no_more_than_a_tables_width() -> None:
    wide = '<table><tr><td colspan="999999999" rowspan="999999999">甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>'
    assert len(extract(f"<html><body>{wide}</body></html>").text) < 200


def test_that_reading_a_page_can_be_stopped() -> None:
    def stop(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read(b"<p>x</p>", "a.html", stop)
