"""The filter says the same on both architectures, one of which the tests do not run on."""

import errno
from pathlib import Path

import pytest

from actors.sandbox.seccomp import (
    ALLOW,
    JUMP_ANY_BIT,
    JUMP_AT_LEAST,
    JUMP_EQUAL,
    KILL,
    LOAD,
    RETURN,
    X32_BIT,
    Instruction,
    filter_program,
    refuse,
)
from actors.sandbox.syscalls import (
    ARM64,
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

REFUSED = refuse(errno.EPERM)
THREAD_FLAGS = 0x3D0F00
NEW_USER = 0x10000000
LONGEST = 255  # jumps are counted in a byte
HEADERS = {X86_64: Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), ARM64: Path("/usr/include/asm-generic/unistd.h")}


def verdict(program: list[Instruction], machine: Architecture, number: int, *arguments: int) -> int:
    """Run the filter as the kernel does."""
    words = {0: number, 4: machine.audit, **{16 + 8 * index: value for index, value in enumerate(arguments)}}
    held, at = 0, 0
    while True:
        code, when_true, when_false, value = program[at]
        at += 1
        if code == LOAD:
            held = words.get(value, 0)
        elif code == RETURN:
            return value
        else:
            holds = {JUMP_EQUAL: held == value, JUMP_AT_LEAST: held >= value, JUMP_ANY_BIT: bool(held & value)}[code]
            at += when_true if holds else when_false


@pytest.fixture(params=[X86_64, ARM64], ids=lambda machine: str(machine.name))
def machine(request: pytest.FixtureRequest) -> Architecture:
    asked: Architecture = request.param
    return asked


def of(machine: Architecture, call: Numbers) -> int:
    number = machine.number(call)
    assert number is not None
    return number


def test_what_is_named_is_refused_and_nothing_else(machine: Architecture) -> None:
    program = filter_program(machine, own_process=None)
    denied = {number for call in DENIED.values() if (number := machine.number(call)) is not None}
    looked_at = {of(machine, call) for call in (CLONE, CLONE3, PRLIMIT, IOCTL)}
    for number in set(range(600)) - looked_at:
        assert verdict(program, machine, number) == (REFUSED if number in denied else ALLOW)


def test_an_office_program_makes_folders_and_listens_and_reaches_nobody(machine: Architecture) -> None:
    program = filter_program(machine, own_process=None, roomy=True)
    allowed = {number for name in OF_OFFICES - {"socket"} if (number := machine.number(DENIED[name])) is not None}
    denied = {number for call in DENIED.values() if (number := machine.number(call)) is not None}
    assert {number for number in denied if verdict(program, machine, number) == ALLOW} == allowed
    assert {verdict(program, machine, of(machine, DENIED[name])) for name in ("connect", "sendto", "sendmsg", "sendmmsg")} == {REFUSED}
    families = {family: verdict(program, machine, of(machine, SOCKET), family) for family in (1, 2, 10, 16)}
    assert families == {1: ALLOW, 2: REFUSED, 10: REFUSED, 16: REFUSED}


def test_threads_are_made_and_namespaces_are_not(machine: Architecture) -> None:
    program = filter_program(machine, own_process=None)
    assert verdict(program, machine, of(machine, CLONE), THREAD_FLAGS) == ALLOW
    assert verdict(program, machine, of(machine, CLONE), THREAD_FLAGS | NEW_USER) == REFUSED
    assert verdict(program, machine, of(machine, CLONE3)) == refuse(errno.ENOSYS)


def test_its_own_limits_may_be_set_and_no_other_s(machine: Architecture) -> None:
    program = filter_program(machine, own_process=None)
    assert verdict(program, machine, of(machine, PRLIMIT), 0) == ALLOW
    assert verdict(program, machine, of(machine, PRLIMIT), 1) == REFUSED


def test_nothing_is_typed_into_a_terminal(machine: Architecture) -> None:
    program = filter_program(machine, own_process=None)
    assert verdict(program, machine, of(machine, IOCTL), 0, 0x5401) == ALLOW
    assert verdict(program, machine, of(machine, IOCTL), 0, 0x5412) == REFUSED


def test_where_signals_are_not_kept_in_only_the_process_itself_is_signalled(machine: Architecture) -> None:
    program = filter_program(machine, own_process=42)
    for call in SIGNALS.values():
        assert verdict(program, machine, of(machine, call), 42) == REFUSED
    assert verdict(program, machine, of(machine, TGKILL), 42) == ALLOW
    assert verdict(program, machine, of(machine, TGKILL), 43) == REFUSED


def test_calls_by_other_numbers_end_the_process() -> None:
    program = filter_program(X86_64, own_process=None)
    assert verdict(program, ARM64, 0) == KILL
    assert verdict(program, X86_64, X32_BIT | 1) == KILL


def test_no_jump_is_longer_than_a_byte_counts(machine: Architecture) -> None:
    assert all(max(instruction[1:3]) <= LONGEST for instruction in filter_program(machine, own_process=1))


def test_the_numbers_are_the_kernel_s(machine: Architecture) -> None:
    header = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"{header} is not here")
    known = {}
    for line in header.read_text().splitlines():
        match line.split():
            case ["#define", name, number] if number.isdigit():
                known[name.removeprefix("__NR_").removeprefix("__NR3264_")] = int(number)
    named = {**DENIED, **SIGNALS, "clone": CLONE, "clone3": CLONE3, "prlimit64": PRLIMIT, "ioctl": IOCTL, "tgkill": TGKILL}
    wrong = {name for name, call in named.items() if name in known and machine.number(call) != known[name]}
    assert not wrong
