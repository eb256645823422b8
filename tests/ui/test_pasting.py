"""What the clipboard offers."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QUrl

from app.domain.errors import UserError
from app.ui.dialogs.paste_dialog import beginning
from app.ui.pasting import NOTHING, files_of, pasted, read_pasted
from app.workspace import Workspace
from tests.ui.fake_workspace import READING

MARK = b"\xef\xbb\xbf"


class Reader:
    """Reads what it is told to; remembers under which names it was asked."""

    def __init__(self, *unreadable: str) -> None:
        self.unreadable = unreadable
        self.names: list[str] = []

    def read_bytes(self, _data: bytes, name: str, _progress: object) -> object:
        self.names.append(name)
        if name.endswith(self.unreadable):
            raise UserError(f"{name}读不了。")
        return READING


def mime(words: str = "", page: str = "") -> QMimeData:
    data = QMimeData()
    if words:
        data.setText(words)
    if page:
        data.setHtml(page)
    return data


def test_that_plain_words_have_one_flavour() -> None:
    offer = pasted(mime("第一行\n第二行"))
    assert offer.flavours == ((MARK + "第一行\n第二行".encode(), ".txt"),)
    assert offer.about == "剪贴板里有文字，共 6 字。"


def test_that_formatted_words_come_first_as_a_page() -> None:
    offer = pasted(mime("一 二", "<p>一 二</p>"))
    assert [suffix for _, suffix in offer.flavours] == [".html", ".txt"]
    assert offer.flavours[0][0].startswith(MARK)
    assert offer.words == "一 二"
    assert offer.about == "剪贴板里有带格式的文字，共 2 字。"


def test_that_a_page_alone_is_shown_by_its_words() -> None:
    offer = pasted(mime(page="<p>港口</p><p>码头</p>"))
    assert offer.words.split() == ["港口", "码头"]
    assert [suffix for _, suffix in offer.flavours] == [".html", ".txt"]


@pytest.mark.parametrize("data", [mime(), mime(" \n\t"), mime(page="<p> </p>")])
def test_that_a_clipboard_without_words_is_refused(data: QMimeData) -> None:
    with pytest.raises(UserError, match=NOTHING):
        pasted(data)


def test_that_only_files_of_this_machine_are_files() -> None:
    here, data = Path(__file__), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(here)), QUrl("https://example.org/b.docx")])
    assert files_of(data) == [here]
    assert files_of(mime("文字")) == []


def test_that_the_best_flavour_that_can_be_read_is_taken() -> None:
    words = READING.source.text
    offer = pasted(mime(words, f"<p>{words}</p>"))
    for reader, names in (
        (Reader(), ["剪贴板.html"]),
        (Reader(".html"), ["剪贴板.html", "剪贴板.txt"]),
    ):
        reading = read_pasted(cast("Workspace", reader), offer, "", print)
        assert reading is READING
        assert reader.names == names


def test_that_a_page_that_leaves_out_too_many_of_the_words_is_not_taken() -> None:
    words = "".join(READING.source.text.split())
    most, more = len(words) * 10 // 9, len(words) * 10 // 9 + 1
    for length, names in ((most, ["剪贴板.html"]), (more, ["剪贴板.html", "剪贴板.txt"])):
        reader = Reader()
        read_pasted(cast("Workspace", reader), pasted(mime("字" * length, "<p>字</p>")), "", print)
        assert reader.names == names


def test_that_where_no_flavour_can_be_read_the_words_say_why() -> None:
    offer = pasted(mime("一", "<p>一</p>"))
    with pytest.raises(UserError, match=r"剪贴板\.txt读不了。"):
        read_pasted(cast("Workspace", Reader(".html", ".txt")), offer, "", print)


def test_that_a_given_title_names_the_file_and_the_report() -> None:
    reader = Reader()
    reading = read_pasted(cast("Workspace", reader), pasted(mime("一")), "工作要点", print)
    assert reader.names == ["工作要点.txt"]
    assert reading.metadata.title == "工作要点"
    assert reading.source is READING.source


def test_that_the_beginning_is_cut_to_what_fits() -> None:
    lines = ["　一 ", "", "长" * 36, "长" * 37, *"二三四五"]
    assert beginning("\n".join(lines)) == ["一", "长" * 36, "长" * 35 + "…", "二", "三", "四"]
