"""What cannot be of a package, told by what is wrong and by nothing else; both sides of every boundary."""

import errno
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.chains import Link
from app.domain.comments import Comment
from app.domain.contents import Contents
from app.domain.corrections import Correction
from app.domain.errors import UserError
from app.domain.report import Place
from app.domain.spans import Span
from app.exchange import archive, package
from app.exchange.checks import faults, opened
from app.exchange.merging import Dot, Key, Replica
from app.exchange.package import Package, read
from app.exchange.payloads import OFFICE
from tests.exchange.packages import (
    AT,
    CARD,
    CHAIN,
    COMMENT,
    CONTENTS,
    DISMISSAL,
    FINAL,
    LAYER,
    LINKS,
    REPORT,
    REVIEWED,
    SECTIONS,
    TASK,
    TEXT,
    chain_of,
    entry,
    forged,
    honest,
    parts_of,
    redacted,
    with_layer,
    written,
    zipped,
)

NAIVE = AT.replace(tzinfo=None)


def with_card(**changed: Any) -> Package:
    """The package with a version of its report's card."""
    made = honest()
    card = replace(CARD, source_name="", encoding="", **changed)
    versions = {Key("report", REPORT): {Dot(CHAIN, 2): card}}
    return replace(made, scopes={**made.scopes, REPORT: Replica(versions, {CHAIN: 3})})


def with_comment(comment: Comment) -> Package:
    made = honest()
    versions = {**made.scopes[LAYER].versions, Key("comment", comment.id): {Dot(CHAIN, 2): comment}}
    return replace(made, scopes={**made.scopes, LAYER: Replica(versions, {CHAIN: 3})})


def told(made: Package) -> list[str]:
    return list(dict.fromkeys(faults(made)))


def test_that_nothing_is_wrong_with_an_honest_package() -> None:
    assert told(honest()) == []
    assert told(with_card()) == []


@pytest.mark.parametrize("year", [1, 9_999])
def test_that_years_of_the_calendar_are_taken(year: int) -> None:
    metadata = replace(CARD.metadata, year=year, end_year=year)
    assert told(with_card(metadata=metadata)) == []


@pytest.mark.parametrize("changed", [{"year": 0}, {"end_year": 0}, {"year": 10_000}, {"end_year": 10_000}])
def test_that_a_year_of_no_calendar_is_told(changed: dict[str, Any]) -> None:
    assert told(with_card(metadata=replace(CARD.metadata, **changed))) == ["报告的时间不对"]


def test_that_a_report_read_at_no_certain_moment_or_of_another_text_is_told() -> None:
    assert told(with_card(imported=NAIVE)) == ["报告的时间不对"]
    assert "报告的时间不对" in told(honest(card=replace(CARD, imported=NAIVE)))
    assert told(with_card(text_sha256="0" * 64)) == ["报告信息与正文不符"]
    assert "正文与它的校验值不符" in told(honest(text=TEXT + "。"))
    assert told(honest(card=replace(CARD, id="other")))[0] == "报告的编号与正文不符"


@pytest.mark.parametrize(
    ("correction", "is_told"),
    [
        (Correction(len(TEXT) - 1, len(TEXT), "字"), False),
        (Correction(len(TEXT), len(TEXT) + 1, "字"), True),
        (Correction(3, 5, "泊位"), False),
        (Correction(3, 5, "泊"), True),
        (Correction(3, 5, "泊位群"), True),
        (Correction(-1, 1, "泊位"), True),
    ],
)
def test_that_a_correction_lies_in_the_text_and_is_as_long(correction: Correction, is_told: bool) -> None:
    assert told(with_card(corrections=(correction,))) == (["更正超出正文，或与原文不等长"] if is_told else [])


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ((Place(0, 1, 1), Place(len(TEXT), 1, 2)), []),
        ((Place(0, 1, 1), Place(0, 1, 2)), []),
        ((Place(5, 1, 1), Place(4, 1, 2)), ["来源位置超出正文，或次序不对"]),
        ((Place(len(TEXT) + 1, 1, 1),), ["来源位置超出正文，或次序不对"]),
        ((Place(0, 0, 0),), []),
        ((Place(0, 1, -1),), ["来源位置不是页、段、行、列的序号"]),
    ],
)
def test_that_places_of_the_file_are_in_order_and_in_the_text(
    places: tuple[Place, ...], words: list[str]
) -> None:
    assert told(honest(places=places)) == words


def test_that_an_outline_is_told_once() -> None:
    broken = tuple(replace(section, index=section.index + 1) for section in SECTIONS)
    assert list(faults(honest(sections=broken))) == ["目录不成树"]
    assert told(honest(sections=(SECTIONS[0], replace(SECTIONS[1], span=Span(0, len(TEXT)))))) == []


def test_that_a_span_of_nothing_lies_in_the_text() -> None:
    note = replace(honest().notes[0], span=Span(len(TEXT), len(TEXT)))
    assert told(honest(notes=(note,))) == []
    assert told(with_comment(replace(COMMENT, span=Span(0, len(TEXT))))) == []
    assert told(with_comment(replace(COMMENT, span=None))) == []


# --- layers


def test_that_ids_are_of_some_and_not_too_many_characters() -> None:
    for length, words in ((1, []), (200, []), (201, ["任务或标注不属于它的标注层"])):
        assert told(with_layer(replace(CONTENTS, dismissals=(replace(DISMISSAL, id="x" * length),)))) == words


def test_that_a_reviewed_layer_has_nothing_of_its_own_and_its_bases_come_along() -> None:
    def reviewed(contents: Contents) -> Package:
        made = honest()
        versions = {**made.scopes[FINAL].versions, Key("layer", FINAL): {Dot(CHAIN, 2): contents}}
        return replace(made, scopes={**made.scopes, FINAL: Replica(versions, {CHAIN: 3})})

    own = "复核层带有内容，或以自己为底"
    assert told(reviewed(Contents(REVIEWED))) == []
    assert told(reviewed(Contents(REVIEWED, (replace(TASK, layer_id=FINAL),)))) == [own]
    assert told(reviewed(Contents(REVIEWED, (), (), (replace(DISMISSAL, layer_id=FINAL),)))) == [own]
    assert told(reviewed(Contents(replace(REVIEWED, base_ids=(LAYER, FINAL))))) == [own]
    assert told(reviewed(Contents(replace(REVIEWED, base_ids=(LAYER, "elsewhere"))))) == [
        "复核层所依据的标注不在包里"
    ]


@pytest.mark.parametrize(
    "changed", [{"created": NAIVE}, {"submitted": NAIVE}]
)  # fmt: skip
def test_that_a_layers_moments_have_a_zone(changed: dict[str, Any]) -> None:
    layer = replace(CONTENTS.layer, **changed)
    assert told(with_layer(replace(CONTENTS, layer=layer))) == ["时间没有时区"]


@pytest.mark.parametrize("key", [Key("layer", LAYER), Key("report", REPORT)])
def test_that_a_layer_and_a_report_are_never_gone(key: Key) -> None:
    made = honest()
    scope = key.id
    versions: dict[Key, Any] = {**made.scopes[scope].versions, key: {Dot(CHAIN, 3): None}}
    gone = replace(
        made, scopes={**made.scopes, scope: Replica(versions, {CHAIN: 3}, made.scopes[scope].baseline)}
    )
    assert told(gone) == ["标注层或报告不能被删除"]


def test_that_a_comment_may_be_gone() -> None:
    made = honest()
    versions: dict[Key, Any] = {
        **made.scopes[LAYER].versions,
        Key("comment", COMMENT.id): {Dot(CHAIN, 3): None},
    }
    assert told(replace(made, scopes={**made.scopes, LAYER: Replica(versions, {CHAIN: 3})})) == []


@pytest.mark.parametrize("scope", [OFFICE, REPORT])
def test_that_office_and_report_must_be_there(scope: str) -> None:
    made = honest()
    assert "缺少人员单位或报告信息" in told(
        replace(made, scopes={name: replica for name, replica in made.scopes.items() if name != scope})
    )


# --- records


def test_that_dots_and_contexts_lie_within_the_chains() -> None:
    made = honest()
    person = dict(made.scopes[OFFICE].versions)

    def office(position: int, seen: int) -> list[str]:
        versions = {key: {Dot(CHAIN, position): next(iter(v.values()))} for key, v in person.items()}
        return told(replace(made, scopes={**made.scopes, OFFICE: Replica(versions, {CHAIN: seen})}))

    assert office(1, 3) == office(3, 3) == office(2, 2) == []
    assert office(0, 3) == office(4, 3) == office(1, 4) == office(1, 0) == ["内容与记录链对不上"]
    assert office(3, 2) == ["内容与见过的记录对不上"]


def test_that_a_chain_that_does_not_follow_or_says_what_cannot_be_read_is_told() -> None:
    broken = (*LINKS[:2], replace(LINKS[2], previous="0" * 64))
    assert told(honest(chains={CHAIN: broken})) == ["记录链不完整"]
    assert "记录链不完整" in told(honest(chains={CHAIN: LINKS, "": chain_of(entry(1), chain="")}))
    odd = chain_of(entry(1, edits="{}"), entry(2, edits="{}"), entry(3))
    assert list(faults(honest(chains={CHAIN: odd}))) == ["有读不懂的记录"]
    assert told(honest(chains={CHAIN: tuple(map(redacted, odd))})) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"at": "2026-03-02T08:30:00+00:00"},
        {"at": "2026-03-02T16:30:00.000000+08:00"},
        {"at": "2026-03-02T08:30:00.000000"},
        {"at": "昨天"},
        {"who": 3},
        {"edits": '[["task","t",null]]'},
        {"edits": '[["dream","t",null,null]]'},
        {"edits": '[[3,"t",null,null]]'},
        {"edits": '["task"]'},
        {"edits": "not json"},
        {"edits": json.dumps([["unit", "other", None, None]])},
        {"wonder": "more"},
    ],
)
def test_that_an_entry_that_no_program_of_ours_wrote_is_told(changed: dict[str, Any]) -> None:
    links: tuple[Link, ...] = chain_of({**entry(1), **changed}, entry(2), entry(3))
    assert told(honest(chains={CHAIN: links})) == ["有读不懂的记录"]


# --- the file


def refusal(path: Path, reading: Callable[[Path], object] = opened) -> str:
    with pytest.raises(UserError) as refused:
        reading(path)
    return str(refused.value)


def test_that_lines_of_a_part_may_reach_their_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    most = max(data.count(b"\n") for name, data in parts_of(path).items() if name != "manifest.json")
    monkeypatch.setattr(package, "LINES_LIMIT", most)
    assert read(path).scopes == honest().scopes
    monkeypatch.setattr(package, "LINES_LIMIT", most - 1)
    assert "多得不像是交接包" in refusal(path)


def test_that_parts_bytes_and_the_directory_may_reach_their_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path)
    parts = parts_of(path)
    directory = int.from_bytes(path.read_bytes()[-22:][12:16], "little")
    for name, most in (
        ("PARTS_LIMIT", len(parts)),
        ("UNZIPPED_LIMIT", sum(map(len, parts.values()))),
        ("DIRECTORY_LIMIT", directory),
    ):
        monkeypatch.setattr(archive, name, most)
        assert read(path).scopes == honest().scopes
        monkeypatch.setattr(archive, name, most - 1)
        assert "多得不像是交接包" in refusal(path)
        monkeypatch.undo()


def test_that_a_package_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)

    def locked(*_given: Any) -> None:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(Path, "open", locked)
    assert "不能读取“云港.dubanpkg”（locked）" in refusal(path)


def test_that_a_part_twice_or_a_report_of_another_name_is_refused(tmp_path: Path) -> None:
    def doubled(parts: dict[str, bytes]) -> None:
        parts["scopes/0099.jsonl"] = parts["scopes/0000.jsonl"]

    def renamed(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**manifest, "title": "另一份报告"}).encode()

    assert "有重复的部分" in refusal(forged(written(tmp_path), doubled))
    assert "报告与清单不符" in refusal(forged(written(tmp_path), renamed))


@pytest.mark.parametrize("name", ["text.txt", "report.json"])
def test_that_a_package_without_text_or_outline_is_refused(tmp_path: Path, name: str) -> None:
    def without(parts: dict[str, bytes]) -> None:
        del parts[name]

    assert "有读不懂的部分" in refusal(forged(written(tmp_path), without))


def test_that_a_record_that_is_no_hash_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, honest(chains={CHAIN: tuple(map(redacted, LINKS))}))
    assert read(path).chains[CHAIN][0].body is None
    own = LINKS[0].body_hash.encode()
    for other in (own[:-1], own.upper(), b"x" * 64):

        def change(parts: dict[str, bytes], other: bytes = other) -> None:
            parts["log/0000.jsonl"] = parts["log/0000.jsonl"].replace(own, other)

        assert "可能被改动过" in refusal(forged(path, change), read)
        path = written(tmp_path, honest(chains={CHAIN: tuple(map(redacted, LINKS))}))


def test_that_an_object_stands_once_as_what_nobody_wrote_and_every_line_has_two_halves(
    tmp_path: Path,
) -> None:
    data = parts_of(written(tmp_path))
    part = next(name for name, words in data.items() if b'"kind":"unit"' in words)
    line = next(words for words in data[part].split(b"\n") if b'"kind":"unit"' in words)
    for more in (line, b"[" + line + b"]", b"{}", line.rsplit(b",{", 1)[0] + b",null]"):

        def change(parts: dict[str, bytes], more: bytes = more) -> None:
            parts[part] += more + b"\n"

        assert "有读不懂的部分" in refusal(forged(written(tmp_path), change))

    def lengthen(parts: dict[str, bytes]) -> None:
        parts[part] = parts[part].replace(line, line[:-1] + b",null]")

    assert "有读不懂的部分" in refusal(forged(written(tmp_path), lengthen))


def test_that_the_order_of_parts_in_the_file_does_not_matter(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(zipped(dict(reversed(parts_of(path).items()))))
    assert read(path).scopes == honest().scopes


def test_that_the_same_package_is_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path).read_bytes() == written(tmp_path, name="b.dubanpkg").read_bytes()
