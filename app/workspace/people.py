"""Who works at a workspace: signing in with a passphrase, and who is there when it is opened."""

from dataclasses import replace

from app.domain.changes import Edit
from app.domain.errors import UserError
from app.domain.layer_moves import NOBODY
from app.domain.people import EVERY_ROLE, Person, PersonRole, entered
from app.workspace.configuration import Configuration, login_name
from db import office, people
from db.engine import Store
from db.log import Author

WRONG = "口令不对，没有换成{name}。请再输一次；忘记口令时请统筹人重设。"


class Signed:
    """A store with the person who works at it. `workstation` is a UUID of the user's own configuration."""

    def __init__(self, store: Store, workstation: str, person: Person | None) -> None:
        self._store = store
        self._workstation = workstation
        self._person = person

    @property
    def person(self) -> Person | None:
        """Who is signed in; None until somebody with a passphrase has given it."""
        return self._person

    def signed_in(self) -> Person:
        """Who is signed in; UserError where nobody is."""
        return self._signed_in()

    def _person_now(self) -> Person | None:
        """Who is signed in, as they are in the store: another window may have changed their roles."""
        if self._person is not None:
            with self._store.reading() as connection:
                found = people.person(connection, self._person.id)
            self._person = found if found is not None and found.is_active else None
        return self._person

    @property
    def _author(self) -> Author:
        person = self._person
        return Author(person.name if person else "", self._workstation, person.id if person else "")

    def people(self) -> tuple[Person, ...]:
        """Everybody by name, those who no longer work here last."""
        with self._store.reading() as connection:
            return people.people(connection)

    def has_passphrase(self, person_id: str) -> bool:
        """Whether the person must give a passphrase to sign in here."""
        with self._store.reading() as connection:
            return people.passphrase(connection, person_id) is not None

    def last_person_id(self) -> str:
        """Who was signed in at this workstation last; "" where nobody was."""
        with self._store.reading() as connection:
            return str(office.setting(connection, remembered(self._workstation), ""))

    def sign_in(self, person_id: str, passphrase: str = "") -> Person:
        """Let a person work here from now on, at this workstation next time as well.

        UserError where there is no such person or the passphrase is wrong; whoever was signed in then stays.
        """
        with self._store.reading() as connection:
            person = _named(people.people(connection), person_id)
            kept = people.passphrase(connection, person_id)
        if not person.is_active:
            raise UserError(f"{person.name}已停用，不能选用。请统筹人在人员表里恢复后再试。")
        if kept is not None and not _is_right(kept, passphrase):
            raise UserError(WRONG.format(name=person.name))
        with self._store.writing() as connection:
            office.set_setting(connection, remembered(self._workstation), person.id)
        self._person = person
        return person

    def set_passphrase(self, person_id: str, new: str, old: str = "") -> None:
        """Give a person a passphrase for this workspace; "" takes it away. It stands in the file, salted, unlogged.

        One's own takes the old one; a coordinator may set another's. UserError for anything else.
        """
        me = self._person_now() or self._signed_in()
        with self._store.reading() as connection:
            person = _named(people.people(connection), person_id)
            kept = people.passphrase(connection, person_id)
        if me.id == person.id:
            if kept is not None and not _is_right(kept, old):
                raise UserError("原来的口令不对，没有改动。请再输一次；忘记口令时请统筹人重设。")
        elif not me.is_a(PersonRole.COORDINATOR):
            raise UserError(f"只有{person.name}本人和统筹人才能改这个口令。")
        made = _made(person_id, new) if new else None
        with self._store.writing() as connection:
            people.keep_passphrase(connection, person_id, made)

    def _signed_in(self) -> Person:
        """Who is signed in; UserError where nobody is."""
        if self._person is None:
            raise UserError(NOBODY)
        return self._person


def at_opening(
    store: Store, configuration: Configuration, author: str, *, is_looking: bool = False
) -> Person | None:
    """Who works at a workspace that has just been opened; None where they must sign in first.

    The named author, else who was signed in at this workstation last, else the configured one; entered where they
    are not known yet: the very first with every role, later ones as annotators; not by who is only looking.
    """
    with store.reading() as connection:
        known = people.people(connection)
        last = office.setting(connection, remembered(configuration.workstation), "")
        found = None if author else next((p for p in known if p.id == last and p.is_active), None)
        name = author.strip() or configuration.author.strip() or login_name()
        found = found or next((p for p in known if name == p.name or entered(name).id == p.id), None)
        if found is not None:
            is_locked = people.passphrase(connection, found.id) is not None
            return None if is_locked or not found.is_active else found
    fresh = entered(name) if known else entered(name, EVERY_ROLE)
    if is_looking:
        return fresh
    return _entered(store, Author(fresh.name, configuration.workstation, fresh.id), fresh)


def _entered(store: Store, author: Author, fresh: Person) -> Person:
    """The person as stored: a seed, to which the word of whoever enters them elsewhere does not run counter."""
    from db import changes, log

    with store.writing() as connection:
        done = changes.written(connection, (Edit(None, fresh),))
        log.append(connection, author, f"登记人员{fresh.name}", "", done)
    return replace(fresh, version=1)


def _named(known: tuple[Person, ...], person_id: str) -> Person:
    found = next((person for person in known if person.id == person_id), None)
    if found is None:
        raise UserError("人员表里没有这个人。请刷新后重选。")
    return found


def remembered(workstation: str) -> str:
    """Under which setting the person who was signed in last stands."""
    return f"person:{workstation}"


# --- passphrases

COST, BLOCK, LANES = 1 << 14, 8, 1
"""scrypt's parameters: 16 MiB and some fifty milliseconds for each guess."""
_MEMORY = 64 << 20
_SALT, _DIGEST = 16, 32


def _made(person_id: str, words: str) -> people.Passphrase:
    import secrets

    salt = secrets.token_bytes(_SALT)
    return people.Passphrase(person_id, salt, COST, BLOCK, LANES, _digest(words, salt, COST, BLOCK, LANES))


def _is_right(kept: people.Passphrase, words: str) -> bool:
    import hmac

    return hmac.compare_digest(_digest(words, kept.salt, kept.cost, kept.block, kept.lanes), kept.digest)


def _digest(words: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    import hashlib
    import unicodedata

    typed = unicodedata.normalize("NFKC", words).encode()  # an input method may give full-width letters
    return hashlib.scrypt(typed, salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=_DIGEST)
