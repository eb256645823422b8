"""What two layers and a set of decisions come to: differences and F, made anew only where a decision says so."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from app.domain.contents import Contents
from app.domain.decisions import Decision
from app.domain.reports import Layer
from app.review.building import Built, assembled, of_one
from app.review.difference import Difference
from app.review.differences import of_pair
from app.review.docket import Docket
from app.review.matching import Pair, pairs


class Making:
    """One state of a review, never changed: `decided` gives the next, which shares what is the same."""

    def __init__(self, layer: Layer, first: Contents, second: Contents | None, docket: Docket) -> None:
        self.layer = layer
        self.bases = (first, second)
        self.docket = docket
        self.pairs: tuple[Pair, ...] = pairs(first, second)
        self.found = [of_pair(pair, docket) for pair in self.pairs]

    @cached_property
    def homes(self) -> dict[str, int]:
        """The index of the pair that a task or tag of a base is in, by its id."""
        homes: dict[str, int] = {}
        for index, pair in enumerate(self.pairs):
            for entry in pair.entries:
                homes[entry.task.id] = index
                homes.update((tag.id, index) for tag in entry.tags)
        return homes

    @cached_property
    def parts(self) -> list[Built]:
        """What F has of each pair."""
        return [self._built(index) for index in range(len(self.pairs))]

    @cached_property
    def contents(self) -> Contents:
        """F: what `build` gives."""
        return assembled(self.layer, self.parts, self.bases, self.docket)

    def decided(self, decisions: Mapping[str, Decision], keys: Iterable[str]) -> "Making":
        """The state with these decisions by key; `keys` are those that are other than now."""
        made = object.__new__(Making)
        made.layer, made.bases, made.pairs = self.layer, self.bases, self.pairs
        made.docket = Docket(decisions.values())
        made.found, made.homes = list(self.found), self.homes
        touched = self.touched(keys)
        for index in touched:
            made.found[index] = of_pair(self.pairs[index], made.docket)
        if "parts" in self.__dict__:
            made.parts = list(self.parts)
            for index in touched:
                made.parts[index] = made._built(index)
        return made

    def touched(self, keys: Iterable[str]) -> list[int]:
        """The pairs that decisions are about, by their keys: "ID/field", or "tag:ID" of a tag moved by hand."""
        ids = (key.rpartition("/")[0] or key.partition(":")[2] for key in keys)
        return sorted({self.homes[i] for i in ids if i in self.homes})

    def at(self, layer: Layer) -> "Making":
        """The same, F's row being another."""
        made = self.decided(self.docket.by_key, ())
        made.layer = layer
        return made

    def row(self, key: str) -> Difference | None:
        """The difference of a key, if there is one now."""
        return next((row for i in self.touched([key]) for row in self.found[i] if row.key == key), None)

    def _built(self, index: int) -> Built:
        return of_one(self.layer.id, self.pairs[index], self.found[index], self.docket)
