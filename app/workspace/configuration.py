"""The user's own configuration: who works here, at which workstation, and on what last."""

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

FILE = "config.json"
RECENT = 10
"""How many workspaces the File menu remembers."""


class Configuration(NamedTuple):
    """What the program knows of its user. `workstation` is a UUID, one chain of the change log for each.

    `recent` are workspaces' paths, the one opened last first. `appearance` is system, light or dark; `geometry`
    the window's place as Qt writes it, base64.
    """

    author: str
    workstation: str
    recent: tuple[str, ...] = ()
    appearance: str = "system"
    geometry: str = ""

    @property
    def last(self) -> Path | None:
        """The workspace that was open last, if there was one."""
        return Path(self.recent[0]) if self.recent else None

    @classmethod
    def load(cls) -> "Configuration":
        """What is configured; a fresh one, saved at once, where nothing is or the file is damaged.

        A damaged file is kept beside the fresh one.
        """
        path = home() / FILE
        with suppress(OSError):
            try:
                return _checked(json.loads(path.read_text(encoding="utf-8")))
            except (ValueError, TypeError, KeyError):
                path.rename(_unused(path.with_name(f"{FILE}.damaged")))
        fresh = cls(login_name(), str(uuid4()))
        fresh.save()
        return fresh

    def save(self) -> None:
        """Write it: whole or not at all. Where the folder cannot be written, the program does without."""
        path = home() / FILE
        part = path.with_name(f"{FILE}.{uuid4().hex[:8]}.part")
        with suppress(OSError):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                part.write_text(json.dumps(self._asdict(), ensure_ascii=False, indent=1), encoding="utf-8")
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def opened(self, workspace: Path) -> "Configuration":
        """The configuration with this workspace as the one opened last."""
        path = str(workspace.absolute())
        others = (p for p in self.recent if p != path)
        return self._replace(recent=(path, *others)[:RECENT])


def remember(workspace: Path) -> Configuration:
    """Put a workspace first among the recent ones and save; what another window saved meanwhile stays."""
    configuration = Configuration.load().opened(workspace)
    configuration.save()
    return configuration


def remember_window(*, appearance: str | None = None, geometry: str | None = None) -> Configuration:
    """Save how the window looks and where it stands; what is None stays as it was."""
    configuration = Configuration.load()
    configuration = configuration._replace(
        appearance=configuration.appearance if appearance is None else appearance,
        geometry=configuration.geometry if geometry is None else geometry,
    )
    configuration.save()
    return configuration


def home(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder of the user's configuration; DUBAN_HOME names another."""
    chosen = environment.get("DUBAN_HOME")
    if chosen:
        return Path(chosen)
    if platform == "win32":
        return Path(environment.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Duban"
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "duban"


def login_name() -> str:
    """The name the user is logged in with, until they give their own."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what getpass raises depends on system and version
        return "本机用户"


def _checked(data: dict[str, Any]) -> Configuration:
    return Configuration(
        author=str(data["author"]),
        workstation=str(UUID(str(data["workstation"]))),
        recent=tuple(str(path) for path in data.get("recent", ())),
        appearance=str(data.get("appearance", "system")),
        geometry=str(data.get("geometry", "")),
    )


def _unused(path: Path) -> Path:
    names = chain([path], (path.with_name(f"{path.name}-{n}") for n in count(2)))
    return next(name for name in names if not name.exists())
