"""How lists of carried tasks and tags are put into words."""

from app.domain.tasks import Tag, TagKind, Task

TITLES = ("为什么", "任务", "标注", "上一版", "新版")
WIDTHS = (100, 220, 60, 0, 0)
KINDS = {
    TagKind.TARGET: "目标",
    TagKind.OWNER: "责任",
    TagKind.DEADLINE: "时限",
    TagKind.MEASURE: "措施",
    TagKind.STANDARD: "标准",
}


def kind_words(thing: Task | Tag) -> str:
    """What a row is about: a kind of tag, or the task as a whole."""
    return KINDS[thing.kind] if isinstance(thing, Tag) else "整条"
