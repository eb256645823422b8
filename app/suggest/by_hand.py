"""What selected words say: the same rules, asked about a place that a reviewer has chosen."""

from collections.abc import Callable
from datetime import date

from app.domain.proposals import Office
from app.domain.report import Reading
from app.domain.sentences import sentence_around
from app.domain.spans import Span
from app.domain.tasks import Deadline, DeadlineKind, Owner, Role, TagKind, Target, Value
from app.domain.units import Unit
from app.suggest.deadlines import deadlines
from app.suggest.sentences import fold
from app.suggest.targets import Found, coverage, targets


def read_value(reading: Reading, kind: TagKind, span: Span, role: Role, units: tuple[Unit, ...]) -> Value:
    """The value of a source span as a tag of a kind: the figure, body or date that the rules read there.

    Where they read none, a target with the words as its indicator, a body of that name, a deadline without a
    date; None for a kind that has no value.
    """
    shown = reading.shown
    place = shown.to_shown(span)
    if place is None:
        return None
    words = shown.text[place.start : place.end].strip()
    if kind is TagKind.OWNER:
        return Office("", date.max, units).named(role, words)
    if kind is TagKind.TARGET:
        figure = _read(shown.text, place, _figures)
        return figure if isinstance(figure, Target) else Target(words)
    if kind is TagKind.DEADLINE:
        about = reading.metadata
        when = _read(shown.text, place, lambda sentence: deadlines(sentence, about.year, about.end_year))
        return when if isinstance(when, Deadline) else Deadline(DeadlineKind.EVENT)
    return None


def _figures(sentence: str) -> list[Found]:
    return [*targets(sentence), *coverage(sentence)]


def _read(text: str, place: Span, rule: Callable[[str], list]) -> Value:  # type: ignore[type-arg]  # of finds with a span and a value
    """What a rule finds in the sentence around a place, where it touches the place."""
    around = sentence_around(text, place.start)
    sentence = fold(text[around.start : max(around.end, place.end)])
    chosen = Span(place.start - around.start, place.end - around.start)
    for found in rule(sentence):
        if found[0].overlaps(chosen):
            value: Target | Deadline | Owner = found[1]
            return value
    return None
