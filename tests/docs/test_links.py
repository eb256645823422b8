"""What the documents point to is there."""

import re
from pathlib import Path

import pytest

from app.places import ROOT

DOCUMENTS = sorted(
    p for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md"))
)
_LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_that_every_relative_link_leads_somewhere(document: Path) -> None:
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_that_both_readmes_tell_the_same_commands() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    commands = [set(re.findall(r"^(?:duban|make) (\w+)", text, re.MULTILINE)) for text in (english, chinese)]
    assert commands[0] == commands[1]
    assert {"import", "list", "suggest", "ledger", "run", "test", "bench", "package"} <= commands[0]
