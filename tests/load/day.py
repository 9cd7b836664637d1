"""A day of a household with a small office, as a list of acts: the same for the same seed."""

import random
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

HOURS = 24
# The night's work ends the day, so that what the day's memory did can be seen whole.
FIRST_HOUR = 4
NIGHT_RESTART, NIGHT_REBUILD = 2, 3


class Act(StrEnum):
    """What somebody does."""

    ARRIVE = "arrive"  # a scanner or a program puts a burst of files into the folder
    UPLOAD = "upload"
    SEARCH = "search"
    OPEN = "open"
    EDIT = "edit"
    DELETE = "delete"
    RESTORE = "restore"
    PURGE = "purge"
    REPROCESS = "reprocess"
    WATCH = "watch"
    REBUILD = "rebuild"
    RESTART = "restart"


# How often in a whole day, and at which hours: the post is scanned in the morning, most is looked for in office hours.
WHOLE_DAY: dict[Act, tuple[int, range]] = {
    Act.ARRIVE: (40, range(7, 21)),
    Act.UPLOAD: (60, range(8, 23)),
    Act.SEARCH: (900, range(6, 24)),
    Act.OPEN: (500, range(6, 24)),
    Act.EDIT: (200, range(8, 22)),
    Act.DELETE: (40, range(8, 22)),
    Act.RESTORE: (10, range(8, 22)),
    Act.PURGE: (15, range(18, 23)),
    Act.REPROCESS: (20, range(9, 18)),
    Act.WATCH: (40, range(7, 23)),
}
BURST = range(1, 12)


@dataclass(frozen=True, slots=True)
class Planned:
    """One act. `share` is where in the day it comes, from 0 to 1; `number` how many files arrive with it."""

    share: float
    hour: int
    act: Act
    number: int = 1


def plan(seed: int, size: float) -> list[Planned]:
    """Plan a day that is `size` of a whole one in what is done; an hour stays an hour."""
    chance = random.Random(seed)
    planned = []
    for act, (count, hours) in WHOLE_DAY.items():
        for _ in range(max(1, round(count * size))):
            hour = chance.choice(hours)
            number = chance.choice(BURST) if act is Act.ARRIVE else 1
            planned.append(at(hour, chance.random(), act, number))
    planned += [at(NIGHT_RESTART, 0.0, Act.RESTART), at(NIGHT_REBUILD, 0.0, Act.REBUILD)]
    return sorted(planned, key=lambda each: each.share)


def at(hour: int, moment: float, act: Act, number: int = 1) -> Planned:
    """Place an act at a moment of an hour."""
    return Planned(((hour - FIRST_HOUR) % HOURS + moment) / HOURS, hour, act, number)


def counts(planned: list[Planned]) -> dict[str, float]:
    """Count the acts of each kind."""
    return {act: float(count) for act, count in sorted(Counter(each.act for each in planned).items())}
