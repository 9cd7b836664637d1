"""Where no namespace ends a decoder's family with it, a small process of ours does."""

import ctypes
import os
import select
import signal
from contextlib import suppress
from typing import NoReturn

from actors.sandbox.kernel import process_control

NAME = "scriba-warden"  # at most 15 bytes
PR_SET_NAME = 15


def leave_a_warden() -> int:
    """Go on in a child of this process, which itself stays behind and watches; give the warden's process id.

    The warden is the leader of the process group, which nobody inside can leave. When the decoder ends, or whoever started it, the warden
    kills the rest of the group, and ends with the decoder's code.
    """
    starter, warden = os.getppid(), os.getpid()
    if os.getpgrp() != warden:  # started by hand: nobody else's group may be killed
        os.setpgid(0, 0)
    decoder = os.fork()
    if decoder:
        _watch(starter, decoder)
    return warden


def _watch(starter: int, decoder: int) -> NoReturn:
    process_control(PR_SET_NAME, ctypes.c_char_p(NAME.encode()))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # the pipes are the decoder's: their end is how the starter learns of a crash
        os.dup2(nothing, stream)
    poll = select.poll()
    try:
        for process in (starter, decoder):
            poll.register(os.pidfd_open(process), select.POLLIN)
        if os.getppid() == starter:
            poll.poll()
    except ProcessLookupError:
        pass  # it has ended already
    os._exit(_end(decoder))


def _end(decoder: int) -> int:
    group = os.getpgrp()
    with suppress(PermissionError):  # the starter is dead, and the next line ends us too, which is right
        os.setpgid(0, os.getpgid(os.getppid()))
    os.killpg(group, signal.SIGKILL)
    _, status = os.waitpid(decoder, 0)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code
