"""A plain-text report rendered into other formats, so that reading them back can be compared with the text itself."""

import html as escapes
import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from app.reading.source_lines import lines_of
from app.reading.tables import take_table
from app.reading.wording import plain

Rows = list[list[str]]


def office() -> str | None:
    """LibreOffice's program, None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def parts_of(text: str) -> list[str | Rows]:
    """The lines of a text ("" for a blank one) and its tables as rows of cells, in order."""
    lines = list(lines_of(plain(text)))
    out: list[str | Rows] = []
    i = look_again = 0
    while i < len(lines):
        table = None
        if i >= look_again:
            table, look_again = take_table(lines, i)
        out += [""] * lines[i].gap
        if table is None:
            out.append(text[lines[i].start - lines[i].indent : lines[i].end])
            i += 1
        else:
            out.append([["".join(text[a:b] for a, b in cell) for cell in row] for row in table.rows])
            i = look_again
    return out


def to_docx(text: str, *, has_tables: bool = True, **look: float) -> bytes:
    """A Word document: a paragraph for each line; tables as such, or as lines with TABs."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document: Any = Document()
    style = document.styles["Normal"]
    style.font.size = Pt(look.get("size", 12))
    style.font.name = "Noto Serif CJK SC"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    style.paragraph_format.space_after = Pt(look.get("after", 0))
    for part in parts_of(text) if has_tables else text.split("\n"):
        if isinstance(part, str):
            paragraph = document.add_paragraph(part)
            if look.get("indent") and len(part) > 40:
                paragraph.paragraph_format.first_line_indent = Pt(look["indent"])
        else:
            _add_table(document, part)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Any, rows: Rows) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        if row[0] and not any(row[1:]):
            cells.cells[0].merge(cells.cells[-1]).text = row[0]
            continue
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text


def to_pdfs(documents: list[bytes]) -> list[bytes]:
    """Word documents printed by LibreOffice, which starts once for all of them."""
    return _converted(documents, "docx", "pdf")


def to_doc(data: bytes) -> bytes:
    """A .docx as an old Word document."""
    return _converted([data], "docx", "doc")[0]


def _converted(files: list[bytes], suffix: str, wanted: str) -> list[bytes]:
    program = office()
    assert program
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{n}.{suffix}") for n in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", wanted]
        subprocess.run(
            [*command, "--outdir", folder, *map(str, paths)], check=True, capture_output=True, timeout=110
        )
        return [path.with_suffix(f".{wanted}").read_bytes() for path in paths]


def to_html(text: str, encoding: str = "utf-8", title: str = "报告") -> bytes:
    """A page as government sites save it: the lines as paragraphs within navigation, links and a foot."""
    body = "".join(_html_part(part) for part in parts_of(text))
    page = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">
<title>{title}_云港区人民政府</title><style>p {{ text-indent: 2em }}</style><script>var a = "<p>脚本</p>";</script></head><body>
<div class="header"><div class="logo">云港区人民政府门户网站</div><ul class="nav"><li><a href="/">首页</a></li><li>
<a href="/zw">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul></div>
<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; 政府工作报告</div>
<div class="main"><div class="content"><div id="zoom" class="TRS_Editor">{body}</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div></div>
<div class="sidebar"><h3>热点推荐</h3><ul><li><a href="1.html">我区召开经济工作会议</a></li></ul></div></div>
<div class="footer">主办：云港区人民政府办公室　版权所有　云ICP备12345678号</div></body></html>"""
    return page.encode("gb18030" if encoding == "gb2312" else encoding)


def _html_part(part: str | Rows) -> str:
    if isinstance(part, str):
        return f"<p>{escapes.escape(part)}</p>\n" if part.strip() else "<p>&nbsp;</p>\n"
    rows = ("".join(f"<td>{escapes.escape(cell)}</td>" for cell in _merged(row)) for row in part)
    return "<table border=1>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"


def _merged(row: list[str]) -> list[str]:
    return row if any(row[1:]) or not row[0] else row[:1]


_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_WIDTH, _HEIGHT, _MARGIN, _SIZE, _PITCH = 210.0, 297.0, 25.0, 5.0, 8.0
_PER_LINE = 32


def to_ofd(text: str) -> bytes:
    """An OFD document of A4 pages with a running head and page numbers; tables with their rules."""
    pages: list[list[str]] = [[]]
    y = _MARGIN
    for part in parts_of(text):
        for height, objects in _ofd_part(part):
            if y + height > _HEIGHT - _MARGIN:
                pages.append([])
                y = _MARGIN
            pages[-1] += [each.replace("@", f"{y:.1f}") for each in objects]
            y += height
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            f'<ofd:OFD {_SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        listed = "".join(
            f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {_WIDTH} {_HEIGHT}</ofd:PhysicalBox>"
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for n, objects in enumerate(pages):
            head = _ofd_text(_MARGIN, "云港区公报", 3.5).replace("@", "12")
            foot = _ofd_text(_WIDTH / 2 - 5, f"— {n + 1} —", 3.5).replace("@", "283")
            archive.writestr(
                f"Doc_0/Pages/Page_{n}/Content.xml",
                f'<ofd:Page {_SPACE}><ofd:Content><ofd:Layer ID="1">{head}{"".join(objects)}{foot}'
                "</ofd:Layer></ofd:Content></ofd:Page>",
            )
    return file.getvalue()


def _ofd_part(part: str | Rows) -> list[tuple[float, list[str]]]:
    """The lines of a part with their heights; `@` stands for the top."""
    if isinstance(part, str):
        body = part.strip()
        if not body:
            return [(_PITCH, [])]
        is_body = len(body) > _PER_LINE
        first = _PER_LINE - 2 if is_body else _PER_LINE
        lines = [body[:first], *(body[i : i + _PER_LINE] for i in range(first, len(body), _PER_LINE))]
        shift = 2 * _SIZE if is_body else 0.0
        return [(_PITCH, [_ofd_text(_MARGIN + (0 if i else shift), line)]) for i, line in enumerate(lines)]
    width = 160.0 / len(part[0])
    return [_ofd_row(_merged(row), width, len(part[0])) for row in part]


def _ofd_row(row: list[str], width: float, columns: int) -> tuple[float, list[str]]:
    fit = max(1, int((width if len(row) > 1 else 160.0) / _SIZE) - 1)
    cells = [[cell[i : i + fit] for i in range(0, len(cell), fit)] for cell in row]
    height = _PITCH * max(1, *(len(lines) for lines in cells))
    objects = []
    for column, lines in enumerate(cells):
        x = _MARGIN + column * width
        box = width if len(row) > 1 else width * columns
        objects.append(
            f'<ofd:PathObject ID="9" Boundary="{x} @ {box} {height}"><ofd:AbbreviatedData>M 0 0 L {box} 0 L {box} {height}'
            f" L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
        )
        objects += [_ofd_text(x + 1, line, down=n * _PITCH) for n, line in enumerate(lines)]
    return height, objects


def _ofd_text(x: float, line: str, size: float = _SIZE, down: float = 0.0) -> str:
    deltas = " ".join([f"{size}"] * (len(line) - 1))
    return (
        f'<ofd:TextObject ID="2" Boundary="{x} @ {size * len(line)} {size + 2}" Font="3" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size + down}" DeltaX="{deltas}">{escapes.escape(line)}</ofd:TextCode></ofd:TextObject>'
    )


Placed = tuple[float, float, float, str]
"""Left edge, baseline from the top, size, words: in points."""


def made_pdf(
    pages: list[list[Placed]],
    rules: list[list[tuple[float, float, float, float]]] | None = None,
    extra: bytes = b"",
) -> bytes:
    """A PDF of A4 pages in a font that every reader knows, with rules drawn on each page from corner to corner."""
    height = 842
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
            b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>"
        ),
    ]
    kids = []
    for n, page in enumerate(pages):
        words = [
            f"BT /F1 {size} Tf 1 0 0 1 {x} {height - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, size, text in page
        ]
        drawn = [
            f"{x1} {height - y1} m {x2} {height - y2} l S" for x1, y1, x2, y2 in (rules[n] if rules else [])
        ]
        content = "\n".join(words + drawn).encode()
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {height}] /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = b"%PDF-1.4\n"
    places = []
    for n, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    )


_DOCX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
    ' ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
DOCX_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def made_docx(body: str, **parts: str) -> bytes:
    """A Word document of this XML; `parts` are further ones of the folder word (numbering, styles, footnotes)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _DOCX_TYPES)
        archive.writestr(
            "word/document.xml", f"<w:document {DOCX_SPACES}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {DOCX_SPACES}>{content}</w:{name}>")
    return file.getvalue()
