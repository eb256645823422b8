"""The differences about tasks themselves: whether they are there, how they are divided, their fields and lists."""

from collections.abc import Iterator, Sequence

from app.domain.decisions import Choice, Field
from app.domain.tasks import Tag
from app.review import words
from app.review.difference import NOTHING, Difference, Side, Subject, difference
from app.review.docket import Docket
from app.review.fields import LISTS, TEXTS, by_list, own_title
from app.review.matching import Entry, Pair
from app.review.rulings import counterpart, members, presence


def presences(pair: Pair, docket: Docket) -> Iterator[Difference]:
    """Whether, and in how many parts, the pair's tasks are there."""
    if pair.is_divided:
        yield from _divisions(pair, docket)
        return
    decision = presence(pair, docket)
    if decision is not None or not pair.is_twofold:
        anchor = decision.key.rpartition("/")[0] if decision else pair.key
        sides = whole(pair.first), whole(pair.second)
        yield difference(_about(pair), anchor, Field.TASK, sides, docket)
    if pair.is_twofold and docket.choice(pair.key, Field.SPAN) is Choice.NEITHER:
        sides = next(sides for _, sides in _fields(pair.first[0], pair.second[0]))
        yield difference(_about(pair), pair.key, Field.SPAN, sides, docket)


def fields(pair: Pair, entry: Entry, docket: Docket) -> Iterator[Difference]:
    """The fields of a task that read otherwise on both sides, or that were changed by hand."""
    other = counterpart(pair, entry)
    is_compared = other is not None and not _reads_same(entry, other)
    if not is_compared and entry.task.id not in docket.anchors:
        return
    about = Subject(pair, entry.task.id, entry.start)
    for field, sides in _fields(entry, other):
        if (is_compared and sides[0].seen != sides[1].seen) or docket.edited(entry.task.id, field):
            yield difference(about, entry.task.id, field, sides, docket)


def lists(pair: Pair, entry: Entry, docket: Docket) -> Iterator[Difference]:
    """The lists of a task, of owners and deadlines, likewise."""
    other = counterpart(pair, entry)
    if other is None and entry.task.id not in docket.anchors:
        return
    about = Subject(pair, entry.task.id, entry.start)
    ours, theirs = by_list(entry.tags), by_list(other.tags if other else ())
    for field in LISTS:
        is_other = other is not None and not _same_list(ours[field], theirs[field], field)
        if is_other or docket.edited(entry.task.id, field):
            sides = _lists(ours[field], theirs[field], field)
            yield difference(about, entry.task.id, field, sides, docket)


def _same_list(ours: Sequence[Tag], theirs: Sequence[Tag], field: Field) -> bool:
    """Whether two lists say the same; most are equal to the letter."""
    if [(tag.value, tag.text) for tag in ours] == [(tag.value, tag.text) for tag in theirs]:
        return True
    return words.list_seen(ours, field) == words.list_seen(theirs, field)


def _divisions(pair: Pair, docket: Docket) -> Iterator[Difference]:
    kept = members(pair, docket)
    about = Subject(pair, kept[0].task.id if kept else pair.key)
    sides = divided(pair.first), divided(pair.second)
    yield difference(about, pair.key, Field.DIVISION, sides, docket)
    for entry in pair.entries:
        if docket.on(entry.task.id, Field.TASK):
            side = whole((entry,))
            sides = (side, NOTHING) if entry in pair.first else (NOTHING, side)
            about = Subject(pair, entry.task.id, entry.start)
            yield difference(about, entry.task.id, Field.TASK, sides, docket)


def _about(pair: Pair) -> Subject:
    return Subject(pair, pair.key)


def whole(side: tuple[Entry, ...]) -> Side:
    """A task with everything in it."""
    if not side:
        return NOTHING
    return Side(words.own_words(side[0].task), words.task_seen(side[0], with_placed=True))


def divided(side: tuple[Entry, ...]) -> Side:
    """How a side divided the work. Its targets are compared by themselves."""
    titles = "；".join(entry.task.title for entry in side)
    seen = "\n".join(words.task_seen(entry, with_placed=False) for entry in side)
    return Side(f"{len(side)}项：{titles}", seen)


def _reads_same(entry: Entry, other: Entry) -> bool:
    ours, theirs = entry.task, other.task
    names = ("spans", "quote", "title", *TEXTS.values())
    return all(getattr(ours, name) == getattr(theirs, name) for name in names)


def _fields(entry: Entry, other: Entry | None) -> Iterator[tuple[Field, tuple[Side, Side]]]:
    """What both sides read in each field of a task; nothing where the other side is not there."""
    yield Field.SPAN, _spans(entry, other)
    titles = [Side(e.task.title, own_title(e.task)) if e else NOTHING for e in (entry, other)]
    yield Field.TITLE, (titles[0], titles[1])
    for field, name in TEXTS.items():
        texts = [getattr(e.task, name).strip() if e else "" for e in (entry, other)]
        yield field, (Side(texts[0], texts[0]), Side(texts[1], texts[1]))


def _spans(entry: Entry, other: Entry | None) -> tuple[Side, Side]:
    ours = entry.task
    seen = words.at_place(ours.quote, ours.spans)
    if other is None:
        return Side(ours.quote.strip(), seen), NOTHING
    theirs = other.task
    # one place may read otherwise in two versions of the program
    is_same = ours.spans == theirs.spans and bool(ours.spans)
    first, second = words.told_apart(ours.quote.strip(), theirs.quote.strip())
    return Side(first, seen), Side(second, seen if is_same else words.at_place(theirs.quote, theirs.spans))


def sides_of_task(entry: Entry) -> dict[Field, Side]:
    """What one side reads in each field of a task."""
    return {field: sides[0] for field, sides in _fields(entry, None)}


def side_of_list(tags: Sequence[Tag], field: Field) -> Side:
    """What one side reads of a list of a task."""
    return Side(words.list_words(tags, field), words.list_seen(tags, field), tags[0].id if tags else "")


def _lists(ours: Sequence[Tag], theirs: Sequence[Tag], field: Field) -> tuple[Side, Side]:
    return side_of_list(ours, field), side_of_list(theirs, field)
