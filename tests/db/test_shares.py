"""A network share is recognised by the type of the file system that holds the file."""

from pathlib import Path

import pytest

from db.shares import file_system, is_network, is_remote

TABLE = """\
/dev/sda1 / ext4 rw,relatime 0 0
nas:/office /mnt/office nfs4 rw 0 0
//nas/督查 /mnt/督查\\040办 cifs rw 0 0
/dev/sdb1 /mnt/office/local xfs rw 0 0
host:/home /home/zhou/far fuse.sshfs rw 0 0
disk /home/zhou/stick fuseblk rw 0 0
portal /run/doc fuse.portal rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind", "is_share"),
    [
        ("/srv/云港.duban", "ext4", False),
        ("/mnt/云港.duban", "ext4", False),
        ("/mnt/office/云港.duban", "nfs4", True),
        ("/mnt/office2/云港.duban", "ext4", False),
        ("/mnt/督查 办/2026/云港.duban", "cifs", True),
        ("/mnt/office/local/云港.duban", "xfs", False),
        ("/home/zhou/far/云港.duban", "fuse.sshfs", True),
        ("/home/zhou/stick/云港.duban", "fuseblk", False),
        ("/run/doc/云港.duban", "fuse.portal", False),
    ],
)
def test_that_the_nearest_mount_decides(tmp_path: Path, path: str, kind: str, is_share: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(TABLE, encoding="utf-8")
    assert file_system(Path(path), TABLE) == kind
    assert is_network(Path(path), mounts) is is_share


WIRED = """\
9p afs ceph cifs davfs glusterfs lustre ncpfs nfs nfs4 smb3 smbfs vboxsf fuse.cephfs fuse.cifs fuse.davfs2
fuse.glusterfs fuse.gvfsd-fuse fuse.nfs fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs fuse.vmhgfs-fuse"""


@pytest.mark.parametrize("kind", WIRED.split())
def test_that_every_file_system_over_a_wire_is_a_share(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"x / {kind} rw 0 0\n", encoding="utf-8")
    assert is_network(tmp_path, mounts)


def test_that_a_later_mount_hides_an_earlier_one_in_the_same_place() -> None:
    table = "a /mnt ext4 rw 0 0\nb /mnt nfs rw 0 0\n"
    assert file_system(Path("/mnt/x"), table) == "nfs"


def test_that_nothing_is_said_of_a_path_that_no_mount_holds() -> None:
    assert file_system(Path("/srv/x"), "a /mnt ext4 rw 0 0\nbroken\n") == ""


def test_that_a_system_without_a_table_of_mounts_has_no_shares(tmp_path: Path) -> None:
    assert is_network(tmp_path / "x.duban", tmp_path / "nothing") is False


@pytest.mark.parametrize(
    ("anchor", "kind", "is_share"),
    [("\\\\nas\\office\\", 0, True), ("Z:\\", 4, True), ("C:\\", 3, False), ("E:\\", 5, False)],
)
def test_that_windows_names_its_shares(anchor: str, kind: int, is_share: bool) -> None:
    asked: list[str] = []

    def drive_type(name: str) -> int:
        asked.append(name)
        return kind

    assert is_remote(anchor, drive_type) is is_share
    assert set(asked) <= {anchor}


def test_that_this_machine_answers(tmp_path: Path) -> None:
    assert is_network(tmp_path / "x.duban") in (True, False)
