"""The agreement of two annotators as a table: what each row and figure is."""

from dataclasses import dataclass
from enum import StrEnum

KINDS = "kinds"
"""The row about which kind of tag, or none, each character bears."""


class Measure(StrEnum):
    """What a figure of a row is."""

    EXACT_F1 = "exact_f1"
    TOLERANT_F1 = "tolerant_f1"
    SHARE = "share"
    KAPPA = "kappa"
    ALPHA = "alpha"


MEASURE_NAMES = {
    Measure.EXACT_F1: "F1（边界全同）",
    Measure.TOLERANT_F1: "F1（边界容差）",
    Measure.SHARE: "一致率",
    Measure.KAPPA: "Cohen κ",
    Measure.ALPHA: "Krippendorff α",
}


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One field over the report (`section` -1, `section_title` "") or over one section.

    `field` is a `Field`'s value or KINDS, `name` what people read. A figure is None where there is nothing to
    measure, or where it is not of this field. `first_count`, `second_count`: how many things each side has;
    `compared`: on how many share, κ and α stand (characters for spans and kinds, else tasks or targets that both
    have and about which both say something).
    """

    section: int
    section_title: str
    field: str
    name: str
    first_count: int
    second_count: int
    compared: int
    exact_f1: float | None = None
    tolerant_f1: float | None = None
    share: float | None = None
    kappa: float | None = None
    alpha: float | None = None

    def figure(self, measure: Measure) -> float | None:
        """One of the figures."""
        found: float | None = getattr(self, measure.value)
        return found


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """The agreement of two layers: rows of the whole report first, then section by section in text order.

    `first` and `second` are the annotators' names. Sections where neither side has anything are left out.
    """

    first: str
    second: str
    tolerance: int
    rows: tuple[AgreementRow, ...]

    @property
    def overall(self) -> tuple[AgreementRow, ...]:
        """The rows over the whole report, one for each field."""
        return self.of_section(-1)

    def of_section(self, section: int) -> tuple[AgreementRow, ...]:
        """The rows of one section, by its index in the reading; of the whole report for -1."""
        return tuple(row for row in self.rows if row.section == section)
