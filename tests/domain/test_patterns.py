"""Patterns that are compiled when they are first used."""

import re

import pytest

from app.domain.patterns import late


def test_that_a_late_pattern_finds_what_a_compiled_one_finds() -> None:
    words = r"(\d+)万元"
    found = late(words).search("投入120万元")
    assert found is not None
    assert (found[1], found.span()) == ("120", (2, 7))
    assert late(words).fullmatch("120万元整") is None
    assert late(words).sub("若干", "投入120万元") == "投入若干"


def test_that_a_late_pattern_is_compiled_once_and_not_before_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    compile_now = re.compile

    def counting(pattern: str) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_now(pattern)

    monkeypatch.setattr(re, "compile", counting)
    pattern = late("督办+")
    assert pattern.pattern == "督办+"
    assert compiled == []
    assert pattern.match("督办办") is not None
    assert pattern.match("办") is None
    assert compiled == ["督办+"]
