"""What comes on a stick is not believed: every damaged or hostile package is refused in a sentence, and soon."""

import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.domain.contents import Contents
from app.domain.errors import UserError
from app.domain.reports import LayerState
from app.domain.spans import Span
from app.domain.tasks import Owner, Role
from app.exchange import archive, shapes
from app.exchange.checks import opened
from app.exchange.merging import Dot, Key, Replica
from app.exchange.payloads import OFFICE
from tests.exchange.packages import (
    ANNOTATED,
    CHAIN,
    CHEN,
    COMMENT,
    CONTENTS,
    DECISION,
    DISMISSAL,
    FINAL,
    LAYER,
    NOTES,
    REVIEWED,
    SECTIONS,
    TAGS,
    TASK,
    TEXT,
    forged,
    honest,
    parts_of,
    with_layer,
    written,
    zipped,
)

NOT_ONE, DAMAGED, TOO_LARGE, TAMPERED = "不是督办交接包", "已损坏或不完整", "多得不像是交接包", "可能被改动过"


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        opened(path)
    return str(refused.value)


# --- the file


@pytest.mark.parametrize("data", [b"", b"hello", b"\xd0\xcf\x11\xe0" * 9, b"SQLite format 3\0" + b"\0" * 99])
def test_that_what_is_no_zip_is_no_package(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "云港.dubanpkg"
    path.write_bytes(data)
    assert refusal(path) == "“云港.dubanpkg”不是督办交接包（.dubanpkg），请另选一个文件。"


def test_that_another_zip_is_no_package(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({"word/document.xml": b"<x/>"}))
    assert NOT_ONE in refusal(path)


@pytest.mark.parametrize("words", [b"{}", b"[]", b'{"format":"another","version":1}'])
def test_that_a_manifest_of_another_format_is_no_package(tmp_path: Path, words: bytes) -> None:
    path = tmp_path / "x.dubanpkg"
    path.write_bytes(zipped({"manifest.json": words}))
    assert NOT_ONE in refusal(path)


def test_that_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "找不到交接包" in refusal(tmp_path / "没有.dubanpkg")
    assert "找不到交接包" in refusal(tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_that_a_truncated_package_is_refused(tmp_path: Path, share: float) -> None:
    path = written(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert DAMAGED in refusal(path)


def test_that_any_changed_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    data = written(tmp_path).read_bytes()
    went = opened(written(tmp_path))
    path = tmp_path / "changed.dubanpkg"
    for n in range(150):
        at = n * 7919 % len(data)
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << n % 8)]) + data[at + 1 :])
        try:
            assert opened(path) == went  # a flag or a date of the zip, which nobody reads
        except UserError:
            continue


def test_that_a_newer_format_asks_for_a_newer_program(tmp_path: Path) -> None:
    def newer(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**manifest, "version": 2, "wonder": True}).encode()

    path = forged(written(tmp_path), newer, is_hashed=False)
    assert refusal(path) == "“云港.dubanpkg”由更新版本的督办导出，本版本读不了。请升级程序后再合并。"


def test_that_a_part_with_another_hash_is_refused(tmp_path: Path) -> None:
    path = forged(
        written(tmp_path), lambda parts: parts.update({"text.txt": TEXT.encode()[:-3]}), is_hashed=False
    )
    assert "校验值不符" in refusal(path)

    def retitle(parts: dict[str, bytes]) -> None:
        title = "一、主要任务".encode()
        assert title in parts["report.json"]
        parts["report.json"] = parts["report.json"].replace(title, "一、主要工作".encode())

    assert "校验值不符" in refusal(forged(written(tmp_path), retitle, is_hashed=False))


def test_that_a_part_that_the_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    path = forged(
        written(tmp_path), lambda parts: parts.update({"scopes/0009.jsonl": b"x\n"}), is_hashed=False
    )
    assert "缺少或多出了部分" in refusal(path)


# --- names that lead elsewhere


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.txt",
        "/etc/passwd",
        "C:\\Windows\\evil.dll",
        "scopes\\0000.jsonl",
        "scopes/../text.txt",
        "scopes/0000.jsonl/",
        "text.txt\u202e",
        "TEXT.TXT",
        "log/٠٠٠٠.jsonl",
    ],
)
def test_that_a_name_of_no_package_is_refused(tmp_path: Path, name: str) -> None:
    path = written(tmp_path)
    path.write_bytes(zipped([*parts_of(path).items(), (name, b"evil")]))
    assert "有不属于交接包的文件" in refusal(path)
    assert {p.name for p in tmp_path.iterdir()} == {path.name}


def test_that_a_name_cut_short_by_a_nul_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    parts = parts_of(path)
    data = zipped([*parts.items(), ("log/0001.jsonlXevil", b"x\n")])
    path.write_bytes(data.replace(b"log/0001.jsonlXevil", b"log/0001.jsonl\0evil"))
    assert TAMPERED in refusal(path) or DAMAGED in refusal(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_that_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(zipped([*parts_of(path).items(), ("text.txt", b"other")]))
    assert "有重名的部分" in refusal(path)


def test_that_a_link_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts_of(path).items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name == "text.txt" else 0o100644) << 16
            made.writestr(info, b"/etc/passwd" if name == "text.txt" else data)
    path.write_bytes(out.getvalue())
    assert "有加密的部分、链接或别的压缩方式" in refusal(path)


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_that_other_compressions_are_refused(tmp_path: Path, compression: int) -> None:
    path = written(tmp_path)
    path.write_bytes(zipped(parts_of(path), compression))
    assert "有加密的部分、链接或别的压缩方式" in refusal(path)


# --- more than there should be


def test_that_a_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = written(tmp_path)
    parts = {**parts_of(path), "log/0000.jsonl": b"0" * (archive.UNZIPPED_LIMIT + 1)}
    path.write_bytes(zipped(parts))
    assert path.stat().st_size < 1 << 20
    assert TOO_LARGE in refusal(path)


def test_that_a_bomb_that_lies_about_its_size_gives_no_more_than_it_said(tmp_path: Path) -> None:
    path = written(tmp_path)
    data = bytearray(zipped({**parts_of(path), "log/0000.jsonl": b"0" * 50_000_000}))
    for at in range(len(data) - 4):
        if data[at : at + 4] == struct.pack("<I", 50_000_000):
            data[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(bytes(data))
    assert DAMAGED in refusal(path)


def test_that_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    monkeypatch.setattr(archive, "FILE_LIMIT", path.stat().st_size)
    opened(path)
    monkeypatch.setattr(archive, "FILE_LIMIT", path.stat().st_size - 1)
    assert TOO_LARGE in refusal(path)


def test_that_a_directory_of_millions_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "many.dubanpkg"
    entry = b"PK\x01\x02" + b"\0" * 42
    count = 1_200_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entry) * count, 0, 0)
    path.write_bytes(b"".join([entry] * count) + end)
    assert TOO_LARGE in refusal(path)
    path.write_bytes(b"".join([entry] * count) + end.replace(b"\xff\xff\xff\xff", b"\1\0\1\0"))
    assert TOO_LARGE in refusal(path)


def test_that_a_directory_of_the_other_zip_format_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:-22] + b"PK\x06\x07" + b"\0" * 16 + data[-22:])
    assert TOO_LARGE in refusal(path)


def test_that_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    parts = parts_of(path)
    more = {f"log/{n:04}.jsonl": b"\n" for n in range(1, archive.PARTS_LIMIT)}
    path.write_bytes(zipped({**parts, **more}, zipfile.ZIP_STORED))
    assert TOO_LARGE in refusal(path)


@pytest.mark.parametrize("part", ["scopes/0000.jsonl", "log/0000.jsonl"])
def test_that_a_part_of_millions_of_lines_is_refused(tmp_path: Path, part: str) -> None:
    def swell(parts: dict[str, bytes]) -> None:
        parts[part] = parts[part] + b"{}\n" * 10_000_000

    assert TOO_LARGE in refusal(forged(written(tmp_path), swell))


@pytest.mark.parametrize(
    "swollen", [b"[" + b"{}," * 9_999_999 + b"{}]", b"[" * 200_000, b'{"a":' * 200_000, b"9" * 10_000]
)
def test_that_a_json_of_millions_or_of_depths_is_refused(tmp_path: Path, swollen: bytes) -> None:
    path = forged(written(tmp_path), lambda parts: parts.update({"report.json": swollen}))
    assert "有读不懂的部分" in refusal(path)


def test_that_the_limit_of_structure_is_where_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "STRUCTURE_LIMIT", 4)
    assert shapes.parsed(b'[{"a":1},{}]') == [{"a": 1}, {}]
    with pytest.raises(ValueError, match="too many"):
        shapes.parsed(b'[{"a":1},{},1]')


# --- values of other types


def changed_line(part: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    """Put other words into a part; they must be there."""

    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part], parts[part].decode()
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return change


def part_of_layer(path: Path) -> str:
    return next(name for name, data in parts_of(path).items() if b'"id":"tag-1"' in data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"low":3.0', '"low":NaN'),
        ('"low":3.0', '"low":Infinity'),
        ('"low":3.0', '"low":1e999'),
        ('"low":3.0', '"low":"3"'),
        ('"low":3.0', '"low":true'),
        ('"revision":1', '"revision":1.5'),
        ('"revision":1', '"revision":true'),
        ('"revision":1', '"revision":99999999999999999999'),
        ('"text":"3个"', '"text":3'),
        ('"text":"3个"', '"text":null'),
        ('"text":"3个"', '"text":"\\ud800"'),
        ('"text":"3个"', '"text":"3个","text":"4个"'),
        ('"text":"3个"', '"words":"3个"'),
        ('"state":"in_review"', '"state":"sleeping"'),
        ('"kind":"target"', '"kind":"dream"'),
        ('"@":"Owner"', '"@":"Robber"'),
        ('"@":"Owner",', ""),
        ('"spans":[[21,23]]', '"spans":[[21]]'),
        ('"spans":[[21,23]]', '"spans":[[21,23,25]]'),
        ('"spans":[[21,23]]', '"spans":[["21",23]]'),
        ('"spans":[[21,23]]', '"spans":{}'),
        ('"due":"2026-06-30"', '"due":"六月"'),
        ('"created":"2026-03-02T08:30:00+00:00"', '"created":3'),
        ('"position":3', '"position":"3"'),
        ('"kind":"layer"', '"kind":"dream"'),
    ],
)
def test_that_a_value_of_another_type_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = written(tmp_path)
    assert "有读不懂的部分" in refusal(forged(path, changed_line(part_of_layer(path), old, new)))


@pytest.mark.parametrize("data", [b"", b"\n", b"null\n", b"[]\n", b"\xff\xfe\n", b'{"scope":"office"}\n'])
def test_that_a_part_that_is_no_scope_is_refused(tmp_path: Path, data: bytes) -> None:
    path = forged(written(tmp_path), lambda parts: parts.update({"scopes/0000.jsonl": data}))
    assert "有读不懂的部分" in refusal(path)


# --- values that cannot be


def layer_with(**changed: Any) -> Contents:
    return replace(CONTENTS, **changed)


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (layer_with(tasks=(replace(TASK, spans=(Span(0, len(TEXT) + 1),)),)), "标注超出正文"),
        (layer_with(tasks=(replace(TASK, spans=(Span(-1, 3),)),)), "标注超出正文"),
        (layer_with(tasks=(replace(TASK, spans=(Span(9, 3),)),)), "标注超出正文"),
        (layer_with(tags=(replace(TAGS[0], spans=(Span(5, 10**9),)),)), "标注超出正文"),
        (layer_with(dismissals=(replace(DISMISSAL, span=Span(5, 10**9)),)), "标注超出正文"),
        (layer_with(tags=(replace(TAGS[0], task_id="no"),)), "标注没有任务"),
        (layer_with(tags=(TAGS[0], replace(TAGS[1], id="tag-1"))), "任务或标注重号"),
        (layer_with(tasks=(TASK, TASK)), "任务或标注重号"),
        (layer_with(tasks=(replace(TASK, layer_id="other"),), tags=()), "任务或标注不属于它的标注层"),
        (layer_with(tasks=(TASK, replace(TASK, id=""))), "任务或标注不属于它的标注层"),
        (layer_with(tasks=(TASK, replace(TASK, id="x" * 201))), "任务或标注不属于它的标注层"),
        (layer_with(tags=(replace(TAGS[0], value=Owner(Role.LEAD, "x")),)), "标注的值不合它的类别"),
        (layer_with(tags=(replace(TAGS[3], value=Owner(Role.LEAD, "x")),)), "标注的值不合它的类别"),
        (layer_with(layer=replace(ANNOTATED, state=LayerState.DRAFT)), "有未提交的标注"),
        (layer_with(layer=replace(ANNOTATED, revision=-1)), "标注层不属于这份报告"),
        (layer_with(layer=replace(ANNOTATED, base_ids=("x",))), "复核层带有内容"),
        (
            layer_with(layer=replace(ANNOTATED, created=ANNOTATED.created and ANNOTATED.created.replace(tzinfo=None))),
            "时间没有时区",
        ),
    ],
)  # fmt: skip
def test_that_a_layer_that_cannot_be_is_refused(tmp_path: Path, contents: Contents, words: str) -> None:
    assert words in refusal(written(tmp_path, with_layer(contents)))


def test_that_spans_may_reach_to_the_end_of_the_text(tmp_path: Path) -> None:
    task = replace(TASK, spans=(Span(0, len(TEXT)),))
    opened(written(tmp_path, with_layer(layer_with(tasks=(task,)))))


@pytest.mark.parametrize(
    ("scope", "payload", "words"),
    [
        (LAYER, replace(COMMENT, layer_id="other"), "意见不属于它的标注层"),
        (LAYER, replace(COMMENT, report_id="other"), "意见不属于它的标注层"),
        (LAYER, replace(COMMENT, span=Span(0, 10**6)), "意见超出正文"),
        (LAYER, replace(COMMENT, at=COMMENT.at.replace(tzinfo=None)), "时间没有时区"),
        (FINAL, replace(DECISION, layer_id="other"), "裁决不属于它的复核层"),
        (FINAL, replace(DECISION, key="other"), "裁决不属于它的复核层"),
        (FINAL, replace(DECISION, value=replace(TASK, spans=(Span(0, 10**6),))), "裁决超出正文"),
        (
            FINAL,
            replace(DECISION, value=replace(TAGS[3], value=Owner(Role.LEAD, "x"))),
            "标注的值不合它的类别",
        ),
        (FINAL, replace(DECISION, at=DECISION.at.replace(tzinfo=None)), "时间没有时区"),
        (OFFICE, replace(CHEN, roles=("king",)), "人员没有姓名，或有不认识的角色"),
        (OFFICE, replace(CHEN, name=" "), "人员没有姓名，或有不认识的角色"),
        (LAYER, CHEN, "有放错地方的内容"),
        (OFFICE, COMMENT, "有放错地方的内容"),
        (FINAL, replace(DECISION, id=""), "有放错地方的内容"),
    ],
)
def test_that_an_object_that_cannot_be_is_refused(
    tmp_path: Path, scope: str, payload: Any, words: str
) -> None:
    kinds = {"Comment": "comment", "Decision": "decision", "Person": "person"}
    made = honest()
    key = Key(kinds[type(payload).__name__], payload.id)
    versions = {**made.scopes[scope].versions, key: {Dot(CHAIN, 3): payload}}
    scopes: dict[str, Replica[Any]] = {**made.scopes, scope: Replica(versions, {CHAIN: 3})}
    assert words in refusal(written(tmp_path, replace(made, scopes=scopes)))


def test_that_an_object_under_anothers_id_is_refused(tmp_path: Path) -> None:
    made = honest()
    versions = {**made.scopes[OFFICE].versions, Key("person", "x"): {Dot(CHAIN, 3): CHEN}}
    scopes: dict[str, Replica[Any]] = {**made.scopes, OFFICE: Replica(versions, {CHAIN: 3})}
    assert "内容与编号不符" in refusal(written(tmp_path, replace(made, scopes=scopes)))


def test_that_a_reviewed_layer_that_is_made_of_itself_is_refused(tmp_path: Path) -> None:
    made = honest()
    layer = Contents(replace(REVIEWED, base_ids=(FINAL,)))
    versions = {Key("layer", FINAL): {Dot(CHAIN, 3): layer}}
    scopes: dict[str, Replica[Any]] = {**made.scopes, FINAL: Replica(versions, {CHAIN: 3})}
    assert "复核层" in refusal(written(tmp_path, replace(made, scopes=scopes)))


def test_that_an_outline_that_is_no_tree_is_refused(tmp_path: Path) -> None:
    first, second = SECTIONS
    for sections in (
        (first, replace(second, parent=1)),
        (first, replace(second, parent=-2)),
        (replace(first, index=1), second),
        (first, replace(second, span=Span(0, 10**6))),
    ):
        assert "目录不成树" in refusal(written(tmp_path, honest(sections=sections)))


def test_that_a_note_outside_the_text_is_refused(tmp_path: Path) -> None:
    note = replace(NOTES[0], span=Span(0, len(TEXT) + 1))
    assert "注释超出正文" in refusal(written(tmp_path, honest(notes=(note,))))
