"""Reports go from workstation to workstation: nothing is lost, nothing is doubled, and no order matters."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.changes import Change, Edit
from app.domain.decisions import Choice
from app.domain.errors import UserError
from app.domain.people import Person
from app.domain.report import Level
from app.domain.reports import Layer, LayerState, ReportCard
from app.domain.suggestions import Suggestions
from app.exchange.checks import opened
from app.exchange.payloads import OFFICE
from app.exchange.summary import Count
from app.workspace import Workspace, importing
from app.workspace.handing_over import travelling
from db import reports
from tests.exchange.packages import parts_of
from tests.rendering import to_docx
from tests.workspace import stations
from tests.workspace.stations import NAMES, REPORT, everything, execute, packed, send, versions

Stations = dict[str, Workspace]
ZHOU, CHEN, LI = NAMES


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three workspaces, each with the report, closed."""
    folder = tmp_path_factory.mktemp("stations")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_HOME", str(folder / "home"))
        return stations.made(folder)


@pytest.fixture(scope="session")
def without_report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workspace that has no report yet, closed."""
    folder = tmp_path_factory.mktemp("bare")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_HOME", str(folder / "home"))
        return stations.made(folder, [LI], with_report=False)


@pytest.fixture
def three(closed: dict[str, Path], tmp_path: Path) -> Iterator[Stations]:
    with stations.opened(closed, tmp_path) as found:
        yield found


def test_that_the_places_in_the_reports_file_travel_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    text = (
        "云港区2026年政府工作报告\n一、2026年重点工作\n推进港口扩建，建设标准厂房20万平方米，办好开放日。\n"
        * 3
    )
    with (
        Workspace.create(tmp_path / "一.duban", author=ZHOU) as here,
        Workspace.create(tmp_path / "二.duban", author=CHEN) as there,
    ):
        report_id = here.import_bytes(to_docx(text), "报告.docx").id
        here.export_package(report_id, tmp_path / "报告.dubanpkg")
        there.merge_package(tmp_path / "报告.dubanpkg")
        assert there.reading(report_id).places == here.reading(report_id).places != ()


# --- histories

ACTS: dict[str, Callable[[Workspace], None]] = {
    "tag": lambda w: stations.retitle(w, "新建泊位"),
    "retag": lambda w: stations.retitle(w, "扩建泊位"),
    "add": lambda w: _nothing(stations.add_task(w, "疏浚航道")),
    "remove": stations.remove_task,
    "submit": stations.submit,
    "return": stations.give_back,
    "comment": lambda w: stations.comment(w, "目标写全了吗"),
    "settle": stations.settle_comment,
    "uncomment": stations.remove_comment,
    "call 1": lambda w: stations.call(w, "010-1"),
    "call 2": lambda w: stations.call(w, "010-2"),
    "add unit": stations.add_unit,
    "remove unit": stations.remove_unit,
    "rename": lambda w: stations.rename_report(w, "云港区2026年政府工作报告"),
    "first": lambda w: stations.review(w, Choice.FIRST),
    "neither": lambda w: stations.review(w, Choice.NEITHER),
    "take first": lambda w: stations.settle(w, 0),
    "take second": lambda w: stations.settle(w, 1),
    "sit down": stations.sit_down,
}
PLACES = st.sampled_from(NAMES)
STEPS = st.lists(
    st.one_of(
        st.tuples(PLACES, st.sampled_from(sorted(ACTS)), st.just("")),
        st.tuples(PLACES, st.just("send"), PLACES),
    ),
    min_size=4,
    max_size=10,
)
SLOW = settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _nothing(_made: object) -> None:
    """What was made is found again in the workspace."""


def play(places: Stations, steps: list[tuple[str, str, str]]) -> None:
    """What people do at three places; what the program refuses is left undone."""
    for name in (ZHOU, CHEN):  # so that there is something to hand over
        stations.add_task(places[name], "新建泊位")
        stations.submit(places[name])
    for here, what, there in steps:
        with suppress(UserError):
            if what != "send":
                ACTS[what](places[here])
            elif here != there:
                send(places[here], places[there])


def travels(layer: Layer) -> bool:
    """Whether a layer is nobody's work in hand: what its author corrects, and what is made of it, stays."""
    return layer.state not in (LayerState.DRAFT, LayerState.RETURNED)


@given(steps=STEPS)
@SLOW
def test_that_everybody_knows_the_same_once_all_have_met(
    closed: dict[str, Path], steps: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, stations.opened(closed, Path(folder)) as places:
        play(places, steps)
        for _ in range(2):
            for here, there in permutations(places.values(), 2):
                send(here, there)
        every = [layer for workspace in places.values() for layer in workspace.layers(REPORT)]
        away = {layer.id for layer in every if not travels(layer)}
        away |= {layer.id for layer in every if away & set(layer.base_ids)}
        known = [versions(w, lambda layer: layer.id not in away) for w in places.values()]
        assert known[0] == known[1] == known[2]
        for workspace in places.values():
            assert workspace.verify() == []


@given(steps=STEPS)
@SLOW
def test_that_packages_may_come_in_any_order_and_any_number_of_times(
    closed: dict[str, Path], without_report: dict[str, Path], steps: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with stations.opened(closed, Path(folder)) as places:
            play(places, steps)
            packages = [packed(workspace) for workspace in places.values()]
        found = []
        for order in [*permutations(packages)][:4]:
            with stations.opened(without_report, Path(folder)) as fresh:
                for package in (*order, order[0]):
                    fresh[LI].merge_package(package)
                assert fresh[LI].merge_package(order[1]).is_nothing_new
                found.append((everything(fresh[LI]), versions(fresh[LI])))
        assert all(each == found[0] for each in found)


@given(steps=STEPS)
@SLOW
def test_that_ones_own_work_in_hand_stays_as_one_left_it(
    closed: dict[str, Path], steps: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, stations.opened(closed, Path(folder)) as places:
        play(places, steps)
        for here, there in permutations(places.values(), 2):
            layer = there.layer(REPORT)
            before = there.contents(layer.id) if layer.version else None
            send(here, there)
            if before is not None and layer.state in (LayerState.DRAFT, LayerState.RETURNED):
                assert there.contents(layer.id) == before


# --- what goes out


def test_that_an_unsubmitted_layer_is_not_in_the_file_at_all(three: Stations) -> None:
    zhou = three[ZHOU]
    stations.add_task(zhou, "绝密的任务")
    path = zhou.path.with_name("草稿.dubanpkg")
    summary = zhou.export_package(REPORT, path)
    assert (summary.layers, summary.withheld) == ((), (ZHOU,))
    package = opened(path)
    assert not [scope for scope in package.scopes if scope not in (OFFICE, REPORT)]
    bodies = [link.body for links in package.chains.values() for link in links]
    assert None in bodies
    assert "绝密的任务" not in "".join(data.decode("utf-8") for data in parts_of(path).values())


def test_that_a_submitted_layer_goes_with_the_entries_of_it(three: Stations) -> None:
    zhou = three[ZHOU]
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    path = zhou.path.with_name("提交.dubanpkg")
    assert zhou.export_package(REPORT, path).layers == ((ZHOU, 1),)
    bodies = [link.body for links in opened(path).chains.values() for link in links]
    assert None not in bodies


def test_that_entries_that_travelled_as_hashes_are_filled_in_later(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    stations.add_task(zhou, "新建泊位")
    send(zhou, chen)
    labels = [entry.label for entry in chen.history()]
    assert "添加" not in labels
    stations.submit(zhou)
    assert send(zhou, chen).entries == 2
    assert "添加" in [entry.label for entry in chen.history(person_id=stations.me(zhou).id)]
    assert chen.verify() == []


def put_another(workspace: Workspace) -> ReportCard:
    """Another report, in the store."""
    other = stations.READING._replace(
        source=stations.READING.source._replace(text="别的" * 9, text_sha256="e" * 64)
    )
    return importing.keep(workspace._store, workspace._author, other, Suggestions("none"), workspace.units())


def test_that_the_entries_of_another_report_go_as_hashes(three: Stations) -> None:
    zhou = three[ZHOU]
    card = put_another(zhou)
    zhou.apply(
        Change(
            "改别的题名", card.id, (Edit(card, replace(card, metadata=replace(card.metadata, title="密"))),)
        )
    )
    package = opened(packed(zhou))
    labels = {link.body["label"] for links in package.chains.values() for link in links if link.body}
    assert "改别的题名" not in labels
    assert set(package.scopes) == {OFFICE, REPORT}


def test_that_a_report_goes_without_what_only_one_workspace_has_of_it(three: Stations) -> None:
    card = opened(packed(three[ZHOU])).card
    assert (card.number, card.version, card.is_removed) == (0, 0, False)
    assert three[ZHOU].report(REPORT).version > 0


def test_that_an_author_keeps_back_what_they_are_correcting_but_not_others(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    send(zhou, chen)
    layer = zhou.layer(REPORT)
    stations.give_back(chen)
    assert layer.id in opened(packed(chen)).scopes
    send(chen, zhou)
    assert zhou.layer(REPORT).state is LayerState.RETURNED
    assert layer.id not in opened(packed(zhou)).scopes


def test_that_what_review_makes_stays_where_a_base_of_it_stays() -> None:
    base, other = (
        Layer("a", REPORT, "甲", LayerState.RETURNED, person_id="p"),
        Layer("b", REPORT, "乙", LayerState.IN_REVIEW),
    )
    final = Layer("f", REPORT, "丙", LayerState.IN_REVIEW, base_ids=("a", "b"))
    draft = Layer("d", REPORT, "丁")
    person = Person("p", "甲")
    assert travelling([base, other, final, draft], person) == ([other], [base, final, draft])
    assert travelling([base, other, final, draft], Person("q", "乙")) == ([base, other, final], [draft])
    assert travelling([base, other, final, draft], None) == ([other], [base, final, draft])


@pytest.mark.parametrize(
    ("name", "words"),
    [("包.zip", "只能存为 .dubanpkg 文件"), ("夹.dubanpkg", "是一个文件夹"), ("无/包.dubanpkg", "找不到")],
)
def test_that_a_place_where_no_package_can_be_is_refused(
    three: Stations, tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "夹.dubanpkg").mkdir()
    before = set(tmp_path.iterdir())
    with pytest.raises(UserError, match=words):
        three[ZHOU].export_package(REPORT, tmp_path / name)
    assert set(tmp_path.iterdir()) == before


def test_that_a_package_is_the_same_bytes_until_something_changes(three: Stations) -> None:
    zhou = three[ZHOU]
    first, second = packed(zhou).read_bytes(), packed(zhou).read_bytes()
    assert first == second
    stations.call(zhou, "010-1")
    assert packed(zhou).read_bytes() != first


def test_that_records_that_are_not_whole_do_not_go_out(three: Stations) -> None:
    execute(three[ZHOU], "UPDATE change_log SET label = '别的' WHERE seq = 1")
    with pytest.raises(UserError, match="没有写出交接包"):
        packed(three[ZHOU])


# --- what comes in


def test_that_a_report_comes_with_its_text_and_a_number_of_its_own(
    three: Stations, without_report: dict[str, Path], tmp_path: Path
) -> None:
    stations.rename_report(three[ZHOU], "改过的题名")
    with stations.opened(without_report, tmp_path) as places:
        summary = send(three[ZHOU], places[LI])
        card = places[LI].report(1)
        reading = places[LI].reading(card.id)
    assert summary.is_new_report
    assert summary.metadata.total == 0
    assert (card.id, card.metadata.title, card.source_name) == (REPORT, "改过的题名", "报告.txt")
    assert reading.source.text == stations.TEXT
    assert reading.sections == stations.READING.sections
    assert reading.shown.text


def test_that_a_report_comes_in_beside_another_whatever_became_of_that(
    three: Stations, without_report: dict[str, Path], tmp_path: Path
) -> None:
    with stations.opened(without_report, tmp_path) as places:
        there = places[LI]
        another = put_another(there)
        removed = replace(another, is_removed=True)
        there.apply(Change("移除报告", another.id, (Edit(another, removed),)))
        assert send(three[ZHOU], there).is_new_report
        assert [(card.number, card.id) for card in there.reports()] == [(2, REPORT)]
        assert there.report(another.id) == replace(removed, version=2)


def test_that_a_preview_says_what_a_merge_then_does(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    stations.call(zhou, "010-1")
    path = packed(zhou)
    before, length = everything(chen), chen.log_length()
    told = chen.preview_package(path)
    assert (everything(chen), chen.log_length()) == (before, length)
    assert chen.merge_package(path) == told
    assert (told.layers, told.tasks, told.tags, told.units, told.people) == (
        Count(1),
        Count(1),
        Count(1),
        Count(0, 1),
        Count(1),
    )
    assert not told.is_new_report


def test_that_a_package_twice_writes_nothing_the_second_time(three: Stations) -> None:
    stations.add_task(three[ZHOU], "新建泊位")
    stations.submit(three[ZHOU])
    path = packed(three[ZHOU])
    three[CHEN].merge_package(path)
    length = three[CHEN].log_length()
    assert three[CHEN].merge_package(path).is_nothing_new
    assert three[CHEN].log_length() == length


def test_that_ones_own_package_brings_nothing(three: Stations) -> None:
    stations.call(three[ZHOU], "010-1")
    path = packed(three[ZHOU])
    stations.call(three[ZHOU], "010-2")
    assert three[ZHOU].merge_package(path).is_nothing_new
    assert three[ZHOU].units()[0].telephone == "010-2"


def test_that_an_older_package_does_not_bring_back_what_was_there(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    stations.call(zhou, "010-1")
    old = packed(zhou)
    stations.call(zhou, "010-2")
    send(zhou, chen)
    assert chen.merge_package(old).is_nothing_new
    assert chen.units()[0].telephone == "010-2"


def test_that_a_merge_is_told_in_the_log(three: Stations) -> None:
    path = packed(three[ZHOU])
    three[CHEN].merge_package(path)
    newest = three[CHEN].history(limit=1)[0]
    assert (newest.label, newest.who, newest.report_id) == (f"合并交接包“{path.name}”", CHEN, REPORT)


def test_that_a_removed_unit_stays_removed_where_it_was_never_touched(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    gone = zhou.units()[-1]
    stations.remove_unit(zhou)
    assert send(chen, zhou).units.total == 0
    assert gone.id not in {unit.id for unit in zhou.units()}
    assert send(zhou, chen).units == Count(removed=1)
    assert gone.id not in {unit.id for unit in chen.units()}


def test_that_a_unit_edited_elsewhere_survives_its_removal_and_can_be_edited_on(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    gone = zhou.units()[-1]
    stations.remove_unit(zhou)
    stations.do(chen, "改电话", (gone, replace(gone, telephone="010-7")))
    for summary in (send(chen, zhou), send(zhou, chen)):
        assert summary.conflicts == ()
    for workspace in (zhou, chen):
        unit = next(unit for unit in workspace.units() if unit.id == gone.id)
        assert unit.telephone == "010-7"
        stations.do(workspace, "再改", (unit, replace(unit, telephone="010-8")))


def test_that_a_report_that_was_removed_here_must_be_put_back_first(three: Stations) -> None:
    path = packed(three[ZHOU])
    card = three[CHEN].report(REPORT)
    stations.do(three[CHEN], "移除", (card, replace(card, is_removed=True)))
    with pytest.raises(UserError, match=r"《云港区政府工作报告》在工作区中已被移除（第1号）"):
        three[CHEN].merge_package(path)


def test_that_suggestions_are_computed_again_when_the_directory_or_the_year_came_otherwise(
    three: Stations,
) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    for what in ("call 1", "rename"):
        with chen._store.writing() as connection:
            reports.keep_suggestions(connection, REPORT, Suggestions("kept"))
        ACTS[what](zhou)
        send(zhou, chen)
        with chen._store.reading() as connection:
            assert reports.kept_suggestions(connection, REPORT, "kept") is None


def test_that_comments_and_their_removal_travel(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    stations.submit(zhou)
    send(zhou, chen)
    stations.comment(chen, "目标写全了吗")
    assert send(chen, zhou).comments == Count(1)
    assert [said.text for said in zhou.comments(REPORT)] == ["目标写全了吗"]
    stations.settle_comment(zhou)
    assert send(zhou, chen).comments == Count(0, 1)
    stations.remove_comment(chen)
    assert send(chen, zhou).comments == Count(removed=1)
    assert zhou.comments(REPORT) == ()


def test_that_somebody_whose_roles_came_otherwise_has_them_at_once(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    send(chen, zhou)
    person = next(p for p in zhou.people() if p.name == CHEN)
    stations.do(zhou, "改角色", (person, replace(person, roles=("annotator",))))
    send(zhou, chen)
    assert stations.me(chen).roles == ("annotator",)


def test_that_nobody_who_is_not_signed_in_merges(three: Stations) -> None:
    path = packed(three[ZHOU])
    three[CHEN]._person = None
    with pytest.raises(UserError, match="请先选择您的姓名"):
        three[CHEN].merge_package(path)
    three[CHEN].preview_package(path)


def test_that_a_layer_over_another_report_does_not_come_in(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    stations.submit(zhou)
    path = packed(zhou)
    send(zhou, chen)
    other = stations.READING._replace(
        source=stations.READING.source._replace(text="别的" * 9, text_sha256="e" * 64)
    )
    card = importing.keep(chen._store, chen._author, other, Suggestions("none"), chen.units())
    execute(chen, f"UPDATE layer SET report_id = '{card.id}'")
    with pytest.raises(UserError, match="标注层属于别的报告"):
        chen.merge_package(path)


# --- review


def test_that_the_reviewed_layer_is_built_where_it_arrives_and_reads_the_same(three: Stations) -> None:
    zhou, chen, li = (three[name] for name in NAMES)
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    send(zhou, chen)
    final = chen.start_review(REPORT, [zhou.layer(REPORT).id])
    send(chen, zhou)
    send(zhou, li)
    assert [task.title for task in li.tasks(final.id)] == ["新建泊位"]
    for other in (zhou, chen):
        send(li, other)
    assert everything(zhou) == everything(chen) == everything(li)


def test_that_a_corrected_layer_is_built_into_the_review(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    send(zhou, chen)
    final = chen.start_review(REPORT, [zhou.layer(REPORT).id])
    stations.give_back(chen)
    send(chen, zhou)
    stations.retitle(zhou, "扩建泊位")
    stations.submit(zhou)
    send(zhou, chen)
    assert [task.title for task in chen.tasks(final.id)] == ["扩建泊位"]
    assert chen.verify() == []


def test_that_a_directory_fitted_to_a_report_stands_above_the_one_everybody_begins_with(
    without_report: dict[str, Path], tmp_path: Path
) -> None:
    about = replace(stations.METADATA, title="云港市政府工作报告", level=Level.CITY)
    reading = stations.READING._replace(metadata=about)
    with (
        stations.opened(without_report, tmp_path) as here,
        stations.opened(without_report, tmp_path) as there,
    ):
        importing.keep(here[LI]._store, here[LI]._author, reading, Suggestions("none"), here[LI].units())
        fitted = [unit.name for unit in here[LI].units()]
        assert [unit.name for unit in there[LI].units()] != fitted
        summary = send(here[LI], there[LI])
        assert summary.conflicts == ()
        assert [unit.name for unit in there[LI].units()] == fitted
        assert send(there[LI], here[LI]).units.total == 0
        assert [unit.name for unit in here[LI].units()] == fitted
