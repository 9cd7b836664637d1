"""Keeps an eye on one mailbox, in a thread of its own: visits its folders, and waits for mail."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from actors.mail.errors import ArchiveAway, MailboxAway, MailboxError, MailboxRefused, NoFolder
from actors.mail.ports import Mailbox
from actors.mail.visiting import Desk, Visit
from actors.mail.waking import Bell
from actors.store.errors import StoreUnavailable
from actors.store.mail.errors import MailAccountNotFound, MailRuleNotFound
from actors.store.nouns.mail import AccountId, MailAccount

log = structlog.get_logger(__name__)

Connect = Callable[[MailAccount], Mailbox]
# Tells when mailboxes are asked that do not tell by themselves; None for never.
NextTime = Callable[[datetime], datetime | None]

FIRST_PAUSE = 5.0
# Who presents a wrong password too often is locked out by providers.
REFUSED_PAUSE = 300.0
LONGEST_PAUSE = 900.0
# So long somebody may wait for mail that nobody asks for: for one whose next try is due, and to see that the connection still stands.
LONGEST_WAIT = timedelta(minutes=20)


class Keeper:
    """Looks at one mailbox until it is stopped, or the account is gone or switched off."""

    def __init__(self, account: AccountId, desk: Desk, connect: Connect, next_time: NextTime) -> None:
        """Take the parts."""
        self.account = account
        self.waiting = ""
        self._desk, self._connect, self._next_time = desk, connect, next_time
        self._bell = Bell()
        self._box: Mailbox | None = None
        self._stopped = False
        self._failures = 0

    def run(self) -> None:
        """Work. Errors of the mailbox are noted on the account, and it is tried again after a pause."""
        try:
            while not self._stopped and (account := self._account()) is not None:
                pause = self._pause_after(account)
                if pause and not self._stopped:
                    self.waiting = f"is tried again within {pause / 60:.0f} minutes" if pause >= 60 else "is tried again at once"
                    self._bell.wait(pause)
                    self._bell.heard()
        except (MailAccountNotFound, MailRuleNotFound):
            return  # it was removed while it was looked at

    def look(self) -> None:
        """Have it looked at now, whatever is waited for."""
        self._bell.ring()

    def stop(self) -> None:
        """Make `run` return within a moment."""
        self._stopped = True
        self._bell.ring()
        if (box := self._box) is not None:
            box.hang_up()

    def close(self) -> None:
        """Give back what it holds, once `run` has returned."""
        self._bell.close()

    def _account(self) -> MailAccount | None:
        try:
            account = self._desk.store.mail_accounts.get(self.account)
        except MailAccountNotFound:
            return None
        return account if account.facts.enabled else None

    def _pause_after(self, account: MailAccount) -> float:
        """Stay with the mailbox for as long as that goes well, and tell for how many seconds it is left alone then."""
        try:
            self._stay(account)
        except (MailboxError, StoreUnavailable) as error:
            if self._stopped:
                return 0.0
            self._note(account, error)
            first = REFUSED_PAUSE if isinstance(error, MailboxRefused) else FIRST_PAUSE
            self._failures += 1
            return min(first * 2.0 ** (self._failures - 1), LONGEST_PAUSE)
        return 0.0

    def _stay(self, account: MailAccount) -> None:
        """Connect, and visit and wait by turns, as long as nobody stops it."""
        self._box = box = self._connect(account)
        try:
            while not self._stopped:
                self._bell.heard()
                self.waiting = ""
                following = self._visit(box, account)
                self._failures = 0
                self._wait(box, following)
        finally:
            self._box = None
            box.close()

    def _visit(self, box: Mailbox, account: MailAccount) -> tuple[str, int] | None:
        """Visit all folders; name the one in which mail is waited for, with the UID that it would have."""
        first: tuple[str, int] | None = None
        problems = []
        for folder in self._folders():
            try:
                next_uid = Visit(self._desk, box, account, folder).make()
            except NoFolder as error:
                problems.append(str(error))
            else:
                first = first or (folder, next_uid)
        now = self._desk.now()
        if problems:
            self._desk.store.mail_accounts.note_error(account.id, "; ".join(problems), now)
        else:
            self._desk.store.mail_accounts.note_seen(account.id, now)
        return first

    def _folders(self) -> Sequence[str]:
        rules = self._desk.store.mail_rules.list(self.account)
        return list(dict.fromkeys(rule.facts.folder for rule in rules if rule.facts.enabled))

    def _wait(self, box: Mailbox, following: tuple[str, int] | None) -> None:
        """Wait for mail, for the next time, or until somebody rings."""
        now = self._desk.now()
        seconds = (self._until(now) - now).total_seconds()
        if following is None or not box.tells:
            self.waiting = "is asked now and then"
            self._bell.wait(seconds)
            return
        folder, next_uid = following
        self.waiting = "tells new mail at once"
        # What came while other folders were looked at, or between the last look and now, would not be told any more.
        if box.open(folder, to_change=True).next_uid == next_uid:
            box.wait(self._bell.descriptor, seconds)

    def _until(self, now: datetime) -> datetime:
        horizon = now + LONGEST_WAIT
        retries = [entry.next_time for entry in self._desk.store.mails.due(self.account, horizon)]
        times = [time for time in (self._next_time(now), *retries) if time is not None and time > now]
        return min((horizon, *times))

    def _note(self, account: MailAccount, error: Exception) -> None:
        log.warning("mailbox not looked at", account_id=account.id, error=str(error), kind=type(error).__name__)
        if isinstance(error, (MailboxAway, MailboxRefused, ArchiveAway)):
            try:
                self._desk.store.mail_accounts.note_error(account.id, str(error), self._desk.now())
            except StoreUnavailable:
                return  # it is tried again, and then noted
