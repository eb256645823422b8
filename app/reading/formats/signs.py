"""Characters that printing programs put for others: radicals for whole characters, private signs, controls."""

import unicodedata

_LOOKS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3, *range(0xF900, 0xFAFF))
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}
_RADICALS = {
    0x2E81: "厂", 0x2E85: "亻", 0x2E9D: "月", 0x2EA0: "民", 0x2EA9: "玉", 0x2EC5: "见", 0x2EC6: "角", 0x2EC9: "贝",
    0x2ECB: "车", 0x2ED3: "长", 0x2ED4: "门", 0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食", 0x2EE2: "马",
    0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE9: "黄", 0x2EEC: "齐", 0x2EEE: "齿", 0x2EF0: "龙",
}  # fmt: skip
_GONE = dict.fromkeys((*range(0x20), 0x7F, 0xAD, 0xFFFF, *range(0xD800, 0xE000)), "")
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""PDFium's sign for one at a line's end."""
_TABLE = {**_LOOKS, **_RADICALS, **_GONE, **_HYPHENS}
_SUSPECT = frozenset(map(chr, _TABLE))


def usual_signs(text: str) -> str:
    """The text in the characters that a person would type for it."""
    return text if _SUSPECT.isdisjoint(text) else text.translate(_TABLE)
