"""A report's next version: which sentences changed, and where in it the places of the old one stand."""

from app.revising.carrying import SURE, Carried, CarriedKind, Comparison, carry
from app.revising.diffing import DiffKind, SentenceDiff, sentence_diffs

__all__ = [
    "SURE",
    "Carried",
    "CarriedKind",
    "Comparison",
    "DiffKind",
    "SentenceDiff",
    "carry",
    "sentence_diffs",
]
