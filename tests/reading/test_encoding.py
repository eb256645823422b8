import hashlib

import pytest

from app.domain.errors import UserError
from app.reading import decode
from app.reading.encoding import LIMIT

WORDS = "云港区推进重点项目建设，完成投资12亿元。\n新增就业3000人，改造老旧小区8个。\n"
TRADITIONAL = "雲港區推進重點項目建設，完成投資12億元。\n新增就業3000人，改造老舊小區8個。\n"


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("utf-8", WORDS.encode()),
        ("utf-8", b"\xef\xbb\xbf" + WORDS.encode()),
        ("gb18030", WORDS.encode("gb18030")),
        ("utf-16-le", b"\xff\xfe" + WORDS.encode("utf-16-le")),
        ("utf-16-be", b"\xfe\xff" + WORDS.encode("utf-16-be")),
    ],
)
def test_that_each_encoding_gives_the_same_text_without_its_mark(encoding: str, data: bytes) -> None:
    source = decode(data, "报告.txt")
    assert source.text == WORDS
    assert source.encoding == encoding
    assert source.name == "报告.txt"


def test_that_traditional_text_is_read_as_big5_though_gb18030_could_decode_it() -> None:
    data = TRADITIONAL.encode("big5")
    data.decode("gb18030")
    source = decode(data, "a.txt")
    assert (source.encoding, source.text) == ("big5", TRADITIONAL)


def test_that_simplified_text_is_read_as_gb18030_even_if_big5_could_decode_it() -> None:
    for line in ("的一是在不了有和人这中大为上个国", "发展", "推进工作任务目标"):
        source = decode(line.encode("gb18030"), "a.txt")
        assert (source.encoding, source.text) == ("gb18030", line)


def test_that_characters_of_the_extended_code_page_are_still_big5() -> None:
    words = TRADITIONAL + "裏"
    source = decode(words.encode("cp950"), "a.txt")
    assert (source.encoding, source.text) == ("big5", words)


def test_that_line_ends_become_lf_and_nothing_else_is_touched() -> None:
    raw = "一、工作\r\n\r\n\u3000\u3000推 进。\r新增\t5家。 \x0c\n"
    source = decode(raw.encode(), "a.txt")
    assert source.text == "一、工作\n\n\u3000\u3000推 进。\n新增\t5家。 \x0c\n"


def test_that_both_hashes_are_those_of_the_bytes_and_of_the_text() -> None:
    data = b"\xef\xbb\xbf" + WORDS.replace("\n", "\r\n").encode()
    source = decode(data, "a.txt")
    assert source.file_sha256 == hashlib.sha256(data).hexdigest()
    assert source.text_sha256 == hashlib.sha256(WORDS.encode()).hexdigest()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b" \r\n\t\xe3\x80\x80\n", "只有空白"),
        (b"\xef\xbb\xbf", "只有空白"),
        (b"PK\x03\x04....", "docx"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "doc"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"\x1f\x8b\x08", "压缩包"),
        (b"\x89PNG\r\n", "图片"),
        (b"abc\x00def", "不是文本"),
        (b"a\x01\x02\x03b" * 20, "控制字符"),
        (WORDS.encode()[:-2], "不完整"),
        (WORDS.encode("gb18030")[:-2], "不完整"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le")[:-1], "不完整"),
        (b"\xff\xff\xff\xff\xff\xff" * 9, "编码"),
        (b"\xfe\xff\xd8\x00\x00\x41\x00\x41\x00\x41", "编码"),
    ],
)
def test_that_what_is_no_whole_text_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as error:
        decode(data, "甲.txt")
    assert "甲.txt" in str(error.value)
    assert "请" in str(error.value)


def test_that_a_few_control_characters_do_not_make_a_text_binary() -> None:
    text = "推进\x01" + WORDS
    assert decode(text.encode(), "a.txt").text == text


def test_that_a_damaged_utf8_file_is_not_taken_for_another_encoding() -> None:
    data = (WORDS * 5).encode() + b"\xff" + "。".encode()
    with pytest.raises(UserError, match="编码"):
        decode(data, "a.txt")


def test_that_size_is_limited_to_twenty_megabytes() -> None:
    assert LIMIT == 20 * 1024 * 1024
    with pytest.raises(UserError, match="20 MB"):
        decode(b"a" * (LIMIT + 1), "a.txt")
    assert decode(b"a" * LIMIT, "a.txt").encoding == "utf-8"
