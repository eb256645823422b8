import io
import zipfile

import pytest

from app.domain.errors import UserError
from app.domain.report import place_at
from app.reading.formats.linear import Extract
from app.reading.formats.ofd import read
from tests.rendering import to_ofd

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WORDS = "云港区推进港口扩建和航道疏浚，建设标准厂房。"


def made(*pages: str, **parts: str) -> bytes:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "OFD.xml",
            f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        archive.writestr(
            "Doc_0/Document.xml", f"<ofd:Document {SPACE}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        for n, page in enumerate(pages):
            archive.writestr(
                f"Doc_0/Pages/{n}.xml", f"<ofd:Page {SPACE}><ofd:Content>{page}</ofd:Content></ofd:Page>"
            )
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def layer(words: str, kind: str = "Body") -> str:
    return f'<ofd:Layer Type="{kind}">{words}</ofd:Layer>'


def text(words: str, box: str, code: str, more: str = "") -> str:
    return f'<ofd:TextObject Boundary="{box}" Size="5" {more}><ofd:TextCode {code}>{words}</ofd:TextCode></ofd:TextObject>'


def told(value: object) -> str:
    """A parameter in a test's name: an archive's bytes hold the time, which would be another in each process."""
    return str(value) if isinstance(value, str) else "data"


def extract(data: bytes) -> Extract:
    return read(data, "报告.ofd", lambda _share: None)


def test_that_letters_stand_where_their_distances_say() -> None:
    page = layer(
        text(WORDS, "20 30 150 10", 'X="0" Y="5" DeltaX="g 21 5"')
        + text("左列", "20 60 60 10", 'X="0" Y="5" DeltaX="5"')
        + text("右列", "80 60 60 10", 'X="0" Y="5" DeltaX="5"')
        + text("页眉水印", "20 80 60 10", 'X="0" Y="5"', 'CTM="2 0 0 2 0 0"')
    )
    assert extract(made(page + layer(text("背景", "1 1 9 9", 'X="0" Y="5"'), "Background"))).text == (
        f"{WORDS}\n左列  右列\n页眉水印\n"
    )


def test_that_letters_set_one_by_one_make_words_and_wide_figures_numbers() -> None:
    words = "到2026年建成标准厂房12.5万平方米，培育PM类市场。"
    page = "".join(text(char, f"{20 + 5 * n} 30 5 6", 'X="0" Y="5"') for n, char in enumerate(words))
    assert extract(made(layer(page))).text.replace("P M", "PM") == words + "\n"


def test_that_pages_are_kept_as_places() -> None:
    pages = [layer(text(WORDS * 1 + f"第{n}项。", "20 90 150 10", 'X="0" Y="5"')) for n in range(3)]
    found = extract(made(*pages))
    place = place_at(found.places, found.text.index("第2项"))
    assert place is not None
    assert place.words == "第3页 第3段"


def test_that_several_pieces_of_one_object_each_have_their_place() -> None:
    both = (
        '<ofd:TextObject Boundary="20 30 150 40" Size="5"><ofd:TextCode X="0" Y="5">'
        + WORDS
        + "</ofd:TextCode>"
        f'<ofd:TextCode X="0" Y="25">{WORDS}</ofd:TextCode></ofd:TextObject>'
    )
    assert extract(made(layer(both))).text.split() == [WORDS, WORDS]


def test_that_numbers_that_are_none_do_no_harm() -> None:
    page = layer(text(WORDS, "a b c d", 'X="x" Y="nan" DeltaX="g x 5 g 999999999 5 5"', 'CTM="1 2"'))
    assert extract(made(page)).text.strip() == WORDS


@pytest.mark.parametrize("delta", ["inf", "nan", "1e300", "999999 999999"])
def test_that_distances_beyond_any_page_are_the_usual(delta: str) -> None:
    page = layer(
        text(WORDS, "20 30 150 10", f'X="0" Y="5" DeltaX="{delta}"')
        + text("右边", "126 30 60 10", 'X="0" Y="5"')
    )
    assert extract(made(page)).text == f"{WORDS}右边\n"


@pytest.mark.parametrize("size", ["0", "-3.5", "1e-9"])
def test_that_letters_of_no_size_are_read(size: str) -> None:
    words = "".join(
        text(f"{WORDS}第{n}项", f"20 {30 + n / 1e9} 150 10", 'X="0" Y="5"').replace('"5" ', f'"{size}" ', 1)
        for n in range(8)
    )
    found = extract(made(layer(words))).text
    assert all(f"第{n}项" in found for n in range(8))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (made(layer("")), "没有文字"),
        (made(layer(WORDS), **{"Doc_0/Encryptions.xml": "<a/>"}), "加了密码"),
        (to_ofd(WORDS)[:-40], "已损坏"),
        (b"PK\x03\x04", "已损坏"),
    ],
    ids=told,
)
def test_that_what_cannot_be_read_is_said_to_be_so(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        extract(data)


def test_that_a_document_that_names_no_page_or_no_part_is_damaged() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("OFD.xml", f"<ofd:OFD {SPACE}><ofd:DocRoot>../../etc/passwd</ofd:DocRoot></ofd:OFD>")
    with pytest.raises(UserError, match="已损坏"):
        extract(file.getvalue())


def test_that_figures_below_each_other_make_a_table() -> None:
    rows = [("指标", "单位", "2030年"), *((f"港口{n}期", "万吨", f"{n}80") for n in range(4))]
    cells = "".join(
        text(words, f"{20 + 50 * c} {60 + 10 * r} 40 10", 'X="0" Y="5"')
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
    )
    found = extract(made(layer(text(WORDS, "20 30 150 10", 'X="0" Y="5"') + cells)))
    table = "\n\n".join("\n".join(f"\t{words}" for words in row) for row in rows)
    assert [line for line in found.text.split("\n") if line] == [
        WORDS,
        *(line for line in table.split("\n") if line),
    ]
