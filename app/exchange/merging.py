"""Merging what several workstations wrote, without asking which came last.

Every version of an object carries a dot: the log entry that wrote it, as a place in a workstation's chain. A
replica is what a workspace holds of one scope, and how far it has seen each chain there. Two replicas merge by
keeping of each object what both hold, and what one holds and the other has not seen: what the other has seen and
holds no more was replaced or removed there by somebody who knew it. What was written in two places without
knowledge of each other stands side by side until a person writes a version that knows both.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

P = TypeVar("P")


class Dot(NamedTuple):
    """One entry of one chain; positions count from 1."""

    chain: str
    position: int


class Key(NamedTuple):
    """An object in its scope: the name of its kind, and its id."""

    kind: str
    id: str


Context = Mapping[str, int]
"""How far each chain has been seen in a scope: everything up to that position."""
Versions = Mapping[Dot, P | None]
"""The versions of one object that nobody has replaced; None for a removal that is remembered."""
Digest = Callable[[P], str]
"""What a version says, as a short text: two that say the same have the same one."""


@dataclass(frozen=True, slots=True)
class Replica(Generic[P]):
    """What a workspace holds of one scope, and what it has seen of it.

    `baseline` are objects that nobody wrote: what a workspace starts with, a report as it was read. They are
    never missed where they are absent, and any written version stands above them; so the removal of one is a
    version too, None.
    """

    versions: Mapping[Key, Versions[P]] = field(default_factory=dict)
    context: Context = field(default_factory=dict)
    baseline: Mapping[Key, P] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group(Generic[P]):
    """Versions that say the same: what they say, and all the dots that wrote it. None: it is gone."""

    payload: P | None
    dots: frozenset[Dot]


@dataclass(frozen=True, slots=True)
class Standing(Generic[P]):
    """How an object stands: what is shown, and what stands against it until a person decides."""

    current: Group[P]
    others: tuple[Group[P], ...] = ()


def has_seen(context: Context, dot: Dot) -> bool:
    """Whether a dot lies within a context."""
    return dot.position <= context.get(dot.chain, 0)


def joined(*contexts: Context) -> dict[str, int]:
    """What any of several has seen."""
    out: dict[str, int] = {}
    for context in contexts:
        for chain, position in context.items():
            out[chain] = max(position, out.get(chain, 0))
    return out


def merged(here: Replica[P], there: Replica[P], rank: Digest[P]) -> Replica[P]:
    """What both know together. Commutative, associative and idempotent.

    Of a baseline object that reads differently the one of least rank stays: nobody wrote either.
    """
    versions = {key: kept for key in {**here.versions, **there.versions} if (kept := _kept(key, here, there))}
    baseline = {
        key: min((r.baseline[key] for r in (here, there) if key in r.baseline), key=rank)
        for key in {**here.baseline, **there.baseline}
    }
    return Replica(versions, joined(here.context, there.context), baseline)


def _kept(key: Key, here: Replica[P], there: Replica[P]) -> dict[Dot, P | None]:
    ours, theirs = here.versions.get(key, {}), there.versions.get(key, {})
    kept: dict[Dot, P | None] = {}
    for dot in {**ours, **theirs}:
        if dot in ours and dot in theirs:
            kept[dot] = min(
                ours[dot], theirs[dot], key=repr
            )  # where several say the same, one stands for all
        elif dot in ours and not has_seen(there.context, dot):
            kept[dot] = ours[dot]
        elif dot in theirs and not has_seen(here.context, dot):
            kept[dot] = theirs[dot]
    return kept


def standing(versions: Versions[P], own: Collection[str], digest: Digest[P]) -> Standing[P] | None:
    """How an object stands that has these versions; None where it has none.

    Shown is what alone an own chain wrote, else what has the least digest: the same wherever the same is known.
    A removal stands back behind whatever was written without knowledge of it.
    """
    groups = _groups(versions, digest)
    if not groups:
        return None
    mine = [group for group in groups if any(dot.chain in own for dot in group.dots)]
    current = mine[0] if len(mine) == 1 else groups[0]
    return Standing(current, tuple(group for group in groups if group is not current))


def _groups(versions: Versions[P], digest: Digest[P]) -> list[Group[P]]:
    """The versions by what they say, the least digest first; each as its least dot has it."""
    by_digest: dict[str, dict[Dot, P | None]] = {}
    removals = frozenset(dot for dot, payload in versions.items() if payload is None)
    for dot, payload in versions.items():
        if payload is not None:
            by_digest.setdefault(digest(payload), {})[dot] = payload
    if not by_digest and removals:
        return [Group(None, removals)]
    return [Group(same[min(same)], frozenset(same)) for _, same in sorted(by_digest.items())]
