"""What the store allows at the moment: taking in, working, writing, reading. Pure; what was found on the disks is told by a look."""

from dataclasses import dataclass

# Documents that were taken in are still read when nothing is taken in any more; the last quarter of the reserve stays for the database.
WORKING_SHARE = 4
# What must be free beyond the bound before it goes on, so that a disk at its bound does not go on and off with each file.
SLACK_SHARE = 16
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class DiskLook:
    """One disk as it was found. `holds` names for a person what lies on it; `broken` says why it can't be written, '' when it can.

    `places` are those on it whose room counts, each by its words; `size_bytes` is that of the whole disk, 0 where it is not known.
    """

    holds: str
    free_bytes: int
    broken: str = ""
    places: tuple[str, ...] = ()
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class StoreLook:
    """All that was found. `away` says why the database doesn't answer, `stopped` why nothing may be written until a restart."""

    disks: tuple[DiskLook, ...] = ()
    away: str = ""
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """What the store allows. `problem` says in words why not everything, and what helps; it is empty when all is well.

    `accepting`: files are taken in. `working`: documents are read on. `writable` and `readable`: the archive can be changed, and looked at.
    """

    accepting: bool = True
    working: bool = True
    writable: bool = True
    readable: bool = True
    problem: str = ""


SOUND = StoreHealth()


def health_of(look: StoreLook, before: StoreHealth, least_free: int) -> StoreHealth:
    """Judge a look: after an error of a disk for good, else as the disks and the database are now. `least_free` bytes are to stay free."""
    if look.away:
        return StoreHealth(False, False, False, False, f"the database cannot be used: {look.away}; all goes on by itself once it can")
    if look.stopped:
        return StoreHealth(False, False, False, True, f"{look.stopped}; find out what is wrong with the disk, then start Scriba again")
    broken = [disk for disk in look.disks if disk.broken]
    if broken:
        words = f"the disk of {broken[0].holds} cannot be written: {broken[0].broken}; all goes on by itself once it can"
        return StoreHealth(False, False, False, True, words)
    return health_by_room(look.disks, before, least_free)


def health_by_room(disks: tuple[DiskLook, ...], before: StoreHealth, least_free: int) -> StoreHealth:
    """Judge the disks by the room that is left on the fullest one."""
    if not disks:
        return SOUND
    slack = least_free // SLACK_SHARE
    fullest = min(disks, key=lambda disk: disk.free_bytes)
    needed = least_free + (0 if before.accepting else slack)
    if fullest.free_bytes >= needed:
        return SOUND
    working = fullest.free_bytes >= least_free // WORKING_SHARE + (0 if before.working else slack)
    consequence = "nothing is taken in" if working else "nothing is taken in or read"
    words = (
        f"the disk of {fullest.holds} is nearly full: {fullest.free_bytes // MEGABYTE} MB are free, {needed // MEGABYTE} MB must be; "
        f"{consequence} until there is room, then all goes on by itself"
    )
    return StoreHealth(False, working, True, True, words)
