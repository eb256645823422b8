"""A package holds a report whole, the same bytes for the same contents, and comes back as it went."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.chains import Link
from app.domain.errors import UserError
from app.domain.report import Place
from app.exchange.checks import faults, opened
from app.exchange.merging import Dot, Key, Replica
from app.exchange.package import packed, read
from app.exchange.payloads import OFFICE, Payload
from tests.exchange.packages import (
    CARD,
    CHAIN,
    CONTENTS,
    ELSEWHERE,
    LAYER,
    LINKS,
    NOTES,
    REPORT,
    SECTIONS,
    TEXT,
    UNIT,
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


def test_that_a_package_comes_back_as_it_went(tmp_path: Path) -> None:
    back = opened(written(tmp_path))
    went = honest()
    assert (back.program, back.card, back.text) == ("0.1.0", CARD, TEXT)
    assert (back.sections, back.notes) == (SECTIONS, NOTES)
    assert back.scopes == went.scopes
    assert {chain: tuple(links) for chain, links in back.chains.items()} == went.chains


PLACES = (Place(0, 1, 1), Place(len(TEXT), 2, 0, 1, 2, 3))


def test_that_the_places_in_the_reports_file_travel(tmp_path: Path) -> None:
    made = replace(honest(), places=PLACES)
    back = opened(written(tmp_path, made))
    assert back.places == PLACES


@pytest.mark.parametrize(
    "places",
    [
        (Place(len(TEXT) + 1, 1),),
        (Place(-1, 1),),
        (Place(3, 1, 1), Place(2, 1, 2)),
        (Place(0, -1),),
        (Place(0, 1, 0, 1, 1, -1),),
    ],
)
def test_that_places_that_are_none_are_refused(tmp_path: Path, places: tuple[Place, ...]) -> None:
    with pytest.raises(UserError, match="来源位置"):
        opened(written(tmp_path, replace(honest(), places=places)))


def test_that_an_honest_package_has_no_faults() -> None:
    assert list(faults(honest())) == []


def test_that_the_same_contents_are_the_same_bytes() -> None:
    made = honest()
    turned = replace(made, scopes=dict(reversed(list(made.scopes.items()))))
    assert packed(made) == packed(honest()) == packed(turned)


def test_that_no_time_of_writing_is_in_the_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_that_the_parts_are_named_by_what_they_are(tmp_path: Path) -> None:
    assert list(parts_of(written(tmp_path))) == [
        "manifest.json",
        "text.txt",
        "report.json",
        *(f"scopes/000{n}.jsonl" for n in range(4)),
        "log/0000.jsonl",
    ]


def test_that_the_manifest_names_the_heads_of_the_chains(tmp_path: Path) -> None:
    manifest = json.loads(parts_of(written(tmp_path))["manifest.json"])
    assert (manifest["format"], manifest["version"]) == ("duban-package", 1)
    assert manifest["heads"] == [{"chain": CHAIN, "length": 3, "hash": LINKS[-1].hash}]


def test_that_entries_may_travel_as_hashes_alone(tmp_path: Path) -> None:
    links = (LINKS[0], redacted(LINKS[1]), LINKS[2])
    back = opened(written(tmp_path, honest(chains={CHAIN: links})))
    assert tuple(back.chains[CHAIN]) == links


def test_that_a_chain_may_go_on_from_another(tmp_path: Path) -> None:
    more = chain_of(entry(4), chain=ELSEWHERE, previous=LINKS[1].hash)
    back = opened(written(tmp_path, honest(chains={CHAIN: LINKS, ELSEWHERE: more})))
    assert tuple(back.chains[ELSEWHERE]) == more


def test_that_versions_side_by_side_and_removals_travel(tmp_path: Path) -> None:
    made = honest()
    other = replace(UNIT, telephone="010-2")
    versions: dict[Key, dict[Dot, Payload | None]] = {
        Key("unit", "u1"): {Dot(CHAIN, 1): UNIT, Dot(CHAIN, 2): other, Dot(CHAIN, 3): UNIT},
        Key("unit", "u2"): {Dot(CHAIN, 2): None},
    }
    office: Replica[Payload] = Replica(versions, {CHAIN: 3}, {})
    back = opened(written(tmp_path, replace(made, scopes={**made.scopes, OFFICE: office})))
    assert back.scopes[OFFICE] == office


# --- what cannot be, although every part is as its hash says


def fault_of(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        opened(path)
    return str(refused.value)


def test_that_a_text_that_is_not_the_reports_is_refused(tmp_path: Path) -> None:
    path = forged(written(tmp_path), lambda parts: parts.update({"text.txt": (TEXT + "。").encode()}))
    assert "正文与它的校验值不符" in fault_of(path)


def test_that_a_report_under_anothers_id_is_refused(tmp_path: Path) -> None:
    assert "报告的编号与正文不符" in fault_of(written(tmp_path, honest(card=replace(CARD, id="x"))))


def test_that_a_layer_over_another_report_is_refused(tmp_path: Path) -> None:
    layer = replace(CONTENTS.layer, report_id="another")
    assert "标注层不属于这份报告" in fault_of(written(tmp_path, with_layer(replace(CONTENTS, layer=layer))))


def test_that_an_empty_scope_of_a_layer_is_refused(tmp_path: Path) -> None:
    made = honest()
    scopes = {**made.scopes, LAYER: Replica({}, {CHAIN: 3})}
    assert "标注层没有内容" in fault_of(written(tmp_path, replace(made, scopes=scopes)))


@pytest.mark.parametrize("missing", [OFFICE, REPORT])
def test_that_a_package_without_its_office_or_report_is_refused(tmp_path: Path, missing: str) -> None:
    made = honest()
    scopes = {name: scope for name, scope in made.scopes.items() if name != missing}
    assert "缺少人员单位或报告信息" in fault_of(written(tmp_path, replace(made, scopes=scopes)))


def test_that_a_layer_cannot_be_removed(tmp_path: Path) -> None:
    made = honest()
    gone: Replica[Payload] = Replica({Key("layer", LAYER): {Dot(CHAIN, 3): None}}, {CHAIN: 3})
    assert "不能被删除" in fault_of(written(tmp_path, replace(made, scopes={**made.scopes, LAYER: gone})))


@pytest.mark.parametrize(
    ("context", "position"),
    [({CHAIN: 4}, 3), ({CHAIN: 3, "nowhere": 1}, 3), ({CHAIN: 9}, 9), ({CHAIN: 3}, 0)],
)
def test_that_nobody_has_seen_or_written_what_is_not_in_the_chains(
    tmp_path: Path, context: dict[str, int], position: int
) -> None:
    made = honest()
    layer: Replica[Payload] = Replica({Key("layer", LAYER): {Dot(CHAIN, position): CONTENTS}}, context)
    path = written(tmp_path, replace(made, scopes={**made.scopes, LAYER: layer}))
    assert "内容与记录链对不上" in fault_of(path)


def test_that_a_version_must_have_been_seen(tmp_path: Path) -> None:
    made = honest()
    layer: Replica[Payload] = Replica({Key("layer", LAYER): {Dot(CHAIN, 3): CONTENTS}}, {CHAIN: 2})
    path = written(tmp_path, replace(made, scopes={**made.scopes, LAYER: layer}))
    assert "内容与见过的记录对不上" in fault_of(path)


def test_that_heads_that_are_not_the_chains_are_refused(tmp_path: Path) -> None:
    def cut(parts: dict[str, bytes]) -> None:
        parts["log/0000.jsonl"] = b"".join(parts["log/0000.jsonl"].splitlines(keepends=True)[:-1])

    assert "记录与清单不符" in fault_of(forged(written(tmp_path), cut))


def test_that_an_entry_that_was_rewritten_is_refused(tmp_path: Path) -> None:
    def rewrite(parts: dict[str, bytes]) -> None:
        parts["log/0000.jsonl"] = parts["log/0000.jsonl"].replace("提交标注".encode(), "退回标注".encode())

    assert "记录与清单不符" in fault_of(forged(written(tmp_path), rewrite))


@pytest.mark.parametrize(
    "body",
    [
        {**entry(1), "at": "2026-03-02T08:30:00+00:00"},
        {**entry(1), "at": "2026-03-02T08:30:00.000000"},
        {**entry(1), "edits": "{}"},
        {**entry(1), "edits": '[["task","task-1",null]]'},
        {**entry(1), "edits": '[["dream","task-1",null,{}]]'},
        {**entry(1), "edits": '[["task","another",null,{"id":"t","layer_id":"l","spans":[],"title":""}]]'},
        {**entry(1), "edits": '[["task","task-1",null,null]]'},
        {**entry(1), "who": 3},
        {**entry(1), "more": ""},
        {name: words for name, words in entry(1).items() if name != "label"},
    ],
)
def test_that_an_entry_that_no_program_wrote_is_refused(tmp_path: Path, body: dict[str, object]) -> None:
    links = chain_of(body, entry(2), entry(3))
    assert "有读不懂的记录" in fault_of(written(tmp_path, honest(chains={CHAIN: links})))


def test_that_an_entry_from_another_place_is_refused(tmp_path: Path) -> None:
    moved = Link(CHAIN, 1, "", LINKS[1].body_hash, "", LINKS[1].body)
    path = written(tmp_path, honest(chains={CHAIN: (moved, *LINKS[1:])}))
    with pytest.raises(UserError):
        opened(path)


def test_that_a_missing_part_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    parts = parts_of(path)
    del parts["log/0000.jsonl"]
    path.write_bytes(zipped(parts))
    assert "缺少或多出了部分" in fault_of(path)


def test_that_reading_alone_believes_what_the_hashes_say(tmp_path: Path) -> None:
    assert read(written(tmp_path)).card == CARD
