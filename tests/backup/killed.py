"""A backup that is killed when its n-th file has come: `python -m tests.backup.killed DATA TARGET N`."""

import os
import signal
import sys
from itertools import count
from pathlib import Path

from actors.store.files.data_dir import DataDir
from daemon.backup.manifest import Kept
from daemon.backup.taking import Taking
from daemon.backup.targets import FolderTarget, opened_target


class Killing(FolderTarget):
    """Takes so many files, and no more."""

    numbers = count(1)
    last = 0
    at_once = 1

    def take(self, source: Path, name: str, kept: Kept) -> bool:
        taken = super().take(source, name, kept)
        if next(self.numbers) == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return taken


if __name__ == "__main__":
    data, place = DataDir(Path(sys.argv[1])), Path(sys.argv[2])
    with opened_target(place) as opened:
        target = Killing(place, opened.before)
        target.at_once, target.last = 1, int(sys.argv[3])
        Taking(data.database_url, data, target).take(secrets=False, prune=True)
