"""People in words."""

from app.domain.people import ROLE_NAMES, Person, PersonRole


def roles_words(person: Person) -> str:
    """A person's roles: 标注人、复核人."""
    return "、".join(ROLE_NAMES[role] for role in PersonRole if role in person.roles) or "没有角色"
