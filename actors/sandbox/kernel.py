"""Calls of the kernel that Python has no name for."""

import ctypes
import os
import platform

from actors.sandbox.level import ConfinementFailed
from actors.sandbox.syscalls import ARCHITECTURES, Architecture, Numbers

PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38


def architecture() -> Architecture:
    """Name this machine's processor; raises ConfinementFailed for one whose system calls we have no numbers for."""
    try:
        return ARCHITECTURES[platform.machine()]
    except KeyError as error:
        raise ConfinementFailed(f"system calls of {platform.machine()} are not known to Scriba") from error


def system_call(call: Numbers, *arguments: object) -> int:
    """Make a system call by its number; raises OSError."""
    return _checked(ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(architecture().number(call) or -1), *arguments))


def process_control(option: int, *arguments: object) -> int:
    """Call prctl with up to four arguments; raises OSError."""
    padded = [*arguments, *[ctypes.c_ulong(0)] * (4 - len(arguments))]
    return _checked(ctypes.CDLL(None, use_errno=True).prctl(ctypes.c_int(option), *padded))


def forbid_new_privileges() -> None:
    """Let no program that this process starts gain rights by its file: what filters and file rules of ordinary users stand on."""
    process_control(PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1))


def die_with_parent(signal: int, parent: int) -> None:
    """Be killed when the parent dies; ends at once where it has died already."""
    process_control(PR_SET_PDEATHSIG, ctypes.c_ulong(signal))
    if os.getppid() != parent:
        os._exit(1)


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
