"""Small raised figures: a note's call behind words, a power behind letters and figures; in Word files and web pages."""

import pytest

from app.reading.formats import docx, html
from app.reading.formats.raised import raised
from tests.rendering import made_docx


def lines_of_page(body: str) -> list[str]:
    page = f"<html><body>{body}</body></html>".encode()
    return html.read(page, "a.html", lambda _share: None).text.split("\n")[:-1]


def lines_of_word(runs: str) -> list[str]:
    data = made_docx(f"<w:p>{runs}</w:p>")
    return docx.read(data, "a.docx", lambda _share: None).text.split("\n")[:-1]


def run(text: str, align: str = "") -> str:
    look = f'<w:rPr><w:vertAlign w:val="{align}"/></w:rPr>' if align else ""
    return f"<w:r>{look}<w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("figures", "before", "written"),
    [
        ("4", "一般性支出", "[4]"),
        ("12", "“一网统管”", "[12]"),
        ("123", "支出", "[123]"),
        ("1234", "支出", "1234"),
        (" 1 ", "5%", "[1]"),
        ("1", "", "[1]"),
        ("2", "10万m", "²"),
        ("4", "3×10", "⁴"),
        ("-3", "10", "⁻³"),
        ("2", "m³", "²"),
        ("-3", "支出", "-3"),
        ("[1]", "支出", "[1]"),
        ("①", "支出", "①"),
        ("TM", "云港", "TM"),
    ],
)
def test_that_raised_figures_are_calls_behind_words_and_powers_behind_letters(
    figures: str, before: str, written: str
) -> None:
    assert raised(figures, before) == written


def test_that_a_raised_figure_never_joins_the_figure_behind_it() -> None:
    assert lines_of_page("<p>压减支出<sup>1</sup>5%，增绿10万m<sup>2</sup>。</p>") == [
        "压减支出[1]5%，增绿10万m²。"
    ]
    word = (
        run("压减支出") + run("1", "superscript") + run("5%，增绿10万m") + run("2", "superscript") + run("。")
    )
    assert lines_of_word(word) == ["压减支出[1]5%，增绿10万m²。"]
    assert lines_of_word(run("减碳CO") + run("2", "subscript")) == ["减碳CO2"]


@pytest.mark.parametrize(("height", "written"), [("8", "²"), ("1", "²"), ("0", "2"), ("-6", "2"), ("x", "2")])
def test_that_words_moved_up_in_word_are_raised(height: str, written: str) -> None:
    moved = f'<w:r><w:rPr><w:position w:val="{height}"/></w:rPr><w:t>2</w:t></w:r>'
    assert lines_of_word(run("增绿10万m") + moved) == [f"增绿10万m{written}"]


def test_that_a_call_stands_before_the_stop_it_was_set_behind_and_a_power_where_it_is() -> None:
    assert lines_of_page("<p>完成改造。<sup>2</sup>再说。</p>") == ["完成改造[2]。再说。"]
    assert lines_of_page("<p>完成改造。 <sup>2</sup></p>") == ["完成改造[2]。"]
    assert lines_of_page("<p><b>完成<i>改造。</i></b> <sup>2</sup></p>") == ["完成改造 [2]。"]
    assert lines_of_page("<p>甲。<br><sup>1</sup>乙</p><p>丙。</p><p><sup>2</sup>丁</p>") == [
        "甲。",
        "[1]乙",
        "丙。",
        "[2]丁",
    ]
    assert lines_of_page("<p>长10m；<sup>2</sup></p>") == ["长10m[2]；"]
    assert lines_of_page("<section>长10m；<sup>2</sup></section>") == ["长10m[2]；"]
    assert lines_of_page("<section><sup>2</sup>长10m；</section>") == ["[2]长10m；"]
    assert lines_of_page("<p>长10m；</p><sup>2</sup>") == ["长10m；", "[2]"]
    assert lines_of_word(run("完成改造。") + run("2", "superscript")) == ["完成改造[2]。"]


def test_that_a_raised_figure_is_read_with_the_nearest_words_of_its_line() -> None:
    assert lines_of_page("<p>增绿10万<b>m</b> <sup>2</sup></p>") == ["增绿10万m ²"]
    assert lines_of_page("<p><b>云<i>港</i></b>10m<sup>2</sup></p>") == ["云港10m²"]
    assert lines_of_page("<p>云<b>港<i>区</i>10m</b><sup>2</sup></p>") == ["云港区10m²"]
    assert lines_of_page("<div>长10m<p><sup>2</sup>丁</p></div>") == ["长10m", "[2]丁"]


@pytest.mark.parametrize("mark", ["1", "[1]", "（1）", " 〔1〕 "])
def test_that_notes_which_lead_to_their_calls_stand_under_a_heading(mark: str) -> None:
    page = (
        f'<p>推进一网统管<a name="c1" href="#n1"><sup>{mark}</sup></a>5处。</p>'
        '<p>改造<a id="c2" href="#n2">2</a></p><div><div><p>'
        f'<a name="n1" href="#c1">{mark}</a>一网统管：城市管理平台。</p></div>'
        '<p><a id="n2" href="#c2">2</a>改造：翻新。</p></div>'
    )
    assert lines_of_page(page) == [
        "推进一网统管[1]5处。",
        "改造[2]",
        "",
        "注释",
        "[1]一网统管：城市管理平台。",
        "[2]改造：翻新。",
    ]


def test_that_links_which_do_not_lead_back_or_are_no_figures_are_words() -> None:
    assert lines_of_page('<p>见<a name="a" href="#b">1</a></p><p><a name="b" href="#top">1</a>乙</p>') == [
        "见1",
        "1乙",
    ]
    assert lines_of_page('<p>见<a name="a" href="#b">上</a></p><p><a name="b" href="#a">下</a></p>') == [
        "见上",
        "下",
    ]
    assert lines_of_page('<p>见<a name="a" href="#a">1</a></p>') == ["见1"]
    assert lines_of_page('<p>见<a name="a" href="b">1</a></p><p><a name="b" href="a">2</a></p>') == [
        "见1",
        "2",
    ]


def test_that_a_number_of_a_list_stands_before_the_entrys_first_words() -> None:
    assert lines_of_page("<ol><li><p>甲</p></li><li>\n <p><b>乙</b></p>丙</li><li></li><li>丁</li></ol>") == [
        "1. 甲",
        "2. 乙",
        "丙",
        "3.",
        "4. 丁",
    ]


def test_that_deleted_words_of_a_page_are_not_read() -> None:
    assert lines_of_page("<p>新建学校<del>3所</del><ins>5所</ins>。</p>") == ["新建学校5所。"]


def test_that_raised_words_within_raised_words_are_read() -> None:
    assert lines_of_page("<p>云港区<sup>甲<sup>乙</sup></sup>港口</p>") == ["云港区甲乙港口"]


def test_that_a_raised_word_may_hold_what_is_no_letter() -> None:
    assert lines_of_page("<p>云港区<sup>甲&#1;乙\x07</sup>港口</p>") == ["云港区甲 乙 港口"]


def test_that_countless_raised_figures_take_no_longer_than_their_number() -> None:
    page = "<p>" + "<sup></sup>" * 20_000 + "<sup>1</sup>" * 20_000 + "</p>"
    assert lines_of_page(page)[0].startswith("[1]")
