"""What a hand-over did, or would do, in the words of people."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of one sort came in new, were changed or were taken away."""

    new: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.changed + self.removed

    def __add__(self, other: "Count") -> "Count":
        return Count(self.new + other.new, self.changed + other.changed, self.removed + other.removed)

    @property
    def words(self) -> str:
        """新增3、修改1; "" where nothing is."""
        named = (("新增", self.new), ("修改", self.changed), ("删除", self.removed))
        return "、".join(f"{word}{count}" for word, count in named if count)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the versions that stand against each other.

    `who` and `at` (UTC) tell who wrote it and when, "" and None where the record does not travel. `words` say
    what it is, a line for each thing that the sides do not share. `is_current`: this is what the workspace
    shows until a person has decided.
    """

    who: str
    at: datetime | None
    words: tuple[str, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that was changed in two places without knowing of each other, and waits for a person.

    `id` stands for exactly these sides: when another package brings a third one, it is another conflict.
    `kind` is layer, comment, decision, unit, person, report, progress, task_move, verdict or year_target.
    `report_id` is "" for what is the office's.
    """

    id: str
    kind: str
    report_id: str
    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class PackageSummary:
    """What went into a package: names of the layers with their tasks counted, and what was kept back."""

    layers: tuple[tuple[str, int], ...]
    withheld: tuple[str, ...]
    comments: int
    decisions: int
    entries: int

    @property
    def words(self) -> str:
        """What people are told."""
        told = (
            "、".join(f"{author}的标注（任务{tasks}项）" for author, tasks in self.layers)
            or "没有已提交的标注"
        )
        told = f"交接包里有：{told}，意见{self.comments}条，裁决{self.decisions}条，记录{self.entries}条"
        if self.withheld:
            told += f"；没有提交、因而不在包里的：{'、'.join(self.withheld)}的标注"
        return told + "。"


@dataclass(frozen=True, slots=True)
class MergeSummary:
    """What came in with a package, or would come in: what people see of it, thing by thing.

    `conflicts` are all that wait for a person afterwards, of this report and of the office. `entries` are the
    log's entries that were not here, or only as hashes.
    """

    report_id: str
    title: str
    is_new_report: bool = False
    layers: Count = Count()
    tasks: Count = Count()
    tags: Count = Count()
    comments: Count = Count()
    decisions: Count = Count()
    units: Count = Count()
    people: Count = Count()
    metadata: Count = Count()
    progress: Count = Count()
    task_moves: Count = Count()
    verdicts: Count = Count()
    year_targets: Count = Count()
    entries: int = 0
    conflicts: tuple[Conflict, ...] = ()

    @property
    def counts(self) -> tuple[tuple[str, Count], ...]:
        """What came in, by the name of its sort, in the order in which it is told."""
        return (
            ("标注层", self.layers),
            ("任务", self.tasks),
            ("标注", self.tags),
            ("意见", self.comments),
            ("裁决", self.decisions),
            ("单位", self.units),
            ("人员", self.people),
            ("报告信息", self.metadata),
            ("进展", self.progress),
            ("任务流转", self.task_moves),
            ("目标判定", self.verdicts),
            ("年度目标", self.year_targets),
        )

    @property
    def is_nothing_new(self) -> bool:
        """Whether everything in the package was here already."""
        return not (self.is_new_report or self.entries or any(count.total for _, count in self.counts))

    @property
    def words(self) -> str:
        """What people are told, in one line."""
        if self.is_nothing_new:
            told = f"《{self.title}》：包里的内容这里都已经有了，没有改动"
        else:
            came = "；".join(f"{name}{count.words}" for name, count in self.counts if count.total)
            came = came or ("只有报告，没有标注" if self.is_new_report else "只补了记录")
            told = f"《{self.title}》{'（新报告）' if self.is_new_report else ''}：{came}"
            told += f"；记录{self.entries}条" if self.entries else ""
        if self.conflicts:
            told += f"；有{len(self.conflicts)}处冲突要由人决定"
        return told + "。"
