"""A dropped file in its folder: opened without following links, copied from, and removed only while it is still the same file."""

import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from actors.intake.messages import AcceptFile, NotSettled, Refused, RefusedReason
from actors.intake.names import before_taken, taken_name

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# O_NONBLOCK: a fifo put in the file's place after the look at it must not hold us.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class NotTaken(Exception):
    """Carries the answer to an order that ends before anything was accepted."""

    def __init__(self, answer: NotSettled | Refused) -> None:
        super().__init__(answer)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a file this file with these bytes. The change time shows writers that set the modification time back."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An open dropped file, by the descriptors of its directory and of itself."""

    directory: int
    name: str
    descriptor: int
    identity: Identity

    def unchanged(self) -> bool:
        """Tell whether name and descriptor still mean the file that was opened, and nobody writes to it."""
        try:
            named = identity_of(os.stat(self.name, dir_fd=self.directory, follow_symlinks=False))
        except FileNotFoundError:
            return False
        return named == self.identity == identity_of(os.fstat(self.descriptor)) and not being_written(self.descriptor)

    def remove(self) -> bool:
        """Remove the file and tell whether it is gone; a file that took its place stays.

        It is renamed first: between a look at a name and unlink another file could take that name, and would be lost.
        """
        if not self.unchanged():
            return not self._is_there(self.name)
        taken = taken_name(*self.as_dropped())
        if taken != self.name and self._is_there(taken):
            return False  # what a crash has left is taken in first
        try:
            os.rename(self.name, taken, src_dir_fd=self.directory, dst_dir_fd=self.directory)
        except FileNotFoundError:
            return True
        except OSError:
            return False  # a folder that is read-only for us: the file stays
        if self._is_mine(taken):
            os.unlink(taken, dir_fd=self.directory)
            return True
        self._put_back(taken)
        return False

    def is_at(self, path: Path) -> bool:
        """Tell whether this very file also stands at a path."""
        found = path.stat()
        return (found.st_dev, found.st_ino) == (self.identity.device, self.identity.inode)

    def as_it_is_now(self) -> "SourceFile":
        """Give the file with its present times."""
        return replace(self, identity=identity_of(os.fstat(self.descriptor)))

    def as_dropped(self) -> tuple[str, int]:
        """Give the name and the change time under which the file came: a crash in its removal leaves it renamed."""
        return before_taken(self.name) or (self.name, self.identity.ctime_ns)

    def _is_there(self, name: str) -> bool:
        try:
            os.stat(name, dir_fd=self.directory, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True

    def _is_mine(self, taken: str) -> bool:
        found = os.stat(taken, dir_fd=self.directory, follow_symlinks=False)
        same = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        mine = (self.identity.device, self.identity.inode, self.identity.size, self.identity.mtime_ns)  # our rename changed the ctime
        return same == mine and not being_written(self.descriptor)

    def _put_back(self, taken: str) -> None:
        try:
            os.link(taken, self.name, src_dir_fd=self.directory, dst_dir_fd=self.directory, follow_symlinks=False)
        except FileExistsError:
            return  # a third file: this one stays under the taken name, which the watcher delivers like any other
        except OSError:
            os.rename(taken, self.name, src_dir_fd=self.directory, dst_dir_fd=self.directory)  # no hard links here (FAT)
            return
        os.unlink(taken, dir_fd=self.directory)


def identity_of(found: os.stat_result) -> Identity:
    """Give the identity that a stat shows."""
    return Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def being_written(descriptor: int) -> bool:
    """Tell whether someone has the file open for writing, as far as the system says.

    Linux answers for local file systems and for files of our own user; elsewhere settling alone must do.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        # A lease broken in its short life sends a signal, by default SIGIO, which would end this process; SIGURG is ignored.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    with suppress(OSError):  # closing gives it up as well
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


@contextmanager
def opened(order: AcceptFile) -> Iterator[SourceFile]:
    """Open the file that `order` names, still with the facts it gives; raise NotTaken otherwise."""
    parts = _parts_below(order.path, order.folder)
    with _open_directory(order.folder, parts[:-1]) as directory:
        descriptor = _open_file(directory, parts[-1])
        try:
            identity = identity_of(os.fstat(descriptor))
            if (identity.size, identity.mtime_ns, identity.inode) != (order.size, order.mtime_ns, order.inode):
                raise NotTaken(NotSettled("the file changed since it was seen"))
            if being_written(descriptor):
                raise NotTaken(NotSettled("a program is writing to the file"))
            yield SourceFile(directory, parts[-1], descriptor, identity)
        finally:
            os.close(descriptor)


def _parts_below(path: Path, folder: Path) -> tuple[str, ...]:
    outside = NotTaken(Refused(RefusedReason.OUTSIDE, "the file does not lie in the watched folder"))
    if not path.is_relative_to(folder):
        raise outside
    parts = path.relative_to(folder).parts
    if not parts or ".." in parts:
        raise outside
    return parts


@contextmanager
def _open_directory(folder: Path, parts: tuple[str, ...]) -> Iterator[int]:
    """Walk down from the folder; only the folder itself may be a symbolic link, so that nobody leads us out of it."""
    try:
        directory = os.open(folder, _DIRECTORY)
        for part in parts:
            above = directory
            try:
                directory = os.open(part, _DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
            finally:
                os.close(above)
    except FileNotFoundError:
        raise NotTaken(NotSettled("the folder is gone")) from None
    except NotADirectoryError:
        raise NotTaken(Refused(RefusedReason.OUTSIDE, "the way to the file leads through a symbolic link")) from None
    except OSError as error:
        raise NotTaken(Refused(RefusedReason.UNREADABLE, f"the folder cannot be opened: {error.strerror}")) from error
    try:
        yield directory
    finally:
        os.close(directory)


def _open_file(directory: int, name: str) -> int:
    try:
        mode = os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode
        if not stat.S_ISREG(mode):  # opening a device can have effects of its own, so look first
            raise NotTaken(Refused(RefusedReason.NOT_A_FILE, f"this is a {_kind(mode)}, not a file"))
        descriptor = os.open(name, _FILE, dir_fd=directory)
    except FileNotFoundError:
        raise NotTaken(NotSettled("the file is gone")) from None
    except OSError as error:
        raise NotTaken(Refused(RefusedReason.UNREADABLE, f"the file cannot be opened: {error.strerror}")) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotTaken(NotSettled("the file was replaced by something else"))
    return descriptor


def _kind(mode: int) -> str:
    kinds = {stat.S_IFLNK: "symbolic link", stat.S_IFDIR: "folder", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket"}
    return kinds.get(stat.S_IFMT(mode), "device")
