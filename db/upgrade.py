"""Migrations: a new file made, an older one brought up to date. Imported only when there is something to do."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from app.places import MIGRATIONS
from db import files
from db.engine import Store
from db.faults import damaged
from db.version import SCHEMA


def with_copy(path: Path, version: int) -> None:
    """Upgrade an older file; its copy of before stays beside it."""
    files.copy(path, files.unused(path.with_name(f"{path.name}.v{version}")))
    to_newest(path)


def to_newest(path: Path) -> None:
    """Run what migrations are missing, in one transaction: the file is as before when one of them fails.

    Foreign keys are off meanwhile, since batch mode drops and refills tables, which would cascade.
    """
    store = Store(path, has_foreign_keys=False)
    try:
        with store.writing() as connection:
            command.upgrade(_config(connection), "head")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise damaged(path)
            connection.exec_driver_sql(f"PRAGMA application_id={files.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
    finally:
        store.dispose()


def draft(store: Store, message: str) -> None:
    """Write the next migration, to be finished by hand: what the mapping has and a current file lacks."""
    with store.writing() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=f"{SCHEMA + 1:04d}")


def _config(connection: Connection) -> Config:
    """Alembic's settings without an ini file: found the same way from a checkout and a frozen folder."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
