"""Runs a program as if the kernel had no Landlock: `python -m tests.sandbox.old_kernel PROGRAM ARGUMENT…`."""

import errno
import os
import sys

from actors.sandbox.kernel import architecture, forbid_new_privileges
from actors.sandbox.seccomp import ALLOW, JUMP_EQUAL, LOAD, NUMBER_AT, RETURN, install_filter, refuse
from actors.sandbox.syscalls import LANDLOCK_CREATE_RULESET

if __name__ == "__main__":
    forbid_new_privileges()
    install_filter(
        [
            (LOAD, 0, 0, NUMBER_AT),
            (JUMP_EQUAL, 0, 1, architecture().number(LANDLOCK_CREATE_RULESET) or 0),
            (RETURN, 0, 0, refuse(errno.ENOSYS)),
            (RETURN, 0, 0, ALLOW),
        ]
    )
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606  # no shell is wanted
