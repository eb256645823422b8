"""The card's rows as data: what each is called, how it is edited, and which tags it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from app.domain.scheme import TagStyle
from app.domain.signs import deadline_chip, target_signs
from app.domain.tasks import Item, Owner, Role, Tag, TagKind
from app.ui.views.card_paint import style_of
from app.ui.views.chips import ChipFace


class Form(Enum):
    """How a row is edited."""

    LINE = auto()
    TEXT = auto()
    CHIPS = auto()


TagsOf = Callable[[Item], tuple[Tag, ...]]


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One row. A row of chips shows `tags`; a row of text is the task's field of the row's name, over `tags`.

    `gives_reason`: the first tag's reason stands at the right.
    """

    name: str
    label: str
    form: Form
    placeholder: str = ""
    tags: TagsOf | None = None
    gives_reason: bool = False


def _lead(item: Item) -> tuple[Tag, ...]:
    return item.owners(Role.LEAD)


def _others(item: Item) -> tuple[Tag, ...]:
    return (*item.owners(Role.SUPPORT), *item.owners(Role.ACTOR))


def _kind(kind: TagKind) -> TagsOf:
    return lambda item: item.of_kind(kind)


ROWS: tuple[RowSpec, ...] = (
    RowSpec("title", "任务名称", Form.LINE, "重点任务的短名称"),
    RowSpec("summary", "分解事项", Form.TEXT, "可逐条核查的工作，用分号隔开"),
    RowSpec("targets", "量化指标", Form.CHIPS, "添加指标", _kind(TagKind.TARGET)),
    RowSpec("lead", "牵头单位", Form.CHIPS, "输入单位名称或拼音首字母", _lead, gives_reason=True),
    RowSpec("support", "配合单位", Form.CHIPS, "输入单位名称或拼音首字母", _others),
    RowSpec("leader", "分管领导", Form.LINE, "输入姓名"),
    RowSpec("person", "责任人", Form.LINE, "输入姓名"),
    RowSpec(
        "deadline", "完成时限", Form.CHIPS, "输入时限，如 6月底", _kind(TagKind.DEADLINE), gives_reason=True
    ),
    RowSpec("measures", "措施方案", Form.TEXT, tags=_kind(TagKind.MEASURE)),
    RowSpec("standard", "任务标准", Form.TEXT, tags=_kind(TagKind.STANDARD)),
    RowSpec("remarks", "备注", Form.TEXT),
)
SINGLE = frozenset({"lead", "deadline"})
"""Rows where typing changes the chip there is instead of adding one."""


def face_of(tag: Tag, styles: tuple[TagStyle, ...], year: int) -> ChipFace:
    """A tag as a chip."""
    words = _WORDS.get(tag.kind, _own_words)(tag, year)
    style = style_of(styles, tag.kind.value)
    return ChipFace(tag.id, words, style, is_suggested=tag.version == 0, hint=tag.reason)


def _own_words(tag: Tag, _year: int) -> str:
    return " ".join(tag.text.split())


def _owner_words(tag: Tag, _year: int) -> str:
    if not isinstance(tag.value, Owner):
        return tag.text
    return tag.value.name + ("（原文主体）" if tag.value.role is Role.ACTOR else "")


def _target_words(tag: Tag, _year: int) -> str:
    return target_signs(tag)


_WORDS: dict[TagKind, Callable[[Tag, int], str]] = {
    TagKind.OWNER: _owner_words,
    TagKind.TARGET: _target_words,
    TagKind.DEADLINE: deadline_chip,
}
