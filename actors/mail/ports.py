"""What is asked of a mailbox, and what mail needs of others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from actors.intake.messages import AcceptUpload, UploadAccepted
from actors.letters.letter import Letter
from actors.mail.structure import Leaf
from actors.store.nouns.mail import MailFilters, RuleFacts


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """A folder that was opened: its UIDVALIDITY, and the UID that the next mail gets, 0 where the server does not tell."""

    uidvalidity: int
    next_uid: int


@dataclass(frozen=True, slots=True)
class Head:
    """A mail without its body. `letter` is what its headers say; `leaves` are its parts as the server tells, none where it does not."""

    uid: int
    size: int
    letter: Letter
    leaves: tuple[Leaf, ...]


class Mailbox(Protocol):
    """A mailbox that is connected. All of it raises MailboxAway when the connection is gone, and MailboxRefused."""

    def notes(self) -> Sequence[str]:
        """Tell a person what the server can."""

    @property
    def tells(self) -> bool:
        """Tell whether it says by itself that mail has come."""

    def folders(self) -> Sequence[str]:
        """List the names of the folders that can hold mail."""

    def open(self, folder: str, to_change: bool) -> OpenFolder:
        """Open a folder; unless it is `to_change`, nothing in it can be. Raises NoFolder."""

    def search(self, filters: MailFilters, first: int, today: date) -> Sequence[int]:
        """Find the UIDs of mails, from one on, that may meet filters; ascending. Each must be judged: a server asks less than we do."""

    def find(self, message_id: str) -> Sequence[int]:
        """Find the UIDs of mails with a Message-ID."""

    def newest(self, most: int) -> Sequence[int]:
        """List the highest UIDs, ascending."""

    def heads(self, uids: Sequence[int]) -> Iterator[Head]:
        """Read the heads of mails; those that are gone are left out."""

    def save(self, head: Head, path: Path) -> None:
        """Write a mail into a file, piece by piece. Raises MailFailed when it is gone."""

    def act(self, uid: int, rule: RuleFacts) -> None:
        """Do to a mail what a rule wants to be done; once more is no harm. Raises MailFailed."""

    def wait(self, wake: int, seconds: float) -> bool:
        """Wait until mail comes into the folder that is open (True), `wake` can be read, or so many seconds are over."""

    def close(self) -> None:
        """Sign out, as well as that goes."""

    def hang_up(self) -> None:
        """End the connection at once; a thread that waits for an answer gets MailboxAway."""


Accept = Callable[[AcceptUpload], UploadAccepted]
Now = Callable[[], datetime]
