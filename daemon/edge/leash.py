"""Starts a program that dies with its parent: `python leash.py PARENT_PID PROGRAM ARGUMENT…`.

A file run by itself, not a function between fork and exec: with the threads of Ray and gRPC about, no Python code is safe there.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Bind this process to its parent, then become the program."""
    parent, program, *_ = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):
        sys.exit("the parent is gone")
    os.execv(program, sys.argv[2:])  # noqa: S606  # becoming the program is what this file is for


if __name__ == "__main__":
    main()
