"""Locks that hold an open workspace although this process opened and closed its file by hand. Linux only.

SQLite's locks are POSIX locks: they all go when the process closes any descriptor of the file, whoever opened it -
a file dialog that looks for the file's kind, a print dialog, a library. Another process then takes itself for the
only one, folds the log into the file and deletes it, and what is written here afterwards is lost. An open file
description's lock (man 2 fcntl, F_OFD_SETLK) stays until its own descriptor is closed.
"""

import os
import struct
import sys
from contextlib import suppress
from pathlib import Path

# of sqlite's os.h and os_unix.c: what every connection to a log-ahead database holds shared as long as it is open
DATABASE_BYTES = (0x40000000 + 2, 510)
MEMORY_BYTES = (128, 1)


class Guard:
    """The locks of one open file; all stores that this process has on the file share them."""

    def __init__(self) -> None:
        self.locked: list[tuple[int, tuple[int, int]]] = []
        self.holders = 0


_guards: dict[tuple[int, int], Guard] = {}
"""By device and inode."""


def hold(path: Path) -> Guard:
    """Hold an open log-ahead workspace; to be given back by `unlock` and `drop`."""
    stat = path.stat()
    guard = _guards.setdefault((stat.st_dev, stat.st_ino), Guard())
    guard.holders += 1
    if guard.holders == 1 and sys.platform == "linux":
        for file, place in ((path, DATABASE_BYTES), (path.with_name(f"{path.name}-shm"), MEMORY_BYTES)):
            with suppress(OSError):  # a file system without such locks does without
                descriptor = os.open(file, os.O_RDONLY)
                guard.locked.append((descriptor, place))
                _set_lock(descriptor, place, is_held=True)
    return guard


def unlock(guard: Guard) -> None:
    """Let the last store of the file have it to itself, before its connections are closed."""
    guard.holders -= 1
    if not guard.holders:
        for descriptor, place in guard.locked:
            with suppress(OSError):
                _set_lock(descriptor, place, is_held=False)


def drop(guard: Guard) -> None:
    """Close the descriptors: after the connections, whose locks go with them."""
    if not guard.holders:
        for key in [key for key, known in _guards.items() if known is guard]:
            del _guards[key]
        for descriptor, _ in guard.locked:
            os.close(descriptor)
        guard.locked.clear()


def _set_lock(descriptor: int, place: tuple[int, int], *, is_held: bool) -> None:
    if sys.platform == "linux":
        import fcntl

        kind = fcntl.F_RDLCK if is_held else fcntl.F_UNLCK
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, *place, 0))
