"""A document of ours, read back for its preview."""

from datetime import date

import pytest

from app.domain.division import division
from app.domain.outgoing import Heading
from app.domain.periods import period_of
from app.domain.supervising import cases
from app.ledger.documents import division_document, notice_document
from app.ledger.layout import Face
from app.ledger.word_pages import Block, Grid, read_document
from tests.supervised import KJ, office, row

DAY = date(2026, 6, 24)
HEADING = Heading("云港区2026年政府工作报告", "区政府督查室", DAY)
MM = 72 / 25.4


def blocks(content: bytes) -> list[Block]:
    return [part for part in read_document(content).parts if isinstance(part, Block)]


def said(block: Block) -> str:
    return "".join(run.text for run in block.runs)


def test_that_the_page_is_read_back() -> None:
    read = read_document(division_document(division([row(1, "甲")], [], ()), HEADING))
    assert read.size == pytest.approx((210 * MM, 297 * MM), abs=0.1)
    assert read.margins == pytest.approx((37 * MM, 26 * MM, 35 * MM, 28 * MM), abs=0.1)
    assert read.numbers == Face("宋体", 14)


def test_that_paragraphs_are_read_back_as_they_look() -> None:
    lines = division([row(1, "建设平台", support="区交通局")], [], ())
    title, second, opening, heading, task, _, free, sender, _ = blocks(division_document(lines, HEADING))
    assert said(second) == "重点工作分工的意见"
    assert (title.align, title.pitch, title.after) == ("center", 35, 0)
    assert second.after == pytest.approx(29, abs=0.1)
    assert (opening.align, opening.first) == ("justify", 32)
    assert opening.pitch == pytest.approx(29, abs=0.1)
    assert [run.face for run in heading.runs] == [Face("黑体", 16)]
    assert [(run.text, run.face.name) for run in task.runs] == [
        ("1. 建设平台的原文。", "仿宋_GB2312"),
        ("（区科技局牵头，区交通局按职责分工负责，12月底前完成）", "楷体_GB2312"),
    ]
    assert task.runs[0].spacing == pytest.approx((156 * MM / 28) - 16, abs=0.06)
    assert title.runs[0].spacing == 0
    assert (said(free), free.runs) == ("", ())
    assert (said(sender), sender.align, sender.right) == ("区政府督查室", "right", 64)


def test_that_tables_are_read_back_in_their_place() -> None:
    parts = read_document(notice_document(cases(office(), DAY), KJ, HEADING, period_of("2026-02"))).parts
    place = next(n for n, part in enumerate(parts) if isinstance(part, Grid))
    grid = parts[place]
    assert isinstance(grid, Grid)
    assert isinstance(parts[place - 1], Block)
    assert sum(grid.widths) == pytest.approx(156 * MM, abs=1)
    assert [said(cell[0]) for cell in grid.rows[0]] == ["编号", "督查事项", "目标值", "完成时限", "承担角色"]
    assert [said(block) for block in grid.rows[1][2]] == [
        "新建中试平台 20个以上",
        "技术合同登记额 突破45亿元",
    ]
    (number,), (matter,) = grid.rows[1][:2]
    assert (number.align, matter.align) == ("center", "left")
    assert matter.pitch == pytest.approx(16.8)
    assert matter.runs[0].face == Face("仿宋_GB2312", 12)
