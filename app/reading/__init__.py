"""A file becomes a report: decoded, tidied with a map back to the source, and outlined."""

from app.reading.encoding import decode
from app.reading.files import read_bytes, read_file, read_source
from app.reading.outline import kind_spans
from app.reading.tidy import show

__all__ = ["decode", "kind_spans", "read_bytes", "read_file", "read_source", "show"]
