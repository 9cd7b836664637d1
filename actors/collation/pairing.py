"""Which two scans are the fronts and the backs of the same sheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from actors.store.nouns.archive import DocumentId

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A scan of one side of some sheets; `scan_ns` is when its file came, in nanoseconds."""

    document_id: DocumentId
    scan_ns: int


@dataclass(frozen=True, slots=True)
class Pair:
    """The fronts of some sheets, and their backs."""

    fronts: DocumentId
    backs: DocumentId


def pairs(waiting: Iterable[Waiting], patience: timedelta) -> list[Pair]:
    """Put scans of one folder together, in the order in which they came: fronts, then backs within `patience`.

    A scan that the next one follows too late has no partner.
    """
    found: list[Pair] = []
    taken: set[DocumentId] = set()
    for first, second in pairwise(sorted(waiting, key=lambda one: (one.scan_ns, one.document_id))):
        near = second.scan_ns - first.scan_ns <= patience.total_seconds() * _NANOSECONDS
        if near and first.document_id not in taken:
            found.append(Pair(first.document_id, second.document_id))
            taken.add(second.document_id)
    return found
