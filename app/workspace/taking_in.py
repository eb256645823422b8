"""A package taken in: what it would change, and the same written in one transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from app.domain.chains import Link
from app.domain.errors import UserError
from app.domain.people import Person
from app.domain.report import Reading, ShownText, Source
from app.domain.reports import ReportCard
from app.exchange import archive
from app.exchange.checks import opened
from app.exchange.merging import Replica, merged
from app.exchange.package import Package
from app.exchange.payloads import REPORT, UNIT, Payload
from app.exchange.summary import Count, MergeSummary
from app.exchange.telling import counts, shown, stands
from app.exchange.verifying import Chains, fork_position, unseen
from app.workspace import conflicts, rebuilding
from app.workspace.handing_over import chains
from app.workspace.scopes import Held, held, outcomes, rank
from db import log, replicas, reports
from db.engine import Store
from db.log import Author
from db.replicas import Outcome

REMOVED = "《{title}》在工作区中已被移除（第{number}号）。请先在“报告”菜单里恢复它，再合并交接包。"
FORKED = (
    "“{name}”里的记录与这里的对不上（记录链{chain}从第{position}条起不同）：有一方的工作区被换回过旧文件，"
    "或记录被改写过。没有合并。请用 duban verify --against 核对，再商定以哪一边为准。"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a package makes of this workspace: what is to be written, and what people are told of it.

    `card` is the report's here, None where it is new.
    """

    card: ReportCard | None
    outcomes: tuple[Outcome, ...]
    contexts: Mapping[str, Mapping[str, int]]
    links: tuple[Link, ...]
    summary: MergeSummary

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.outcomes or self.contexts or self.links or self.card is None)


def preview(store: Store, person: Person | None, path: Path) -> MergeSummary:
    """What a package would bring, and what would then wait for a person; nothing is written."""
    package = opened(path)
    with store.reading() as connection:
        return _planned(connection, person, package, path).summary


def merge(store: Store, author: Author, person: Person | None, path: Path) -> MergeSummary:
    """Take a package in, in one transaction. UserError where it is refused; nothing is then written."""
    package = opened(path)
    with store.writing() as connection:
        plan = _planned(connection, person, package, path)
        if plan.is_empty:
            return plan.summary
        done = plan.outcomes if plan.card is not None else _begun(_insert(connection, package), plan.outcomes)
        replicas.put(connection, done, plan.contexts)
        log.receive(connection, plan.links)
        _forget_suggestions(connection, plan.outcomes)
        log.append(connection, author, f"合并交接包“{path.name}”", package.card.id)
        touched = {outcome.key.scope for outcome in plan.outcomes}
        rebuilding.build_again(connection, author, package.card.id, touched)
    return plan.summary


def _planned(connection: Connection, person: Person | None, package: Package, path: Path) -> Plan:
    card = next((c for c in reports.cards(connection) if c.id == package.card.id), None)
    if card is not None and card.is_removed:
        raise UserError(REMOVED.format(title=card.metadata.title, number=card.number))
    layers = reports.layers_by_id(connection, package.scopes.keys())
    if any(layer.report_id != package.card.id for layer in layers.values()):
        raise archive.tampered(path, "标注层属于别的报告")
    links = tuple(_fresh(chains(connection), package.chains, path))
    own = replicas.own_chains(connection)
    here = held(connection, package.scopes, package.card.id)
    after = {name: merged(here[name].replica, there, rank) for name, there in package.scopes.items()}
    waiting = conflicts.after_merge(connection, person, package, after, own)
    summary = _summary(package, card is None, here, after, own)
    return Plan(
        card,
        tuple(o for name in after for o in outcomes(here[name], after[name], own, path.name)),
        {name: seen for name in after if (seen := _wider(here[name], after[name]))},
        links,
        replace(summary, entries=len(links), conflicts=waiting),
    )


def _fresh(ours: Chains, theirs: Chains, path: Path) -> Iterator[Link]:
    """The entries that are not here. UserError where a chain goes two ways: then positions mean nothing."""
    for chain, links in theirs.items():
        mine = ours.get(chain, ())
        fork = fork_position(mine, links)
        if fork:
            raise UserError(FORKED.format(name=path.name, chain=chain[:8], position=fork))
        yield from unseen(mine, links)


def _wider(here: Held, after: Replica[Payload]) -> dict[str, int]:
    """How far chains have been seen after a merge, where that is further than before."""
    known = here.stored.context
    return {chain: seen for chain, seen in after.context.items() if seen > known.get(chain, 0)}


def _summary(
    package: Package,
    is_new: bool,
    here: Mapping[str, Held],
    after: Mapping[str, Replica[Payload]],
    own: Collection[str],
) -> MergeSummary:
    found: dict[str, Count] = {}
    for name, replica in after.items():
        before = shown(stands(here[name].replica, own))
        for sort, count in counts(before, shown(stands(replica, own))).items():
            found[sort] = found.get(sort, Count()) + count

    def of(sort: str) -> Count:
        return found.get(sort, Count())

    return MergeSummary(
        package.card.id,
        package.card.metadata.title,
        is_new,
        layers=of("layers"),
        tasks=of("tasks"),
        tags=of("tags"),
        comments=of("comments"),
        decisions=of("decisions"),
        units=of("units"),
        people=of("people"),
        metadata=Count() if is_new else of("metadata"),  # of a new report all is new
        progress=of("progress"),
        task_moves=of("task_moves"),
        verdicts=of("verdicts"),
        year_targets=of("year_targets"),
    )


def _insert(connection: Connection, package: Package) -> ReportCard:
    """The report itself, as it was read elsewhere; it gets a number of this workspace."""
    card = replace(
        package.card, number=reports.next_number(connection), imported=datetime.now(UTC), version=1
    )
    source = Source(card.source_name, card.file_sha256, card.encoding, package.text, card.text_sha256)
    nothing_shown = ShownText("", (), ())  # derived when the report is opened
    reading = Reading(source, card.metadata, nothing_shown, package.sections, package.notes, package.places)
    reports.insert_report(connection, card, reading)
    return card


def _begun(card: ReportCard, found: Iterable[Outcome]) -> Iterator[Outcome]:
    """What is to be written, the report being there by now."""
    for outcome in found:
        if isinstance(outcome.after, ReportCard):
            told = outcome.after
            after = replace(
                card, metadata=told.metadata, supersedes=told.supersedes, corrections=told.corrections
            )
            yield replace(outcome, before=card, after=after)
        else:
            yield outcome


def _forget_suggestions(connection: Connection, found: Iterable[Outcome]) -> None:
    """What was proposed with another directory, or for another year, is computed again."""
    kinds = {outcome.key.kind for outcome in found}
    if UNIT in kinds:
        reports.forget_suggestions(connection)
    for outcome in found:
        if outcome.key.kind == REPORT:
            reports.forget_suggestions(connection, outcome.key.id)
