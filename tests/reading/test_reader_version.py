"""Shown texts are kept by the version of the rules: whoever shows a text differently raises it."""

import hashlib
from pathlib import Path

from app.places import SEEDS
from app.reading import show
from app.reading.version import READER

SAMPLES = Path(__file__).parent / "samples"


def test_that_showing_a_text_differently_raises_the_version() -> None:
    digest = hashlib.sha256()
    for path in (SEEDS / "sample_report.txt", *sorted(SAMPLES.glob("*.txt"))):
        digest.update(repr(show(path.read_text(encoding="utf-8"))).encode())
    # where this fails, raise READER and write down both as they are now
    assert (READER, digest.hexdigest()[:16]) == ("reader-3", "0191c4fda87ee26a")
