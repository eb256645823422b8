"""A correction of the text is read in what was cut from it before; what people wrote themselves stays."""

from dataclasses import replace

from app.domain.corrections import Correction, corrected
from app.domain.report import Block, BlockKind, RunMap, Section, SectionKind, ShownText
from app.domain.rereading import recorrected, reread, retitled
from app.domain.spans import Span
from app.domain.tasks import Comparator, Item, Tag, TagKind, Target, Task
from app.domain.wording import short_title

SOURCE = "（一）优化 菅商 环境。\n菅商指数达到9分，推动设备选代升级，选代表。"
HEAD, BODY = "（一）优化菅商环境。", "菅商指数达到9分，推动设备选代升级，选代表。"
AT = SOURCE.index("\n") + 1
SHOWN = ShownText(
    f"{HEAD}\n{BODY}",
    (Block(BlockKind.PARAGRAPH, 0, 10), Block(BlockKind.PARAGRAPH, 11, 11 + len(BODY))),
    (RunMap(0, 0, 5), RunMap(5, 6, 2), RunMap(7, 9, 3), RunMap(11, AT, len(BODY))),
)
FIXES = (Correction(6, 8, "营商"), Correction(AT, AT + 2, "营商"), Correction(AT + 13, AT + 15, "迭代"))
NOW = corrected(SHOWN, FIXES)
SECTION = Section(0, -1, 1, SectionKind.TASKS, "（一）优化 菅商环境", Span(0, len(SOURCE)))
TASK = Task("t", "l", (Span(AT, AT + len(BODY)),), short_title(BODY), BODY)
TARGET = Target("菅商指数", Comparator.EQ, 9, 9, "分")
TAG = Tag("g", "l", "t", TagKind.TARGET, (Span(AT, AT + 4),), "菅商指数", TARGET)
FIXED = "营商指数达到9分，推动设备迭代升级，选代表。"


def item(quote: str = BODY, title: str = short_title(BODY)) -> Item:
    return Item(replace(TASK, quote=quote, title=title), (TAG,), 1)


def test_that_quote_title_tags_and_indicators_follow_the_text() -> None:
    (found,) = reread((item(),), SHOWN, NOW)
    assert found.task == replace(TASK, quote=FIXED, title=short_title(FIXED))
    assert found.tags == (replace(TAG, text="营商指数", value=replace(TARGET, indicator="营商指数")),)
    assert found.number == 1
    assert reread((found,), NOW, SHOWN) == (item(),)


def test_that_a_title_of_ones_own_follows_only_where_it_is_cut_from_the_quote() -> None:
    titles = [
        reread((item(title=title),), SHOWN, NOW)[0].task.title
        for title in ("推动设备选代升级", "选代工程", "")
    ]
    assert titles == ["推动设备迭代升级", "选代工程", ""]


def test_that_words_that_stand_twice_in_a_quote_are_those_of_the_first_place() -> None:
    (found,) = reread((item(title="选代"),), SHOWN, NOW)
    assert found.task.title == "迭代"


def test_that_words_that_are_not_of_the_place_stay() -> None:
    others = item(quote="菅商")
    (found,) = reread((others,), SHOWN, NOW)
    assert found.task == others.task
    assert found.tags[0].text == "营商指数"
    assert found.tags[0].value == TARGET
    nowhere = Item(replace(TASK, spans=()), (), 2)
    assert reread((nowhere,), SHOWN, NOW) == (nowhere,)


def test_that_words_that_were_corrected_in_part_are_corrected_in_full() -> None:
    half = item(quote=BODY.replace("菅商", "营商"))
    assert reread((half,), SHOWN, NOW)[0].task.quote == FIXED


def test_that_nothing_changes_where_nothing_was_corrected() -> None:
    items, sections = (item(),), (SECTION,)
    assert reread(items, SHOWN, SHOWN) is items
    assert retitled(sections, SHOWN, SHOWN) is sections
    elsewhere = Item(replace(TASK, spans=(Span(0, 4),), quote="（一）优", title="（一）优"), (), 3)
    assert reread((elsewhere,), SHOWN, NOW)[0] is elsewhere


def test_that_a_heading_follows_whatever_spaces_it_has() -> None:
    described = replace(SECTION, title="（题名）")
    nowhere = replace(SECTION, span=Span(5, 6))
    found = retitled((SECTION, described, nowhere), SHOWN, NOW)
    assert [section.title for section in found] == ["（一）优化 营商环境", "（题名）", "（一）优化 菅商环境"]
    assert found[1] is described


def test_that_a_text_is_told_by_other_corrections() -> None:
    assert recorrected(NOW, SOURCE, FIXES, ()) == SHOWN
    assert recorrected(NOW, SOURCE, FIXES, FIXES[:1]) == corrected(SHOWN, FIXES[:1])
