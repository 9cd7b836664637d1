"""What a mailbox is found to be, and what would become of mails."""

from dataclasses import dataclass
from datetime import datetime

from actors.mail.choosing import Check


@dataclass(frozen=True, slots=True)
class Reached:
    """A mailbox that was reached: the names of its folders, and what its server can, for a person."""

    folders: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TriedDocument:
    """A document that would be made; '' where a name is left to what the archive does with any file."""

    title: str
    filename: str
    correspondent: str = ""


@dataclass(frozen=True, slots=True)
class TriedMail:
    """What a rule says of a mail, and what would become of it.

    `known` is one that was taken before, and would not be again; `error` says why it could not be looked at whole.
    """

    sender: str
    subject: str
    sent_time: datetime | None
    checks: tuple[Check, ...] = ()
    documents: tuple[TriedDocument, ...] = ()
    known: bool = False
    error: str = ""

    @property
    def matched(self) -> bool:
        """Tell whether the rule means it."""
        return all(check.passed for check in self.checks)
