"""A report handed over: its package written, and the records of a workspace verified against one."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from app import __version__
from app.domain.chains import Link
from app.domain.contents import Contents
from app.domain.errors import UserError
from app.domain.people import Person
from app.domain.reports import Layer, LayerState
from app.exchange import verifying
from app.exchange.checks import opened
from app.exchange.package import SUFFIX, Package, packed
from app.exchange.payloads import COMMENT, DECISION, OFFICE
from app.exchange.records import is_told
from app.exchange.summary import PackageSummary
from app.exchange.telling import shown, stands
from app.workspace.scopes import held
from db import files, log, reports
from db.engine import Store

UNSOUND = "本工作区的改动记录不完整，没有写出交接包：{problem}请运行 duban verify 查看，或从备份恢复。"


def export(store: Store, person: Person | None, report_id: str, out: Path) -> PackageSummary:
    """Write a report's package: whole or not at all. UserError where it cannot be."""
    if out.suffix.lower() != SUFFIX:
        raise UserError(f"交接包只能存为 {SUFFIX} 文件，“{out.name}”不是，请改用 {SUFFIX} 结尾的文件名。")
    if out.is_dir():
        raise UserError(f"“{out.name}”是一个文件夹，请给出文件名再导出。")
    with store.reading() as connection:
        package, withheld = _package(connection, person, report_id)
    data = packed(package)
    with files.replacing(out) as part, part.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())  # a stick is pulled out soon after
    return _told(package, withheld)


def verify(store: Store, against: Path | None = None) -> list[str]:
    """What is wrong with the records, a Chinese sentence each; none where they are whole.

    Against a package: also where its records do not lie on those here. UserError for what is no whole package.
    """
    package = opened(against) if against is not None else None
    with store.reading() as connection:
        found = log.problems(connection)
        if package is not None:
            found += verifying.against(chains(connection), package.chains)
    return found


def chains(connection: Connection) -> dict[str, list[Link]]:
    """The entries of every chain, in order, by its id."""
    found: dict[str, list[Link]] = {}
    for link in log.links(connection):
        found.setdefault(link.chain, []).append(link)
    return found


def travelling(layers: Sequence[Layer], person: Person | None) -> tuple[list[Layer], list[Layer]]:
    """Of a report's layers those that may go out, and those that are kept back.

    What was never submitted stays, and what its author is correcting; with it what review makes of it, which
    could not be built without.
    """
    back = {
        layer.id
        for layer in layers
        if layer.state is LayerState.DRAFT
        or (layer.state is LayerState.RETURNED and (person is None or layer.person_id == person.id))
    }
    back |= {layer.id for layer in layers if back & set(layer.base_ids)}
    return [x for x in layers if x.id not in back], [x for x in layers if x.id in back]


def _package(connection: Connection, person: Person | None, report_id: str) -> tuple[Package, list[Layer]]:
    problem = next(iter(log.problems(connection)), "")
    if problem:
        raise UserError(UNSOUND.format(problem=problem))
    card = next(card for card in reports.cards(connection) if card.id == report_id)
    going, withheld = travelling(reports.layers(connection, report_id), person)
    names = (OFFICE, report_id, *(layer.id for layer in going))
    package = Package(
        program=__version__,
        card=replace(card, number=0, is_removed=False, version=0),
        text=reports.text(connection, report_id),
        sections=reports.sections(connection, report_id),
        notes=reports.notes(connection, report_id),
        scopes={name: each.replica for name, each in held(connection, names, report_id).items()},
        chains={
            chain: [link if is_told(link, report_id, names) else replace(link, body=None) for link in links]
            for chain, links in chains(connection).items()
        },
        places=reports.places(connection, report_id),
    )
    return package, withheld


def _told(package: Package, withheld: Iterable[Layer]) -> PackageSummary:
    every = [item for replica in package.scopes.values() for item in shown(stands(replica, ())).items()]
    kinds = [key.kind for key, _ in every]
    return PackageSummary(
        layers=tuple(
            (thing.layer.author, len(thing.tasks))
            for _, thing in every
            if isinstance(thing, Contents) and not thing.layer.is_reviewed
        ),
        withheld=tuple(layer.author for layer in withheld if not layer.is_reviewed),
        comments=kinds.count(COMMENT),
        decisions=kinds.count(DECISION),
        entries=sum(len(links) for links in package.chains.values()),
    )
