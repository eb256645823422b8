"""How the effort benchmark's reviewer corrects the selected task: its targets, its deadline, its lead."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from app.domain.phrases import number_words
from app.domain.spans import Span
from app.domain.tasks import Comparator, Item, Owner, Role, Tag
from app.domain.units import Unit
from app.ui.desk import Desk
from app.ui.labels import COMPARATORS
from app.ui.views.card_target import TargetEditor
from app.ui.views.unit_picker import OFFER, offers
from tests.bench.effort_gold import DEADLINE, LEAD, TARGET, Anchored, Goal, Gold, Row, goal_of
from tests.bench.effort_keys import Keyboard, StuckError

NUMBERED = 9
"""How many rows of the unit picker a digit can take."""


class Mender:
    """Corrects the selected task key by key. What cannot be had by keys is left wrong, its keys counted."""

    def __init__(self, desk: Desk, gold: Gold, keys: Keyboard) -> None:
        self._desk, self._session, self._gold, self._keys = desk, desk.session, gold, keys

    def mend(self, row: Row) -> None:
        """Make the targets, the deadline and the lead of the selected task those of a row."""
        mends: tuple[tuple[str, Callable[[Row], None]], ...] = (
            (TARGET, self._mend_targets),
            (DEADLINE, self._mend_deadlines),
            (LEAD, self._mend_lead),
        )
        for what, mend in mends:
            if what in self._gold.wrong(row, self._item):
                with self._keys.because(what):
                    mend(row)
                    if self._session.current_tag is not None:
                        # the whole task is selected again, so that Enter accepts it
                        self._keys.press("Right")

    @property
    def _item(self) -> Item:
        item = self._session.current_item
        if item is None:
            raise StuckError("no task is selected")
        return item

    # --- tags

    def _step_to(self, tag: Tag) -> None:
        """Walk to a tag, whichever way round is shorter."""
        ids = [t.id for t in self._item.tags]
        at, wanted = self._session.current.tag_id, ids.index(tag.id)
        if at in ids:
            forth, back = (wanted - ids.index(at)) % len(ids), (ids.index(at) - wanted) % len(ids)
        else:
            forth, back = wanted + 1, len(ids) - wanted
        self._keys.press(*(["Tab"] * forth if forth <= back else ["Shift+Tab"] * back))

    def _drop(self, tag: Tag) -> None:
        self._step_to(tag)
        self._keys.press("Delete")

    def _tag(self, span: Span, key: str) -> None:
        """Select a stretch of the text and tag it."""
        self._keys.go_to(lambda at: at == span.start)
        self._keys.select_to(span.end, lambda chosen: chosen == span)
        self._keys.press(key)

    # --- targets

    def _mend_targets(self, row: Row) -> None:
        wanted = [t for t in row.targets if t.goal]
        for tag in self._gold.targets(self._item):
            same = next((t for t in wanted if t.goal == goal_of(tag)), None)
            if same is not None:
                wanted.remove(same)
        right = row.goals
        for tag in self._gold.targets(self._item):
            if right[goal_of(tag)]:
                right[goal_of(tag)] -= 1
                continue
            instead = next((t for t in wanted if any(t.span.overlaps(s) for s in tag.spans)), None)
            if instead is None or instead.goal is None:
                self._drop(tag)
            else:
                wanted.remove(instead)
                self._step_to(tag)
                self._set_target(instead.goal)
        for target in wanted:
            self._add_target(target)

    def _add_target(self, target: Anchored) -> None:
        before = {tag.id for tag in self._gold.targets(self._item)}
        self._tag(target.span, "2")
        made = next((tag for tag in self._gold.targets(self._item) if tag.id not in before), None)
        if made is not None and target.goal and goal_of(made) != target.goal:
            self._step_to(made)
            self._set_target(target.goal)

    def _set_target(self, goal: Goal) -> None:
        """Change the selected target in its form: only the fields that differ are gone to."""
        self._keys.press("2")
        form = self._desk.card.editor.targets
        comparator, low, high = Comparator(goal[0]), goal[1], goal[2]
        step = list(COMPARATORS).index(comparator) - form.comparator.currentIndex()
        if step:
            self._tab_to(form, form.comparator)
            self._keys.press(*["Down" if step > 0 else "Up"] * abs(step))
        first = high if low is None else low
        self._fill(form, "low", first)
        self._fill(form, "high", high if comparator is Comparator.RANGE else None)
        self._keys.press("Return")
        if form.isVisible():
            self._keys.press("Escape")

    def _fill(self, form: TargetEditor, name: str, value: float | None) -> None:
        line = {"low": form.low, "high": form.high}[name]
        if value is not None and line.text() != number_words(value, form.unit.text()):
            self._tab_to(form, line)
            self._keys.type(format(value, ".12g"))

    def _tab_to(self, form: TargetEditor, field: QWidget) -> None:
        fields: list[QWidget | None] = [form.indicator, form.comparator, form.low, form.high]
        for _ in fields:
            focused = QApplication.focusWidget()
            if focused is field:
                return
            is_before = focused in fields and fields.index(focused) < fields.index(field)
            self._keys.press("Tab" if is_before else "Shift+Tab")
        raise StuckError("Tab does not lead there")

    # --- deadlines

    def _mend_deadlines(self, row: Row) -> None:
        odd = self._gold.odd_deadlines(row, self._item)
        missing = [d for d in row.deadlines if d.when in row.whens - self._gold.whens(self._item)]
        if len(missing) <= 1 and len(odd) <= 1 and (not missing or _typed(missing[0], self._gold)):
            words = _typed(missing[0], self._gold) if missing else "12-31"
            self._keys.press("4")
            self._keys.type(words)
            self._keys.press("Return")
            return
        for tag in odd:
            if tag in self._item.tags:
                self._drop(tag)
        for deadline in missing:
            self._tag(deadline.span, "4")

    # --- the lead

    def _mend_lead(self, row: Row) -> None:
        self._keys.press("3")
        picker = self._desk.card.editor.units
        if not picker.isVisible():
            raise StuckError("3 opens no picker")
        keys = keys_for_unit(row.lead, _shown(picker.list), self._session.units)
        self._keys.press(*(keys or ["Escape"]))


def keys_for_unit(code: str, shown: Sequence[Owner], units: Sequence[Unit]) -> list[str]:
    """The fewest keys by which the open picker gives a body of a code: with what it shows, or by initials.

    Empty if neither does.
    """
    ways = [_take(n) for n in range(len(shown)) if shown[n].code == code][:1]
    initials = {u.initials for u in units if u.code == code and not u.valid_to}
    begun = {words[i : i + n] for words in initials for i in (0, 1) for n in range(1, len(words))}
    for typed in sorted(begun - {""}):
        found = [offer.owner for offer in offers(units, Role.LEAD, typed)]
        ways += [[*typed, *_take(n)] for n in range(len(found)) if found[n].code == code][:1]
    return min(ways, key=len, default=[])


def _take(index: int) -> list[str]:
    """The keys that take a row of the picker's list."""
    if 0 < index < NUMBERED:
        return [str(index + 1)]
    return [*["Down"] * index, "Return"]


def _shown(rows: QListWidget) -> list[Owner]:
    found = [rows.item(n).data(OFFER).owner for n in range(rows.count())]
    return [owner for owner in found if isinstance(owner, Owner)]


def _typed(deadline: Anchored, gold: Gold) -> str:
    """A day as it is typed with the fewest keys; "" for what has no day."""
    due = deadline.when[1] if deadline.when else None
    if due is None:
        return ""
    day = f"{due.month}-{due.day}"
    return day if due.year == gold.year_end.year else f"{due.year}-{day}"
