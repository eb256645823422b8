"""Where a sentence begins and ends."""

from app.domain.patterns import late
from app.domain.spans import Span

_END = late(r"[。！？!?][”’」』）)]*|\n")


def sentence_around(text: str, at: int) -> Span:
    """The sentence of a text around an offset: up to and with its 。！？ and closing quotes, or a line's end.

    Between two sentences the following one counts; white space at either end is left out.
    """
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    start, end = line_start, line_end
    for match in _END.finditer(text, line_start, line_end):
        if match.end() <= at:
            start = match.end()
        else:
            end = match.end()
            break
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
