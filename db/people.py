"""Who works here, and what they sign in with."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from app.domain.people import Person
from db import tables
from db.mapping import PEOPLE, person_of

_person, _passphrase = tables.person, tables.passphrase
_every = PEOPLE.every.order_by(_person.c.is_active.desc(), _person.c.name, _person.c.id)
_one = PEOPLE.every.where(_person.c.id == bindparam("person_id"))
_kept = select(*_passphrase.c).where(_passphrase.c.person_id == bindparam("person_id"))


class Passphrase(NamedTuple):
    """What scrypt made of a passphrase, and with which parameters (n, r, p)."""

    person_id: str
    salt: bytes
    cost: int
    block: int
    lanes: int
    digest: bytes


def people(connection: Connection) -> tuple[Person, ...]:
    """Everybody by name, those who no longer work here last."""
    return tuple(person_of(row) for row in connection.execute(_every))


def person(connection: Connection, person_id: str) -> Person | None:
    """One person; None where they are not known."""
    row = connection.execute(_one, {"person_id": person_id}).first()
    return None if row is None else person_of(row)


def passphrase(connection: Connection, person_id: str) -> Passphrase | None:
    """What a person signs in with; None for one who needs none."""
    row = connection.execute(_kept, {"person_id": person_id}).first()
    return None if row is None else Passphrase(*row)


def keep_passphrase(connection: Connection, person_id: str, kept: Passphrase | None) -> None:
    """Put a passphrase in the place of the one before; None takes it away. Not logged."""
    connection.execute(delete(_passphrase).where(_passphrase.c.person_id == person_id))
    if kept is not None:
        connection.execute(insert(_passphrase), kept._asdict())
