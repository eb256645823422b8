"""How a task is called for short.

STAND-IN: the owner of proposals.py and edits.py wrote this file at 08:52; the ledger's engineer overwrote it by
mistake at 08:56 and put this back from its callers. Owner: please write your own again and drop this paragraph.
"""

import re

TITLE_LIMIT = 24


def short_title(text: str) -> str:
    """The first clause of a sentence, at most TITLE_LIMIT characters."""
    clause = re.split("[，。；：！？\n]", text.strip(), maxsplit=1)[0].strip()
    return clause if len(clause) <= TITLE_LIMIT else clause[: TITLE_LIMIT - 1] + "…"
