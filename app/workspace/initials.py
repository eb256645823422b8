"""Pinyin initials of a unit's short name: what people type to find it."""

from collections.abc import Iterator

READINGS = {
    "行政": "xz",
    "执行": "zx",
    "银行": "yh",
    "行业": "hy",
    "重点": "zd",
    "重大": "zd",
    "重庆": "cq",
    "重建": "cj",
    "长江": "cj",
    "长堤": "cd",
    "长安": "ca",
    "首长": "sz",
    "区长": "qz",
    "河长": "hz",
    "林长": "lz",
    "调查": "dc",
    "调研": "dy",
    "调度": "dd",
    "调解": "tj",
    "协调": "xt",
    "会计": "kj",
    "大厦": "ds",
    "厦门": "xm",
    "西藏": "xz",
    "储藏": "cc",
    "朝阳": "cy",
    "都市": "ds",
    "解放": "jf",
    "参事": "cs",
    "乐陵": "ll",
    "音乐": "yy",
    "单县": "sx",
    "省厅": "st",
    "督察": "dc",
    "地方": "df",
    "自行": "zx",
    "发行": "fx",
    "行道": "xd",
    "六安": "la",
    "蔚县": "yx",
    "台州": "tz",
    "番禺": "py",
    "东莞": "dg",
    "莘县": "sx",
    "曾都": "zd",
    "盛泽": "sz",
}
"""Words whose characters are read in several ways, as units' names mean them. The longest at a place counts."""

LONGEST = max(map(len, READINGS))


def initials(short_name: str) -> str:
    """One lower-case letter or digit per character (区科技局: qkjj); what has no reading is left out."""
    return "".join(_letters(short_name))


def _letters(text: str) -> Iterator[str]:
    from pypinyin import Style, lazy_pinyin  # its tables take a quarter of a second to load

    plain = ""
    place = 0
    while place < len(text):
        word = next((text[place : place + n] for n in range(LONGEST, 1, -1) if text[place : place + n] in READINGS), "")
        plain += "\0" * len(word) if word else text[place]
        place += len(word) or 1
    # the words stay whole for pypinyin's own dictionary; only what is listed here is put over its readings
    read = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=list)
    read = [letter for part in read for letter in (part if isinstance(part, list) else [part])]
    yield from read
