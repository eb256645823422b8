"""What the page's heads, the window's corner and the bottom line say of a review."""

from app.domain.layer_moves import STATE_NAMES
from app.review import Status
from app.ui.review.flow import SIDES, side_name
from app.ui.review.session import ReviewSession


def sides(session: ReviewSession) -> tuple[str, ...]:
    """What the two sides are called; for the author of one their own layer, and what came of it."""
    review = session.review
    if review is None:
        return ()
    if session.own_id:
        return "我的标注", "复核结果"
    bases = [base.layer for base in (review.first, review.second) if base is not None]
    return tuple(side_name(side, layer.author) for side, layer in zip(SIDES, bases, strict=False))


def legend(session: ReviewSession) -> str:
    """Which side is painted where."""
    names = sides(session)
    if len(names) < 2:
        return f"{names[0]}的标注" if names else ""
    return f"下线 {names[0]}　上线 {names[1]}　灰 一致"


def table_title(session: ReviewSession) -> str:
    """What the rows of the table are."""
    return "改动" if session.own_id else "任务" if session.is_single else "差异"


def title(session: ReviewSession) -> str:
    """The report, who is here as what, and where the review stands."""
    if session.report is None:
        return ""
    name, person = session.report.card.metadata.title, session.person
    if session.review is None:
        return f"{name} · 复核"
    who = person.name if person else ""
    if person is not None and not session.refusal:
        who = f"复核人 {who}"
    return " · ".join(filter(None, (name, who, STATE_NAMES[session.review.layer.state])))


def state(session: ReviewSession) -> str:
    """How far the review is."""
    differences = session.differences
    if session.review is None:
        return ""
    if session.own_id:
        return f"复核改动了{len(differences)}处 · 已保存"
    done = sum(difference.status is Status.DECIDED for difference in differences)
    foreign = "" if session.refusal else " · 未复核本人标注"
    return f"已裁决 {done} / {len(differences)}{foreign} · 已保存"
