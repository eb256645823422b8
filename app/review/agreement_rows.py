"""The rows of agreement over a stretch of a report."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.decisions import FIELD_NAMES, Field
from app.domain.spans import Span, Spans
from app.review.agreement_table import KINDS, AgreementRow
from app.review.labels import Labelled, label_table
from app.review.measures import alpha, count_within, f1, kappa, share, table_of
from app.review.sayings import VALUE_FIELDS, Places, Said, Sayings


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole report (`section` -1) or one section, with what both sides say in it."""

    section: int
    title: str
    span: Span
    sayings: list[Sayings] = field(default_factory=list)


def rows_of(scope: Scope, tolerance: int) -> Iterator[AgreementRow]:
    """The rows of a scope, one for each field, in the order in which people read them."""
    yield _of_places(scope, Field.SPAN, [said.tasks for said in scope.sayings], tolerance)
    yield _of_places(scope, Field.TARGET, [said.targets for said in scope.sayings], tolerance)
    yield _of_kinds(scope)
    for name in VALUE_FIELDS:
        yield _of_values(scope, name, [pair for said in scope.sayings for pair in said.values.get(name, ())])
    yield _of_supports(scope)


def _of_places(scope: Scope, name: Field, places: list[Places], tolerance: int) -> AgreementRow:
    """F1 of whole places; κ and α of which characters are in one."""
    first = [spans for place in places for spans in place.first]
    second = [spans for place in places for spans in place.second]
    table = label_table(_labelled(first), _labelled(second), scope.span)
    return AgreementRow(
        scope.section,
        scope.title,
        name.value,
        FIELD_NAMES[name],
        len(first),
        len(second),
        table.total(),
        exact_f1=f1(count_within(first, second, 0), len(first), len(second)),
        tolerant_f1=f1(count_within(first, second, tolerance), len(first), len(second)),
        kappa=kappa(table),
        alpha=alpha(table),
    )


def _labelled(places: list[Spans]) -> list[Labelled]:
    return [(span, "") for spans in places for span in spans]


def _of_kinds(scope: Scope) -> AgreementRow:
    """κ and α of which kinds of tag, or none, each character bears."""
    first = [labelled for said in scope.sayings for labelled in said.kinds[0]]
    second = [labelled for said in scope.sayings for labelled in said.kinds[1]]
    table = label_table(first, second, scope.span)
    counts = len(first), len(second), table.total()
    return AgreementRow(
        scope.section, scope.title, KINDS, "标注种类", *counts, kappa=kappa(table), alpha=alpha(table)
    )


def _of_values(scope: Scope, name: Field, said: list[Said]) -> AgreementRow:
    """The share of the same among what both say something about, κ and α of it; F1 counts what only one says too."""
    table = table_of(said)
    first, second = sum(a is not None for a, _ in said), sum(b is not None for _, b in said)
    same = sum(a is not None and a == b for a, b in said)
    return AgreementRow(
        scope.section,
        scope.title,
        name.value,
        FIELD_NAMES[name],
        first,
        second,
        table.total(),
        exact_f1=f1(same, first, second),
        share=share(table),
        kappa=kappa(table),
        alpha=alpha(table),
    )


def _of_supports(scope: Scope) -> AgreementRow:
    """F1 of bodies, each in its task; the share of tasks with the very same ones."""
    bodies = [said.supports for said in scope.sayings if any(said.supports)]
    both = [pair for pair in bodies if all(pair)]
    first, second = sum(len(a) for a, _ in bodies), sum(len(b) for _, b in bodies)
    return AgreementRow(
        scope.section,
        scope.title,
        Field.SUPPORT.value,
        FIELD_NAMES[Field.SUPPORT],
        first,
        second,
        len(both),
        exact_f1=f1(sum(len(a & b) for a, b in bodies), first, second),
        share=share(table_of(both)),
    )
