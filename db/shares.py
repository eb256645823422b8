"""Whether a file lies on a network share, where write-ahead logging loses data."""

import sys
from collections.abc import Callable
from pathlib import Path

NETWORK_TYPES = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "vboxsf",
    }
)
"""File systems whose files other machines may hold open; any that goes through FUSE over a wire as well."""

NETWORK_FUSE = ("ceph", "cifs", "dav", "gluster", "gvfs", "nfs", "rclone", "s3fs", "smb", "sshfs", "vmhgfs")
DRIVE_REMOTE = 4
"""What Windows' GetDriveTypeW says of a mapped network drive."""


def is_network(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Whether the file lies on a network share. Where the system does not say, it does not."""
    if sys.platform == "win32":
        import ctypes

        return is_remote(path.resolve().anchor, ctypes.windll.kernel32.GetDriveTypeW)
    try:
        table = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return _is_network_type(file_system(path.resolve(), table))


def is_remote(anchor: str, drive_type: Callable[[str], int]) -> bool:
    """Whether a Windows path's anchor is a share's name or a drive that Windows calls remote."""
    return anchor.startswith("\\\\") or drive_type(anchor) == DRIVE_REMOTE


def file_system(path: Path, table: str) -> str:
    """The type of the file system that holds an absolute path, by the lines of /proc/mounts; "" if unknown."""
    found, depth = "", -1
    for line in table.splitlines():
        _, point, kind, *_ = [*line.split(" "), "", "", ""]
        mount = Path(_unescaped(point))
        if path.is_relative_to(mount) and len(mount.parts) >= depth:  # a later mount hides an earlier one
            found, depth = kind, len(mount.parts)
    return found


def _is_network_type(kind: str) -> bool:
    if kind.startswith("fuse."):
        return any(name in kind for name in NETWORK_FUSE)
    return kind in NETWORK_TYPES


def _unescaped(point: str) -> str:
    """A mount point without the octal escapes of /proc/mounts."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, char)
    return point
