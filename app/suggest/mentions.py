"""Bodies that the text itself gives something to do: （X牵头，Y、Z配合）, 由X负责, 责任单位：X."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from app.domain.spans import Span
from app.domain.tasks import Role
from app.suggest.lexicon import alternatives, words
from app.suggest.sentences import IN_BRACKETS


class Mention(NamedTuple):
    """A body named in a sentence. Offsets into the sentence."""

    span: Span
    name: str
    role: Role
    reason: str


_BRACKET = re.compile(
    rf"[（【〔\[]({IN_BRACKETS}{{0,120}}?(?:牵头|负责|配合|责任单位|责任部门|协办){IN_BRACKETS}{{0,120}})[）】〕\]]"
)
_ONLY_NAMES = re.compile(
    rf"(?<![局委办会府])（((?!含|以下|包括|包含|原|如|即|指|简称){IN_BRACKETS}{{3,120}}?)(?P<by>[，；][^，；、（）]{{2,12}})?）(?=。?$)"
)
_OFFICE = re.compile(
    r"[省市区县旗州团各].*(?:局|委|办|厅|部|办公室|政府|管委会|联合会|工会|妇联|残联|支队|集团|街道|单位|部门)$"
)
_OWN_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:[^布格结大时僵全开]局|委员会|[^常政]委|管委会|联合会|总工会|妇联|残联|支队|大队)$"
)
"""An office without the word for its level (公安分局, 云港生态环境局)."""
_BY_WHEN = re.compile(r"(?:前|底|末|年内|全年|完成|推进|坚持|落实|实施|开展)$")
"""What a bracket of offices may say at its end: by when."""
_PART = re.compile(rf"(?:(?![，；。]|(?<=牵头)、|(?<=负责)、|(?<=配合)、){IN_BRACKETS})+")
_LABELS = (
    "(?:牵头责任单位|牵头责任部门|协同责任单位|牵头单位|牵头部门|责任单位|责任部门|责任主体|主办单位|承办单位|配合单位|协办单位"
    "|协同单位|参加单位|配合部门|主办|承办|协办)："
)
_LABEL = re.compile(
    rf"(?P<label>{_LABELS})(?P<names>(?:(?![；。：]|{_LABELS}){IN_BRACKETS}|；(?=各[^：；。]+(?:[；。]|$)))+)"
)
_TIMES = re.compile(r"(?:（|\[|【|〔)?(?:完成|办结)?(?:时限|时间|期限|时间节点)(?:要求)?[】\]]?：")
_ASSIGNS = re.compile(
    r"[★●■▲◆※]?(?:（|\[|【|〔)?(?:(?:牵头|责任|主办|配合|协办|协同|参加|承办|实施|分管|项目)(?:负责|责任)?(?:单位|部门|主体|领导|人)"
    r"|主办|承办|协办)[】\]]?：|" + _TIMES.pattern
)
_ROLE_END = re.compile(
    r"(?:等(?:有关|相关)?(?:单位|部门)?)?(?:按照?(?:各自)?职责分工|分别|共同|具体)?(?P<role>牵头|负责|配合|参与|协同|协助|落实)(?:负责|实施|落实|完成|推进)*$"
)
_COUNCIL = re.compile(r"成立(?P<name>[^，；。、]{2,30}?(?:领导小组|指挥部|工作专班))")
_SUPPORTED = re.compile(
    r"(?<=[，；])(?P<names>[^，；。（）：]{2,60}?)(?:积极)?(?:配合|参与|协同)(?=[，；。]|$)"
)
_AT_ONCE = re.compile(
    r"(?:^(?:\d{1,2}[.、])?|(?<=[，；。]))(?P<name>[省市区县][^，；。、由]{1,14}?)(?:专门)?(?P<act>设立|牵头|负责)"
)
_NAME = re.compile(rf"(?:(?![、，；★●■▲◆※\s]){IN_BRACKETS})+")
_LEADING = re.compile(r"（总?(?:牵头|主责)(?:单位|部门)?）$")
"""How a list says which of its bodies leads (区财政局、区交通局（牵头）)."""
_AFTERWARDS = re.compile(
    r"由[^，；。：]{2,60}(?:牵头|负责|牵头负责)(?:，[^，；。：]{2,60}(?:配合|参与|协同|协助))?。?"
)
_AND_OTHERS = re.compile(
    r"（[^（）]*(?:牵头|主责|配合|协办)[^（）]*）$|等(?:有关|相关)?(?:单位|部门)?$|(?:等(?:单位|部门)?)?(?:按照?(?:各自)?职责分工|分别|共同)?(?:牵头|负责|配合)$"
)
_IN_DETAIL = re.compile(r"（[^（）]*）$")
"""Which bodies are meant (各镇（街道）)."""
_SPLIT = re.compile(r"[^、和及与]+")
_SUPPORTING = re.compile("配合|参与|协同|协助|(?:配合|协办|协同|参加)单位|配合部门|协同责任单位|协办")


def is_assignment(sentence: str) -> bool:
    """Whether a folded sentence only says who does the work before it, or by when (责任单位：区教育局。)."""
    names = _ONLY_NAMES.match(sentence)
    if names and _office_names(names):
        return True
    if _AFTERWARDS.fullmatch(sentence):
        return bool(mentions(sentence))
    return _ASSIGNS.match(sentence) is not None or _BRACKET.fullmatch(sentence) is not None


def said_by_when(sentence: str) -> int:
    """Where a folded line that assigns work goes on with its times (完成时限：6月底前开工12处), or its end."""
    found = _TIMES.search(sentence)
    return found.end() if found else len(sentence)


def mentions(sentence: str) -> list[Mention]:
    """The bodies a folded sentence gives something to do, in order."""
    if not (sentence.endswith(("）", "）。")) or any(word in sentence for word in _KEYS)):
        return []
    found = [
        *_in_brackets(sentence),
        *_in_plain_brackets(sentence),
        *_labelled(sentence),
        *_by(sentence),
        *_at_once(sentence),
        *_supporting(sentence),
        *_councils(sentence),
    ]
    found.sort(key=lambda m: m.span)
    return [m for i, m in enumerate(found) if i == 0 or not m.span.overlaps(found[i - 1].span)]


_KEYS = (
    "主办",
    "承办",
    "协办",
    "牵头",
    "负责",
    "配合",
    "单位",
    "部门",
    "由",
    "领导小组",
    "指挥部",
    "专班",
    "设立",
)


def _in_brackets(sentence: str) -> Iterator[Mention]:
    """The parts of a bracket up to one with a role share that role; the first body of all leads."""
    for bracket in _BRACKET.finditer(sentence):
        first = Role.LEAD
        pending: list[Span] = []
        for part in _PART.finditer(sentence, bracket.start(1), bracket.end(1)):
            if "：" in part[0]:
                continue
            end = _ROLE_END.search(part[0])
            pending.append(Span(part.start(), part.start() + (end.start() if end else len(part[0]))))
            if end:
                first = Role.SUPPORT if _SUPPORTING.fullmatch(end["role"]) else first
                for names in pending:
                    yield from _named(sentence, names, first, "括注写明")
                    first = Role.SUPPORT
                pending = []


def _in_plain_brackets(sentence: str) -> Iterator[Mention]:
    """（区教育局、区财政局） at a sentence's end: nothing but offices, of which the first leads."""
    names = _ONLY_NAMES.search(sentence)
    span = _office_names(names) if names else None
    if span:
        yield from _named(sentence, span, Role.LEAD, "括注写明")


def _office_names(names: re.Match[str]) -> Span | None:
    """Where a bracket's offices stand, if it holds nothing else but by when."""
    by = names["by"] or ""
    is_office = bool(by) and _are_offices(by[1:])
    if by and not is_office and not _BY_WHEN.search(by):
        return None
    span = Span(names.start(1), names.end("by") if is_office else names.end(1))
    return span if _are_offices(names.string[span.start : span.end]) else None


def _are_offices(names: str) -> bool:
    return all(_OFFICE.match(name[0]) or _OWN_OFFICE.fullmatch(name[0]) for name in _NAME.finditer(names))


def _labelled(sentence: str) -> Iterator[Mention]:
    is_led = False
    for m in _LABEL.finditer(sentence):
        label = m["label"].rstrip("：")
        is_support = is_led or _SUPPORTING.fullmatch(label) is not None
        is_led = is_led or not is_support
        yield from _named(sentence, Span(*m.span("names")), _first(is_support), f"文中“{label}”")


def _named(sentence: str, names: Span, first: Role, reason: str) -> Iterator[Mention]:
    """The bodies of a list: the first, or the one said to lead, has the role given, the others support.

    Behind a comma only bodies go on.
    """
    listed = list(_NAME.finditer(sentence, names.start, names.end))
    leading = next((i for i, m in enumerate(listed) if _LEADING.search(m[0])), 0)
    for i, m in enumerate(listed):
        name = _AND_OTHERS.sub("", m[0])
        if i and sentence[m.start() - 1] != "、" and not _body().search(_IN_DETAIL.sub("", name)):
            return
        if 2 <= len(name) <= 30:
            role = first if i == leading else Role.SUPPORT
            yield Mention(Span(m.start(), m.start() + len(name)), name, role, reason)


def _first(is_support: bool, /) -> Role:
    return Role.SUPPORT if is_support else Role.LEAD


def _by(sentence: str) -> Iterator[Mention]:
    """由X牵头 makes X the lead, 由X、Y共同发起 makes both act. Nothing is taken unless all are bodies."""
    for m in _by_pattern().finditer(sentence):
        parts = list(_SPLIT.finditer(sentence, *m.span("names")))
        if all(_body().search(part[0]) for part in parts) and m["names"] not in words(
            "owners_named", "not_bodies"
        ):
            role = Role.LEAD if m["act"] in {"牵头", "负责", "牵头负责", "会同"} else Role.ACTOR
            for i, part in enumerate(parts):
                yield Mention(
                    Span(*part.span()),
                    part[0],
                    role if i == 0 or role is Role.ACTOR else Role.SUPPORT,
                    "文中写明由其承担",
                )


def _at_once(sentence: str) -> Iterator[Mention]:
    """区财政设立资金, 区发改委牵头制定: a clause that begins with a body of the government."""
    for m in _AT_ONCE.finditer(sentence):
        if _body().search(m["name"]) and not m["name"].endswith("企业"):
            role = Role.ACTOR if m["act"] == "设立" else Role.LEAD
            yield Mention(Span(*m.span("name")), m["name"], role, "文中写明由其承担")


def _supporting(sentence: str) -> Iterator[Mention]:
    """由X牵头，Y、Z配合: a clause that names bodies and ends with what they do."""
    for m in _SUPPORTED.finditer(sentence):
        parts = list(_SPLIT.finditer(sentence, *m.span("names")))
        if all(_body().search(part[0]) for part in parts):
            yield from (Mention(Span(*p.span()), p[0], Role.SUPPORT, "文中写明配合") for p in parts)


def _councils(sentence: str) -> Iterator[Mention]:
    for m in _COUNCIL.finditer(sentence):
        yield Mention(Span(*m.span("name")), m["name"], Role.ACTOR, "文中写明成立")


@cache
def _by_pattern() -> re.Pattern[str]:
    return re.compile(rf"由(?P<names>[^，；。由]{{2,60}}?)(?P<act>{alternatives('owners_named', 'acts')})")


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('owners_named', 'bodies')}$")
