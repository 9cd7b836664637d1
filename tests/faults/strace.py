"""Runs a process under strace, and reads which file operations it made, in the order in which they ended."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

# All by which a process can change a folder, and what is needed to know which file a descriptor means and where it stands.
TRACED = (
    "open,openat,creat,close,dup,dup2,dup3,fcntl,lseek,chdir,mmap,"
    "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,truncate,ftruncate,fallocate,"
    "fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,"
    "mkdir,mkdirat,rmdir,chmod,fchmod,fchmodat,utimensat"
)
UNFINISHED = " <unfinished ...>"
LINE = re.compile(r"(\d+) +(?:<\.\.\. \w+ resumed>|(\w+)\()(.*)", re.DOTALL)
ENDED = re.compile(r"(.*)\) += (-?\d+)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that succeeded, its arguments as strace writes them."""

    name: str
    arguments: list[str]
    result: int

    def text(self, number: int) -> bytes:
        """Read an argument that is a string."""
        return unescaped(self.arguments[number])

    def number(self, number: int) -> int:
        """Read an argument that is a number, or a descriptor with its path."""
        return int(self.arguments[number].partition("<")[0], 0)

    def folder(self, number: int) -> str:
        """Read the path of an argument that is the descriptor of a folder, or AT_FDCWD."""
        return unescaped(self.arguments[number].partition("<")[2].rpartition(">")[0]).decode()


def traced(command: Sequence[str], log: Path, environment: dict[str, str]) -> list[Call]:
    """Run a command to its end, and give its calls; skip the test where processes cannot be traced."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: apt-get install strace")
    # Strings in hexadecimal: then no comma, bracket or quote in them can be taken for strace's own.
    options = ["-f", "--seccomp-bpf", "-xx", "-y", "-s", "99999999", "-e", f"trace={TRACED}", "-o", str(log)]
    done = subprocess.run([strace, *options, *command], env=environment, capture_output=True, text=True, check=False, timeout=100)
    if "ptrace" in done.stderr or "PTRACE" in done.stderr:
        pytest.skip(f"processes cannot be traced here: {done.stderr.strip()[-200:]}")
    assert done.returncode == 0, done.stderr[-3000:]
    return list(calls_of(log))


def calls_of(log: Path) -> Iterator[Call]:
    """Read a log; a call that another thread's interrupted is put together again, and stands where it ended (a close: where it began)."""
    begun: dict[str, tuple[str, str]] = {}
    with log.open(encoding="ascii") as lines:
        for line in lines:
            found = LINE.match(line.rstrip("\n"))
            if found is None:
                continue
            thread, name, rest = found[1], found[2], found[3]
            if name is None:
                name, first = begun.pop(thread, ("", ""))
                rest = first + rest
            if name == "close" and rest.endswith(UNFINISHED):
                # Another thread may get the same descriptor before this call ends, so what it closes is closed when it begins.
                yield Call(name, [rest.removesuffix(UNFINISHED)], 0)
            elif rest.endswith(UNFINISHED):
                begun[thread] = (name, rest.removesuffix(UNFINISHED))
            elif name and (ended := ENDED.match(rest)) is not None and int(ended[2]) >= 0:
                yield Call(name, ended[1].split(", "), int(ended[2]))


def unescaped(text: str) -> bytes:
    """Turn strace's hexadecimal into bytes."""
    return bytes.fromhex(text.strip('"').replace("\\x", ""))
