import pytest

from app.domain.errors import UserError
from app.domain.report import Place, place_at
from app.reading import read_bytes
from app.reading.formats.docx import read
from app.reading.formats.docx_numbers import counted, spaced
from app.reading.formats.linear import Extract
from tests.rendering import made_docx


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return p(run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, style: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def extract(body: str, **parts: str) -> Extract:
    return read(made_docx(body, **parts), "报告.docx", lambda _share: None)


def lines(body: str, **parts: str) -> list[str]:
    return extract(body, **parts).text.split("\n")[:-1]


def test_that_automatic_numbers_stand_before_their_paragraphs() -> None:
    body = (
        numbered("总体要求")
        + numbered("重点任务")
        + numbered("做强产业", level=1)
        + numbered("2026年建成港口", level=2)
        + numbered("引进企业", level=2)
        + numbered("扩大开放", level=1)
        + numbered("开通航线", level=2)
        + numbered("保障")
        + numbered("组织", level=1)
    )
    assert lines(body, numbering=LISTS) == [
        "一、总体要求",
        "二、重点任务",
        "（一）做强产业",
        "1. 2026年建成港口",
        "2.引进企业",
        "（二）扩大开放",
        "1.开通航线",
        "三、保障",
        "（一）组织",
    ]


def test_that_a_list_may_begin_anew_or_write_all_its_levels_in_figures() -> None:
    body = numbered("甲") + numbered("乙") + numbered("丙", 2) + numbered("丁", 2) + numbered("戊", 2, 3)
    assert lines(body, numbering=LISTS) == ["一、甲", "二、乙", "一、丙", "二、丁", "2.1 戊"]


def test_that_a_style_numbers_its_paragraphs_and_zero_takes_the_number_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = (
        p(run("甲"), '<w:pStyle w:val="A"/>')
        + p(run("乙"), '<w:pStyle w:val="B"/>')
        + p(run("丙"), '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + numbered("丁", 99)
    )
    assert lines(body, numbering=LISTS, styles=styles) == ["（一）甲", "（二）乙", "丙", "丁"]


def test_that_a_list_tied_to_a_style_gives_its_level() -> None:
    numbering = LISTS.replace(
        level(1, "chineseCounting", "（%2）"), level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H"/>')
    )
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert lines(p(run("甲"), '<w:pStyle w:val="H"/>'), numbering=numbering, styles=styles) == ["（一）甲"]


@pytest.mark.parametrize(
    ("count", "style", "written"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (12, "ideographDigital", "一二"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (2, "ideographZodiac", "丑"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
        (21, "decimalEnclosedCircle", "（21）"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (90, "decimalFullWidth2", "９０"),
        (3, "decimalEnclosedParen", "（3）"),
        (3, "decimalEnclosedFullstop", "3."),
        (3, "lowerLetter", "c"),
        (3, "ideographEnclosedCircle", "③"),
        (10, "ideographTraditional", "癸"),
        (12, "ideographZodiac", "亥"),
        (13, "ideographZodiac", "13"),
        (345, "ideographLegalTraditional", "叁佰肆拾伍"),
        (6789, "chineseLegalSimplified", "陆仟柒佰捌拾玖"),
        (10, "ideographDigital", "一〇"),
        (23, "japaneseDigitalTenThousand", "二三"),
        (45, "taiwaneseDigital", "四五"),
        (27, "upperLetter", "AA"),
        (4, "lowerRoman", "iv"),
        (49, "upperRoman", "XLIX"),
        (5, "noSuchStyle", "5"),
        (0, "chineseCounting", "0"),
    ],
)
def test_that_each_style_of_numbering_is_written_its_way(count: int, style: str, written: str) -> None:
    assert counted(count, style) == written


@pytest.mark.parametrize(
    ("start", "style", "written"),
    [
        (9999, "chineseCounting", "九千九百九十九"),
        (10000, "chineseCounting", "九千九百九十九"),
        (999999999, "decimal", "9999"),
    ],
)
def test_that_a_count_goes_no_further_than_it_can_be_written(start: int, style: str, written: str) -> None:
    begun = f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="%1、"/></w:lvl>'
    deeper = '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1（%2）"/></w:lvl>'
    kind = f'<w:abstractNum w:abstractNumId="7">{begun}{deeper}</w:abstractNum>'
    numbering = f'{kind}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    body = numbered("甲", level=1) + numbered("乙") + numbered("丙", level=1)
    assert lines(body, numbering=numbering) == [f"{written}（1）甲", f"{written}、乙", f"{written}（1）丙"]


def test_that_a_list_that_begins_a_level_anew_which_it_does_not_have_counts_on() -> None:
    override = '<w:lvlOverride w:ilvl="5"><w:startOverride w:val="3"/></w:lvlOverride>'
    lists = LISTS + f'<w:num w:numId="3"><w:abstractNumId w:val="7"/>{override}</w:num>'
    assert lines(numbered("甲", 3) + numbered("乙", 3), numbering=lists) == ["一、甲", "二、乙"]


def test_that_a_number_is_parted_from_words_it_would_run_into() -> None:
    assert spaced("第一章", "总则") == "第一章 总则"
    assert spaced("一、", "总则") == "一、总则"
    assert spaced("1.", "5家") == "1. 5家"
    assert spaced("1.", "五家") == "1.五家"
    assert spaced("第一章", " 总则") == "第一章 总则"


def test_that_bullets_are_shown_as_bullets() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">' + level(0, "bullet", "\uf0b7") + "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert lines(numbered("甲"), numbering=numbering) == ["●甲"]


def test_that_insertions_are_read_and_deletions_are_not() -> None:
    body = p(
        run("新建")
        + f"<w:ins>{run('标准')}</w:ins><w:del><w:r><w:delText>老旧</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('厂房')}</w:moveTo>"
    )
    assert lines(body) == ["新建标准厂房"]


def test_that_a_paragraph_whose_end_was_deleted_goes_on_with_the_next() -> None:
    body = p(run("推进港口"), "<w:rPr><w:del/></w:rPr>") + p(run("建设。")) + p(run("下一段。"))
    assert lines(body) == ["推进港口建设。", "下一段。"]


def test_that_hidden_words_field_codes_and_page_turns_are_not_read() -> None:
    body = p(
        run("第一")
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>"
        + '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>产业</w:t></w:r>'
        + '<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:br w:type="page"/></w:r>'
        + "<w:r><w:tab/><w:t>园</w:t><w:br/><w:t>区</w:t><w:noBreakHyphen/></w:r>"
    )
    assert lines(body) == ["第一产业\t园", "区-"]


def test_that_tab_stops_are_no_tabs() -> None:
    assert lines(p(run("正文"), '<w:tabs><w:tab w:val="left"/></w:tabs>')) == ["正文"]


def test_that_a_tab_before_a_paragraph_is_an_indent_where_tables_are_tables() -> None:
    tabbed = p("<w:r><w:tab/><w:tab/><w:t>正文</w:t></w:r>")
    table = f"<w:tbl>{row(cell('甲'), cell('乙'))}</w:tbl>"
    assert lines(tabbed) == ["\t\t正文"]
    assert lines(tabbed + table) == ["正文", "\t甲", "\t乙"]
    within = p("<w:r><w:tab/><w:t>正</w:t><w:tab/><w:t>文</w:t><w:tab/></w:r>")
    assert lines(within + table) == ["正\t文\t", "\t甲", "\t乙"]


HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:basedOn w:val="3"/></w:style>'
)


def heading(text: str, style: str, own: str = "") -> str:
    return p(run(text), f'<w:pStyle w:val="{style}"/>{own}')


def test_that_a_heading_begins_with_a_blank_for_each_level_of_its_own_or_its_styles() -> None:
    body = "".join(
        (
            heading("甲", "1"),
            heading("乙", "2"),
            heading("丙", "3"),
            heading("丁", "1", '<w:outlineLvl w:val="2"/>'),
            heading("戊", "1", '<w:outlineLvl w:val="9"/>'),
            heading("己", "2", '<w:outlineLvl w:val="8"/>'),
            heading("", "1"),
        )
    )
    assert lines(body, styles=HEADINGS) == [
        "\u2000甲",
        "\u2000乙",
        "丙",
        "\u2000" * 3 + "丁",
        "戊",
        "\u2000" * 4 + "己",
    ]


def sections(body: str) -> list[tuple[int, str]]:
    reading = read_bytes(made_docx(body, styles=HEADINGS), "报告.docx")
    return [(section.depth, section.title) for section in reading.sections]


DEEPER = '<w:outlineLvl w:val="1"/>'
TEXT = p(run("新增学位500个。")) + p(
    run("云港区推进港口扩建，建设标准厂房20万平方米，培育专业市场5个，新增就业1.2万人。")
)


def test_that_a_heading_needs_no_number_to_be_one() -> None:
    long = "坚持港产城融合，加快建设东部枢纽港，在发展海洋经济上实现新的更大突破"
    body = (
        p(run("各位代表："))
        + heading("二〇二五年工作回顾", "1")
        + heading("港口吞吐再上台阶", "1", DEEPER)
        + TEXT
        + heading(long, "1", DEEPER)
        + TEXT
        + heading("二〇二六年工作安排", "1")
        + TEXT
    )
    assert sections(body)[1:] == [
        (1, "二〇二五年工作回顾"),
        (2, "港口吞吐再上台阶"),
        (2, long),
        (1, "二〇二六年工作安排"),
    ]


def test_that_a_heading_without_a_number_stands_beside_the_numbered_ones_of_its_level() -> None:
    body = (
        p(run("各位代表："))
        + heading("一、二〇二五年工作回顾", "1")
        + TEXT
        + heading("（一）港口扩建", "1", DEEPER)
        + TEXT
        + heading("航道疏浚", "1", DEEPER)
        + TEXT
        + heading("其他需要说明的事项", "1")
        + TEXT
    )
    found = sections(body)[1:]
    assert found[1:3] == [(2, "（一）港口扩建"), (2, "航道疏浚")]
    assert found[-1] == (1, "其他需要说明的事项")


def test_that_a_sentence_or_a_date_in_a_heading_style_is_none() -> None:
    body = p(run("各位代表：")) + heading("一、工作安排", "1") + TEXT
    body += heading("推进港口扩建。", "1") + TEXT + heading("2026年1月8日", "1") + TEXT
    assert [title for _, title in sections(body)][1:] == ["一、工作安排"]


def test_that_words_of_links_fields_and_controls_are_read() -> None:
    body = p(
        f"<w:hyperlink>{run('甲')}</w:hyperlink><w:fldSimple>{run('乙')}</w:fldSimple>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('丙')}</w:sdtContent></w:sdt><w:smartTag>{run('丁')}</w:smartTag>"
    )
    assert lines(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>") == ["甲乙丙丁"]


def test_that_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(run('云港区人民政府文件'))}</w:txbxContent>"
    body = p(
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        + run("关于印发报告的通知")
    )
    assert lines(body + p(run("各街道："))) == ["关于印发报告的通知", "云港区人民政府文件", "各街道："]


def test_that_what_a_content_control_or_a_formula_holds_in_a_text_box_is_read() -> None:
    formula = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    held = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(run('框中甲'))}</w:sdtContent></w:sdt>"
    said = f"<w:p><m:oMath {formula}><m:r><m:t>框中乙</m:t></m:r></m:oMath></w:p>"
    for inner, words in ((held, "框中甲"), (said, "框中乙")):
        box = f"<w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing>"
        ways = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>"
        assert lines(p(run("正文") + f"<w:r>{ways}</w:r>")) == ["正文", words]


def test_that_footnotes_stand_behind_the_text_numbered_in_the_order_of_their_calls() -> None:
    footnotes = (
        f'<w:footnote w:id="0">{p(run("分隔线"))}</w:footnote>'
        f'<w:footnote w:id="5">{p(run("第二条：后来的。"))}</w:footnote>'
        f'<w:footnote w:id="9">{p(run("港产城：港口、产业和城市。"))}</w:footnote>'
    )
    body = (
        p(run("推进港产城融合。") + '<w:r><w:footnoteReference w:id="9"/></w:r>' + run("再说。"))
        + p(run("平台") + '<w:r><w:footnoteReference w:id="5"/></w:r>')
        + p(run("结尾。"))
    )
    found = extract(body, footnotes=footnotes)
    assert found.text.split("\n")[:-1] == [
        "推进港产城融合[1]。再说。",
        "平台[2]",
        "结尾。",
        "",
        "注释",
        "[1]港产城：港口、产业和城市。",
        "[2]第二条：后来的。",
    ]
    place = place_at(found.places, found.text.index("第二条"))
    assert place is not None
    assert place.paragraph == 2


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(run(each)) for each in text.split('/'))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_that_a_table_becomes_lines_behind_tabs_with_its_cells_places() -> None:
    body = (
        p(run("前文。"))
        + "<w:tbl>"
        + row(cell("专栏1 主要指标", '<w:gridSpan w:val="3"/>'))
        + row(cell("指标"), cell("2025年"), cell("2030年/目标"))
        + row(cell("产值", '<w:vMerge w:val="restart"/>'), cell("5"), cell("6"))
        + row(cell("", "<w:vMerge/>"), cell("7"), cell("8"))
        + row(cell("删去"), cell("1"), cell("2"), properties="<w:del/>")
        + row(cell("合计", '<w:gridSpan w:val="2"/>'), cell("9"))
        + "</w:tbl>"
        + p(run("后文。"))
    )
    found = extract(body)
    assert found.text == (
        "前文。\n\t专栏1 主要指标\n\n\t指标\n\t2025年\n\t2030年\n目标\n\n\t产值\n\t5\n\t6\n\n\t\n\t7\n\t8\n\n"
        "\t合计\n\t\n\t9\n\n后文。\n"
    )
    assert place_at(found.places, found.text.index("8"))[1:] == (0, 0, 1, 4, 3)  # type: ignore[index]  # it is there
    assert found.places[0] == Place(0, 0, 1)
    assert found.places[-1] == Place(found.text.index("后文"), 0, 2)
    assert [place.words for place in found.places[:3]] == ["第1段", "表1 第1行第1列", "表1 第2行第1列"]


def test_that_a_box_is_paragraphs_with_white_space_behind() -> None:
    body = (
        "<w:tbl>"
        + row(cell("专栏2 港口工程"))
        + row(cell("扩建码头。/疏浚航道。"))
        + "</w:tbl>"
        + p(run("正文。"))
    )
    assert extract(body).text == "专栏2 港口工程\n扩建码头。\n疏浚航道。\n\n\n正文。\n"


def test_that_a_long_or_numbered_paragraph_of_a_cell_stays_on_its_line() -> None:
    long = "长" * 41
    body = "<w:tbl>" + row(cell(f"甲/{long}/1.乙/丙"), cell("丁")) + "</w:tbl>"
    assert extract(body).text == f"\t甲 {long} 1.乙\n丙\n\t丁\n"


def test_that_rows_and_cells_within_content_controls_are_read() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    rows = row(cell("甲"), cell("乙")) + control.format(row(control.format(cell("丙")), cell("丁")))
    assert lines(f"<w:tbl>{rows}</w:tbl>") == ["\t甲", "\t乙", "", "\t丙", "\t丁"]


def test_that_a_deleted_row_or_cell_is_not_read() -> None:
    kept = row(cell("甲"), cell("乙"), cell("去", "<w:cellDel/>"))
    gone = row(cell("丙"), cell("丁"), properties="<w:del/>")
    assert lines(f"<w:tbl>{kept}{gone}</w:tbl>") == ["\t甲", "\t乙"]


def test_that_a_lone_cell_behind_a_gap_keeps_its_place() -> None:
    rows = row(cell("甲"), cell("乙")) + row(cell("丙"), properties='<w:gridBefore w:val="1"/>')
    assert lines(f"<w:tbl>{rows}</w:tbl>") == ["\t甲", "\t乙", "", "\t", "\t丙"]


def test_that_a_merged_cell_goes_on_from_the_row_above_and_not_from_none() -> None:
    going_on = "<w:vMerge/>"
    rows = row(cell("甲", going_on), cell("乙")) + row(cell("丙", going_on), cell("丁"))
    assert lines(f"<w:tbl>{rows}</w:tbl>") == ["\t甲", "\t乙", "", "\t", "\t丁"]


def test_that_a_table_within_a_cell_is_read_as_the_cells_words() -> None:
    inner = "<w:tbl>" + row(cell("内一"), cell("内二")) + "</w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p(run('外'))}{inner}{p('')}</w:tc>{cell('乙')}</w:tr></w:tbl>"
    assert extract(body).text == "\t外\n内一\n内二\n\t乙\n"


def test_that_empty_paragraphs_are_blank_lines_and_count_for_none() -> None:
    found = extract(p(run("甲。")) + p("") + p("") + p(run("乙。")))
    assert found.text == "甲。\n\n\n乙。\n"
    assert found.places == (Place(0, 0, 1), Place(5, 0, 2))


def test_that_documents_in_the_strict_namespace_are_read() -> None:
    data = made_docx(p(run("正文。")))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body>{p(run("正文。"))}</w:body></w:document>'
    assert (
        read(replaced(data, "word/document.xml", body.encode()), "a.docx", lambda _: None).text == "正文。\n"
    )


def test_that_the_main_part_may_have_another_name() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document2.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    data = replaced(made_docx(p(run("正文。"))), "[Content_Types].xml", types.encode())
    with pytest.raises(UserError, match="已损坏"):
        read(replaced(data, "word/document.xml", None), "a.docx", lambda _: None)
    moved = replaced(data, "word/document.xml", None, also={"word/document2.xml": content(data)})
    assert read(moved, "a.docx", lambda _: None).text == "正文。\n"


def content(data: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def replaced(data: bytes, name: str, by: bytes | None, also: dict[str, bytes] | None = None) -> bytes:
    """A zip with a part replaced, or left out, and others added."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        for other, words in {**({} if by is None else {name: by}), **(also or {})}.items():
            new.writestr(other, words)
    return out.getvalue()
