"""What an area of the benchmarks declares, and what one measurement yields."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field


class MissingError(Exception):
    """What a contestant needs is not here: its comparisons are skipped, never passed. The message says what."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement: seconds by part, a hash of what was produced, the process's peak memory in KB.

    `figures` are what was counted, not timed, by name.
    """

    seconds: Mapping[str, float]
    output: str
    peak_kb: int = 0
    missing: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> "Sample":
        """The sample of a line."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Comparison:
    """`part` of a contestant's time against that of its baseline, and the ratio that is still good.

    Both must have produced the same output unless `same_output` is False, which a comparison of one
    contestant at two sizes needs. Without a goal the ratio is only told.
    """

    what: str
    contestant: str
    baseline: str
    part: str
    goal: float | None = None
    same_output: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure of a contestant and the most that is still good."""

    contestant: str
    figure: str
    goal: float


@dataclass(frozen=True, slots=True)
class Area:
    """One subject: its contestants (name -> job) in the order they run, and the comparisons made of them.

    A job runs once, in a process of its own, with nothing imported but the area's module; it times its parts
    with `time.perf_counter` and returns a Sample, or raises MissingError. An area that `counts` tells figures,
    which are the same in every round: it is run once.
    """

    name: str
    title: str
    contestants: Mapping[str, Callable[[], Sample]]
    comparisons: tuple[Comparison, ...]
    libraries: tuple[str, ...] = field(default=())
    counts: bool = False
    limits: tuple[Limit, ...] = ()


def hash_of(text: str) -> str:
    """The hash of an output."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
