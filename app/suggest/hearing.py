"""What precedents say of a commitment's owners, added to what duty words say."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.domain.suggestions import Commitment, OwnerProposal
from app.suggest.bodies import Body
from app.suggest.owners import LEAST_LEAD, LEAST_SUPPORT, MOST_LEADS, UNFOUNDED

HELPING = 0.5
"""What a precedent says for those that supported, as leads; and for its lead, as a support."""

SECTION = 0.1
"""What a section's other tasks say for the body that leads most of them."""

MOST_SUPPORTS = 4
USUAL = "本节其他任务多由其牵头"


class Voice(NamedTuple):
    """A precedent as it is heard: what it says, how much it counts, and how people call it (去年, its title)."""

    lead: Body
    supports: tuple[Body, ...]
    weight: float
    when: str
    title: Callable[[], str]


def heard(commitment: Commitment, voices: list[Voice], usual: Body | None) -> Commitment:
    """The commitment with its leads and supports as the voices, the strongest first, have them.

    `usual` leads most of the section's other tasks, if anybody does.
    """
    leads = _leads(commitment, voices, usual)
    return commitment._replace(leads=leads, supports=_supports(commitment, voices, leads[:1]))


def _leads(commitment: Commitment, voices: list[Voice], usual: Body | None) -> tuple[OwnerProposal, ...]:
    said = {_body(p): p for p in commitment.leads}
    totals = {body: proposal.score for body, proposal in said.items()}
    for voice in voices:
        totals[voice.lead] = totals.get(voice.lead, 0.0) + voice.weight
        for body in voice.supports:
            totals[body] = totals.get(body, 0.0) + voice.weight * HELPING
    if usual is not None:
        totals[usual] = totals.get(usual, 0.0) + SECTION

    def reasons(body: Body) -> Iterable[str]:
        led = [voice for voice in voices if voice.lead == body]
        helped = [voice for voice in voices if body in voice.supports]
        yield _told(led, "牵头") or _told(helped, "配合")
        yield USUAL if body == usual else ""
        yield said[body].reason if body in said else ""

    return _ranked(totals, reasons, MOST_LEADS, LEAST_LEAD)


def _supports(
    commitment: Commitment, voices: list[Voice], lead: tuple[OwnerProposal, ...]
) -> tuple[OwnerProposal, ...]:
    """Those that had to do with what is like it; the nearer that is, the less duty words add to them."""
    said = {_body(p): p for p in commitment.supports}
    left = 1 - min(1.0, sum(voice.weight for voice in voices if voice.supports))
    totals = {body: proposal.score * left for body, proposal in said.items()}
    for voice in voices:
        weight = min(1.0, voice.weight)
        totals[voice.lead] = totals.get(voice.lead, 0.0) + weight * HELPING
        for body in voice.supports:
            totals[body] = totals.get(body, 0.0) + weight
    for proposal in lead:
        totals.pop(_body(proposal), None)

    def reasons(body: Body) -> Iterable[str]:
        yield _told([v for v in voices if body == v.lead or body in v.supports], "参与")
        yield said[body].reason if body in said else ""

    enough = {body: total for body, total in totals.items() if total >= LEAST_SUPPORT}
    return _ranked(enough, reasons, MOST_SUPPORTS, LEAST_SUPPORT)


def _body(proposal: OwnerProposal) -> Body:
    return Body(proposal.code, proposal.name, proposal.unit_id)


def _told(voices: list[Voice], deed: str) -> str:
    """The reason as people say it: 去年同类任务3项由其牵头：办好文化艺术节…; "" for none."""
    if not voices:
        return ""
    when = "、".join(dict.fromkeys(voice.when for voice in voices))
    many = f"{len(voices)}项" if len(voices) > 1 else ""
    return f"{when}同类任务{many}由其{deed}：{voices[0].title()}"


def _ranked(
    totals: dict[Body, float], reasons: Callable[[Body], Iterable[str]], most: int, least: float
) -> tuple[OwnerProposal, ...]:
    order = sorted(totals, key=lambda body: -totals[body])[:most]
    best = totals[order[0]] if order else 1.0
    ranked = []
    for body in order:
        if totals[body] >= least * best:
            told = [reason for reason in reasons(body) if reason]
            words = "；".join(r for r in told if r != UNFOUNDED or len(told) == 1)
            score = round(totals[body] / best, 3)
            ranked.append(OwnerProposal(body.code, score, words, body.name, body.unit_id))
    return tuple(ranked)
