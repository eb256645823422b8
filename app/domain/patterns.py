"""Regular expressions that are compiled when they are first used: a room has many, one text needs few."""

import re
from typing import Any, cast


class _Late:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a pattern has
        found = getattr(re.compile(self.pattern), name)
        setattr(self, name, found)  # from now on it is found without coming here
        return found


def late(pattern: str) -> re.Pattern[str]:
    """As `re.compile`, but an error in the pattern shows at its first use."""
    return cast("re.Pattern[str]", _Late(pattern))
