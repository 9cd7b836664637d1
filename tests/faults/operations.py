"""What can be done to a folder, as operations on numbered files, and a folder as such files and names."""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = 0
Name = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes were written into a file."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file was cut off, or made longer by zeros."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Chmod:
    """A file got a mode."""

    file: int
    mode: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file got a time of change."""

    file: int
    time_ns: int


@dataclass(frozen=True, slots=True)
class Bind:
    """Names in folders came to mean a file or, with None, nothing: all of it at once, as a rename does. `mode` is that of a new file."""

    names: dict[Name, int | None]
    mode: int = 0


@dataclass(frozen=True, slots=True)
class Sync:
    """A file's bytes or a folder's names were made durable; `whole` with the mode and the times (fsync, not fdatasync)."""

    file: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """The process told what it has done, or is about to do."""

    text: str


Operation = Write | Resize | Chmod | Stamp | Bind | Sync | Mark


@dataclass
class File:
    """A file, or a folder, whose names are kept elsewhere."""

    mode: int
    content: bytearray = field(default_factory=bytearray)
    time_ns: int = 0


@dataclass
class Tree:
    """What a folder holds: files by number, names by the number of their folder."""

    files: dict[int, File] = field(default_factory=dict)
    names: dict[Name, int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> "Tree":
        """Read a folder as it is."""
        tree = cls({ROOT: File(stat.S_IFDIR | 0o700)})
        folders = {root: ROOT}
        for path in sorted(root.rglob("*")):
            number = len(tree.files)
            found = path.lstat()
            tree.files[number] = File(found.st_mode, bytearray(path.read_bytes() if path.is_file() else b""), found.st_mtime_ns)
            tree.names[folders[path.parent], path.name] = number
            if path.is_dir():
                folders[path] = number
        return tree

    def bind(self, names: dict[Name, int | None]) -> None:
        """Let names mean what they shall mean now."""
        for name, file in names.items():
            if file is None:
                self.names.pop(name, None)
            else:
                self.names[name] = file

    def contents(self, folder: int = ROOT, before: str = "") -> dict[str, bytes]:
        """Give the bytes of every file by its path; the path of a folder ends with a slash."""
        found: dict[str, bytes] = {}
        for (above, name), number in self.names.items():
            if above != folder:
                continue
            if stat.S_ISDIR(self.files[number].mode):
                found[f"{before}{name}/"] = b""
                found |= self.contents(number, f"{before}{name}/")
            else:
                found[before + name] = bytes(self.files[number].content)
        return found

    def lay_out(self, target: Path) -> None:
        """Make a real folder of it."""
        below: dict[int, list[tuple[str, int]]] = {}
        for (folder, name), number in self.names.items():
            below.setdefault(folder, []).append((name, number))
        open_folders = [(target, ROOT)]
        target.mkdir()
        while open_folders:
            path, folder = open_folders.pop()
            for name, number in below.get(folder, ()):
                file = self.files[number]
                if stat.S_ISDIR(file.mode):
                    (path / name).mkdir()
                    open_folders.append((path / name, number))
                else:
                    put(path / name, file)


def put(path: Path, file: File) -> None:
    """Write one file with its mode and its time."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, file.content)
        os.fchmod(descriptor, stat.S_IMODE(file.mode))
        if file.time_ns:
            os.utime(descriptor, ns=(file.time_ns, file.time_ns))
    finally:
        os.close(descriptor)


def change(file: File, operation: Write | Resize | Chmod | Stamp) -> None:
    """Do to a file what an operation did to it."""
    match operation:
        case Write(_, offset, data):
            file.content.extend(bytes(max(0, offset - len(file.content))))
            file.content[offset : offset + len(data)] = data
        case Resize(_, size):
            del file.content[size:]
            file.content.extend(bytes(size - len(file.content)))
        case Chmod(_, mode):
            file.mode = stat.S_IFMT(file.mode) | mode
        case Stamp(_, time_ns):
            file.time_ns = time_ns


def paths_of(base: Tree, operations: Iterable[Operation]) -> dict[int, set[str]]:
    """Tell by which paths each file and folder was ever known."""
    folders = {ROOT: ""}
    found: dict[int, set[str]] = {}
    changes: list[Mapping[Name, int | None]] = [base.names, *(one.names for one in operations if isinstance(one, Bind))]
    for names in changes:
        for (folder, name), number in names.items():
            if number is not None:
                folders[number] = f"{folders[folder]}/{name}"
                found.setdefault(number, set()).add(folders[number])
    return found
