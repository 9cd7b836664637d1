"""The nouns of the cluster: machines that have joined."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

NodeId = NewType("NodeId", int)


@dataclass(frozen=True, slots=True)
class JoinedNode:
    """A machine that has joined. `resting`: people send it no pages; `leaving`: it says so itself. `seen_time`: heard of last."""

    id: NodeId
    hostname: str
    resting: bool
    leaving: bool
    join_time: datetime
    seen_time: datetime
