"""A small disk of our own for a daemon or a process: real memory files in a namespace of mounts, where anybody may mount."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from tests.end_to_end.invariants import Sent
from tests.faults.inside import question
from tests.running import Daemon, started, wait_until

HOLD = 'mount -t tmpfs -o "size=$2" tmpfs "$1" && touch "$1/.mounted" && exec sleep infinity'
BLOCK = 1 << 16
RUN_SECONDS = 300.0


def can_mount() -> bool:
    """Tell whether this system lets us have mounts of our own."""
    return subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode == 0


needs_mounts = pytest.mark.skipif(not can_mount(), reason="this system lets nobody mount in a namespace of their own (unshare -rm)")


class Disk:
    """A disk at `folder`, seen there by whoever is started with `command`, and from outside at `seen`."""

    def __init__(self, folder: Path, holder: int) -> None:
        self.folder = folder
        self._holder = holder

    @property
    def seen(self) -> Path:
        """Give the way to it from outside."""
        return Path(f"/proc/{self._holder}/root{self.folder}")

    @property
    def command(self) -> Sequence[str]:
        """Give what stands before the command of a process that is to see the disk."""
        return ("nsenter", f"--target={self._holder}", "--user", "--mount", "--preserve-credentials", f"--wd={Path.cwd()}")

    def free(self) -> int:
        """Tell how many bytes are left."""
        disk = os.statvfs(self.seen)
        return disk.f_bavail * disk.f_frsize

    def fill(self, left: int) -> None:
        """Leave so many bytes, also where something else was left before."""
        self.make_room()
        filler = self.seen / ".filler"
        with suppress(OSError), filler.open("ab", buffering=0) as file:
            while (more := self.free() - left) > 0:
                file.write(bytes(min(more, BLOCK)))

    def make_room(self) -> None:
        """Give back what `fill` took."""
        (self.seen / ".filler").unlink(missing_ok=True)

    def make_read_only(self) -> None:
        """Let nobody open a file for writing any more, nor add or remove one. What is open stays so, else no system would agree."""
        bind = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
        subprocess.run([*self.command, "sh", "-c", bind, "sh", str(self.folder)], check=True)

    def make_writable(self) -> None:
        """End that."""
        subprocess.run([*self.command, "umount", "--lazy", str(self.folder)], check=True)

    def run(self, *arguments: str, stdin: str = "", before: Sequence[str] = ()) -> str:
        """Run Python where the disk is seen; give what it prints. `before` stands before it."""
        command = [*self.command, *before, sys.executable, *arguments]
        done = subprocess.run(command, input=stdin, check=False, capture_output=True, text=True, timeout=RUN_SECONDS)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def broken_invariants(self, daemon: Daemon, sent: Mapping[str, Sent]) -> list[str]:
        """Check the invariants where the daemon's disk is seen."""
        broken: list[str] = json.loads(self.run("-m", "tests.faults.inside", stdin=question(daemon, sent)))
        return broken


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Disk]:
    """Give a disk of this size, and take it away."""
    folder.mkdir(parents=True)
    holder = subprocess.Popen(["unshare", "-rm", "sh", "-c", HOLD, "sh", str(folder), str(size)])
    disk = Disk(folder, holder.pid)
    try:
        wait_until(lambda: (disk.seen / ".mounted").exists(), 10.0)
        yield disk
    finally:
        holder.kill()
        holder.wait()


@contextmanager
def daemon_on(disk: Disk, **settings: str) -> Iterator[Daemon]:
    """Run a daemon whose data folder is the disk; it is looked at from outside."""
    daemon = Daemon(disk.folder, **settings)
    daemon.data = DataDir(disk.seen)
    daemon.before = disk.command
    daemon.folder = disk.folder
    with started(daemon):
        yield daemon
