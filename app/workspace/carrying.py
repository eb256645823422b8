"""What a layer holds, carried to the next version of its report. Pure; `app.workspace.revising` writes it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from app.domain.contents import Contents
from app.domain.report import Reading
from app.domain.reports import Layer
from app.domain.spans import Span, joined
from app.domain.tasks import Deadline, Dismissal, Owner, Tag, Target, Task
from app.domain.wording import short_title

if TYPE_CHECKING:
    from app.revising import Carried, Comparison

_PLACE = re.compile(r"(?<=:)(\d+)-(\d+)(?=:|$)")
_WORST = ("exact", "moved", "reworded", "orphaned")
_WITH_VALUE = (Target, Deadline, Owner)
Words = Callable[[Span], str]
"""The words of a source span of the new text, as shown."""


@dataclass(frozen=True, slots=True)
class CarriedThing:
    """A task or tag before and after. `kind` is the worst of its places', `score` the least.

    `old_words` are what its places read before, `new_words` what they read now. `needs_person`: what it says may be
    another thing now, and somebody is to look at it; of a task only what its tags do not tell already.
    """

    before: Task | Tag
    after: Task | Tag
    kind: str
    score: float
    old_words: str
    new_words: str
    is_figure_changed: bool = False
    old_figures: tuple[str, ...] = ()
    new_figures: tuple[str, ...] = ()
    needs_person: bool = False


class CarriedLayer(NamedTuple):
    """A layer over the new version, with what became of everything in it; the things without a place stay out."""

    contents: Contents
    things: tuple[CarriedThing, ...]
    forgotten: int
    """Dismissals whose sentence is another now: it is proposed again."""


class Carrier:
    """Two versions of a report: carries layers, keys and places from the old one to the new one."""

    def __init__(self, comparison: "Comparison", old_text: str, new: Reading) -> None:
        self._comparison = comparison
        self._old_text = old_text
        self._words = _words_of(new)
        from app.revising import SURE

        self._sure = SURE

    def layer(self, contents: Contents, layer: Layer) -> CarriedLayer:
        """Everything of `contents`, as it stands in `layer`: ids stay, version 0; origins are those of the new text."""
        tags = [self._tag(tag, layer) for tag in contents.tags]
        of_task: dict[str, list[CarriedThing]] = {}
        for tag in tags:
            of_task.setdefault(_task_id(tag.before), []).append(tag)
        tasks = [self._task(task, layer, of_task.get(task.id, [])) for task in contents.tasks]
        tags = list(_with_indicators(tags, {thing.before.id: thing for thing in tasks}))
        waiting = {_task_id(thing.after) for thing in (*tasks, *tags) if thing.needs_person}
        tasks = [_unconfirmed(thing) if thing.after.id in waiting else thing for thing in tasks]
        dismissals = [found for one in contents.dismissals if (found := self._dismissal(one, layer))]
        held = Contents(
            layer,
            tuple(t.after for t in tasks if isinstance(t.after, Task)),
            tuple(t.after for t in tags if isinstance(t.after, Tag)),
            tuple(dismissals),
        )
        told = tuple(t for t in (*tasks, *tags) if t.before.spans)
        return CarriedLayer(held, told, len(contents.dismissals) - len(dismissals))

    def key(self, key: str) -> str:
        """A suggestion's key in the new text, "" where its words are not there as they were."""
        place = _PLACE.search(key)
        if place is None:
            return key if ":" not in key else ""
        found = self.span(Span(int(place[1]), int(place[2])))
        if found is None:
            return ""
        return f"{key[: place.start()]}{found.start}-{found.end}{key[place.end() :]}"

    def span(self, span: Span) -> Span | None:
        """Where words that are as they were stand now; None for any others."""
        (found,) = self._comparison.carried((span,))
        return found.span if found.kind in _WORST[:2] and not found.needs_person else None

    def _task(self, task: Task, layer: Layer, tags: list[CarriedThing]) -> CarriedThing:
        thing = self._thing(task, layer)
        after = thing.after
        if not isinstance(after, Task) or not task.spans:
            return thing
        is_told = thing.is_figure_changed and _is_explained(thing, tags)
        needs = thing.needs_person and not (is_told and thing.score >= self._sure)
        if after.spans and thing.old_words != thing.new_words:
            quote = "".join(self._words(span) for span in after.spans)
            title = short_title(quote) if task.title == short_title(task.quote) else task.title
            after = replace(after, quote=quote, title=title)
        return replace(
            thing, after=replace(after, revised=_revised(task, thing, needs_person=needs)), needs_person=needs
        )

    def _tag(self, tag: Tag, layer: Layer) -> CarriedThing:
        thing = self._thing(tag, layer)
        after = thing.after
        if not isinstance(after, Tag) or not tag.spans:
            return thing
        is_other = thing.old_words != thing.new_words
        needs = thing.needs_person or (is_other and isinstance(tag.value, _WITH_VALUE))
        if after.spans and is_other:
            after = replace(after, text="".join(self._words(span) for span in after.spans))
        return replace(
            thing, after=replace(after, revised=_revised(tag, thing, needs_person=needs)), needs_person=needs
        )

    def _thing(self, thing: Task | Tag, layer: Layer) -> CarriedThing:
        """A task or tag at its new places, its words still the old ones."""
        found = self._comparison.carried(thing.spans, by_sentence=isinstance(thing, Task))
        spans = joined(one.span for one in found if one.span)
        after = replace(thing, layer_id=layer.id, spans=spans, origin=self._origin(thing), version=0)
        if not found:
            return CarriedThing(thing, after, "exact", 1.0, "", "")
        return CarriedThing(
            thing,
            after,
            _kind(found),
            min(one.score for one in found),
            "".join(_plain(self._old_text, span) for span in thing.spans),
            "".join(_plain(self._comparison.new.text, span) for span in spans),
            any(one.is_figure_changed for one in found),
            tuple(word for one in found for word in one.old_figures),
            tuple(word for one in found for word in one.new_figures),
            any(one.needs_person for one in found),
        )

    def _origin(self, thing: Task | Tag) -> str:
        return self.key(thing.origin) if thing.origin else ""

    def _dismissal(self, dismissal: Dismissal, layer: Layer) -> Dismissal | None:
        key = self.key(dismissal.key)
        span = self.span(dismissal.span) if key else None
        if span is None:
            return None
        return replace(dismissal, layer_id=layer.id, key=key, span=span, version=0)


def _kind(found: "Sequence[Carried]") -> str:
    """The worst of several places'; what is still there in part is reworded."""
    kinds = {one.kind.value for one in found}
    if "orphaned" in kinds and len(kinds) > 1:
        return "reworded"
    return max(kinds, key=_WORST.index)


def _revised(before: Task | Tag, thing: CarriedThing, *, needs_person: bool) -> str:
    """What is to be shown beside the new words: what it read when somebody last looked at it."""
    if not needs_person:
        return before.revised
    words = before.text if isinstance(before, Tag) else before.quote
    return before.revised or words or thing.old_words


def _is_explained(task: CarriedThing, tags: Iterable[CarriedThing]) -> bool:
    """Whether every figure that changed in a task is one that its tags ask about."""
    gone, come = _changed_figures(task)
    for tag in tags:
        if tag.needs_person:
            tag_gone, tag_come = _changed_figures(tag)
            gone, come = gone - tag_gone, come - tag_come
    return bool(_changed_figures(task) != (Counter(), Counter())) and not gone and not come


def _changed_figures(thing: CarriedThing) -> tuple[Counter[str], Counter[str]]:
    old, new = Counter(thing.old_figures), Counter(thing.new_figures)
    return old - new, new - old


def _with_indicators(
    tags: Iterable[CarriedThing], tasks: Mapping[str, CarriedThing]
) -> Iterator[CarriedThing]:
    """The tags; a target whose figure is as it was, but no longer of what it was of, is to be looked at too."""
    for tag in tags:
        task, value = tasks.get(_task_id(tag.before)), tag.after
        name = value.value.indicator if isinstance(value, Tag) and isinstance(value.value, Target) else ""
        is_renamed = bool(name and task and name in task.old_words and name not in task.new_words)
        if is_renamed and tag.after.spans and not tag.needs_person:
            after = replace(tag.after, revised=_revised(tag.before, tag, needs_person=True))
            yield replace(tag, after=after, needs_person=True)
        else:
            yield tag


def _unconfirmed(thing: CarriedThing) -> CarriedThing:
    after = thing.after
    return replace(thing, after=replace(after, is_confirmed=False)) if isinstance(after, Task) else thing


def _task_id(thing: Task | Tag) -> str:
    return thing.task_id if isinstance(thing, Tag) else thing.id


def _plain(text: str, span: Span) -> str:
    return "".join(text[span.start : span.end].split())


def _words_of(reading: Reading) -> Words:
    shown = reading.shown

    def words(span: Span) -> str:
        place = shown.to_shown(span)
        return shown.text[place.start : place.end] if place else ""

    return words
