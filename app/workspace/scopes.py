"""Between the store and the exchange: what stands here as it merges, and what a merge makes of it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import Connection

from app.domain.reports import ReportCard
from app.domain.units import Unit
from app.exchange.merging import Dot, Key, Replica
from app.exchange.payloads import Payload, digest, portable
from app.exchange.telling import stands
from app.workspace import fitting, seeding
from db import dots, replicas
from db.replicas import Outcome, Scope


@dataclass(frozen=True, slots=True)
class Held:
    """A scope as it is stored here, and as it merges."""

    name: str
    stored: Scope
    replica: Replica[Payload]


def held(connection: Connection, names: Iterable[str], report_id: str) -> dict[str, Held]:
    """What stands here of some scopes of a report, by name."""
    found = ((name, replicas.scope(connection, name, report_id)) for name in names)
    return {name: Held(name, stored, _replica(stored)) for name, stored in found}


def _replica(stored: Scope) -> Replica[Payload]:
    objects = {Key(key.kind, key.id): portable(thing) for key, thing in stored.objects.items()}
    versions: dict[Key, dict[Dot, Payload | None]] = {}
    for key, own in stored.dots.items():
        place = Key(key.kind, key.id)
        versions[place] = {Dot(*dot): objects.get(place) for dot in own}
    for sibling in stored.siblings:
        place = Key(sibling.key.kind, sibling.key.id)
        versions.setdefault(place, {})[Dot(*sibling.dot)] = replicas.payload_of(sibling)
    baseline = {place: thing for place, thing in objects.items() if place not in versions}
    return Replica(versions, stored.context, baseline)


def outcomes(here: Held, after: Replica[Payload], own: Collection[str], origin: str) -> Iterator[Outcome]:
    """What is to be written of a scope for it to stand as a merge has it; nothing where it stands so already."""
    before, now = stands(here.replica, own), stands(after, own)
    for place in {**before, **now}:
        how = now.get(place)
        versions = after.versions.get(place, {})
        if how == before.get(place) and versions.keys() == here.replica.versions.get(place, {}).keys():
            continue
        key = dots.Key(here.name, *place)
        stored = here.stored.objects.get(key)
        current = how.current if how is not None else None
        waiting = tuple(
            replicas.sibling(key, dots.Dot(*dot), payload, origin)
            for dot, payload in sorted(versions.items())
            if current is None or dot not in current.dots
        )
        yield Outcome(
            key,
            stored,
            local(current.payload if current is not None else None, stored),
            frozenset(dots.Dot(*dot) for dot in (current.dots if current is not None else ())),
            waiting,
        )


def local(payload: Payload | None, stored: Payload | None) -> Payload | None:
    """A version as it is stored here: what is this workspace's own stays as it is."""
    if isinstance(payload, ReportCard) and isinstance(stored, ReportCard):
        return replace(
            stored,
            metadata=payload.metadata,
            supersedes=payload.supersedes,
            corrections=payload.corrections,
        )
    return payload


def rank(payload: Payload) -> str:
    """Which of two objects that nobody wrote stands: not the seed that every workspace begins with, else the least."""
    its = digest(payload)
    return f"{int(isinstance(payload, Unit) and its in _seeds())}{its}"


@cache
def _seeds() -> frozenset[str]:
    made = seeding.units()
    return frozenset(digest(portable(unit)) for unit in (*made, *fitting.for_any_office(made)))
