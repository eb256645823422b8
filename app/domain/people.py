"""Who works on a report, and in which roles."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

_PEOPLE = UUID("6f1c3a52-1c1e-4d52-9f0c-3f5ad8c6f4b1")


class PersonRole(StrEnum):
    """What a person may do."""

    ANNOTATOR = "annotator"
    REVIEWER = "reviewer"
    COORDINATOR = "coordinator"


ROLE_NAMES = {
    PersonRole.ANNOTATOR: "标注人",
    PersonRole.REVIEWER: "复核人",
    PersonRole.COORDINATOR: "统筹人",
}
EVERY_ROLE = tuple(PersonRole)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here. A passphrase is the workstation's own matter and stands elsewhere.

    The id comes of the name that the person was entered with, so that two workstations which entered the same
    name mean the same person; renaming keeps it.
    """

    id: str
    name: str
    roles: tuple[str, ...] = (PersonRole.ANNOTATOR,)
    is_active: bool = True
    version: int = 0

    def is_a(self, role: PersonRole) -> bool:
        """Whether the person has the role, and still works here."""
        return self.is_active and role in self.roles


def entered(name: str, roles: tuple[str, ...] = (PersonRole.ANNOTATOR,)) -> Person:
    """A person of that name, not stored yet."""
    return Person(str(uuid5(_PEOPLE, name)), name, roles)
