"""Characters that printing programs put for others: radicals for whole characters, private signs, controls."""

import unicodedata

_LOOKS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3, *range(0xF900, 0xFAFF))
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}
_RADICALS = {
    0x2E81: "厂", 0x2E84: "乙", 0x2E85: "亻", 0x2E88: "刀", 0x2E8C: "小", 0x2E8D: "小", 0x2E92: "巳", 0x2E93: "幺",
    0x2E9D: "月", 0x2EA0: "民", 0x2EA7: "牛", 0x2EA9: "王", 0x2EAC: "示", 0x2EAE: "竹", 0x2EB7: "羊", 0x2EBB: "聿",
    0x2EBD: "臼", 0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角", 0x2EC7: "角", 0x2EC9: "贝", 0x2ECA: "足", 0x2ECB: "车",
    0x2ED1: "長", 0x2ED3: "长", 0x2ED4: "门", 0x2ED5: "阜", 0x2ED7: "雨", 0x2ED8: "青", 0x2ED9: "韦", 0x2EDA: "页",
    0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食", 0x2EE1: "首", 0x2EE2: "马", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE5: "鱼",
    0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦", 0x2EE9: "黄", 0x2EEA: "黾", 0x2EEC: "齐", 0x2EEE: "齿", 0x2EF0: "龙",
}  # fmt: skip
_LIGATURES = {
    0x2E3A: "——",
    0x2E3B: "———",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
}
"""One glyph that a font has for several characters."""
_GONE = dict.fromkeys((*range(0x20), 0x7F, 0xAD, 0xFFFF, *range(0xD800, 0xE000)), "")
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""PDFium's sign for one at a line's end."""
_TABLE = {**_LOOKS, **_RADICALS, **_LIGATURES, **_GONE, **_HYPHENS}
_SUSPECT = frozenset(map(chr, _TABLE))


def usual_signs(text: str) -> str:
    """The text in the characters that a person would type for it."""
    return text if _SUSPECT.isdisjoint(text) else text.translate(_TABLE)
