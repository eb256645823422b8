"""A file becomes a report: decoded, tidied with a map back to the source, and outlined."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.reading.encoding import decode
    from app.reading.files import read_bytes, read_file, read_source
    from app.reading.outline import kind_spans
    from app.reading.tidy import show

__all__ = ["decode", "kind_spans", "read_bytes", "read_file", "read_source", "show"]

_ROOMS = {
    "decode": "encoding",
    "kind_spans": "outline",
    "read_bytes": "files",
    "read_file": "files",
    "read_source": "files",
    "show": "tidy",
}


def __getattr__(name: str) -> object:
    """What is asked for, with no more than it needs: a stored report is shown without what reads a file."""
    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
