"""The actor that looks at mailboxes: each of them has a keeper, in a thread of its own."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import structlog

from actors.mail.keeper import Connect, Keeper, NextTime
from actors.mail.messages import Reached, TriedMail
from actors.mail.trying import Trial
from actors.mail.visiting import Desk
from actors.store.errors import StoreUnavailable
from actors.store.nouns.mail import AccountId, MailAccount, RuleFacts, RuleId

log = structlog.get_logger(__name__)

# So often it is looked whether accounts have come or changed of which nobody told.
LOOK_SECONDS = 60.0
# A keeper that waits for a server hears that it is over in milliseconds; one that connects just now is left behind.
PARTING_SECONDS = 0.8


@dataclass(frozen=True, slots=True)
class Kept:
    """A keeper at work. `revision` is that of the account as he knows it."""

    keeper: Keeper
    thread: threading.Thread
    revision: int


@dataclass(frozen=True, slots=True)
class PostmanState:
    """Which mailboxes are looked at, each with words on how mail is waited for there, '' while it is looked at."""

    mailboxes: Mapping[AccountId, str]


class Postman:
    """Takes out of mailboxes what rules want. What it has done stands in the store: it keeps nothing over a restart."""

    def __init__(self, desk: Desk, connect: Connect, next_time: NextTime) -> None:
        """Take the parts."""
        self._desk, self._connect, self._next_time = desk, connect, next_time
        self._kept: dict[AccountId, Kept] = {}
        self._changed = asyncio.Event()
        self._stopping = False

    async def run(self) -> None:
        """Look at all mailboxes until `stop`."""
        try:
            while not self._stopping:
                self._changed.clear()
                await self._follow()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._changed.wait()
        finally:
            await self._part(list(self._kept))

    async def stop(self) -> None:
        """Ask `run` to end."""
        self._stopping = True
        self._changed.set()

    def state(self) -> PostmanState:
        """Tell which mailboxes are looked at, and how mail is waited for there."""
        return PostmanState({account: kept.keeper.waiting for account, kept in self._kept.items()})

    async def heed(self) -> None:
        """Hear that accounts or rules were changed, or that a mail is to be looked at again."""
        self._changed.set()
        await self.fetch(list(self._kept))

    async def fetch(self, accounts: Sequence[AccountId]) -> None:
        """Look for mail soon; accounts that are gone, or switched off, are left alone."""
        for account in accounts:
            if (kept := self._kept.get(account)) is not None:
                kept.keeper.look()

    async def test(self, account: AccountId) -> Reached:
        """Connect and sign in, and tell what is there. Raises MailboxAway, MailboxRefused."""
        return await asyncio.to_thread(self._test, account)

    async def try_rule(self, rule: RuleFacts, rule_id: RuleId | None, mails: int) -> Sequence[TriedMail]:
        """Ask a rule, kept by this id or not yet, about the newest mails of its folder; nothing is changed there or here.

        Raises MailboxAway, MailboxRefused, NoFolder.
        """
        return await asyncio.to_thread(self._try, rule, rule_id, mails)

    def _test(self, account_id: AccountId) -> Reached:
        with contextlib.closing(self._connect(self._desk.store.mail_accounts.get(account_id))) as box:
            return Reached(tuple(box.folders()), tuple(box.notes()))

    def _try(self, rule: RuleFacts, rule_id: RuleId | None, mails: int) -> Sequence[TriedMail]:
        with contextlib.closing(self._connect(self._desk.store.mail_accounts.get(rule.account))) as box:
            return Trial(self._desk, box, rule, rule_id).look(mails)

    async def _follow(self) -> None:
        """Give each account that is switched on a keeper, and one that was changed a new one."""
        try:
            accounts = await asyncio.to_thread(self._desk.store.mail_accounts.to_visit)
        except StoreUnavailable as error:
            log.warning("mail accounts not read", error=str(error))
            return
        wanted = {account.id: account for account in accounts}
        await self._part([one for one, kept in self._kept.items() if not self._is_kept(wanted.get(one), kept)])
        for account in wanted.values():
            if account.id not in self._kept and not self._stopping:
                self._keep(account)

    @staticmethod
    def _is_kept(account: MailAccount | None, kept: Kept) -> bool:
        return account is not None and account.revision == kept.revision and kept.thread.is_alive()

    def _keep(self, account: MailAccount) -> None:
        keeper = Keeper(account.id, self._desk, self._connect, self._next_time)
        thread = threading.Thread(target=keeper.run, name=f"mail {account.id}", daemon=True)
        self._kept[account.id] = Kept(keeper, thread, account.revision)
        thread.start()

    async def _part(self, accounts: Collection[AccountId]) -> None:
        """Let keepers go; who does not end soon is left alone, and does nothing more once he notices."""
        kept = [self._kept.pop(account) for account in accounts]
        for one in kept:
            one.keeper.stop()
        await asyncio.to_thread(_join, [one.thread for one in kept], PARTING_SECONDS)
        for one in kept:
            if not one.thread.is_alive():
                one.keeper.close()


def _join(threads: Sequence[threading.Thread], seconds: float) -> None:
    end = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(end - time.monotonic(), 0))
