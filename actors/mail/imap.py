"""A mailbox by IMAP (RFC 9051 and RFC 3501)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from imap_tools import AND, H

from actors.egress.errors import Declined, NotReached, Refused
from actors.egress.imap import VettedMailBox, told_imap
from actors.letters.letter import read_letter
from actors.mail.answers import AnswerUnreadable, Value, read_fetched
from actors.mail.criteria import criteria, without
from actors.mail.errors import MailboxAway, MailboxRefused, MailFailed, NoFolder
from actors.mail.marking import mark
from actors.mail.ports import Head, OpenFolder
from actors.mail.structure import leaves_of
from actors.store.nouns.mail import MailFilters, RuleFacts

PIECE_BYTES = 1 << 20
# What a mail may weigh: taken apart, it takes about four times as much memory. Providers let through a quarter of it.
MOST_MAIL_BYTES = 200 << 20
# Heads that are asked for at once: some hundred bytes each.
BUNCH = 100
_HEADERS = "FROM SENDER TO CC DELIVERED-TO X-ORIGINAL-TO SUBJECT DATE MESSAGE-ID"
_HEAD = f"BODY.PEEK[HEADER.FIELDS ({_HEADERS})]"
_CAN_SELECT_NOT = {"\\noselect", "\\nonexistent"}


class ImapMailbox:
    """A mailbox that somebody has signed in to."""

    def __init__(self, box: VettedMailBox, host: str) -> None:
        """Take the connection; `host` is for words."""
        self._box = box
        self._host = host
        self._keywords: frozenset[str] = frozenset()

    @property
    def tells(self) -> bool:
        """Tell whether it says by itself that mail has come."""
        return "IDLE" in self._box.client.capabilities

    def notes(self) -> Sequence[str]:
        """Tell a person what the server can."""
        able = self._box.client.capabilities
        return (
            "new mail is told at once" if self.tells else "new mail is found when it is asked for, now and then",
            "mails are moved in one step" if "MOVE" in able else "mails are moved by copying them",
            *(() if "UIDPLUS" in able or "MOVE" in able else ("deleted mails stay there, marked: one alone can't be removed",)),
            *(("labels are those of Gmail",) if "X-GM-EXT-1" in able else ()),
        )

    def folders(self) -> Sequence[str]:
        """List the names of the folders that can hold mail."""
        with self._told():
            found = self._box.folder.list()
        return sorted(folder.name for folder in found if not _CAN_SELECT_NOT.intersection(map(str.lower, folder.flags)))

    def open(self, folder: str, to_change: bool) -> OpenFolder:
        """Open a folder; unless it is `to_change`, nothing in it can be. Raises NoFolder."""
        try:
            with told_imap(self._host):
                self._box.folder.set(folder, readonly=not to_change)
        except NotReached as error:
            raise MailboxAway(str(error)) from error
        except Declined as error:
            raise NoFolder(f"the folder “{folder}” can't be opened: {error}") from error
        self._keywords = frozenset(" ".join(self._said("PERMANENTFLAGS")).strip("()").lower().split())
        return OpenFolder(_number(self._said("UIDVALIDITY")), _number(self._said("UIDNEXT")))

    def search(self, filters: MailFilters, first: int, today: date) -> Sequence[int]:
        """Find the UIDs of mails, from one on, that may meet filters; ascending."""
        asked = str(criteria(filters, first, today))
        try:
            with told_imap(self._host):
                found = self._box.uids(asked, charset=None if asked.isascii() else "UTF-8")
        except NotReached as error:
            raise MailboxAway(str(error)) from error
        except Declined:
            plain = criteria(without(filters, lambda text: not text.isascii()), first, today)
            with self._told():
                found = self._box.uids(str(plain), charset=None)
        # "9:*" means the last mail, too, when its UID is lower.
        return sorted(uid for uid in map(int, found) if uid >= first)

    def find(self, message_id: str) -> Sequence[int]:
        """Find the UIDs of mails with a Message-ID."""
        if not message_id.isascii() or not message_id.isprintable():
            return ()
        with self._told():
            return sorted(map(int, self._box.uids(str(AND(header=H("Message-ID", message_id))), charset=None)))

    def newest(self, most: int) -> Sequence[int]:
        """List the highest UIDs, ascending."""
        with self._told():
            uids = sorted(map(int, self._box.uids("ALL", charset=None)))
        return uids[max(len(uids) - most, 0) :]

    def heads(self, uids: Sequence[int]) -> Iterator[Head]:
        """Read the heads of mails; those that are gone are left out."""
        for place in range(0, len(uids), BUNCH):
            numbers = ",".join(map(str, uids[place : place + BUNCH]))
            try:
                yield from self._heads(numbers, f"(UID RFC822.SIZE BODYSTRUCTURE {_HEAD})")
            except AnswerUnreadable:
                # One mail whose parts a server describes as it should not must not hold up the others.
                try:
                    yield from self._heads(numbers, f"(UID RFC822.SIZE {_HEAD})")
                except AnswerUnreadable as error:
                    raise MailboxRefused(f"what {self._host} says of mails can't be read: {error}") from error

    def _heads(self, numbers: str, items: str) -> Sequence[Head]:
        with self._told():
            answers = self._box.ordered("FETCH", numbers, items)
        heads = [head for answer in read_fetched(answers) if (head := _head_of(dict(answer))) is not None]
        return sorted(heads, key=lambda head: head.uid)

    def save(self, head: Head, path: Path) -> None:
        """Write a mail into a file, piece by piece. Raises MailFailed when it is gone."""
        if head.size > MOST_MAIL_BYTES:
            raise MailFailed(f"it has {head.size >> 20} MiB, and no mail of more than {MOST_MAIL_BYTES >> 20} is read", for_good=True)
        with path.open("xb") as file:
            while piece := self._piece(head.uid, file.tell()):
                file.write(piece)
                if len(piece) < PIECE_BYTES:
                    break
                if file.tell() > MOST_MAIL_BYTES:
                    raise MailFailed("it does not end", for_good=True)
            if not file.tell():
                raise MailFailed("it is no longer in the folder", for_good=True)

    def _piece(self, uid: int, start: int) -> bytes:
        with self._told():
            answers = self._box.ordered("FETCH", str(uid), f"(UID BODY.PEEK[]<{start}.{PIECE_BYTES}>)")
        try:
            found = [value for answer in read_fetched(answers) for name, value in answer.items() if name.startswith(b"BODY[]")]
        except AnswerUnreadable as error:
            raise MailFailed(f"the server's answer can't be read: {error}") from error
        return next((value for value in found if isinstance(value, bytes)), b"")

    def act(self, uid: int, rule: RuleFacts) -> None:
        """Do to a mail what a rule wants to be done; once more is no harm. Raises MailFailed."""
        try:
            with told_imap(self._host):
                mark(self._box, uid, rule, self._keywords)
        except NotReached as error:
            raise MailboxAway(str(error)) from error
        except Declined as error:
            raise MailFailed(f"the server refuses to {rule.action.value.replace('_', ' ')}: {error}") from error

    def wait(self, wake: int, seconds: float) -> bool:
        """Wait until mail comes into the folder that is open (True), `wake` can be read, or so many seconds are over."""
        with self._told():
            return self._box.client.wait(wake, seconds)

    def close(self) -> None:
        """Sign out, as well as that goes."""
        with suppress(MailboxAway, MailboxRefused), self._told():
            self._box.logout()
        self.hang_up()

    def hang_up(self) -> None:
        """End the connection at once; a thread that waits for an answer gets MailboxAway."""
        self._box.client.hang_up()

    def _said(self, name: str) -> list[str]:
        _, said = self._box.client.response(name)
        return [each.decode("utf-8", "replace") for each in said if isinstance(each, bytes)]

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with told_imap(self._host):
                yield
        except NotReached as error:
            raise MailboxAway(str(error)) from error
        except (Declined, Refused) as error:
            raise MailboxRefused(f"{self._host} says: {error}") from error


def _number(said: list[str]) -> int:
    return int(said[-1]) if said and said[-1].isdecimal() else 0


def _head_of(answer: dict[bytes, Value]) -> Head | None:
    """Make a head of an answer; None for one that tells of something else, as servers may at any time."""
    uid, size = answer.get(b"UID"), answer.get(b"RFC822.SIZE")
    header = next((value for name, value in answer.items() if name.startswith(b"BODY[HEADER")), None)
    if not (isinstance(uid, bytes) and uid.isdigit() and isinstance(header, bytes)):
        return None
    weight = int(size) if isinstance(size, bytes) and size.isdigit() else 0
    return Head(int(uid), weight, read_letter(header), tuple(leaves_of(answer.get(b"BODYSTRUCTURE"))))
