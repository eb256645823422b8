"""Progress, moves, verdicts and yearly values in packages: what is refused of them, and how they are told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain.changes import OfReport
from app.domain.errors import UserError
from app.domain.judged import Verdict, YearGoal, verdict_id, year_goal_id
from app.domain.progress import Figure, Progress, progress_id
from app.domain.task_moves import TaskMove, TaskMoveName
from app.exchange import telling_work
from app.exchange.checks import opened
from app.exchange.merging import Dot, Key, Replica
from app.exchange.package import Package
from app.exchange.payloads import KINDS, digest, portable
from app.exchange.telling import conflict, counts, stands
from tests.exchange.packages import AT, CHAIN, LAYER, REPORT, ZHOU, honest, written

PROGRESS = Progress(
    progress_id(REPORT, "task-1", "2026-03", "区交通局"),
    REPORT,
    "task-1",
    "2026-03",
    "区交通局",
    True,
    AT,
    ZHOU.id,
    "周宁",
    (Figure("tag-1", 2.0, "2个"), Figure("tag-9", None, "")),
    "已建成2个。",
    next_steps="加快办理。",
    source="a.xlsx",
)
MOVE = TaskMove("move-1", REPORT, "task-1", TaskMoveName.VERIFY, AT, ZHOU.id, "周宁", "情况属实")
VERDICT = Verdict(verdict_id(REPORT, "tag-1"), REPORT, "tag-1", True, ZHOU.id, "周宁", AT)
YEAR = YearGoal(year_goal_id(REPORT, "tag-1", 2027), REPORT, "tag-1", 2027, 2.5)
WHOLE: tuple[OfReport, ...] = (PROGRESS, MOVE, VERDICT, YEAR)
ABOUT = "区交通局2026-03的进展"
KIND = {kind: name for name, kind in KINDS.items()}


def holding(*things: OfReport, scope: str = REPORT) -> Package:
    """The honest package with these in a scope."""
    made = honest()
    old = made.scopes[scope]
    versions = {**old.versions, **{Key(KIND[type(t)], t.id): {Dot(CHAIN, 2): t} for t in things}}
    return replace(made, scopes={**made.scopes, scope: Replica(versions, old.context, old.baseline)})


def refusal(folder: Path, package: Package) -> str:
    with pytest.raises(UserError) as caught:
        opened(written(folder, package))
    return str(caught.value)


def test_that_work_travels_with_the_report(tmp_path: Path) -> None:
    package = opened(written(tmp_path, holding(*WHOLE)))
    found = package.scopes[REPORT].versions
    assert {thing for versions in found.values() for thing in versions.values()} == set(WHOLE)


def bad() -> Iterator[tuple[OfReport, str]]:
    for thing in WHOLE:
        yield replace(thing, report_id="other"), "不属于这份报告"
    yield replace(PROGRESS, id="mine"), "与编号不符"
    yield replace(PROGRESS, unit="区财政局"), "与编号不符"
    yield replace(VERDICT, target_id="tag-2"), "与编号不符"
    yield replace(YEAR, year=2028), "与编号不符"
    for period in ("三月", "2026-13", " 2026-03"):
        its_id = progress_id(REPORT, "task-1", period, "区交通局")
        yield replace(PROGRESS, id=its_id, period=period), "报送期不对"
    naive = datetime(2026, 3, 1)  # noqa: DTZ001  # that is what is wrong with it
    for dated in (replace(PROGRESS, at=naive), replace(MOVE, at=naive), replace(VERDICT, at=naive)):
        yield dated, "没有时区"


@pytest.mark.parametrize(("thing", "words"), list(bad()))
def test_that_what_no_program_of_ours_has_written_is_refused(
    tmp_path: Path, thing: OfReport, words: str
) -> None:
    assert words in refusal(tmp_path, holding(thing))


@pytest.mark.parametrize("thing", WHOLE)
def test_that_work_in_a_layers_scope_is_refused(tmp_path: Path, thing: OfReport) -> None:
    assert "放错地方" in refusal(tmp_path, holding(thing, scope=LAYER))


def test_that_two_who_took_in_the_same_workbook_agree() -> None:
    elsewhere = replace(
        PROGRESS, at=datetime(2026, 5, 1, tzinfo=UTC), person_id="x", who="陈静", source="b.xlsx", version=7
    )
    assert digest(portable(elsewhere)) == digest(portable(PROGRESS))
    assert digest(portable(replace(PROGRESS, text="别的"))) != digest(portable(PROGRESS))
    assert digest(portable(replace(VERDICT, who="陈静"))) == digest(portable(VERDICT))
    assert digest(portable(replace(VERDICT, reached=False))) != digest(portable(VERDICT))
    assert digest(portable(replace(MOVE, who="陈静"))) != digest(portable(MOVE))
    assert digest(portable(replace(YEAR, value=3.0))) != digest(portable(YEAR))


def test_that_each_kind_is_counted_by_its_own_name() -> None:
    after = {Key(KIND[type(thing)], thing.id): thing for thing in WHOLE}
    assert {name: count.new for name, count in counts({}, after).items()} == {
        "progress": 1,
        "task_moves": 1,
        "verdicts": 1,
        "year_targets": 1,
    }


@pytest.mark.parametrize(
    ("thing", "about", "words"),
    [
        (PROGRESS, ABOUT, ("完成值：2个", "进展：已建成2个。", "措施：加快办理。")),
        (replace(PROGRESS, text="", issues="缺资金", next_steps=""), ABOUT, ("完成值：2个", "问题：缺资金")),
        (MOVE, "任务的“核查”", ("周宁：核查（情况属实）",)),
        (replace(MOVE, reason=""), "任务的“核查”", ("周宁：核查",)),
        (VERDICT, "对目标是否达到的判定", ("已达到",)),
        (replace(VERDICT, reached=False), "对目标是否达到的判定", ("未达到",)),
        (YEAR, "2027年的年度目标", ("2.5",)),
        (replace(YEAR, value=None, words="同步"), "2027年的年度目标", ("同步",)),
    ],
)
def test_that_each_is_told_in_words(thing: OfReport, about: str, words: tuple[str, ...]) -> None:
    assert (telling_work.about(thing), tuple(telling_work.words(thing))) == (about, words)


def test_that_a_conflict_of_progress_says_who_wrote_which() -> None:
    other = replace(PROGRESS, text="别的", who="陈静")
    key = Key("progress", PROGRESS.id)
    versions = {key: {Dot("a", 1): PROGRESS, Dot("b", 1): other}}
    how = stands(Replica(versions, {"a": 1, "b": 1}), ["a"])[key]
    found = conflict(REPORT, REPORT, key, how, lambda _dot: ("", None))
    assert [(side.who, side.at, side.words[1]) for side in found.sides] == [
        ("周宁", AT, "进展：已建成2个。"),
        ("陈静", AT, "进展：别的"),
    ]


def test_that_dates_of_an_extension_come_through(tmp_path: Path) -> None:
    move = replace(MOVE, due_before=date(2026, 6, 30), due_after=date(2026, 9, 30), evidence=("请示.pdf",))
    package = opened(written(tmp_path, holding(move)))
    assert package.scopes[REPORT].versions[Key("task_move", "move-1")] == {Dot(CHAIN, 2): move}
