"""What the documents say of the limits that a file from outside meets is what they are."""

from pathlib import Path

import pytest

from app.exchange import archive, package, shapes
from app.ledger import grid_cells, grids, opening

DOCS = Path(__file__).parents[2] / "docs"
KIBI, MEGA = 1 << 10, 1_000_000


@pytest.mark.parametrize(
    ("document", "said", "limit", "meant"),
    [
        ("handover.md", "more than 64 MB", archive.FILE_LIMIT, 64 * KIBI**2),
        ("handover.md", "more than 200 MB unzipped", archive.UNZIPPED_LIMIT, 200 * KIBI**2),
        ("handover.md", "2,000 parts", archive.PARTS_LIMIT, 2_000),
        ("handover.md", "a zip directory over 1 MB", archive.DIRECTORY_LIMIT, KIBI**2),
        ("handover.md", "half a million lines in a part", package.LINES_LIMIT, 500_000),
        ("handover.md", "three million brackets and commas", shapes.STRUCTURE_LIMIT, 3 * MEGA),
        ("returning.md", "20 MB a file", opening.FILE_LIMIT, 20 * MEGA),
        ("returning.md", "40 MB unpacked", opening.UNZIPPED_LIMIT, 40 * MEGA),
        ("returning.md", "2,000 parts", opening.PARTS_LIMIT, 2_000),
        ("returning.md", "2,500,000 XML elements", grids.ELEMENTS_LIMIT, 2_500_000),
        ("returning.md", "20,000 rows that hold anything", grids.ROWS_LIMIT, 20_000),
        ("returning.md", "256 columns", grid_cells.COLUMNS_LIMIT, 256),
        ("returning.md", "60 sheets", grids.SHEETS_LIMIT, 60),
        ("returning.md", "20,000,000 characters in all cells", grids.LETTERS_LIMIT, 20 * MEGA),
    ],
)
def test_that_a_limit_is_where_the_document_says(document: str, said: str, limit: int, meant: int) -> None:
    words = " ".join((DOCS / document).read_text(encoding="utf-8").split())
    assert said in words
    assert limit == meant
