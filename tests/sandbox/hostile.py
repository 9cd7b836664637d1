"""A decoder that a file has taken over: each function tries one way out and tells what came of it.

A function answers `DONE`, or what it found, when it got out, and "refused: …" when something stood in its way.
"""

import ctypes
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path

from actors.ocr.decoders.child import serve
from actors.ocr.messages import BindDocument, DocumentBound, InspectDocument
from actors.sandbox.kernel import architecture
from actors.sandbox.syscalls import DENIED

DONE = "done"
LIBC = ctypes.CDLL(None, use_errno=True)
PTRACE_ATTACH, PTRACE_DETACH = 16, 17
PR_GET_NO_NEW_PRIVS = 39
CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000
TIOCSTI = 0x5412
HUGE = 11 << 30
BOMB = 400


def attempt(way: Callable[[object], object]) -> Callable[[object], object]:
    """Tell of a refusal instead of dying of it."""

    @wraps(way)
    def tried(argument: object) -> object:
        try:
            return way(argument)
        except OSError as error:
            return f"refused: {error}"

    return tried


def checked(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer


def names_in(folder: Path) -> str:
    return " ".join(sorted(path.name for path in folder.iterdir()))


@attempt
def read(argument: object) -> str:
    return Path(str(argument)).read_text()


@attempt
def read_bytes(argument: object) -> bytes:
    return Path(str(argument)).read_bytes()[:16]


@attempt
def list_folder(argument: object) -> str:
    return names_in(Path(str(argument)))


@attempt
def write(argument: object) -> str:
    Path(str(argument)).write_text("written by a decoder")
    return DONE


@attempt
def change_mode(argument: object) -> str:
    Path(str(argument)).chmod(0o777)
    return DONE


@attempt
def change_times(argument: object) -> str:
    os.utime(str(argument), (0, 0))
    return DONE


def overwrite(argument: object) -> str:
    """Try all ways to change the file of the call; answers those that worked."""
    assert isinstance(argument, InspectDocument)
    path = argument.path
    ways: list[Callable[[], object]] = [
        lambda: path.chmod(0o666),
        lambda: os.truncate(path, 3),
        lambda: path.write_bytes(b"overwritten"),
        lambda: path.with_name("moved").hardlink_to(path),
        lambda: path.rename(path.with_name("moved")),
        lambda: os.utime(path, (0, 0)),
        lambda: os.setxattr(path, "user.mark", b"1"),
    ]
    worked = 0
    for way in ways:
        try:
            way()
            worked += 1
        except OSError:
            continue
    return f"{worked} ways"


@attempt
def connect(argument: object) -> str:
    with socket.create_connection(("127.0.0.1", int(str(argument))), timeout=5):
        return DONE


@attempt
def send_datagram(argument: object) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.sendto(b"secret", ("127.0.0.1", int(str(argument))))
    return DONE


@attempt
def connect_unix(argument: object) -> str:
    """Connect to a socket of the machine; a path that begins with @ is an abstract name."""
    name = str(argument)
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(f"\0{name[1:]}" if name.startswith("@") else name)
    return DONE


@attempt
def kill_process(argument: object) -> str:
    os.kill(int(str(argument)), signal.SIGKILL)
    return DONE


@attempt
def limit_process(argument: object) -> str:
    resource.prlimit(int(str(argument)), resource.RLIMIT_NOFILE, (3, 3))
    return DONE


@attempt
def trace(argument: object) -> str:
    pid = int(str(argument))
    checked(LIBC.ptrace(ctypes.c_long(PTRACE_ATTACH), ctypes.c_long(pid), None, None))
    os.waitpid(pid, 0)
    checked(LIBC.ptrace(ctypes.c_long(PTRACE_DETACH), ctypes.c_long(pid), None, None))
    return DONE


@attempt
def read_memory(argument: object) -> bytes:
    """Read the memory of a process at an address: "PID ADDRESS LENGTH"."""
    pid, address, length = map(int, str(argument).split())

    class Piece(ctypes.Structure):
        _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))

    held = ctypes.create_string_buffer(length)
    here, there = Piece(ctypes.addressof(held), length), Piece(address, length)
    one = ctypes.c_ulong(1)
    checked(LIBC.process_vm_readv(ctypes.c_int(pid), ctypes.byref(here), one, ctypes.byref(there), one, ctypes.c_ulong(0)))
    return held.raw


@attempt
def unshare_users(argument: object) -> str:
    return in_a_child(lambda: checked(LIBC.unshare(CLONE_NEWUSER)))


@attempt
def mount(argument: object) -> str:
    def mounting() -> None:
        checked(LIBC.unshare(CLONE_NEWUSER | CLONE_NEWNS))
        checked(LIBC.mount(b"none", os.environ["TMPDIR"].encode(), b"tmpfs", ctypes.c_ulong(0), None))

    return in_a_child(mounting)


def in_a_child(act: Callable[[], object]) -> str:
    pid = os.fork()
    if pid == 0:
        try:
            act()
        except OSError as error:
            os._exit(error.errno or 1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return DONE if code == 0 else f"refused: {os.strerror(code)}"


@attempt
def may_gain_privileges(argument: object) -> str:
    return f"refused: {checked(value)}" if (value := LIBC.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)) else DONE


def type_into_terminal(argument: object) -> str:
    character = ctypes.c_char(b"x")
    LIBC.ioctl(ctypes.c_int(0), ctypes.c_ulong(TIOCSTI), ctypes.byref(character))
    return errno.errorcode[ctypes.get_errno()]


def every_denied_call(argument: object) -> str:
    """Make each call that the filter names, with nonsense for arguments; answers those that were not refused."""
    nonsense = [ctypes.c_long(-1)] * 6
    through = []
    for name, numbers in DENIED.items():
        number = architecture().number(numbers)
        if number is None:
            continue
        ctypes.set_errno(0)
        if LIBC.syscall(ctypes.c_long(number), *nonsense) != -1 or ctypes.get_errno() != errno.EPERM:
            through.append(name)
    return " ".join(through)


def plant(argument: object) -> object:
    """Put something else than a file into the result's place: the title says what, the first page's layer is a file to link to."""
    assert isinstance(argument, BindDocument)
    target, original = argument.target, argument.path
    try:
        match argument.title:
            case "symbolic link":
                target.symlink_to(argument.language)
            case "hard link":
                target.hardlink_to(original)
            case "fifo":
                os.mkfifo(target)
            case "folder":
                target.mkdir()
            case "nothing":
                pass
            case "file":
                target.write_bytes(b"%PDF honest")
    except OSError:
        target.write_bytes(b"%PDF fallen back")
    return DocumentBound(16, pdfa=True)


def daemonise(argument: object) -> str:
    """Leave a process in a session of its own, known by a word, and never answer."""
    if os.fork() == 0:
        with suppress(OSError):
            os.setsid()
        if os.fork() == 0:
            os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)", str(argument)])  # noqa: S606  # no shell is wanted
        os._exit(0)
    time.sleep(600)
    return DONE


def fork_bomb(argument: object) -> str:
    for made in range(BOMB):
        try:
            if os.fork() == 0:
                time.sleep(600)
                os._exit(0)
        except OSError as error:
            return f"refused after {made}: {error}"
    time.sleep(600)
    return DONE


@attempt
def fill_disk(argument: object) -> str:
    """Write a byte so far out that the file counts as huge; it takes no room."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with (Path(os.environ["TMPDIR"]) / "huge").open("wb") as file:
        file.seek(HUGE)
        file.write(b"x")
    return DONE


def write_much(argument: object) -> str:
    """Write so many bytes to a file that is removed at once, and stay."""
    path = Path(os.environ["TMPDIR"]) / "unseen"
    with path.open("wb") as file:
        path.unlink()
        for _ in range(int(str(argument)) >> 20):
            file.write(b"x" * (1 << 20))
        file.flush()
        os.fsync(file.fileno())
        time.sleep(600)
    return DONE


def leave_files(argument: object) -> str:
    """Leave files, also in a folder and without permission to see it, where that can be made."""
    scratch = Path(os.environ["TMPDIR"])
    (scratch / "left").write_text("for the next")
    with suppress(OSError):
        (scratch / "deep").mkdir()
        (scratch / "deep" / "left").write_text("for the next")
    return names_in(scratch)


def look_around(argument: object) -> str:
    """List what stands in the scratch folder and among the inputs."""
    scratch = Path(os.environ["TMPDIR"])
    return names_in(scratch) + "/" + names_in(scratch.with_name("in"))


def run_program(argument: object) -> str:
    """Run an ordinary program, which must work."""
    return subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]


WAYS = [
    read, read_bytes, list_folder, write, change_mode, change_times, overwrite, connect, send_datagram, connect_unix, kill_process,
    limit_process, trace, read_memory, unshare_users, mount, may_gain_privileges, type_into_terminal, every_denied_call, plant, daemonise,
    fork_bomb, fill_disk, write_much, leave_files, look_around, run_program,
]  # fmt: skip

if __name__ == "__main__":
    serve({way.__name__: ("tests.sandbox.hostile", way.__name__) for way in WAYS}, sys.argv[1:])
