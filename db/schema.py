"""The tables of a workspace, for migrations; statements use `db.tables`, which names the same columns.

Columns that hold a domain object stand in the order of its fields.
"""

from db.schema_base import Base, table_of
from db.schema_office import PassphraseRow, PersonRow, PrecedentRow, SettingRow, TagStyleRow, UnitRow
from db.schema_records import ChainRow, ChangeLogRow, ContextRow, DotRow, SiblingRow
from db.schema_reports import (
    CommentRow,
    DecisionRow,
    DismissalRow,
    IssuedNumberRow,
    LayerRow,
    NoteRow,
    ReportRow,
    SectionRow,
    ShownCacheRow,
    SourcePlaceRow,
    SuggestionCacheRow,
    TagRow,
    TaskRow,
)
from db.schema_supervision import ProgressRow, TaskMoveRow, VerdictRow, YearTargetRow

__all__ = [
    "Base",
    "ChainRow",
    "ChangeLogRow",
    "CommentRow",
    "ContextRow",
    "DecisionRow",
    "DismissalRow",
    "DotRow",
    "IssuedNumberRow",
    "LayerRow",
    "NoteRow",
    "PassphraseRow",
    "PersonRow",
    "PrecedentRow",
    "ProgressRow",
    "ReportRow",
    "SectionRow",
    "SettingRow",
    "ShownCacheRow",
    "SiblingRow",
    "SourcePlaceRow",
    "SuggestionCacheRow",
    "TagRow",
    "TagStyleRow",
    "TaskMoveRow",
    "TaskRow",
    "UnitRow",
    "VerdictRow",
    "YearTargetRow",
    "table_of",
]
