"""Files made to do harm, or damaged: refused in words, or read within bounds."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import UserError
from app.reading import read_bytes
from app.reading.formats import archive, laid_out, linear, office
from app.reading.formats.detect import Format, format_of
from app.reading.formats.extract import MOST, extract
from app.reading.formats.linear import Extract
from tests.rendering import made_docx, made_pdf, to_docx, to_html, to_ofd

REPORT = (
    "云港区政府工作报告\n各位代表：\n一、2025年工作回顾\n全年新增就业1.2万人，完成投资80亿元，重点项目建设顺利。\n"
    "二、2026年主要任务\n重点做好三个方面工作。\n（一）推进产业发展。新建标准厂房20万平方米，引进项目30个，服务群众。\n"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


def told(value: object) -> str:
    """A parameter in a test's name: an archive's bytes hold the time, which would be another in each process."""
    return str(value) if isinstance(value, str) else "data"


def read(data: bytes, name: str) -> Extract | None:
    return extract(data, name, lambda _share: None)


def zipped(**parts: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def word(document: str | bytes) -> bytes:
    return zipped(**{"word__document.xml": document})


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_that_what_unpacks_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PART_LIMIT", 1_000_000)
    bomb = f"<w:document {SPACE}><w:body><w:p><w:r><w:t>云</w:t></w:r></w:p>{' ' * 1_100_000}</w:body></w:document>"
    assert len(word(bomb)) < 3000
    with pytest.raises(UserError, match="解压后的内容过大"):
        read(word(bomb), "a.docx")
    monkeypatch.setattr(archive, "PART_LIMIT", 1_200_000)
    assert read(word(bomb), "a.docx") is not None
    assert archive.PART_LIMIT < MOST * 2


def test_that_the_limits_are_those_of_a_report() -> None:
    assert (archive.TREE_LIMIT, archive.MOST_PARTS) == (16 * 1024 * 1024, 20_000)
    assert (linear.LONGEST, linear.MOST_PARAGRAPHS, laid_out.MOST_PAGES) == (8_000_000, 400_000, 5000)
    assert MOST == 100 * 1024 * 1024


def test_that_parts_read_as_a_whole_have_a_smaller_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "TREE_LIMIT", 500)
    with pytest.raises(UserError, match="过大"):
        read(made_docx("<w:p/>", styles="<w:style/>" + " " * 600), "a.docx")


def test_that_an_archive_of_countless_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_PARTS", 3)
    with pytest.raises(UserError, match="过大"):
        read(zipped(**{"word__document.xml": "", "a": "", "b": "", "c": ""}), "a.docx")


@pytest.mark.parametrize("limit", ["LONGEST", "MOST_PARAGRAPHS"])
def test_that_countless_words_or_paragraphs_are_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, limit, 60)
    paragraphs = "<w:p><w:r><w:t>云港</w:t></w:r></w:p>"
    assert read(made_docx(paragraphs * 15), "a.docx") is not None
    with pytest.raises(UserError, match="文字太多"):
        read(made_docx(paragraphs * 70), "a.docx")


def test_that_countless_empty_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "MOST_PARAGRAPHS", 50)
    document = "<w:document {}><w:body>{}</w:body></w:document>"
    assert read(word(document.format(SPACE, "<w:p/>" * 50)), "报告.docx") is not None
    with pytest.raises(UserError, match="文字太多"):
        read(word(document.format(SPACE, "<w:p/>" * 51)), "报告.docx")


def test_that_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容", encoding="utf-8")
    document = (
        f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "笑">]><w:document {SPACE}><w:body>'
        "<w:p><w:r><w:t>前文&x;</w:t></w:r></w:p><w:p><w:r><w:t>&y;后文</w:t></w:r></w:p></w:body></w:document>"
    )
    found = read(word(document), "a.docx")
    assert found is not None
    assert found.text in {"前文\n\n", "前文\n"}


def test_that_entities_that_multiply_are_refused_at_once() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    document = (
        f'<!DOCTYPE w:document [<!ENTITY l0 "笑">{laughs}]><w:document {SPACE}><w:body>'
        "<w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
    )
    with pytest.raises(UserError, match="已损坏"):
        read(word(document), "a.docx")


def test_that_entities_in_a_small_part_or_a_page_are_not_expanded_either() -> None:
    styles = '<!DOCTYPE s [<!ENTITY a "甲"><!ENTITY b "&a;&a;">]><s>&b;</s>'
    data = zipped(
        **{"word__document.xml": f"<w:document {SPACE}><w:body/></w:document>", "word__styles.xml": styles}
    )
    assert read(data, "a.docx") is not None
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>云港&x;区</p></body></html>'
    found = read(page.encode(), "a.html")
    assert found is not None
    assert "云港" in found.text


@pytest.mark.parametrize("cut", [0.3, 0.9])
@pytest.mark.parametrize("name", ["a.docx", "a.ofd"])
def test_that_a_truncated_archive_is_said_to_be_damaged(name: str, cut: float) -> None:
    data = to_docx(REPORT) if name == "a.docx" else to_ofd(REPORT)
    with pytest.raises(UserError, match="已损坏"):
        read(data[: int(len(data) * cut)], name)


def test_that_a_part_that_is_no_xml_or_has_flipped_bytes_is_damaged() -> None:
    for document in ("<w:document", "", "<a/>" * 2, b"\x00\xff" * 50):
        with pytest.raises(UserError, match="已损坏"):
            read(word(document), "a.docx")
    data = bytearray(to_docx(REPORT))
    at = data.index(b"word/document.xml") + 60
    data[at : at + 40] = bytes(40)
    with pytest.raises(UserError, match="已损坏"):
        read(bytes(data), "a.docx")


def test_that_an_archive_with_a_password_is_said_to_have_one() -> None:
    data = bytearray(word(f"<w:document {SPACE}/>"))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UserError, match="加了密码"):
        read(bytes(data), "a.docx")


def test_that_macros_are_never_looked_at() -> None:
    data = zipped(
        **{
            "word__document.xml": f"<w:document {SPACE}><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>",
            "word__vbaProject.bin": b"\xff" * 100,
        }
    )
    found = read(data, "a.docm")
    assert found is not None
    assert found.text == "正文\n"


def locked_pdf() -> bytes:
    key = hashlib.sha256(b"key").hexdigest()
    rule = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<{key}> <{key}>]"
    return made_pdf([[(90.0, 100.0, 12.0, "云港区政府工作报告")]], extra=rule.encode())


def test_that_a_pdf_with_a_password_is_said_to_have_one() -> None:
    with pytest.raises(UserError, match="加了密码"):
        read(locked_pdf(), "a.pdf")


def test_that_a_pdf_with_a_broken_table_of_places_is_read_all_the_same() -> None:
    lines = [(90.0, 100.0 + 20 * n, 12.0, f"云港区推进港口扩建第{n}项工作") for n in range(5)]
    data = made_pdf([lines])
    start = data.rindex(b"startxref")
    for broken in (
        data[:start] + b"startxref\n99999999\n%%EOF\n",
        data.replace(b" 00000 n", b" 00009 n"),
        b"junk\n" + data,
    ):
        found = read(broken, "a.pdf")
        assert found is not None
        assert "第4项工作" in found.text


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + b"x" * 500, b"%PDF-1.4\n%%EOF"])
def test_that_what_only_begins_as_a_pdf_is_damaged(data: bytes) -> None:
    with pytest.raises(UserError, match="已损坏"):
        read(data, "a.pdf")


def test_that_more_pages_than_any_report_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laid_out, "MOST_PAGES", 4)
    page = [(90.0, 300.0, 12.0, "云港区推进港口扩建工作，完成投资二十亿元。")]
    assert read(made_pdf([page] * 4), "a.pdf") is not None
    with pytest.raises(UserError, match="5 页，超过了 4 页"):
        read(made_pdf([page] * 5), "a.pdf")


def test_that_two_thousand_pages_are_read() -> None:
    pages = [
        [
            (90.0, 300.0, 12.0, "云港区推进港口扩建和航道疏浚，全面建成枢纽港城，"),
            (90.0, 320.0, 12.0, f"第{n}项。"),
        ]
        for n in range(2000)
    ]
    found = read(made_pdf(pages), "a.pdf")
    assert found is not None
    assert found.text.count("\n") == 2000
    assert found.places[-1].page == 2000


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (to_docx(REPORT), "x.txt", Format.DOCX),
        (to_docx(REPORT)[:50], "x.docx", Format.DOCX),
        (to_docx(REPORT)[:50], "x.zip", Format.ARCHIVE),
        (to_ofd(REPORT), "x", Format.OFD),
        (zipped(**{"xl__workbook.xml": ""}), "x.docx", Format.SHEET),
        (zipped(**{"ppt__a.xml": ""}), "x.docx", Format.SLIDES),
        (zipped(**{"mimetype": "", "content.xml": ""}), "x.odt", Format.OFFICE),
        (zipped(mimetype=""), "x.odt", Format.ARCHIVE),
        (b"\n\n%PDF-1.7", "x.txt", Format.PDF),
        (b" " * 1024 + b"%PDF-1.7", "x.txt", Format.TEXT),
        (OLE, "x.wps", Format.OFFICE),
        (OLE, "x.et", Format.SHEET),
        (b"\x89PNG\r\n\x1a\n", "x.png", Format.PICTURE),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "report.docx", Format.PICTURE),
        (b"GIF89a", "x.gif", Format.PICTURE),
        (b"GIF8: ", "x.txt", Format.TEXT),
        (b"BM\x36\x10\n\0\0\0\0\0\x36", "x.bmp", Format.PICTURE),
        (b"BM 2026 0000", "x.txt", Format.TEXT),
        (b"II*\0\x08", "x.tif", Format.PICTURE),
        (b"MM\0*\0", "x.tiff", Format.PICTURE),
        (OLE, "x.dps", Format.SLIDES),
        (OLE + "WordDocument".encode("utf-16-le"), "x.xls", Format.OFFICE),
        (OLE + "Workbook".encode("utf-16-le"), "x.doc", Format.SHEET),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx", Format.LOCKED),
        (b"{\\rtf1 a}", "x.doc", Format.OFFICE),
        (to_html(REPORT), "x.txt", Format.HTML),
        (b"\xef\xbb\xbf<!-- a -->\n<HTML>", "x.txt", Format.HTML),
        ("<html>".encode("utf-16"), "x", Format.HTML),
        ("云港区<p>发展".encode(), "x.txt", Format.TEXT),
        ("云港区<p>发展".encode(), "x.htm", Format.HTML),
        ("云港区".encode(), "x.htm", Format.TEXT),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n", "x", Format.MHT),
        (REPORT.encode(), "x.docx", Format.TEXT),
    ],
    ids=told,
)
def test_that_the_content_tells_the_format(data: bytes, name: str, found: Format) -> None:
    assert format_of(data, name) is found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (OLE + "Workbook".encode("utf-16-le"), "表格文件"),
        (zipped(**{"ppt__a.xml": ""}), "演示文稿"),
        (zipped(a=""), "压缩包"),
    ],
    ids=told,
)
def test_that_what_holds_no_report_is_refused_by_what_it_is(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_bytes(data, "报告.doc")


def test_that_without_an_office_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(UserError, match=r"需要 LibreOffice.*另存为.*docx"):
        read_bytes(OLE, "报告.wps")


def test_that_an_office_that_cannot_start_or_makes_nothing_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: str(tmp_path / "没有"))
    with pytest.raises(UserError, match="启动不了 LibreOffice"):
        read_bytes(OLE, "报告.doc")


def stub(tmp_path: Path, script: str) -> str:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


posix = pytest.mark.skipif(__import__("os").name == "nt", reason="shell scripts stand for the office")


@posix
def test_that_what_the_office_cannot_open_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: stub(tmp_path, "exit 1"))
    with pytest.raises(UserError, match="LibreOffice 打不开"):
        read_bytes(OLE, "报告.doc")


@posix
def test_that_an_office_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "office_program", lambda: stub(tmp_path, "sleep 60"))
    monkeypatch.setattr(office, "TIME_LIMIT", 0.05)
    with pytest.raises(UserError, match="已停止"):
        read_bytes(OLE, "报告.doc")


@posix
def test_that_cancelling_ends_the_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(_share: float) -> None:
        raise StoppedError

    mark = tmp_path / "ended"
    monkeypatch.setattr(office, "office_program", lambda: stub(tmp_path, f"sleep 60 && touch {mark}"))
    with pytest.raises(StoppedError):
        read_bytes(OLE, "报告.doc", tell=stop)
    assert not mark.exists()


@posix
def test_that_the_office_gets_a_name_of_ours_and_a_profile_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.docx"
    ready.write_bytes(to_docx(REPORT))
    script = f'echo "$@" > {tmp_path}/said; while [ "$1" != --outdir ]; do shift; done; mkdir "$2"; cp {ready} "$2"/document.docx'
    monkeypatch.setattr(office, "office_program", lambda: stub(tmp_path, script))
    reading = read_bytes(OLE, "--convert.doc")
    assert reading.source.encoding == "docx"
    assert reading.source.name == "--convert.doc"
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert "-env:UserInstallation=file:///" in said
    assert "--headless" in said
    assert said.strip().endswith("/document.doc")


def test_that_half_a_character_and_a_lone_carriage_return_are_no_words() -> None:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in REPORT.split("\n"))
    odd = '<w:p><w:r><w:t>新建&#13;码头</w:t><w:sym w:char="D800"/><w:sym w:char="E9"/></w:r></w:p>'
    reading = read_bytes(made_docx(paragraphs + odd), "报告.docx")
    text = reading.source.text
    assert text.split("\n")[-2] == "新建 码头?é"
    assert reading.source.text_sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert reading.places[-1].start == text.index("新建 码头")


@pytest.mark.parametrize("said", ["undefined", "x-none"])
def test_that_a_page_in_an_encoding_that_is_none_is_read_all_the_same(said: str) -> None:
    found = read(
        f'<html><head><meta charset="{said}"></head><body><p>云港区</p></body></html>'.encode(), "a.html"
    )
    assert found is not None
    assert found.text == "云港区\n"


def test_that_half_a_character_that_a_page_decodes_to_is_no_word() -> None:
    found = read(
        rb'<html><head><meta charset="unicode_escape"></head><body><p>5\ud800G</p></body></html>', "a.html"
    )
    assert found is not None
    assert found.text == "5?G\n"
