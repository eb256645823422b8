"""An open workspace, its operations and the changes they return. The only caller of db."""

from app.workspace.configuration import Configuration, home, remember, remember_window
from app.workspace.copies import restore
from app.workspace.experience import ExperienceSummary
from app.workspace.exporting import ExportSummary
from app.workspace.headless import suggest_file
from app.workspace.incoming import Alike
from app.workspace.rooms import warm_up
from app.workspace.store import Workspace
from db.files import is_there
from db.log import Entry as LogEntry

__all__ = [
    "Alike",
    "Configuration",
    "ExperienceSummary",
    "ExportSummary",
    "LogEntry",
    "Workspace",
    "home",
    "is_there",
    "remember",
    "remember_window",
    "restore",
    "suggest_file",
    "warm_up",
]
