"""Where the program's own data lies: the same from a checkout, an installed tree and a frozen folder."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds app, db, resources and seeds (PyInstaller's `_internal` when frozen)."""

RESOURCES = ROOT / "resources"
SEEDS = ROOT / "seeds"
MIGRATIONS = ROOT / "db" / "migrations"
