"""Landlock: file rules that a process puts on itself, which no later act of it can take off."""

import ctypes
import os
from collections.abc import Iterable, Mapping
from enum import IntFlag
from pathlib import Path

from actors.sandbox.kernel import system_call
from actors.sandbox.level import ConfinementFailed
from actors.sandbox.syscalls import LANDLOCK_ADD_RULE, LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF
from actors.sandbox.view import View

VERSION_FLAG = 1
PATH_BENEATH = 1
SIGNALS_SCOPED_SINCE = 6


class Access(IntFlag):
    """What may be done below a path, with the kernel's numbers."""

    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_DIR = 1 << 3
    REMOVE_DIR = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_CHAR = 1 << 6
    MAKE_DIR = 1 << 7
    MAKE_REG = 1 << 8
    MAKE_SOCK = 1 << 9
    MAKE_FIFO = 1 << 10
    MAKE_BLOCK = 1 << 11
    MAKE_SYM = 1 << 12
    REFER = 1 << 13
    TRUNCATE = 1 << 14
    IOCTL_DEV = 1 << 15


READ = Access.READ_FILE | Access.READ_DIR
RUN = READ | Access.EXECUTE
# Plain files in one flat folder.
SCRATCH = READ | Access.WRITE_FILE | Access.TRUNCATE | Access.MAKE_REG | Access.REMOVE_FILE
# For a program that keeps a profile: folders too, files moved from one to another, and a socket.
ROOMY = SCRATCH | Access.MAKE_DIR | Access.REMOVE_DIR | Access.REFER | Access.MAKE_SOCK
ON_FILES = Access.EXECUTE | Access.WRITE_FILE | Access.READ_FILE | Access.TRUNCATE | Access.IOCTL_DEV
# How many of the rights, of TCP's two and of the scopes (abstract sockets, signals) each version of Landlock knows.
FILE_RIGHTS: Mapping[int, int] = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
NETWORK_SINCE, NETWORK_RIGHTS = 4, 0b11
SCOPES = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("access", ctypes.c_uint64), ("folder", ctypes.c_int32))


def landlock_version() -> int:
    """Ask the kernel for its version of Landlock; 0 when it has none, or it is switched off."""
    try:
        return system_call(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION_FLAG))
    except OSError:
        return 0


def rules_of(view: View) -> list[tuple[Path, Access]]:
    """Write the rules: what runs may be read and run, inputs read, the scratch folder written, devices used."""
    return [
        *((path, RUN) for path in view.readable),
        *((path, Access.READ_FILE | Access.WRITE_FILE) for path in view.devices),
        (view.inputs, READ),
        (view.outputs, ROOMY if view.roomy else SCRATCH),
    ]


def known_rights(version: int) -> Access:
    """Give the rights that a version of Landlock rules; what it does not know would be refused as nonsense."""
    return Access((1 << FILE_RIGHTS[min(version, max(FILE_RIGHTS))]) - 1)


def restrict(rules: Iterable[tuple[Path, Access]], version: int) -> None:
    """Put the rules on this process and all that it starts, for good. Everything that no rule allows is refused."""
    known = known_rights(version)
    ruleset = _Ruleset(
        files=known,
        network=NETWORK_RIGHTS if version >= NETWORK_SINCE else 0,
        scopes=SCOPES if version >= SIGNALS_SCOPED_SINCE else 0,
    )
    size = 24 if version >= SIGNALS_SCOPED_SINCE else 16 if version >= NETWORK_SINCE else 8
    try:
        made = system_call(LANDLOCK_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), ctypes.c_uint32(0))
        for path, access in rules:
            _allow(made, path, access & known)
        system_call(LANDLOCK_RESTRICT_SELF, ctypes.c_int(made), ctypes.c_uint32(0))
        os.close(made)
    except OSError as error:
        raise ConfinementFailed(f"the kernel takes no file rules (Landlock): {error.strerror}") from error


def _allow(ruleset: int, path: Path, access: Access) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    allowed = access if path.is_dir() else access & ON_FILES
    rule = _PathRule(access=allowed, folder=place)
    system_call(LANDLOCK_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    os.close(place)
