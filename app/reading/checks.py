"""Whether a text is a government's report or plan at all: a lenient test that never refuses a real one."""

from app.domain.errors import UserError
from app.domain.patterns import late

_HAN = late(r"[\u4e00-\u9fff]")
_SOLID = late(r"[^\s\d\x00-\x2f:-@\[-`{-~\u3000-\u303f\uff00-\uff20]")
_SENTENCE = late(r"[。！？；\n]")
_OFFICIAL = late(
    "政府|工作|发展|發展|建设|建設|推进|推進|加强|加強|完成|落实|落實|项目|項目|规划|規劃|目标|目標|任务|任務"
    "|提升|服务|服務|保障|改革|实施|實施|重点|重點|群众|群眾|经济|經濟|产业|產業|民生|治理|报告|報告"
)
_SAMPLE = 60_000
_LEAST = 60


def require_report(text: str, name: str) -> None:
    """UserError if the text is no Chinese report: other writing, program code, a few words."""
    sample = text[:_SAMPLE]
    han, solid = len(_HAN.findall(sample)), len(_SOLID.findall(sample))
    if han * 2 < solid:
        raise UserError(f"“{name}”不像是中文的政府工作报告或规划：大部分不是汉字。请确认选对了文件。")
    if han < _LEAST:
        raise UserError(f"“{name}”太短（只有 {han} 个汉字），不像是完整的报告。请确认选对了文件。")
    if not _SENTENCE.search(sample.strip()):
        raise UserError(f"“{name}”里没有完整的句子，不像是报告。请确认选对了文件。")
    found = _OFFICIAL.findall(sample)
    # in real ones every twentieth character begins one of these words; in letters and novels hardly any does
    if len(found) * 125 < han or len(set(found)) < 3:
        raise UserError(f"“{name}”不像是政府工作报告或规划：几乎没有这类文件的用语。请确认选对了文件。")
