"""A package: one report with its text, its layers and all that was said about them, and the records of it."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain import codec
from app.domain.chains import Link, body_hash, link_hash
from app.domain.codec import Json
from app.domain.errors import UserError
from app.domain.report import Note, Place, Section
from app.domain.reports import ReportCard
from app.exchange import archive, shapes
from app.exchange.merging import Dot, Key, Replica
from app.exchange.payloads import KINDS, Payload
from app.exchange.verifying import Chains, head

FORMAT, VERSION = "duban-package", 1
SUFFIX = ".dubanpkg"
MANIFEST, TEXT, REPORT = "manifest.json", "text.txt", "report.json"
LINES_LIMIT = 500_000
"""The most lines of one part: entries of a chain, objects of a scope."""

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Package:
    """What goes from one workstation to another.

    `scopes` are the office, the report (by its id) and each layer that travels (by its own); `chains` all
    records of the workspace, as hashes only where they touch what does not travel.
    """

    program: str
    card: ReportCard
    text: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    scopes: Mapping[str, Replica[Payload]]
    chains: Chains
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    sha256: str
    size: int
    lines: int


@dataclass(frozen=True, slots=True)
class _Head:
    chain: str
    length: int
    hash: str


@dataclass(frozen=True, slots=True)
class _Manifest:
    """The first part: what the others are. `format` and `version` are asked before anything else is believed."""

    format: str
    version: int
    program: str
    report_id: str
    title: str
    text_sha256: str
    parts: tuple[_Part, ...]
    heads: tuple[_Head, ...]


@dataclass(frozen=True, slots=True)
class _Outline:
    card: ReportCard
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A dot, or how far a chain was seen."""

    chain: str
    position: int


@dataclass(frozen=True, slots=True)
class _ScopeHead:
    scope: str
    context: tuple[_Place, ...]


@dataclass(frozen=True, slots=True)
class _VersionHead:
    """What stands before a version's data in its line. Without dots: a baseline object."""

    kind: str
    id: str
    dots: tuple[_Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _ChainHead:
    chain: str
    previous: str = ""


def packed(package: Package) -> bytes:
    """The file of a package: the same bytes for the same contents."""
    outline = _Outline(package.card, package.sections, package.notes, package.places)
    parts = {TEXT: package.text.encode("utf-8"), REPORT: shapes.written(codec.encode(outline))}
    for n, (scope, replica) in enumerate(sorted(package.scopes.items())):
        parts[f"scopes/{n:04}.jsonl"] = _lines(_scope_data(scope, replica))
    chains = sorted(package.chains.items())
    for n, (chain, links) in enumerate(chains):
        parts[f"log/{n:04}.jsonl"] = _lines(_chain_data(chain, links))
    manifest = _Manifest(
        FORMAT,
        VERSION,
        package.program,
        package.card.id,
        package.card.metadata.title,
        package.card.text_sha256,
        tuple(_part(name, data) for name, data in parts.items()),
        _heads(package.chains),
    )
    return archive.packed({MANIFEST: shapes.written(codec.encode(manifest)), **parts})


def read(path: Path) -> Package:
    """The package in a file, every part as its hash says and every value of its type.

    UserError for what is no package, is damaged, hostile, or of a newer version. What the contents say about
    each other is `checks.check`'s to ask.
    """
    parts = archive.unpacked(path)
    try:
        manifest = _manifest(path, parts.pop(MANIFEST))
        _check_parts(path, manifest, parts)
        outline = shapes.made(_Outline, shapes.parsed(_needed(parts, REPORT)))
        scopes = dict(_scope(parts[name]) for name in sorted(parts) if name.startswith("scopes/"))
        chains = dict(_chain(parts[name]) for name in sorted(parts) if name.startswith("log/"))
        text = _needed(parts, TEXT).decode("utf-8")
    except ValueError as error:  # of which UnicodeError and JSONDecodeError are two
        raise archive.tampered(path, "有读不懂的部分") from error
    if len(scopes) + len(chains) + 2 != len(parts):
        raise archive.tampered(path, "有重复的部分")
    if _heads(chains) != manifest.heads:
        raise archive.tampered(path, "记录与清单不符")
    told = (manifest.report_id, manifest.title, manifest.text_sha256)
    card = outline.card
    if told != (card.id, card.metadata.title, card.text_sha256):
        raise archive.tampered(path, "报告与清单不符")
    return Package(
        manifest.program, card, text, outline.sections, outline.notes, scopes, chains, outline.places
    )


def _manifest(path: Path, data: bytes) -> _Manifest:
    told = shapes.parsed(data)
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise archive.not_one(path)
    version = told.get("version")
    if isinstance(version, int) and version > VERSION:
        raise UserError(f"“{path.name}”由更新版本的督办导出，本版本读不了。请升级程序后再合并。")
    return shapes.made(_Manifest, told)


def _check_parts(path: Path, manifest: _Manifest, parts: Mapping[str, bytes]) -> None:
    told = {part.name: part for part in manifest.parts}
    if len(told) != len(manifest.parts) or told.keys() != parts.keys():
        raise archive.tampered(path, "缺少或多出了部分")
    for name, data in parts.items():
        if _part(name, data) != told[name]:
            raise archive.tampered(path, "校验值不符")
        if told[name].lines > LINES_LIMIT:
            raise archive.too_large(path)


def _part(name: str, data: bytes) -> _Part:
    return _Part(name, hashlib.sha256(data).hexdigest(), len(data), data.count(b"\n"))


def _needed(parts: Mapping[str, bytes], name: str) -> bytes:
    if name not in parts:
        raise ValueError(f"no {name}")
    return parts[name]


def _lines(data: Iterator[Json]) -> bytes:
    return b"".join(shapes.written(line) + b"\n" for line in data)


def _scope_data(scope: str, replica: Replica[Payload]) -> Iterator[Json]:
    """A scope's lines: what was seen, then each version with its dots, those that say the same together."""
    yield codec.encode(_ScopeHead(scope, tuple(_Place(*seen) for seen in sorted(replica.context.items()))))
    for key, bare in sorted(replica.baseline.items()):
        yield [codec.encode(_VersionHead(*key)), codec.encode(bare)]
    for key, versions in sorted(replica.versions.items()):
        for payload, dots in _by_payload(versions):
            head = _VersionHead(*key, tuple(_Place(*dot) for dot in sorted(dots)))
            yield [codec.encode(head), None if payload is None else codec.encode(payload)]


def _by_payload(versions: Mapping[Dot, Payload | None]) -> list[tuple[Payload | None, list[Dot]]]:
    found: dict[Payload | None, list[Dot]] = {}
    for dot in sorted(versions):
        found.setdefault(versions[dot], []).append(dot)
    return list(found.items())


def _scope(data: bytes) -> tuple[str, Replica[Payload]]:
    """The scope of a part. ValueError for one that is not as `_scope_data` writes it."""
    first, *rest = data.rstrip(b"\n").split(b"\n")
    head = shapes.made(_ScopeHead, shapes.parsed(first))
    context = {place.chain: place.position for place in head.context}
    versions: dict[Key, dict[Dot, Payload | None]] = {}
    baseline: dict[Key, Payload] = {}
    for line in rest:
        told, payload = _version(line)
        key = Key(told.kind, told.id)
        if not told.dots:
            if payload is None or key in baseline:
                raise ValueError("a baseline of nothing, or two")
            baseline[key] = payload
        for place in told.dots:
            versions.setdefault(key, {})[Dot(place.chain, place.position)] = payload
    return head.scope, Replica(versions, context, baseline)


def _version(line: bytes) -> tuple[_VersionHead, Payload | None]:
    told = shapes.parsed(line)
    if not isinstance(told, list) or len(told) != 2:
        raise ValueError("no version")
    head = shapes.made(_VersionHead, told[0])
    if head.kind not in KINDS:
        raise ValueError("of no known kind")
    return head, None if told[1] is None else shapes.made(KINDS[head.kind], told[1])


def _chain_data(chain: str, links: Sequence[Link]) -> Iterator[Json]:
    """A chain's lines. Hashes are left out where they follow from what is there."""
    yield codec.encode(_ChainHead(chain, links[0].previous))
    for link in links:
        yield link.body_hash if link.body is None else link.body


def _chain(data: bytes) -> tuple[str, list[Link]]:
    """The entries of a part, tied together by their hashes; each is an object, or the hash of one."""
    first, *rest = data.rstrip(b"\n").split(b"\n")
    start = shapes.made(_ChainHead, shapes.parsed(first))
    links: list[Link] = []
    previous = start.previous
    for position, line in enumerate(rest, 1):
        told = shapes.parsed(line)
        body = told if isinstance(told, dict) else None
        its_hash = body_hash(body) if body is not None else _hash(told)
        links.append(Link(start.chain, position, previous, its_hash, link_hash(previous, its_hash), body))
        previous = links[-1].hash
    return start.chain, links


def _hash(told: Json) -> str:
    if not isinstance(told, str) or not _HASH.fullmatch(told):
        raise ValueError("no hash")
    return told


def _heads(chains: Chains) -> tuple[_Head, ...]:
    return tuple(_Head(chain, len(links), head(links)) for chain, links in sorted(chains.items()))
