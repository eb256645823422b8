"""The text as the rules see it: same length, one form of each punctuation mark, simplified characters.

Every rule of this room matches against `plain(text)`; offsets into it are offsets into the source.
"""

_WIDE = (
    *zip(",:;!?()．〈〉「」『』\u3000\u00a0\u2002\u2003", "，：；！？（）.《》“”“”    ", strict=True),
    *((chr(0xFF10 + digit), str(digit)) for digit in range(10)),
)
_TRADITIONAL = str.maketrans(
    "顧務報劃綱標導總體實業績問題動設產續規發強長績責領範圍結語釋註專欄節編個當僅東時點級區縣鎮鄉聯團緊執機構"
    "關於議預測現將從來計創優質築環責任與為會國黨說達優辦學習歷處離風險隊廣護際門開進運過還這選遠邊間闊際隨難"
    "項頭願類顯馬驗黃齊龍準則營備爭戰鬥掃貫徹誌審閱託讓麼們應協單億萬號條",
    "顾务报划纲标导总体实业绩问题动设产续规发强长绩责领范围结语释注专栏节编个当仅东时点级区县镇乡联团紧执机构"
    "关于议预测现将从来计创优质筑环责任与为会国党说达优办学习历处离风险队广护际门开进运过还这选远边间阔际随难"
    "项头愿类显马验黄齐龙准则营备争战斗扫贯彻志审阅托让么们应协单亿万号条",
)
_TRADITIONAL_MARKS = frozenset("報務發劃標體實業導")


def plain(text: str) -> str:
    """The text in the one form that rules are written for; as long as the text, character by character."""
    # replacing one character after the other is fifty times faster here than str.translate
    for other, ours in _WIDE:
        text = text.replace(other, ours)
    if _TRADITIONAL_MARKS.isdisjoint(text[:4000]):
        return text
    return text.translate(_TRADITIONAL)
