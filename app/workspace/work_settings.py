"""How the office supervises: the rule of lights, the cycle of reports, its name, its templates. Changes are logged."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from app.domain import codec
from app.domain.errors import UserError
from app.domain.layer_moves import NOBODY
from app.domain.lights import LightRule, check_rule
from app.domain.people import Person, PersonRole
from app.domain.periods import Cycle
from db import log, office
from db.engine import Store
from db.log import Author

if TYPE_CHECKING:
    from app.workspace.store import Workspace

RULE, CYCLE, OFFICE, FINGERPRINT = "light_rule", "cycle", "office", "fingerprint"
NOT_COORDINATOR = "{what}由统筹人来定，{name}不是统筹人。"


def light_rule(workspace: "Workspace") -> LightRule:
    """The office's rule, the built-in one where none was set."""
    data = workspace.setting(RULE)
    return codec.decode(LightRule, dict(data)) if data else LightRule()


def set_light_rule(workspace: "Workspace", store: Store, author: Author, rule: LightRule, on: date) -> None:
    """Let a rule hold from a day on. UserError for one that contradicts itself, and from others than coordinators."""
    _check_coordinator(workspace.person, "亮灯规则")
    check_rule(rule)
    before, rule = light_rule(workspace), replace(rule, since=on)
    set_logged(store, author, RULE, codec.encode(rule), f"修改亮灯规则：{_words(before)}→{_words(rule)}")


def cycle(workspace: "Workspace") -> str:
    """How often is reported where a task does not say."""
    found: str = workspace.setting(CYCLE, Cycle.MONTHLY.value)
    return found


def set_cycle(workspace: "Workspace", store: Store, author: Author, wanted: Cycle) -> None:
    """Let the office be reported to so often. UserError from others than coordinators."""
    _check_coordinator(workspace.person, "报送周期")
    words = f"修改报送周期：{cycle(workspace)}→{wanted.value}"
    set_logged(store, author, CYCLE, wanted.value, words)


def set_logged(store: Store, author: Author, key: str, value: codec.Json, label: str) -> None:
    """Set something that changes what people see, and tell the log."""
    with store.writing() as connection:
        office.set_setting(connection, key, value)
        log.append(connection, author, label, "")


def known_fingerprint(store: Store) -> str:
    """The fingerprint if a ledger has gone out from here, else ""."""
    with store.reading() as connection:
        return str(office.setting(connection, FINGERPRINT, ""))


def fingerprint(store: Store) -> str:
    """What tells this workspace's ledgers from others': made with the first that goes out, the same in copies."""
    with store.writing() as connection:
        found: str = office.setting(connection, FINGERPRINT, "")
        if not found:
            found = str(uuid4())
            office.set_setting(connection, FINGERPRINT, found)
    return found


def _check_coordinator(person: Person | None, what: str) -> None:
    if person is None:
        raise UserError(NOBODY)
    if not person.is_a(PersonRole.COORDINATOR):
        raise UserError(NOT_COORDINATOR.format(what=what, name=person.name))


def _words(rule: LightRule) -> str:
    return (
        f"黄灯落后{rule.yellow_lag:.0%}、红灯落后{rule.red_lag:.0%}、"
        f"临近{rule.yellow_days}天、每月{rule.feedback_day}日报送"
    )
