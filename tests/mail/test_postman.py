"""The postman on a real mailbox: mail comes at once, what goes wrong is told, and he ends when he is asked to."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actors.mail.errors import MailboxRefused, NoFolder
from actors.mail.imap import ImapMailbox
from actors.mail.postman import Postman
from actors.mail.signing_in import sign_in
from actors.mail.visiting import Desk
from actors.store.nouns.identity import Role, UserFacts
from actors.store.nouns.mail import Filing, MailAccount, MailFilters, MailState, Scope, TitleFrom
from actors.store.nouns.sealed import Sealed
from tests.dovecot import PASSWORD, running_dovecot
from tests.letters.writing import mail, with_file
from tests.mail.post_office import ANY_AGE, SETTINGS, PostOffice

Times = Callable[[datetime], datetime | None]


def connect(account: MailAccount) -> ImapMailbox:
    return sign_in(account.facts, account.secret, SETTINGS)


@asynccontextmanager
async def at_work(office: PostOffice, times: Times = lambda _: None) -> AsyncIterator[Postman]:
    """Let a postman work; he must end within a second."""
    desk = Desk(office.store, office.accept, lambda: datetime.now(UTC))
    postman = Postman(desk, connect, times)
    work = asyncio.create_task(postman.run())
    try:
        yield postman
    finally:
        begin = time.monotonic()
        await postman.stop()
        await work
        assert time.monotonic() - begin < 1


async def comes(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something that happens by itself."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.02)


def account(office: PostOffice) -> MailAccount:
    return office.store.mail_accounts.get(office.account.id)


async def test_mail_that_comes_is_taken_within_seconds_and_without_being_asked_for(office: PostOffice) -> None:
    office.rule()
    async with at_work(office):
        await comes(lambda: account(office).seen_time is not None)
        await asyncio.to_thread(office.mailbox.deliver, with_file(mail("Invoice 7")))
        await comes(lambda: office.states == [MailState.DONE], 5)
    assert office.titles == ["Invoice 7"]


async def test_folders_that_nobody_listens_to_are_asked_by_the_clock_and_when_somebody_wants_it(office: PostOffice) -> None:
    office.mailbox.create("Bills")
    office.rule()
    office.rule("others", folder="Bills")
    async with at_work(office, lambda now: now + timedelta(hours=1)) as postman:
        await comes(lambda: account(office).seen_time is not None)
        await asyncio.to_thread(office.mailbox.deliver, with_file(mail("asked for")), folder="Bills")
        await postman.fetch([office.account.id])
        await comes(lambda: office.titles == ["asked for"])
    async with at_work(office, lambda now: now + timedelta(seconds=0.2)):
        await asyncio.to_thread(office.mailbox.deliver, with_file(mail("by the clock"), content=b"%PDF-1.7 2"), folder="Bills")
        await comes(lambda: office.titles == ["asked for", "by the clock"])


async def test_a_server_that_tells_nothing_is_asked(office: PostOffice) -> None:
    with running_dovecot("protocol imap {\n  imap_capability = IMAP4rev1\n}\n") as server:
        office = PostOffice(office.store, server.mailbox())
        office.rule()
        async with at_work(office, lambda now: now + timedelta(seconds=0.2)) as postman:
            reached = await postman.test(office.account.id)
            assert "new mail is found when it is asked for, now and then" in reached.notes
            await asyncio.to_thread(office.mailbox.deliver, with_file(mail("Invoice 7")))
            await comes(lambda: office.titles == ["Invoice 7"])


async def test_what_went_wrong_stands_on_the_account_until_it_goes_well(office: PostOffice) -> None:
    office.rule()
    facts = office.account.facts
    office.store.mail_accounts.update(office.account.id, facts, Sealed("another"))
    async with at_work(office) as postman:
        await comes(lambda: "did not let" in account(office).error)
        await asyncio.to_thread(office.mailbox.deliver, with_file(mail("Invoice 7")))
        office.store.mail_accounts.update(office.account.id, facts, Sealed(PASSWORD))
        await postman.heed()
        await comes(lambda: office.titles == ["Invoice 7"])
        await comes(lambda: account(office).error == "" and account(office).seen_time is not None)


async def test_the_mailbox_of_somebody_who_is_disabled_is_left_alone(office: PostOffice) -> None:
    anna = office.store.users.create(UserFacts("anna", Role.EDITOR), office.now).id
    hers = office.store.mail_accounts.create(anna, replace(office.account.facts, name="hers"), Sealed(PASSWORD)).id
    async with at_work(office) as postman:
        await comes(lambda: set(postman.state().mailboxes) == {office.account.id, hers})
        office.store.users.update(anna, UserFacts("anna", Role.EDITOR, enabled=False), None)
        await postman.heed()
        await comes(lambda: set(postman.state().mailboxes) == {office.account.id})


async def test_a_folder_that_is_missing_is_told_and_the_others_are_visited(office: PostOffice) -> None:
    office.rule("wrong", folder="Bils")
    office.rule()
    office.mailbox.deliver(with_file(mail("Invoice 7")))
    async with at_work(office):
        await comes(lambda: "“Bils”" in account(office).error)
    assert office.titles == ["Invoice 7"]


async def test_an_account_that_is_switched_off_or_gone_is_left_alone(office: PostOffice) -> None:
    office.rule()
    async with at_work(office) as postman:
        await comes(lambda: account(office).seen_time is not None)
        office.store.mail_accounts.update(office.account.id, replace(office.account.facts, enabled=False), None)
        await postman.heed()
        await comes(lambda: not postman.state().mailboxes)
        await asyncio.to_thread(office.mailbox.deliver, with_file(mail("Invoice 7")))
        await postman.fetch([office.account.id])
        office.store.mail_accounts.delete(office.account.id)
        await postman.heed()
    assert office.titles == []


async def test_a_server_that_goes_away_is_come_back_to(office: PostOffice) -> None:
    with running_dovecot() as server:
        office = PostOffice(office.store, server.mailbox())
        office.rule()
        async with at_work(office) as postman:
            await comes(lambda: account(office).seen_time is not None)
            server.restart()
            await asyncio.to_thread(office.mailbox.deliver, with_file(mail("Invoice 7")))
            await postman.fetch([office.account.id])
            await comes(lambda: office.titles == ["Invoice 7"])


async def test_a_mailbox_is_tested_without_a_rule(office: PostOffice) -> None:
    office.mailbox.create("B&APw-ro")
    async with at_work(office) as postman:
        reached = await postman.test(office.account.id)
        assert reached.folders == ("Büro", "INBOX")
        assert "new mail is told at once" in reached.notes
        office.store.mail_accounts.update(office.account.id, office.account.facts, Sealed("another"))
        with pytest.raises(MailboxRefused, match="did not let"):
            await postman.test(office.account.id)


async def test_a_rule_is_tried_without_anything_being_done(office: PostOffice) -> None:
    kept = office.rule("kept", filters=MailFilters(subject="7", most_days=0), enabled=False)
    rule = replace(kept.facts, scope=Scope.BOTH, filing=Filing(TitleFrom.FILENAME), filters=replace(ANY_AGE, body="see the", subject="inv"))
    office.mailbox.deliver(mail("Other"), with_file(mail("Invoice 7")), with_file(mail("Invoice 8", text="Nothing.")))
    async with at_work(office) as postman:
        tried = await postman.try_rule(rule, kept.id, 50)
        assert [(one.subject, one.matched, [document.filename for document in one.documents]) for one in tried] == [
            ("Invoice 8", False, []),
            ("Invoice 7", True, ["invoice.pdf", "Invoice 7.eml"]),
            ("Other", False, []),
        ]
        assert [check.reason for check in tried[0].checks] == ["subject has “inv”", "body has no “see the”"]
        assert [len(await postman.try_rule(rule, None, number)) for number in (1, 2, 0)] == [1, 2, 0]
        with pytest.raises(NoFolder):
            await postman.try_rule(replace(rule, folder="Nowhere"), None, 1)
    assert (office.titles, office.mails, office.mailbox.flags()) == ([], [], [frozenset()] * 3)


async def test_a_mail_that_was_taken_is_known_when_its_rule_is_tried(office: PostOffice) -> None:
    kept = office.rule()
    office.mailbox.deliver(with_file(mail("Invoice 7")))
    office.visit()
    async with at_work(office) as postman:
        assert [one.known for one in await postman.try_rule(kept.facts, kept.id, 1)] == [True]
        assert [one.known for one in await postman.try_rule(kept.facts, None, 1)] == [False]
