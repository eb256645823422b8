"""Chains of records: how each entry is tied to the one before it, and how one tells that somebody touched them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """One entry in its chain; positions count from 1.

    `body` is everything the entry says, its chain and position included; None for one of which only the hashes
    have come here. `previous` is the hash of the entry before it: of a chain's first entry "", or the hash of that
    entry of another chain from which this one goes on.
    """

    chain: str
    position: int
    previous: str
    body_hash: str
    hash: str
    body: Mapping[str, Any] | None = None


def canonical(data: object) -> str:
    """The one way to write data down as JSON."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def body_hash(body: Mapping[str, Any]) -> str:
    """SHA-256 of what an entry says."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def link_hash(previous: str, body: str) -> str:
    """SHA-256 over the hash of the entry before and the hash of what this one says: it stands for all up to here."""
    return hashlib.sha256((previous + body).encode()).hexdigest()


def linked(chain: str, position: int, previous: str, body: Mapping[str, Any]) -> Link:
    """The next entry of a chain; what it says gets its place in it."""
    placed = {**body, "chain": chain, "position": position}
    told = body_hash(placed)
    return Link(chain, position, previous, told, link_hash(previous, told), placed)


def problems(links: Iterable[Link]) -> list[str]:
    """What is wrong with these chains, one Chinese sentence for each entry that does not fit; empty when all is well.

    Finds entries that were altered, removed, put in another order or cut out. That the last ones of a chain are
    missing only shows against a hash that was taken elsewhere.
    """
    ordered = sorted(links, key=attrgetter("chain", "position"))
    hashes = {link.hash for link in ordered}
    chains = [(chain, list(group)) for chain, group in groupby(ordered, key=attrgetter("chain"))]
    found: list[str] = []
    for chain, group in chains:
        place = f"记录链{chain[:8]}的" if len(chains) > 1 else ""
        position, previous = 0, ""
        for link in group:
            name = f"{place}第{link.position}条记录{_label(link)}"
            begins = link.position == 1 and (not link.previous or link.previous in hashes)
            follows = link.position == position + 1 and link.previous == previous
            if not (begins or (follows and position)):
                found.append(f"{name}之前的记录被删改过。")
            if not is_whole(link):
                found.append(f"{name}的内容被改动过。")
            position, previous = link.position, link.hash
    return found


def is_whole(link: Link) -> bool:
    """Whether an entry's hashes are those of what it says and of its place."""
    if link.hash != link_hash(link.previous, link.body_hash):
        return False
    body = link.body
    return body is None or (
        body_hash(body) == link.body_hash
        and (body.get("chain"), body.get("position")) == (link.chain, link.position)
    )


def _label(link: Link) -> str:
    label = link.body.get("label") if link.body else None
    return f"（{label}）" if label else ""
