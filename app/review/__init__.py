"""Two reviewers' tags -> differences, adjudication, the reviewed layer, agreement. Pure: the domain only."""

from app.review.agreement import TOLERANCE, agreement
from app.review.agreement_table import KINDS, MEASURE_NAMES, AgreementRow, AgreementTable, Measure
from app.review.building import build
from app.review.deciding import agree, choices, decide
from app.review.differences import STATUS_NAMES, Difference, Status, compare
from app.review.matching import Entry, Pair, pairs
from app.review.review import Review

__all__ = [
    "KINDS",
    "MEASURE_NAMES",
    "STATUS_NAMES",
    "TOLERANCE",
    "AgreementRow",
    "AgreementTable",
    "Difference",
    "Entry",
    "Measure",
    "Pair",
    "Review",
    "Status",
    "agree",
    "agreement",
    "build",
    "choices",
    "compare",
    "decide",
    "pairs",
]
