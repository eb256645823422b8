"""The tables as statements see them: names and types, in the order of `db.schema`.

Statements need no more, and importing the typed mapping costs a tenth of the program's start: it is there for
migrations. `tests/db/test_tables.py` holds the two against each other.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    TableClause,
    Text,
    column,
    table,
)
from sqlalchemy.types import TypeEngine

from db.columns import SpansText, Texts, UtcTime


def _table(called: str, /, **types: type[TypeEngine[Any]]) -> TableClause:
    return table(called, *(column(name, kind) for name, kind in types.items()))


setting = _table("setting", key=String, value=JSON)
report = _table(
    "report",
    id=String,
    number=Integer,
    title=String,
    issuer=String,
    document_number=String,
    issued=Date,
    year=Integer,
    end_year=Integer,
    level=String,
    kind=String,
    source_name=String,
    file_sha256=String,
    text_sha256=String,
    encoding=String,
    imported=UtcTime,
    is_removed=Boolean,
    supersedes=String,
    corrections=Text,
    version=Integer,
    text=Text,
)
section = _table(
    "section",
    report_id=String,
    index=Integer,
    parent=Integer,
    depth=Integer,
    kind=String,
    title=String,
    start=Integer,
    end=Integer,
)
note = _table("note", report_id=String, index=Integer, term=String, text=Text, start=Integer, end=Integer)
suggestion_cache = _table(
    "suggestion_cache", report_id=String, engine=String, payload=LargeBinary, made_at=UtcTime
)
source_place = _table("source_place", report_id=String, payload=LargeBinary)
shown_cache = _table("shown_cache", report_id=String, reader=String, payload=LargeBinary)
layer = _table(
    "layer",
    id=String,
    report_id=String,
    author=String,
    state=String,
    created=UtcTime,
    person_id=String,
    base_ids=Texts,
    revision=Integer,
    submitted=UtcTime,
    version=Integer,
)
task = _table(
    "task",
    id=String,
    layer_id=String,
    spans=SpansText,
    title=String,
    quote=Text,
    summary=Text,
    measures=Text,
    standard=Text,
    remarks=Text,
    leader=String,
    person=String,
    is_confirmed=Boolean,
    parent_id=String,
    merged_ids=Texts,
    origin=String,
    reason=String,
    revised=Text,
    version=Integer,
)
tag = _table(
    "tag",
    id=String,
    layer_id=String,
    task_id=String,
    kind=String,
    spans=SpansText,
    text=Text,
    indicator=String,
    comparator=String,
    low=Float,
    high=Float,
    unit=String,
    direction=String,
    nature=String,
    baseline=String,
    is_cumulative=Boolean,
    role=String,
    name=String,
    code=String,
    unit_id=String,
    deadline_kind=String,
    due=Date,
    origin=String,
    reason=String,
    revised=Text,
    version=Integer,
)
dismissal = _table(
    "dismissal",
    id=String,
    layer_id=String,
    key=String,
    start=Integer,
    end=Integer,
    reason=String,
    version=Integer,
)
issued_number = _table("issued_number", report_id=String, item_key=String, number=Integer)
comment = _table(
    "comment",
    id=String,
    report_id=String,
    layer_id=String,
    task_id=String,
    start=Integer,
    end=Integer,
    text=Text,
    person_id=String,
    who=String,
    at=UtcTime,
    parent_id=String,
    is_resolved=Boolean,
    version=Integer,
)
decision = _table(
    "decision",
    id=String,
    layer_id=String,
    key=String,
    field=String,
    choice=String,
    person_id=String,
    who=String,
    at=UtcTime,
    reason=Text,
    first_seen=Text,
    second_seen=Text,
    value=Text,
    version=Integer,
)
progress = _table(
    "progress",
    id=String,
    report_id=String,
    task_id=String,
    period=String,
    unit=String,
    is_lead=Boolean,
    at=UtcTime,
    person_id=String,
    who=String,
    figures=Text,
    text=Text,
    issues=Text,
    next_steps=Text,
    reported_by=String,
    evidence=Texts,
    source=String,
    version=Integer,
)
task_move = _table(
    "task_move",
    id=String,
    report_id=String,
    task_id=String,
    name=String,
    at=UtcTime,
    person_id=String,
    who=String,
    reason=Text,
    due_before=Date,
    due_after=Date,
    evidence=Texts,
    version=Integer,
)
verdict = _table(
    "verdict",
    id=String,
    report_id=String,
    target_id=String,
    reached=Boolean,
    person_id=String,
    who=String,
    at=UtcTime,
    reason=Text,
    version=Integer,
)
year_target = _table(
    "year_target",
    id=String,
    report_id=String,
    target_id=String,
    year=Integer,
    value=Float,
    words=String,
    version=Integer,
)
person = _table("person", id=String, name=String, roles=Texts, is_active=Boolean, version=Integer)
passphrase = _table(
    "passphrase",
    person_id=String,
    salt=LargeBinary,
    cost=Integer,
    block=Integer,
    lanes=Integer,
    digest=LargeBinary,
)
unit = _table(
    "unit",
    id=String,
    code=String,
    name=String,
    short_name=String,
    group=String,
    aliases=Texts,
    initials=String,
    duties=Texts,
    telephone=String,
    leader=String,
    person=String,
    order=Integer,
    valid_from=Date,
    valid_to=Date,
    successor_id=String,
    version=Integer,
)
precedent = _table(
    "precedent", id=String, text=Text, lead=String, supports=Texts, source=String, year=Integer
)
tag_style = _table(
    "tag_style",
    kind=String,
    name=String,
    letter=String,
    key=String,
    ink=String,
    ground=String,
    dark_ink=String,
    dark_ground=String,
    place=Integer,
)
dot = _table("dot", scope=String, kind=String, object_id=String, chain=String, position=Integer)
context = _table("context", scope=String, chain=String, position=Integer)
sibling = _table(
    "sibling",
    scope=String,
    kind=String,
    object_id=String,
    chain=String,
    position=Integer,
    payload=Text,
    origin=Text,
)
chain = _table("chain", id=String, workstation=String, path=String, seen=Integer)
change_log = _table(
    "change_log",
    seq=Integer,
    id=String,
    at=UtcTime,
    who=String,
    person_id=String,
    workstation=String,
    label=String,
    report_id=String,
    edits=Text,
    chain=String,
    position=Integer,
    previous=String,
    body_hash=String,
    hash=String,
    is_redacted=Boolean,
)
