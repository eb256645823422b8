"""修改记录: every change in words, filtered by person, task and text, read page by page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.changes import Change, Edit, Stored
from app.domain.comments import Comment
from app.domain.corrections import Correction
from app.domain.decisions import Choice, Decision, Field
from app.domain.judged import Verdict, YearGoal
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole, entered
from app.domain.progress import Progress
from app.domain.reports import Layer, LayerState
from app.domain.spans import Span
from app.domain.task_moves import TaskMove, TaskMoveName
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Dismissal,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
)
from app.domain.units import Unit
from app.ui import history_words
from app.ui.dialogs import history_dialog
from app.ui.dialogs.history_dialog import HistoryDialog
from app.ui.history_words import Line
from app.workspace import Workspace
from db.kinds import MAPPINGS
from tests.stored import card as named_card
from tests.ui.office_samples import CHEN, ZHOU, named, office, press, session_on, shown, sign_in
from tests.workspace.stations import REPORT, TEXT

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
TASK = Task("t", "l", (Span(3, 9),), "新建泊位", "新建泊位3个。", is_confirmed=True)
BERTHS = Span(TEXT.index("新建泊位"), TEXT.index("新建泊位") + 7)


def told(before: Stored | None, after: Stored | None, titles: dict[str, str] | None = None) -> list[Line]:
    return list(history_words.lines((Edit(before, after),), lambda task_id: (titles or {}).get(task_id, "")))


# --- words


def test_that_a_changed_task_tells_the_fields_that_differ_and_only_those() -> None:
    after = replace(TASK, summary="分期建设", is_confirmed=False, version=4)
    assert told(TASK, after) == [
        Line("新建泊位", "分解事项", "", "分期建设"),
        Line("新建泊位", "状态", "已确认", "待确认"),
    ]


def test_that_a_task_made_tells_all_that_it_says() -> None:
    assert told(None, TASK) == [
        Line("新建泊位", "标题", "", "新建泊位"),
        Line("新建泊位", "原文", "", "新建泊位3个。"),
        Line("新建泊位", "状态", "", "已确认"),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "text", "field", "words"),
    [
        (
            TagKind.TARGET,
            Target("泊位", Comparator.GE, 3.0, None, "个"),
            "3个以上",
            "目标",
            "泊位 ≥ 3 个",
        ),
        (TagKind.OWNER, Owner(Role.LEAD, "区港航局"), "", "牵头单位", "区港航局"),
        (TagKind.OWNER, Owner(Role.SUPPORT, "区财政局"), "", "配合单位", "区财政局"),
        (TagKind.OWNER, Owner(Role.ACTOR, "各镇"), "", "参与单位", "各镇"),
        (
            TagKind.DEADLINE,
            Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30)),
            "6月底前",
            "时限",
            "6月底前 → 2026-06-30",
        ),
        (TagKind.MEASURE, None, "逐月调度", "措施", "逐月调度"),
        (TagKind.STANDARD, None, "通过验收", "标准", "通过验收"),
    ],
)
def test_that_a_tag_is_told_as_its_chip_says_it(
    kind: TagKind, value: Target | Owner | Deadline | None, text: str, field: str, words: str
) -> None:
    tag = Tag("x", "l", "t", kind, (), text, value)
    assert told(None, tag, {"t": "新建泊位"}) == [Line("新建泊位", field, "", words)]
    assert told(tag, None, {}) == [Line(text, field, words, "")]


def test_that_what_a_revision_leaves_to_look_at_is_told_and_what_settles_it() -> None:
    tag = Tag("x", "l", "t", TagKind.MEASURE, (), "新建泊位5个", revised="新建泊位3个")
    assert told(tag, replace(tag, revised=""), {"t": "新建泊位"}) == [
        Line("新建泊位", "修订待核对", "新建泊位3个", "")
    ]
    assert told(TASK, replace(TASK, revised="新建泊位2个。")) == [
        Line("新建泊位", "修订待核对", "", "新建泊位2个。")
    ]


def test_that_decided_slips_are_told_in_order() -> None:
    card = named_card()
    once = replace(card, corrections=(Correction(3, 5, "营商"),))
    twice = replace(card, corrections=(Correction(3, 5, "营商"), Correction(9, 11, "迭代")))
    about = f"报告《{card.metadata.title}》"
    assert told(card, once) == [Line(about, "错字定为", "", "营商")]
    assert told(once, twice) == [Line(about, "错字定为", "营商", "营商、迭代")]


def test_that_a_lead_that_becomes_a_supporter_is_told_on_both_lines() -> None:
    lead = Tag("x", "l", "t", TagKind.OWNER, (), "", Owner(Role.LEAD, "区港航局"))
    support = replace(lead, value=Owner(Role.SUPPORT, "区港航局"))
    assert told(lead, support, {"t": "新建泊位"}) == [
        Line("新建泊位", "牵头单位", "区港航局", ""),
        Line("新建泊位", "配合单位", "", "区港航局"),
    ]


def test_that_everything_else_is_told_in_words_too() -> None:
    person = entered("陈静")
    layer = Layer("l", "r", "陈静")
    comment = Comment("c", "r", "l", "t", None, "看", "p", "陈静", AT)
    decision = Decision("d", "l", "k", Field.VALUE, Choice.FIRST, "p", "李群", AT, "按原文", "3个", "4个")
    unit = Unit("u", "交通", "云港区港航局", "区港航局", telephone="1")
    assert told(None, Dismissal("d", "l", "target:3-9", Span(3, 9), "上年成绩")) == [
        Line("忽略", "忽略目标", "", "上年成绩")
    ]
    assert told(None, Dismissal("d", "l", "sentence:3-9", Span(3, 9)))[0] == Line(
        "忽略", "忽略遗漏", "", "没有说明理由"
    )
    assert told(layer, replace(layer, state=LayerState.SUBMITTED, revision=1)) == [
        Line("陈静的标注", "状态", "草稿", "已提交"),
        Line("陈静的标注", "提交次数", "0", "1"),
    ]
    assert told(replace(layer, base_ids=("a",)), None)[1] == Line("复核稿", "定稿次数", "0", "")
    assert told(comment, replace(comment, is_resolved=True), {"t": "新建泊位"}) == [
        Line("新建泊位", "是否解决", "", "已解决")
    ]
    assert told(None, replace(comment, parent_id="x", task_id="")) == [Line("意见", "回复", "", "看")]
    assert told(None, decision) == [
        Line("裁决·目标值", "裁决", "", "取甲"),
        Line("裁决·目标值", "理由", "", "按原文"),
        Line("裁决·目标值", "甲当时", "", "3个"),
        Line("裁决·目标值", "乙当时", "", "4个"),
    ]
    assert told(person, replace(person, roles=(PersonRole.REVIEWER,), is_active=False)) == [
        Line("人员 陈静", "角色", "标注人", "复核人"),
        Line("人员 陈静", "在用", "在用", "停用"),
    ]
    assert told(unit, replace(unit, telephone="2")) == [Line("单位 区港航局", "电话", "1", "2")]


def test_that_every_kind_that_the_store_knows_is_told() -> None:
    assert set(history_words._TOLD) == set(MAPPINGS)
    report = Progress("p", "r", "t", "2026-03", "区港航局", True, AT, "p", "李群", text="已开工")
    assert told(None, report, {"t": "新建泊位"}) == [
        Line("新建泊位", "周期", "", "2026-03"),
        Line("新建泊位", "填报单位", "", "区港航局"),
        Line("新建泊位", "进展", "", "已开工"),
    ]
    extended = TaskMove(
        "m",
        "r",
        "t",
        TaskMoveName.EXTEND,
        AT,
        "p",
        "李群",
        "受汛情影响",
        date(2026, 6, 30),
        date(2026, 9, 30),
    )
    assert told(None, extended) == [
        Line("任务", "办理", "", "延期"),
        Line("任务", "说明", "", "受汛情影响"),
        Line("任务", "时限", "", "2026-06-30 → 2026-09-30"),
    ]
    verdict = Verdict("v", "r", "x", True, "p", "李群", AT)
    assert told(verdict, replace(verdict, reached=False)) == [Line("目标", "认定", "达到", "没有达到")]
    assert told(None, YearGoal("y", "r", "x", 2027, 12.5)) == [Line("目标·2027年", "年度目标", "", "12.5")]
    assert history_words.task_of([Edit(None, extended)]) == "t"


def test_that_a_transaction_is_about_its_tasks_first() -> None:
    layer = Layer("l", "r", "陈静")
    other = replace(TASK, id="u", title="疏浚航道")
    tag = Tag("x", "l", "u", TagKind.MEASURE, (), "逐月")

    def about(*things: Stored) -> str:
        return history_words.summary([Edit(None, thing) for thing in things], lambda _: "")

    assert about(layer, TASK) == "新建泊位"
    assert about(layer, TASK, tag, other) == "新建泊位 等2项"
    assert about(Comment("c", "r", "l", "", None, "看", "p", "陈静", AT), layer) == "陈静的标注"
    assert about() == ""
    assert history_words.task_of([Edit(None, layer), Edit(None, tag)]) == "u"
    assert history_words.task_of([Edit(None, layer)]) == ""


# --- the dialog


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    with office(tmp_path) as made:
        yield made


def add_task(workspace: Workspace, title: str) -> Task:
    layer = workspace.layer(REPORT)
    change, task_id = edits.new_task(REPORT, layer.id, (BERTHS,), "新建泊位3个")
    task = replace(change.edits[0].after, title=title)  # type: ignore[type-var]  # a task
    assert isinstance(task, Task)
    workspace.apply(Change(change.label, REPORT, (Edit(None, task),)))
    return next(t for t in workspace.tasks(layer.id) if t.id == task_id)


def dialog_on(bot: QtBot, workspace: Workspace, gone: list[str] | None = None) -> HistoryDialog:
    kept = [] if gone is None else gone
    session = session_on(workspace)
    item = session.items[0] if session.items else None
    if item is not None:
        session.select(item.task.id)
    made = HistoryDialog(session, lambda task_id, _span: kept.append(task_id))
    shown(bot, made)
    return made


def labels(dialog: HistoryDialog) -> list[tuple[str, str]]:
    model = dialog.model
    return [(model.index(r, 1).data(), model.index(r, 3).data()) for r in range(model.rowCount())]


def test_that_the_newest_is_first_with_its_before_and_after_below(qtbot: QtBot, workspace: Workspace) -> None:
    task = add_task(workspace, "新建泊位")
    workspace.apply(Change("修改任务", REPORT, (Edit(task, replace(task, title="新建3个泊位")),)))
    dialog = dialog_on(qtbot, workspace)
    assert labels(dialog) == [(ZHOU, "修改任务"), (ZHOU, "新建任务"), (ZHOU, "导入报告")]
    cells = [dialog.lines.item(0, column) for column in range(4)]
    assert [cell.text() if cell else "" for cell in cells] == [
        "新建3个泊位",
        "标题",
        "新建泊位",
        "新建3个泊位",
    ]
    entry = dialog.model.entry_at(0)
    assert entry is not None
    row = [dialog.model.index(0, column).data() for column in range(5)]
    assert row == [
        f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
        ZHOU,
        entry.workstation[:8],
        "修改任务",
        "新建3个泊位",
    ]
    assert (dialog.more.isEnabled(), dialog.count.text()) == (False, "3 条")


def test_that_it_is_narrowed_by_person_by_place_and_by_words(qtbot: QtBot, workspace: Workspace) -> None:
    add_task(workspace, "新建泊位")
    sign_in(workspace, CHEN)
    add_task(workspace, "疏浚航道")
    sign_in(workspace, ZHOU)
    workspace.move(MoveName.SUBMIT, workspace.layer(REPORT).id)
    sign_in(workspace, CHEN)
    workspace.move(MoveName.SUBMIT, workspace.layer(REPORT).id)
    dialog = dialog_on(qtbot, workspace)
    assert len(labels(dialog)) == 5
    dialog.person.setCurrentIndex(dialog.person.findText(CHEN))
    assert labels(dialog) == [(CHEN, "提交标注"), (CHEN, "新建任务")]
    dialog.person.setCurrentIndex(0)
    dialog.filter.setText("疏浚")
    assert labels(dialog) == [(CHEN, "新建任务")]
    assert dialog.count.text() == "1 / 5 条"
    dialog.filter.setText("已提交")
    assert labels(dialog) == [(CHEN, "提交标注"), (ZHOU, "提交标注")]
    dialog.filter.clear()
    dialog.where.setCurrentIndex(1)
    assert (ZHOU, "登记人员李群") in labels(dialog)
    assert named(workspace, ZHOU).name == ZHOU


def test_that_only_the_current_task_is_told_of_where_wanted(qtbot: QtBot, workspace: Workspace) -> None:
    add_task(workspace, "新建泊位")
    dialog = dialog_on(qtbot, workspace)
    dialog.task.setChecked(True)
    assert labels(dialog) == [(ZHOU, "新建任务")]


def test_that_a_long_log_is_read_page_by_page(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_dialog, "PAGE", 2)
    for number in range(4):
        add_task(workspace, f"任务{number}")
    dialog = dialog_on(qtbot, workspace)
    dialog._begin_anew()
    assert len(labels(dialog)) == 2
    assert (dialog.more.isEnabled(), dialog.more.text()) == (True, "更早的…")
    assert dialog.count.text() == "2 条，更早的还有"
    press("End", into=dialog.table)
    assert dialog.table.currentIndex().row() == 1
    press("End", into=dialog.table)
    assert len(labels(dialog)) == 4
    assert dialog.table.currentIndex().row() == 1
    press("End", "End", into=dialog.table)
    assert len(labels(dialog)) == 5
    assert (dialog.more.isEnabled(), dialog.more.text()) == (False, "没有更早的了")


def test_that_enter_leads_to_the_task_and_says_where_there_is_none(
    qtbot: QtBot, workspace: Workspace
) -> None:
    task = add_task(workspace, "新建泊位")
    gone: list[str] = []
    dialog = dialog_on(qtbot, workspace, gone)
    press("Return", into=dialog.table)
    assert gone == [task.id]
    press("End", "Return", into=dialog.table)
    assert gone == [task.id]
    assert dialog.keys.word == "这一步没有改任务"
    assert dialog.model.headerData(0, Qt.Orientation.Horizontal) == "时间"


def test_that_enter_with_no_row_leads_nowhere(qtbot: QtBot, workspace: Workspace) -> None:
    gone: list[str] = []
    dialog = dialog_on(qtbot, workspace, gone)
    dialog.filter.setText("没有这样的一步")
    assert labels(dialog) == []
    said = dialog.keys.word
    dialog.jump()
    assert (gone, dialog.keys.word) == ([], said)


def test_that_what_another_hides_is_not_told(qtbot: QtBot, workspace: Workspace) -> None:
    sign_in(workspace, CHEN)
    add_task(workspace, "疏浚航道")
    sign_in(workspace, ZHOU)
    dialog = dialog_on(qtbot, workspace)
    assert "疏浚航道" not in [dialog.model.index(r, 4).data() for r in range(dialog.model.rowCount())]
