"""A disk that loses its power: what it may hold afterwards.

The model is harsher than ext4 and xfs are with data=ordered, so what survives here survives there:

- Bytes, sizes, modes and times of a file are safe once the file itself was synced (fdatasync: without mode and times). What was written
  since then is there, missing or torn, each write by itself, in sectors of 512 bytes; a file that grew may hold zeros instead.
- A name is safe once its folder was synced; syncing the file does not help. Names changed since then may have changed or not, each by
  itself; changes of one and the same name keep their order. A rename happens as a whole or not at all.
- A folder whose own name is lost takes all that is in it along.

Taken for granted: what was synced stays, a sector is written whole or not at all, and other bytes than those written are not touched.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from tests.faults.operations import Bind, Chmod, File, Name, Operation, Resize, Stamp, Sync, Tree, Write, change

SECTOR = 512
Change = Write | Resize | Chmod | Stamp


@dataclass(frozen=True, slots=True)
class Fate:
    """How a cut treats what was not synced: how likely a change of a name, and a change of a file, is kept, and a kept write torn."""

    names: float
    in_order: bool
    changes: float
    torn: float


# The extremes find what one missing sync loses; the middle finds what only hurts in company.
FATES = (
    Fate(0.0, False, 0.0, 0.0),
    Fate(1.0, False, 0.0, 0.0),
    Fate(0.0, False, 1.0, 0.0),
    Fate(1.0, False, 1.0, 0.0),
    Fate(0.5, True, 0.5, 0.5),
    Fate(0.5, False, 0.5, 0.5),
    Fate(0.9, False, 0.9, 0.2),
)


class Disk:
    """Plays operations, and knows which of them are safe."""

    def __init__(self, base: Tree) -> None:
        self.safe = deepcopy(base)
        self.names: list[Bind] = []
        self.changes: dict[int, list[Change]] = {}

    def play(self, operation: Operation) -> None:
        """Do one operation."""
        match operation:
            case Bind():
                for file in operation.names.values():
                    if file is not None and file not in self.safe.files:
                        self.safe.files[file] = File(operation.mode)
                self.names.append(operation)
            case Write() | Resize() | Chmod() | Stamp():
                self.changes.setdefault(operation.file, []).append(operation)
            case Sync():
                self._sync(operation)

    def cut(self, chance: Random) -> Tree:
        """Give what one power cut at this moment might leave."""
        fate = chance.choice(FATES)
        left = Tree(dict(self.safe.files), dict(self.safe.names))
        for bind in self._kept_names(fate, chance):
            left.bind(bind.names)
        for number, changes in self.changes.items():
            left.files[number] = after(left.files[number], changes, fate, chance)
        return left

    def _sync(self, sync: Sync) -> None:
        rest: list[Change] = []
        for operation in self.changes.pop(sync.file, []):
            if sync.whole or isinstance(operation, Write | Resize):
                change(self.safe.files[sync.file], operation)
            else:
                rest.append(operation)
        if rest:
            self.changes[sync.file] = rest
        kept, self.names = with_former(self.names, lambda bind: any(folder == sync.file for folder, _ in bind.names))
        for bind in kept:
            self.safe.bind(bind.names)

    def _kept_names(self, fate: Fate, chance: Random) -> list[Bind]:
        if fate.in_order:
            return self.names[: chance.randint(0, len(self.names))]
        return with_former(self.names, lambda _: chance.random() < fate.names)[0]


def with_former(binds: list[Bind], wanted: Callable[[Bind], bool]) -> tuple[list[Bind], list[Bind]]:
    """Part changes of names into those that are kept and the rest; with each go the former ones of the same names."""
    kept: list[Bind] = []
    rest: list[Bind] = []
    touched: set[Name] = set()
    for bind in reversed(binds):
        if touched & bind.names.keys() or wanted(bind):
            touched |= bind.names.keys()
            kept.append(bind)
        else:
            rest.append(bind)
    return kept[::-1], rest[::-1]


def after(file: File, changes: list[Change], fate: Fate, chance: Random) -> File:
    """Give a file with those changes that came through."""
    left = File(file.mode, bytearray(file.content), file.time_ns)
    for operation in changes:
        if chance.random() < fate.changes:
            for piece in torn(operation, chance) if chance.random() < fate.torn else (operation,):
                change(left, piece)
    return left


def torn(operation: Change, chance: Random) -> list[Change]:
    """Take some sectors of a write; where its end is among them, the file has its size, with zeros in the gaps."""
    if not isinstance(operation, Write):
        return [operation]
    begin, end = operation.offset, operation.offset + len(operation.data)
    cuts = [begin, *range((begin // SECTOR + 1) * SECTOR, end, SECTOR), end]
    return [
        Write(operation.file, first, operation.data[first - begin : last - begin])
        for first, last in pairwise(cuts)
        if chance.random() < 0.5
    ]
