"""What was taken from the shown text, told as a correction of it reads: quotes, titles, headings. Nothing is stored.

A correction is as long as what it corrects: words that were cut from the text before it have their place in the text
behind it, character by character.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from app.domain.corrections import Correction, corrected
from app.domain.report import Section, ShownText
from app.domain.spans import Span, Spans
from app.domain.tasks import Item, Tag, Target
from app.domain.wording import short_title


def recorrected(
    shown: ShownText, source: str, before: Iterable[Correction], after: Iterable[Correction]
) -> ShownText:
    """A shown text with other corrections than it has. `source` is the text that the offsets are of."""
    plain = (Correction(one.start, one.end, source[one.start : one.end]) for one in before)
    return corrected(corrected(shown, plain), after)


def retitled(sections: tuple[Section, ...], was: ShownText, now: ShownText) -> tuple[Section, ...]:
    """The sections with the headings that stand in another wording of their text."""
    return sections if was == now else tuple(_retitled(section, was, now) for section in sections)


def reread(items: tuple[Item, ...], was: ShownText, now: ShownText) -> tuple[Item, ...]:
    """Items with the words that another wording of the text has in their places; what people wrote stays."""
    return items if was == now else tuple(_reread(item, was, now) for item in items)


def _reread(item: Item, was: ShownText, now: ShownText) -> Item:
    task = item.task
    quote = _follow(task.quote, task.spans, was, now)
    tags = tuple(_reread_tag(tag, task.quote, quote, was, now) for tag in item.tags)
    if quote == task.quote:
        return item if tags == item.tags else item._replace(tags=tags)
    is_own = task.title != short_title(task.quote)
    title = _cut(task.title, task.quote, quote) if is_own else short_title(quote)
    return item._replace(task=replace(task, quote=quote, title=title), tags=tags)


def _reread_tag(tag: Tag, old: str, quote: str, was: ShownText, now: ShownText) -> Tag:
    text, value = _follow(tag.text, tag.spans, was, now), tag.value
    if isinstance(value, Target):
        value = replace(value, indicator=_cut(value.indicator, old, quote))
    return tag if (text, value) == (tag.text, tag.value) else replace(tag, text=text, value=value)


def _follow(words: str, spans: Spans, was: ShownText, now: ShownText) -> str:
    """Words that stand at these places, as they stand there now; words that do not are left as they are."""
    old, new = ("".join(_words(shown, span) for span in spans) for shown in (was, now))
    if len(words) != len(old):
        return words
    return "".join(
        after if word == before else word for word, before, after in zip(words, old, new, strict=True)
    )


def _cut(words: str, old: str, new: str) -> str:
    """Words that stand in a quote, as they stand in the same place of another wording of it, which is as long."""
    at = old.find(words)
    return new[at : at + len(words)] if at >= 0 else words


def _words(shown: ShownText, span: Span) -> str:
    place = shown.to_shown(span)
    return shown.text[place.start : place.end] if place else ""


def _retitled(section: Section, was: ShownText, now: ShownText) -> Section:
    """A heading is the section's first words, spaces aside."""
    place, wanted = was.to_shown(section.span), "".join(section.title.split())
    if place is None:
        return section
    letters = (i for i in range(place.start, place.end) if not was.text[i].isspace())
    old = list(islice(letters, len(wanted)))
    if "".join(was.text[i] for i in old) != wanted:
        return section
    found = iter(old)
    title = "".join(char if char.isspace() else now.text[next(found)] for char in section.title)
    return section if title == section.title else replace(section, title=title)
