"""The tag scheme: the list of kinds with their name, letter, key and colours."""

from typing import NamedTuple


class TagStyle(NamedTuple):
    """How one kind is called and shown. `kind` is "task" or a TagKind's value; colours are #rrggbb.

    `ink` and `ground` are for the light theme, `dark_ink` and `dark_ground` for the dark one.
    """

    kind: str
    name: str
    letter: str
    key: str
    ink: str
    ground: str
    dark_ink: str
    dark_ground: str
