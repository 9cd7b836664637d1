"""Who understands documents in tests of what happens around it: nobody, and the workflows that a test has made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from actors.errands.planning import Planner
from actors.store.nouns.assignments import Proposal
from actors.store.store import Store
from actors.understanding.facts import Facts, Understood
from actors.understanding.reading_values import read_value


@dataclass
class NothingUnderstood:
    """Proposes what a test wants, else nothing."""

    proposals: tuple[Proposal, ...] = ()
    asked: list[Facts] = field(default_factory=list)

    def understand(self, facts: Facts) -> Understood:
        """Propose always the same."""
        self.asked.append(facts)
        return Understood(self.proposals)

    def labels(self, pages: Sequence[str]) -> Sequence[Proposal]:
        """Propose always the same."""
        return self.proposals


def planner_of(store: Store) -> Planner:
    """Ask the workflows that are in a store."""
    return Planner(store, read_value, lambda _: None, ZoneInfo("UTC"), partial(datetime.now, UTC))
