"""A decoder whose functions misbehave, to show what its parent makes of it."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

from actors.ocr.decoders.child import serve
from actors.ocr.errors import PageUnreadable

KEPT: list[bytes] = []


def echo(argument: object) -> object:
    return argument


def shout(argument: object) -> object:
    os.write(1, b"noise on standard output\n")
    sys.stderr.write(str(argument))
    return argument


def refuse(argument: object) -> NoReturn:
    raise PageUnreadable(str(argument))


def crash(argument: object) -> NoReturn:
    sys.stderr.write("last words\n")
    sys.stderr.flush()
    os.abort()


def blunder(argument: object) -> NoReturn:
    raise ZeroDivisionError(argument)


def hang(argument: object) -> None:
    """Wait for ever, with a child of its own that is known by a word."""
    subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()", str(argument)])
    threading.Event().wait()


def devour(argument: object) -> int:
    """Take memory in pieces that each stay below the allocation limit of one process."""
    own = subprocess.Popen([sys.executable, "-c", f"held = bytearray({argument}); import threading; threading.Event().wait()"])
    held = bytearray(int(str(argument)))
    own.wait()
    return len(held)


def gulp(argument: object) -> int:
    return len(bytearray(int(str(argument))))


def keep(argument: object) -> int:
    """Never give back what this call took."""
    KEPT.append(b"x" * int(str(argument)))
    return len(KEPT[-1])


def environment(argument: object) -> str:
    return "\n".join(sorted(os.environ))


def lie(argument: object) -> object:
    """Answer with a value that no honest decoder sends."""
    return os.system


def scratch(argument: object) -> str:
    left = Path(os.environ["TMPDIR"]) / "left behind"
    left.write_text("x")
    return str(left)


if __name__ == "__main__":
    names = [echo, shout, refuse, crash, blunder, hang, devour, gulp, keep, environment, lie, scratch]
    serve({function.__name__: ("tests.ocr.faulty_child", function.__name__) for function in names}, sys.argv[1:])
