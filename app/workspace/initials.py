"""Pinyin initials of a unit's short name: what people type to find it."""

READINGS = {
    # 行, 重, 长 and 调 as units' names mean them
    "行政": "xz",
    "行管": "xg",
    "行审": "xs",
    "行业": "hy",
    "银行": "yh",
    "农商行": "nsh",
    "支行": "zh",
    "分行": "fh",
    "重点": "zd",
    "重大": "zd",
    "重工": "zg",
    "重建": "cj",
    "重庆": "cq",
    "长江": "cj",
    "长堤": "cd",
    "长安": "ca",
    "长寿": "cs",
    "河长": "hz",
    "湖长": "hz",
    "林长": "lz",
    "调查": "dc",
    "调研": "dy",
    "调度": "dd",
    "调水": "ds",
    "调解": "tj",
    "调处": "tc",
    "协调": "xt",
    # other characters of places and offices that are read in several ways
    "朝阳": "cy",
    "会计": "kj",
    "大厦": "ds",
    "厦门": "xm",
    "西藏": "xz",
    "音乐": "yy",
    "参事": "cs",
    "番禺": "py",
    "六安": "la",
    "单县": "sx",
}
"""Words whose characters have several readings, where a general dictionary would be wrong or may change."""


def initials(short_name: str) -> str:
    """One lower-case letter or digit per character (区科技局: qkjj); what has neither is left out."""
    from pypinyin import Style, lazy_pinyin  # its tables take a third of a second to load

    letters = list("".join(lazy_pinyin(short_name, style=Style.FIRST_LETTER)))
    for word, reading in READINGS.items():
        place = short_name.find(word)
        while place >= 0:
            letters[place : place + len(word)] = reading
            place = short_name.find(word, place + 1)
    return "".join(letter.lower() for letter in letters if letter.isascii() and letter.isalnum())
