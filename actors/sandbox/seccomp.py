"""The filter of system calls: a program for the kernel, made of data, that refuses what no decoder needs.

It lists what is refused and not what is allowed: decoders are many, their libraries change, and files are ruled elsewhere.
"""

import ctypes
import errno
import struct
from collections.abc import Sequence

from actors.sandbox.kernel import PR_SET_SECCOMP, process_control
from actors.sandbox.level import ConfinementFailed
from actors.sandbox.syscalls import (
    CLONE,
    CLONE3,
    DENIED,
    IOCTL,
    OF_OFFICES,
    PRLIMIT,
    SIGNALS,
    SOCKET,
    TGKILL,
    X86_64,
    Architecture,
    Numbers,
)

SECCOMP_MODE_FILTER = 2
INSTRUCTION = struct.Struct("HBBI")
# Classic BPF: load a word, jump when equal, when greater or equal, when any bit is set; return.
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Places in struct seccomp_data; of an argument the lower half, both architectures being little-endian.
NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
ALLOW, KILL = 0x7FFF0000, 0x80000000
X32_BIT = 0x40000000
AF_UNIX = 1
# The flags of clone that make namespaces, from linux/sched.h.
NAMESPACE_FLAGS = 0x7E020000
# Requests that type into a terminal as if its user did.
TYPING_REQUESTS = (0x5412, 0x541C)

Instruction = tuple[int, int, int, int]


def refuse(error: int) -> int:
    """Give the verdict that fails a call with an error number."""
    return 0x00050000 | error


def filter_program(machine: Architecture, *, own_process: int | None, roomy: bool = False) -> list[Instruction]:
    """Write the filter. With `own_process`, signals are refused but those that the process sends to itself.

    `roomy` allows what office programs need.
    """
    program: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (JUMP_EQUAL, 1, 0, machine.audit),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
    ]
    if machine is X86_64:  # the same calls once more, under other numbers
        program += [(JUMP_AT_LEAST, 0, 1, X32_BIT), (RETURN, 0, 0, KILL)]
    refused = [numbers for name, numbers in DENIED.items() if not (roomy and name in OF_OFFICES)]
    denied = [*refused, *(SIGNALS.values() if own_process is not None else ())]
    for call in denied:
        program += _when(machine, call, [(RETURN, 0, 0, refuse(errno.EPERM))])
    # As if the kernel had none: the C library then uses clone, whose flags a filter can see.
    program += _when(machine, CLONE3, [(RETURN, 0, 0, refuse(errno.ENOSYS))])
    program += _when(machine, CLONE, _unless_clear(0, NAMESPACE_FLAGS))
    program += _when(machine, PRLIMIT, _only(0, 0))
    program += _when(machine, IOCTL, _but(1, TYPING_REQUESTS))
    if own_process is not None:
        program += _when(machine, TGKILL, _only(0, own_process))
    if roomy:
        program += _when(machine, SOCKET, _only(0, AF_UNIX))
    return [*program, (RETURN, 0, 0, ALLOW)]


def install_filter(program: Sequence[Instruction]) -> None:
    """Put the filter on this process and all that it starts, for good; the process must not have another thread."""
    code = b"".join(INSTRUCTION.pack(*instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))

    holder = Program(len(program), ctypes.addressof(buffer))
    try:
        process_control(PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.byref(holder))
    except OSError as error:
        raise ConfinementFailed(f"the kernel takes no filter of system calls (seccomp): {error.strerror}") from error


def _when(machine: Architecture, call: Numbers, then: list[Instruction]) -> list[Instruction]:
    number = machine.number(call)
    return [] if number is None else [(JUMP_EQUAL, 0, len(then), number), *then]


def _argument(index: int) -> Instruction:
    return LOAD, 0, 0, ARGUMENTS_AT + 8 * index


def _only(index: int, value: int) -> list[Instruction]:
    """Allow a call with one value of an argument."""
    return [_argument(index), (JUMP_EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, refuse(errno.EPERM))]


def _but(index: int, values: Sequence[int]) -> list[Instruction]:
    """Allow a call but with some values of an argument."""
    refusals = [part for value in values for part in ((JUMP_EQUAL, 0, 1, value), (RETURN, 0, 0, refuse(errno.EPERM)))]
    return [_argument(index), *refusals, (RETURN, 0, 0, ALLOW)]


def _unless_clear(index: int, bits: int) -> list[Instruction]:
    """Allow a call where none of some bits of an argument is set."""
    return [_argument(index), (JUMP_ANY_BIT, 0, 1, bits), (RETURN, 0, 0, refuse(errno.EPERM)), (RETURN, 0, 0, ALLOW)]
