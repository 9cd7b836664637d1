"""From the system calls of a process to what they did to one folder: operations that can be played again."""

import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.operations import ROOT, Bind, Chmod, File, Mark, Name, Operation, Resize, Stamp, Sync, Tree, Write, change
from tests.faults.strace import Call

TIME = re.compile(r"tv_sec=(\d+), tv_nsec=(\d+)")
BUFFER = re.compile(r'iov_base=("[^"]*")')
# By lines in this file, which lies outside the folder, the process tells what it has done.
MARKS = "marks"


@dataclass
class Opened:
    """What a descriptor stands for."""

    file: int
    offset: int = 0
    appends: bool = False


class Recorder:
    """Turns calls into operations. It keeps the folder's state as the process saw it, to know sizes and names."""

    def __init__(self, root: Path, base: Tree) -> None:
        self.root = str(root)
        self.marks = str(root.parent / MARKS)
        self.tree = base
        self.operations: list[Operation] = []
        self.opened: dict[int, Opened] = {}
        self.marking: set[int] = set()
        self.handlers: dict[str, Callable[[Call], None]] = {
            name.removeprefix("on_"): getattr(self, name) for name in dir(self) if name.startswith("on_")
        }

    def take(self, calls: Iterable[Call]) -> None:
        """Take in the calls in their order."""
        for call in calls:
            handler = self.handlers.get(call.name)
            if handler is not None:
                handler(call)

    def on_openat(self, call: Call) -> None:
        path = self._path(call, 0, 1)
        flags = call.arguments[2]
        self._forget(call.result)
        if path == self.marks:
            self.marking.add(call.result)
        name = self._name(path)
        if path == self.root:
            self.opened[call.result] = Opened(ROOT)
        if name is None:
            return
        if name not in self.tree.names:
            assert "O_CREAT" in flags, path
            self._make(name, stat.S_IFREG | int(call.arguments[3], 8) & ~0o022)
        file = self.tree.names[name]
        if "O_TRUNC" in flags and self.tree.files[file].content:
            self._do(Resize(file, 0))
        self.opened[call.result] = Opened(file, appends="O_APPEND" in flags)

    def on_close(self, call: Call) -> None:
        self._forget(call.number(0))

    def on_dup(self, call: Call) -> None:
        self._duplicate(call)

    def on_dup2(self, call: Call) -> None:
        self._duplicate(call)

    def on_dup3(self, call: Call) -> None:
        self._duplicate(call)

    def on_fcntl(self, call: Call) -> None:
        if call.arguments[1].startswith("F_DUPFD"):
            self._duplicate(call)

    def on_lseek(self, call: Call) -> None:
        if (opened := self.opened.get(call.number(0))) is not None:
            opened.offset = call.result

    def on_mmap(self, call: Call) -> None:
        if "MAP_SHARED" in call.arguments[3] and "PROT_WRITE" in call.arguments[2]:
            opened = self.opened.get(call.number(4)) if call.arguments[4] != "-1" else None
            assert opened is None, f"a file is written through memory, which no call shows: {call.folder(4)}"

    def on_write(self, call: Call) -> None:
        if call.number(0) in self.marking:
            self._mark(call.text(1).decode())
        else:
            self._write(call, call.text(1)[: call.result])

    def on_writev(self, call: Call) -> None:
        self._write(call, buffers(call)[: call.result])

    def on_pwrite64(self, call: Call) -> None:
        if (opened := self.opened.get(call.number(0))) is not None:
            self._do(Write(opened.file, call.number(3), call.text(1)[: call.result]))

    def on_pwritev(self, call: Call) -> None:
        assert call.number(0) not in self.opened, "pwritev is not read yet"

    def on_fallocate(self, call: Call) -> None:
        assert call.number(0) not in self.opened, "fallocate is not read yet"

    def on_copy_file_range(self, call: Call) -> None:
        assert call.number(2) not in self.opened, "copy_file_range is not read yet"

    def on_sendfile(self, call: Call) -> None:
        source = self.opened.get(call.number(1))
        if call.number(0) in self.opened and call.result:
            assert source is not None, "a file was copied from outside"
            begin = int(re.findall(r"\d+", call.arguments[2])[0])
            self._write(call, bytes(self.tree.files[source.file].content[begin : begin + call.result]))

    def on_ftruncate(self, call: Call) -> None:
        if (opened := self.opened.get(call.number(0))) is not None:
            self._do(Resize(opened.file, call.number(1)))

    def on_fsync(self, call: Call) -> None:
        if (opened := self.opened.get(call.number(0))) is not None:
            self._do(Sync(opened.file, whole=True))

    def on_fdatasync(self, call: Call) -> None:
        if (opened := self.opened.get(call.number(0))) is not None:
            self._do(Sync(opened.file, whole=False))

    def on_rename(self, call: Call) -> None:
        self._rename(call.text(0).decode(), call.text(1).decode())

    def on_renameat(self, call: Call) -> None:
        self._rename(self._path(call, 0, 1), self._path(call, 2, 3))

    def on_renameat2(self, call: Call) -> None:
        self._rename(self._path(call, 0, 1), self._path(call, 2, 3))

    def on_linkat(self, call: Call) -> None:
        name, source = self._name(self._path(call, 2, 3)), self._name(self._path(call, 0, 1))
        if name is not None and source is not None:
            self._do(Bind({name: self.tree.names[source]}))

    def on_unlink(self, call: Call) -> None:
        self._unlink(call.text(0).decode())

    def on_unlinkat(self, call: Call) -> None:
        self._unlink(self._path(call, 0, 1))

    def on_rmdir(self, call: Call) -> None:
        self._unlink(call.text(0).decode())

    def on_mkdir(self, call: Call) -> None:
        name = self._name(call.text(0).decode())
        if name is not None:
            self._make(name, stat.S_IFDIR | int(call.arguments[1], 8))

    def on_chmod(self, call: Call) -> None:
        self._chmod(self._name(call.text(0).decode()), call.arguments[1])

    def on_fchmodat(self, call: Call) -> None:
        self._chmod(self._name(self._path(call, 0, 1)), call.arguments[2])

    def on_fchmod(self, call: Call) -> None:
        if (opened := self.opened.get(call.number(0))) is not None:
            self._do(Chmod(opened.file, int(call.arguments[1], 8)))

    def on_utimensat(self, call: Call) -> None:
        name = self._name(self._path(call, 0, 1))
        times = TIME.findall(", ".join(call.arguments))
        if name is not None and times:
            seconds, nanoseconds = times[-1]
            self._do(Stamp(self.tree.names[name], int(seconds) * 10**9 + int(nanoseconds)))

    def _write(self, call: Call, data: bytes) -> None:
        opened = self.opened.get(call.number(0))
        if opened is not None:
            if opened.appends:
                opened.offset = len(self.tree.files[opened.file].content)
            self._do(Write(opened.file, opened.offset, data))
            opened.offset += len(data)

    def _mark(self, text: str) -> None:
        """A mark `stamp PATH NS` tells a file's time of change, which no call shows; it is not an operation of the process."""
        word, _, rest = text.strip().partition(" ")
        if word == "stamp":
            path, _, time = rest.rpartition(" ")
            name = self._name(path)
            assert name is not None
            file = self.tree.names[name]
            self._do(Stamp(file, int(time)))
            self._do(Sync(file, whole=True))  # with the last of its bytes, long before the mark
        else:
            self._do(Mark(text.strip()))

    def _make(self, name: Name, mode: int) -> None:
        number = len(self.tree.files)
        self.tree.files[number] = File(mode)
        self._do(Bind({name: number}, mode))

    def _rename(self, old: str, new: str) -> None:
        source, target = self._name(old), self._name(new)
        if source is not None and target is not None:
            self._do(Bind({source: None, target: self.tree.names[source]}))
        else:
            assert source is target, f"a file came from outside, or left: {old} {new}"

    def _unlink(self, path: str) -> None:
        name = self._name(path)
        if name is not None:
            self._do(Bind({name: None}))

    def _chmod(self, name: Name | None, mode: str) -> None:
        if name is not None:
            self._do(Chmod(self.tree.names[name], int(mode, 8)))

    def _do(self, operation: Operation) -> None:
        self.operations.append(operation)
        if isinstance(operation, Bind):
            self.tree.bind(operation.names)
        elif isinstance(operation, Write | Resize | Chmod | Stamp):
            change(self.tree.files[operation.file], operation)

    def _duplicate(self, call: Call) -> None:
        self._forget(call.result)
        if (opened := self.opened.get(call.number(0))) is not None:
            self.opened[call.result] = opened

    def _forget(self, descriptor: int) -> None:
        self.opened.pop(descriptor, None)
        self.marking.discard(descriptor)

    @staticmethod
    def _path(call: Call, folder: int, path: int) -> str:
        return os.path.normpath(os.path.join(call.folder(folder), call.text(path).decode()))  # noqa: PTH118  # text of a log, no file

    def _name(self, path: str) -> Name | None:
        """Find the folder of a path and the name in it; None outside the recorded folder."""
        if not path.startswith(f"{self.root}/"):
            return None
        *folders, name = path[len(self.root) + 1 :].split("/")
        number = ROOT
        for folder in folders:
            number = self.tree.names[number, folder]
        return number, name


def buffers(call: Call) -> bytes:
    """Put the pieces of a writev together."""
    return b"".join(bytes.fromhex(piece.strip('"').replace("\\x", "")) for piece in BUFFER.findall(", ".join(call.arguments)))
