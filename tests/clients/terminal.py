"""Runs the command in a terminal of its own, as wide as a test says."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Every question ends so.
QUESTION = b": "
COMMAND = (sys.executable, "-c", "from scriba_cli.main import main; main()")
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Shown:
    """What stood in the terminal, without its codes, and how the command ended."""

    lines: list[str]
    code: int


def run_in_terminal(arguments: Sequence[str], environ: Mapping[str, str], columns: int = 80, typed: str = "") -> Shown:
    """Run the command to its end in a terminal; `typed` is what a person answers, a line to each question."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    inside = {**environ, "TERM": "xterm-256color"}
    with subprocess.Popen(
        [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=inside, start_new_session=True
    ) as process:
        os.close(theirs)
        output = _read_to_the_end(ours, typed.encode())
        code = process.wait(timeout=30)
    os.close(ours)
    return Shown([line for line in re.split(r"\r?\n|\r", _CODES.sub("", output)) if line.strip()], code)


def _read_to_the_end(terminal: int, typed: bytes) -> str:
    parts, answers = list[bytes](), typed.splitlines(keepends=True)
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says EIO when the other side has gone
            part = b""
        if not part:
            return b"".join(parts).decode()
        parts.append(part)
        if answers and b"".join(parts).endswith(QUESTION):  # what is typed before it is thrown away, or stands in its middle
            os.write(terminal, answers.pop(0))
