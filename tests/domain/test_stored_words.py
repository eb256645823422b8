"""Workspaces, packages and ledgers hold these words: what was written with one must be read with it again."""

from enum import StrEnum

import pytest

from app.domain.completion import TargetKind
from app.domain.decisions import CHOICE_NAMES, FIELD_NAMES, Choice, Field
from app.domain.layer_moves import STATE_NAMES, MoveName
from app.domain.ledger import RowState
from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.people import ROLE_NAMES, PersonRole
from app.domain.periods import Cycle
from app.domain.plan_years import Standing
from app.domain.report import KIND_NAMES, LEVEL_NAMES, BlockKind, Level, ReportKind, SectionKind
from app.domain.reports import LayerState
from app.domain.revisions import NOTE_NAMES, NoteKind
from app.domain.tallies import Grouping
from app.domain.task_moves import TaskMoveName, TaskState
from app.domain.tasks import Comparator, DeadlineKind, Direction, Nature, Role, TagKind
from app.domain.units import Unit

FIELDS = (
    "task division span title summary measures standards remarks leader person target indicator value comparator "
    "unit quality lead support deadline measure standard"
)
FIELDS_SHOWN = (
    "任务 拆分合并 任务范围 标题 分解事项 措施方案 任务标准 备注 分管领导 责任人 目标 指标名称 目标值 比较词 "
    "计量单位 目标属性 牵头单位 配合单位 完成时限 措施标注 标准标注"
)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (TargetKind, "累计数 总量 增速或比率 控制水平 相对目标 无数值"),
        (Choice, "first second both edited neither returned"),
        (Field, FIELDS),
        (MoveName, "submit take_up return finalise reopen"),
        (RowState, "已确认 待确认"),
        (Colour, "red yellow green grey"),
        (PersonRole, "annotator reviewer coordinator"),
        (Cycle, "每月 每季度 每年"),
        (Standing, "超过预期 达到预期 滞后预期 待判断"),
        (SectionKind, "front review outlook goals tasks self closing glossary table colophon"),
        (ReportKind, "work_report plan other"),
        (Level, "state province city district town unknown"),
        (BlockKind, "title heading paragraph cell note"),
        (LayerState, "draft submitted in_review returned final"),
        (NoteKind, "figure reworded orphaned"),
        (Grouping, "牵头单位 类别 分管领导"),
        (TaskState, "未立项 已立项 已分解 已交办 承办中 已反馈 已退回 已核查 已办结"),
        (TaskMoveName, "立项 分解 交办 承办 反馈 催办 核查 退回 延期 办结销号 恢复督办"),
        (TagKind, "target owner deadline measure standard"),
        (Comparator, "= >= <= > < ~ range sync assigned gt_ref"),
        (Direction, "up down level"),
        (Nature, "binding expected"),
        (Role, "lead support actor"),
        (DeadlineKind, "explicit plan_end during recurring event rolling default_year_end"),
    ],
)
def test_that_what_is_stored_keeps_its_words(words: type[StrEnum], written: str) -> None:
    assert [word.value for word in words] == written.split()


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (CHOICE_NAMES, "取甲 取乙 都取 修改 都不取 退回"),
        (FIELD_NAMES, FIELDS_SHOWN),
        (STATE_NAMES, "草稿 已提交 复核中 已退回 已定稿"),
        (ROLE_NAMES, "标注人 复核人 统筹人"),
        (COLOUR_NAMES, "红灯 黄灯 绿灯 灰灯"),
        (KIND_NAMES, "政府工作报告 规划纲要 其他"),
        (LEVEL_NAMES, "国家 省（自治区、直辖市） 市 区县 街道乡镇 未识别"),
        (NOTE_NAMES, "数字有改动 表述有改动 新稿中找不到"),
    ],
)
def test_that_everything_that_is_stored_has_its_one_chinese_name(
    names: dict[StrEnum, str], shown: str
) -> None:
    assert list(names.values()) == shown.split(" ")
    assert list(names) == list(type(next(iter(names))))


def test_that_a_unit_of_which_nothing_is_said_is_a_bureau() -> None:
    unit = Unit("u", "科技", "云港区科学技术局", "区科技局")
    assert (unit.group, unit.aliases, unit.duties, unit.successor_id) == ("委办局", (), (), "")
    assert (unit.initials, unit.telephone, unit.leader, unit.person) == ("", "", "", "")
    assert (unit.order, unit.version, unit.valid_from, unit.valid_to) == (0, 0, None, None)
