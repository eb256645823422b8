"""What the parts of a package say about each other: whether a program of ours can have written them together."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.chains import Link, problems
from app.domain.changes import OfReport
from app.domain.comments import Comment
from app.domain.contents import Contents
from app.domain.corrections import Correction
from app.domain.decisions import Decision, decision_id
from app.domain.people import Person, PersonRole
from app.domain.reports import LayerState, ReportCard, report_id_of
from app.domain.spans import Span, Spans
from app.domain.tasks import Deadline, Dismissal, Owner, Tag, TagKind, Target, Task
from app.exchange import archive, checks_work
from app.exchange.merging import Dot, Key, Replica
from app.exchange.package import Package, read
from app.exchange.payloads import (
    COMMENT,
    DECISION,
    LAYER,
    OF_REPORT,
    OFFICE,
    PERSON,
    REPORT,
    UNIT,
    Payload,
    id_of,
)
from app.exchange.records import edits_of

ID_LIMIT = 200
"""The most characters of an id, or of a key that stands for one."""

_VALUES = {TagKind.TARGET: Target, TagKind.OWNER: Owner, TagKind.DEADLINE: Deadline}
_NEVER_GONE = (LAYER, REPORT)


def opened(path: Path) -> Package:
    """The package in a file, every word of it checked. UserError for anything but an honest, whole one."""
    package = read(path)
    fault = next(faults(package), None)
    if fault is not None:
        raise archive.tampered(path, fault)
    return package


def faults(package: Package) -> Iterator[str]:
    """What cannot be, a few Chinese words each; nothing for a package that this program could have written."""
    yield from _report(package)
    yield from _chains(package)
    if not {OFFICE, package.card.id} <= package.scopes.keys():
        yield "缺少人员单位或报告信息"
    layers = package.scopes.keys() - {OFFICE, package.card.id}
    for scope, replica in package.scopes.items():
        yield from _places(package, replica)
        of_report = (REPORT, *OF_REPORT)
        kinds = {OFFICE: (PERSON, UNIT), package.card.id: of_report}.get(scope, (LAYER, COMMENT, DECISION))
        if scope in layers and Key(LAYER, scope) not in replica.versions:
            yield "标注层没有内容"
        for key, payload in _payloads(replica):
            if key.kind not in kinds or not _is_id(key.id):
                yield "有放错地方的内容"
            elif payload is None and key.kind in _NEVER_GONE:
                yield "标注层或报告不能被删除"
            elif payload is not None:
                yield from _object(package, scope, key, payload)


def _report(package: Package) -> Iterator[str]:
    card = package.card
    length = len(package.text)
    if hashlib.sha256(package.text.encode()).hexdigest() != card.text_sha256:
        yield "正文与它的校验值不符"
    if card.id != report_id_of(card.text_sha256):
        yield "报告的编号与正文不符"
    for index, section in enumerate(package.sections):
        if section.index != index or not -1 <= section.parent < index or not _lies(section.span, length):
            yield "目录不成树"
            break
    if not all(_lies(note.span, length) for note in package.notes):
        yield "注释超出正文"
    starts = [place.start for place in package.places]
    if starts != sorted(starts) or not all(0 <= start <= length for start in starts):
        yield "来源位置超出正文，或次序不对"
    if any(number < 0 for place in package.places for number in place):
        yield "来源位置不是页、段、行、列的序号"
    yield from _card(card)


def _chains(package: Package) -> Iterator[str]:
    links = [link for chain in package.chains.values() for link in chain]
    if not all(_is_id(chain) for chain in package.chains) or problems(links):
        yield "记录链不完整"
    for link in links:
        if link.body is not None and not _is_record(link):
            yield "有读不懂的记录"
            break


def _is_record(link: Link) -> bool:
    try:
        edits_of(link)
    except ValueError:
        return False
    return True


def _places(package: Package, replica: Replica[Payload]) -> Iterator[str]:
    """Nobody has seen, or written at, an entry that is not there: it would take away what it never knew."""
    lengths = {chain: len(links) for chain, links in package.chains.items()}
    dots = [dot for versions in replica.versions.values() for dot in versions]
    seen = [Dot(*place) for place in replica.context.items()]
    if not all(1 <= dot.position <= lengths.get(dot.chain, 0) for dot in (*dots, *seen)):
        yield "内容与记录链对不上"
    elif not all(dot.position <= replica.context.get(dot.chain, 0) for dot in dots):
        yield "内容与见过的记录对不上"


def _payloads(replica: Replica[Payload]) -> Iterator[tuple[Key, Payload | None]]:
    for key, bare in replica.baseline.items():
        yield key, bare
    for key, versions in replica.versions.items():
        for payload in versions.values():
            yield key, payload


def _object(package: Package, scope: str, key: Key, payload: Payload) -> Iterator[str]:
    if id_of(payload) != key.id:
        yield "内容与编号不符"
    check = _OBJECTS.get(key.kind)
    if check:
        yield from check(package, scope, payload)


def _layer(package: Package, scope: str, contents: Contents) -> Iterator[str]:
    layer = contents.layer
    if layer.id != scope or layer.report_id != package.card.id or layer.revision < 0:
        yield "标注层不属于这份报告"
    if layer.state is LayerState.DRAFT:
        yield "有未提交的标注"
    has_marks = contents.tasks or contents.tags or contents.dismissals
    if layer.is_reviewed and (has_marks or layer.id in layer.base_ids):
        yield "复核层带有内容，或以自己为底"
    if not set(layer.base_ids) <= package.scopes.keys():
        yield "复核层所依据的标注不在包里"
    if not all(map(_has_zone, (layer.created, layer.submitted))):
        yield "时间没有时区"
    yield from _marks(contents, len(package.text))


def _marks(contents: Contents, length: int) -> Iterator[str]:
    parts: tuple[tuple[Task | Tag | Dismissal, ...], ...] = (
        contents.tasks,
        contents.tags,
        contents.dismissals,
    )
    things = [thing for part in parts for thing in part]
    if any(thing.layer_id != contents.layer.id or not _is_id(thing.id) for thing in things):
        yield "任务或标注不属于它的标注层"
    if any(len({thing.id for thing in part}) < len(part) for part in parts):
        yield "任务或标注重号"
    if not {tag.task_id for tag in contents.tags} <= {task.id for task in contents.tasks}:
        yield "标注没有任务"
    if not all(_lies(span, length) for thing in things for span in _spans(thing)):
        yield "标注超出正文"
    if not all(map(_is_valued, contents.tags)):
        yield "标注的值不合它的类别"


def _spans(thing: Task | Tag | Dismissal) -> Spans:
    return (thing.span,) if isinstance(thing, Dismissal) else thing.spans


def _comment(package: Package, scope: str, comment: Comment) -> Iterator[str]:
    if comment.layer_id != scope or comment.report_id != package.card.id:
        yield "意见不属于它的标注层"
    if comment.span is not None and not _lies(comment.span, len(package.text)):
        yield "意见超出正文"
    if not _has_zone(comment.at):
        yield "时间没有时区"


def _decision(package: Package, scope: str, decision: Decision) -> Iterator[str]:
    if decision.layer_id != scope or decision.id != decision_id(scope, decision.key):
        yield "裁决不属于它的复核层"
    value = decision.value
    if value is not None and not all(_lies(span, len(package.text)) for span in value.spans):
        yield "裁决超出正文"
    if isinstance(value, Tag) and not _is_valued(value):
        yield "标注的值不合它的类别"
    if not _has_zone(decision.at):
        yield "时间没有时区"


def _person(_package: Package, _scope: str, person: Person) -> Iterator[str]:
    if not person.name.strip() or not set(person.roles) <= set(PersonRole):
        yield "人员没有姓名，或有不认识的角色"


def _report_card(package: Package, _scope: str, card: ReportCard) -> Iterator[str]:
    if card.text_sha256 != package.card.text_sha256:
        yield "报告信息与正文不符"
    if not all(_is_correction(one, len(package.text)) for one in card.corrections):
        yield "更正超出正文，或与原文不等长"
    yield from _card(card)


def _is_correction(correction: Correction, length: int) -> bool:
    return _lies(correction.span, length) and len(correction.meant) == correction.end - correction.start


def _of_report(package: Package, _scope: str, thing: OfReport) -> Iterator[str]:
    yield from checks_work.faults(package.card.id, thing)


def _card(card: ReportCard) -> Iterator[str]:
    if not _has_zone(card.imported) or not all(
        1 <= y <= 9999 for y in (card.metadata.year, card.metadata.end_year)
    ):
        yield "报告的时间不对"


_OBJECTS: Mapping[str, Callable[[Package, str, Any], Iterator[str]]] = {
    LAYER: _layer,
    COMMENT: _comment,
    DECISION: _decision,
    PERSON: _person,
    REPORT: _report_card,
    **dict.fromkeys(OF_REPORT, _of_report),
}


def _is_id(text: str) -> bool:
    return 0 < len(text) <= ID_LIMIT


def _lies(span: Span, length: int) -> bool:
    return 0 <= span.start <= span.end <= length


def _is_valued(tag: Tag) -> bool:
    return tag.value is None or isinstance(tag.value, _VALUES.get(tag.kind, type(None)))


def _has_zone(moment: datetime | None) -> bool:
    return moment is None or moment.utcoffset() is not None
