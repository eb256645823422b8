import re
from enum import StrEnum
from pathlib import Path

import pytest

from app.domain.report import BlockKind, SectionKind
from app.domain.tasks import Comparator, DeadlineKind, Direction, Nature, Role, TagKind

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "kinds", [SectionKind, BlockKind, TagKind, Comparator, Direction, DeadlineKind, Nature]
)
def test_that_the_glossary_explains_every_kind(kinds: type[StrEnum]) -> None:
    assert [k.value for k in kinds if f"`{k.value}`" not in GLOSSARY] == []


def test_that_the_glossary_explains_every_role() -> None:
    assert [r.name for r in Role if f"`Role.{r.name}`" not in GLOSSARY] == []


def test_that_every_package_a_workstation_gets_is_in_the_notices() -> None:
    locked = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    wanted = re.findall(r"^([\w.-]+)==([\w.]+)", locked, re.MULTILINE)
    notice = re.sub(r"[-_]", "-", (ROOT / "NOTICE").read_text(encoding="utf-8").lower())
    assert len(wanted) > 10
    assert [name for name, _ in wanted if f"\n  {name} " not in notice] == []
    assert [f"{name} {version}" for name, version in wanted if version not in notice] == []


def test_that_the_licence_is_the_one_the_project_declares() -> None:
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text(encoding="utf-8")
