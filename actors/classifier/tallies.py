"""What is counted of many documents, in a few long arrays instead of many small ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 20
BUCKETS = 2**BITS

Buckets = NDArray[np.int32]
Counts = NDArray[np.uint8]
Ends = NDArray[np.int64]
# How often each bucket's features stand in one document; the buckets ascend.
Tally = tuple[Buckets, Counts]


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """The documents' tallies one after another: that of number i stands from ends[i - 1], or 0, to ends[i]."""

    ends: Ends
    buckets: Buckets
    counts: Counts

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> Tally:
        begin, end = self.ends[number - 1] if number else 0, self.ends[number]
        return self.buckets[begin:end], self.counts[begin:end]

    @property
    def lengths(self) -> Ends:
        """Tell how many buckets each document has."""
        return np.diff(self.ends, prepend=0)

    def parts(self, size: int) -> Iterator["Tallies"]:
        """Give so many documents at once, without copying."""
        for begin in range(0, len(self), size):
            ends = self.ends[begin : begin + size]
            first, last = self.ends[begin - 1] if begin else 0, ends[-1]
            yield Tallies(ends - first, self.buckets[first:last], self.counts[first:last])

    def chosen(self, numbers: Iterable[int]) -> "Tallies":
        """Give some of the documents."""
        return joined(self[number] for number in numbers)

    def sound(self) -> bool:
        """Tell whether the arrays fit together, wherever they come from."""
        total = int(self.ends[-1]) if len(self.ends) else 0
        fitting = total == len(self.buckets) == len(self.counts) and not (self.lengths < 0).any()
        return fitting and not (self.buckets < 0).any() and not (self.buckets >= BUCKETS).any() and bool((self.counts > 0).all())


def joined(tallies: Iterable[Tally]) -> Tallies:
    """Put tallies one after another."""
    each = list(tallies)
    ends = np.cumsum([len(buckets) for buckets, _ in each], dtype=np.int64)
    buckets = np.concatenate([np.zeros(0, np.int32), *(buckets for buckets, _ in each)])
    return Tallies(ends, buckets, np.concatenate([np.zeros(0, np.uint8), *(counts for _, counts in each)]))
