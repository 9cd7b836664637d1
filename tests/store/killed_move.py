"""A move that is killed behind its n-th portion: `python -m tests.store.killed_move SOURCE TARGET N`."""

import os
import signal
import sys
from itertools import count

from actors.store.database import Database
from actors.store.moving.moving import move

if __name__ == "__main__":
    source, target, portions = sys.argv[1:]
    numbers = count(1)

    def told(_table: str, _rows: int) -> None:
        if next(numbers) == int(portions):
            os.kill(os.getpid(), signal.SIGKILL)

    move(Database(source), Database(target), told)
