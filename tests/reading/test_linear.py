"""The linear text in the making: lines, the blanks between them, and the places they come from."""

from app.domain.report import Place
from app.reading.formats.linear import Linear


def test_that_a_paragraph_of_blanks_is_a_blank_line_and_nowhere() -> None:
    out = Linear("报告.docx")
    for text in ("推进扩建。", " \u3000", "疏浚航道。"):
        out.paragraph(text)
    assert out.finish("docx").text == "推进扩建。\n\n疏浚航道。\n"
    assert [place.paragraph for place in out.finish("docx").places] == [1, 2]


def test_that_a_paragraph_that_goes_on_over_pages_is_one_on_each() -> None:
    out = Linear("报告.pdf")
    out.paragraph("推进扩建，疏浚航道。", 1, [(5, 2), (5, 2), (7, 3)])
    assert out.finish("pdf").places == (Place(0, 1, 1), Place(5, 2, 1), Place(7, 3, 1))


def test_that_the_lines_of_a_boxs_cell_are_at_one_place() -> None:
    out = Linear("报告.docx")
    out.table([["专栏1"], ["扩建。\n\n疏浚。"]])
    found = out.finish("docx")
    assert found.text == "专栏1\n扩建。\n疏浚。\n"
    assert [(place.start, place.row) for place in found.places] == [(0, 1), (4, 2)]


def test_that_nothing_taken_in_is_no_text() -> None:
    out = Linear("报告.docx")
    out.paragraph("")
    assert (out.finish("docx").text, out.finish("docx").places) == ("", ())
