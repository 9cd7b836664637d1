"""What was handed in, and what was noted of it: the truth that the archive is held against."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was handed in, `times` times. `word` stands in no other; empty where nothing can be read."""

    content: bytes = field(repr=False)
    word: str
    times: int = 1

    @property
    def sha256(self) -> str:
        """Give the checksum of what was sent."""
        return hashlib.sha256(self.content).hexdigest()


def deliveries(sent: Mapping[str, Sent]) -> dict[str, int]:
    """Count how often each content was handed in, under whatever names."""
    counted: dict[str, int] = {}
    for each in sent.values():
        counted[each.sha256] = counted.get(each.sha256, 0) + each.times
    return counted
