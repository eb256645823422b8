"""A workspace learns: from earlier ledgers, from its other reports, and from what is decided right now."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest
from openpyxl import Workbook

from app import cli
from app.domain import edits
from app.domain.errors import CancelledError, UserError
from app.domain.experience import Precedent
from app.domain.tasks import Item, Owner, Role
from app.places import ROOT
from app.suggest.hearing import USUAL
from app.workspace import ExperienceSummary, Workspace, rooms

REPORT = """云港区2026年政府工作报告

一、2026年重点工作
（一）繁荣文化事业
办好港湾文化艺术节，组织群众演出100场。
（二）建设宜居城区
改造老旧小区12个，加装电梯30部。
更新老旧小区燃气管网20公里，加装电梯维护点5个。
推进海湾岸线整治，修复滨海湿地300亩。
深化社区网格治理，培训网格员500人。
开展校园周边隐患排查，建成放心食堂20家。
落实粮食收储责任，新建高标准农田2000亩。
新建中试平台2个，技术合同登记额突破45亿元。
举办海上龙舟赛，吸引游客5万人次。
"""
OTHER = REPORT.replace("2026", "2027").replace("100场", "120场").replace("12个", "15个")


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: tuple[object, ...], name: str = "2025年任务分解表.xlsx") -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in (("2025年重点任务分解表",), ("重点任务", "牵头单位", "配合单位"), *rows):
            sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


ROW = ("办好港湾文化艺术节，组织群众演出80场。", "某某区教育局", "百味斋公司")


def leads(workspace: Workspace, report_id: str) -> dict[str, tuple[str, str]]:
    """By the first characters of an item: its lead and the reason."""
    return {
        item.task.quote[:4]: (item.lead.text, item.lead.reason)
        for item in workspace.items(report_id)
        if item.lead
    }


def item_of(workspace: Workspace, report_id: str, words: str) -> Item:
    return next(item for item in workspace.items(report_id) if item.task.quote.startswith(words))


def test_that_an_imported_ledger_is_proposed_from_with_its_year_as_reason(
    empty: Workspace, ledger: Callable[..., Path]
) -> None:
    card = empty.import_bytes(REPORT.encode(), "报告.txt")
    before = leads(empty, card.id)
    assert before["办好港湾"][0] != "区教育局"
    assert empty.import_experience(ledger(ROW)) == ExperienceSummary(1, 1, 0, ("百味斋公司",))
    after = leads(empty, card.id)
    assert after["办好港湾"][0] == "区教育局"
    assert after["办好港湾"][1].startswith("去年同类任务由其牵头：办好港湾文化艺术节…")
    assert after["改造老旧"] == before["改造老旧"]
    assert empty.suggestions(card.id).commitments[0].leads[0].code != "教育"


def test_that_a_ledger_imported_twice_is_not_doubled_and_a_corrected_one_takes_its_place(
    empty: Workspace, ledger: Callable[..., Path]
) -> None:
    card = empty.import_bytes(REPORT.encode(), "报告.txt")
    path = ledger(ROW, ("清淤河道。", "区水务局", None))
    assert empty.import_experience(path).added == 2
    assert empty.import_experience(path) == ExperienceSummary(2, 0, 0, ("百味斋公司",))
    assert leads(empty, card.id)["办好港湾"][0] == "区教育局"
    corrected = ledger((ROW[0], "区体育局", None), name="更正.xlsx")
    assert empty.import_experience(corrected).added == 1
    lead, reason = leads(empty, card.id)["办好港湾"]
    assert lead == "区体育局"
    assert reason.startswith("去年同类任务由其牵头")
    labels = [entry.label for entry in empty.history()]
    assert labels[:2] == ["导入往年分解表“更正.xlsx”（1项）", "导入往年分解表“2025年任务分解表.xlsx”（2项）"]
    assert labels[2] == "导入报告"
    assert empty.verify_log() == []


def test_that_nothing_is_written_when_the_import_is_cancelled_or_refused(
    empty: Workspace, ledger: Callable[..., Path], tmp_path: Path
) -> None:
    def stop(words: str, share: float) -> None:
        if share >= 0.9:
            raise CancelledError

    with pytest.raises(CancelledError):
        empty.import_experience(ledger(ROW), stop)
    with pytest.raises(UserError, match="不能读取"):
        empty.import_experience(tmp_path / "没有.xlsx")
    assert [entry.label for entry in empty.history()] == ["登记人员周宁"]


def test_that_a_decision_on_another_report_is_experience_unless_that_is_removed(empty: Workspace) -> None:
    first = empty.import_bytes(REPORT.encode(), "报告.txt")
    item = item_of(empty, first.id, "办好港湾")
    empty.apply(edits.set_lead(first.id, item, Owner(Role.LEAD, "区教育局", "教育")))
    second = empty.import_bytes(OTHER.encode(), "次年.txt")
    lead, reason = leads(empty, second.id)["办好港湾"]
    assert (lead, reason.split("：")[0]) == ("区教育局", "去年同类任务由其牵头")
    empty.apply(edits.remove_report(empty.report(first.id)))
    assert leads(empty, second.id)["办好港湾"][0] != "区教育局"


def test_that_a_correction_is_followed_by_the_open_board_and_its_undo_too(empty: Workspace) -> None:
    card = empty.import_bytes(REPORT.encode(), "报告.txt")
    board = empty.board(card.id)
    like = "更新老旧"
    before = next(i for i in board.items if i.task.quote.startswith(like))
    item = next(i for i in board.items if i.task.quote.startswith("改造老旧"))
    done = empty.apply(edits.set_lead(card.id, item, Owner(Role.LEAD, "区教育局", "教育")))
    delta = board.apply(done)
    changed = next(i for i in delta.added if i.task.quote.startswith(like))
    codes = [p.code for p in board.commitment_of(changed).leads]  # type: ignore[union-attr]  # it has one
    assert "教育" in codes
    board.apply(empty.apply(done.inverse()))
    assert next(i for i in board.items if i.task.quote.startswith(like)) == before


def test_that_a_board_opened_later_is_the_one_that_followed(empty: Workspace) -> None:
    card = empty.import_bytes(REPORT.encode(), "报告.txt")
    board = empty.board(card.id)
    for name, words in (("区教育局", "办好港湾"), ("区体育局", "改造老旧")):
        item = next(i for i in board.items if i.task.quote.startswith(words))
        board.apply(empty.apply(edits.set_lead(card.id, item, Owner(Role.LEAD, name))))
    assert board.items == empty.board(card.id).items


def test_that_without_experience_the_automaton_is_not_loaded(empty: Workspace) -> None:
    card = empty.import_bytes(REPORT.encode(), "报告.txt")
    assert empty.items(card.id)  # the suggestions are made and kept
    code = (
        "import sys; from pathlib import Path; from app.workspace import Workspace\n"
        "with Workspace.open(Path(sys.argv[1])) as w: w.board(w.report(1).id)\n"
        "print(sorted({'ahocorasick', 'jieba', 'openpyxl'} & set(sys.modules)))"
    )
    assert card.number == 1
    done = run(
        [sys.executable, "-c", code, str(empty.path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_that_the_command_imports_and_suggests_with_what_was_learned(
    empty: Workspace, ledger: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = str(empty.path), tmp_path / "报告.txt"
    report.write_text(REPORT, encoding="utf-8")
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"no")
    assert cli.main(["experience", path, str(ledger(ROW)), str(bad)]) == 1
    said = capsys.readouterr()
    assert said.out == "2025年任务分解表.xlsx：读到1项，新增1项经验；1个单位名录里没有：百味斋公司。\n"
    assert said.err.startswith("duban: “坏.xlsx”")
    assert cli.main(["suggest", str(report), "--json"]) == 0
    before = json.loads(capsys.readouterr().out)["commitments"]
    assert cli.main(["suggest", str(report), "--json", "-w", path]) == 0
    after = json.loads(capsys.readouterr().out)["commitments"]
    at = REPORT.index("办好港湾")
    first = [next(c["lead_units"][0] for c in found if c["start"] == at) for found in (before, after)]
    assert first[0] != first[1] == "教育"


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        (ExperienceSummary(3, 3), "读到3项，新增3项经验。"),
        (ExperienceSummary(3, 1, 2), "读到3项，新增1项经验；2项还是“待确认”，没有采用。"),
        (
            ExperienceSummary(1, 1, 0, tuple("甲乙丙丁戊己庚辛壬癸子丑寅")),
            "读到1项，新增1项经验；13个单位名录里没有：甲、乙、丙、丁、戊、己、庚、辛、壬、癸、子、丑等。",
        ),
    ],
)
def test_that_the_summary_says_what_came_in(summary: ExperienceSummary, words: str) -> None:
    assert summary.words == words


def test_that_a_report_that_is_not_here_gets_what_the_rules_say_and_experience_once_there_is_some(
    empty: Workspace, ledger: Callable[..., Path]
) -> None:
    reading = empty.read_bytes(REPORT.encode(), "报告.txt")
    plain = rooms.suggest(reading, empty.units())
    assert empty.suggest(reading) == plain
    empty.import_experience(ledger(ROW))
    learned = empty.suggest(reading)
    lead = next(one.leads[0] for one in learned.commitments if one.text.startswith("办好港湾"))
    assert lead.code == "教育"
    assert [one.text for one in learned.commitments] == [one.text for one in plain.commitments]


def test_that_who_leads_most_of_a_section_is_proposed_there_and_nowhere_else(empty: Workspace) -> None:
    card = empty.import_bytes(REPORT.encode(), "报告.txt")
    commitments = empty.suggestions(card.id).commitments
    proposer = rooms.experienced(rooms.past(empty.units(), ()), empty.reading(card.id), commitments)
    learned = ("改造老旧", "推进海湾")
    lead = Owner(Role.LEAD, "区体育局")
    for one in commitments:
        if one.text.startswith(learned):
            proposer.learn(None, Precedent(one.text, one.text, lead, start=one.span.start))
    heard = {
        one.text[:4]
        for i, one in enumerate(commitments)
        if any(found.reason == USUAL for found in proposer.proposed(i).leads)
    }
    assert {"深化社区", "落实粮食"} <= heard
    assert "办好港湾" not in heard
