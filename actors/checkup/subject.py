"""What every subject of a checkup is: it looks, looks again under the writers' turn, and mends in the same turn (RELIABILITY R7)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from actors.checkup.findings import Finding, Treated
from actors.checkup.messages import CheckOrder


class LookAgain(Exception):
    """What a finding rests on has changed since: only another look tells."""


class Examined(Protocol):
    """One subject. `look` holds no lock and may be wrong; what it suspects counts only when `confirm` says so too."""

    def total(self) -> int:
        """Count roughly how many steps `look` will tell of."""

    def look(self) -> Iterator[Finding | int]:
        """Go through everything: a number for so many more steps done, and whatever may be wrong."""

    def look_again(self, suspect: Finding) -> Finding | None:
        """Look once more at what `confirm` could not decide."""

    def confirm(self, session: Session, suspect: Finding, now: datetime) -> bool:
        """Tell, in the writers' turn, whether a finding stands; raises LookAgain."""

    def mend(self, session: Session, finding: Finding, now: datetime) -> Treated:
        """Do what is safe, in the same turn. Nothing is ever deleted."""

    def after(self, finding: Finding) -> Treated | None:
        """Finish outside the turn what takes long; None when there is nothing."""

    def close(self) -> None:
        """Let go of what was opened."""


class Plain:
    """What most subjects have in common: nothing to decide twice, nothing that takes long."""

    def __init__(self, order: CheckOrder) -> None:
        self._order = order

    def look_again(self, suspect: Finding) -> Finding | None:
        """Look once more; most subjects decide everything in `confirm`."""
        return suspect

    def after(self, finding: Finding) -> Treated | None:  # noqa: ARG002  # the port's signature
        """Finish what takes long."""
        return None

    def close(self) -> None:
        """Let go of what was opened."""
