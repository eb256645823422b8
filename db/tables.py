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
layer = _table("layer", id=String, report_id=String, author=String, state=String, created=UtcTime)
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
issued_number = _table("issued_number", layer_id=String, item_key=String, number=Integer)
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
change_log = _table(
    "change_log",
    seq=Integer,
    id=String,
    at=UtcTime,
    who=String,
    workstation=String,
    label=String,
    report_id=String,
    edits=Text,
    previous=String,
    hash=String,
)
