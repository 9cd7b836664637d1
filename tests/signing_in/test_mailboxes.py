"""Owners of mailboxes sign in to them at their providers, and nobody does so for another."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import httpx
import pytest
from starlette.applications import Starlette

from actors.egress.client import Bounds
from actors.grants.errors import GrantMissing
from actors.grants.flow import GrantFlow
from actors.grants.grant import read_grant
from actors.grants.keeping import Grants
from actors.openid.calling import Calling
from actors.store.nouns.audit import Act, AuditFilter, AuditNoun
from actors.store.nouns.identity import Role, UserId
from actors.store.nouns.mail import AccountFacts, AccountId, MailAccount, Proof
from actors.store.nouns.sealed import Sealed
from daemon.web.headers import SecurityHeaders
from daemon.web.mailboxes.granting import BACK, START, GrantingParts, mailbox_routes
from daemon.web.signing_in.pending import PENDING_SECONDS, Pendings
from daemon.web.signing_in.sessions import session_routes
from tests.grants.fake_provider import FakeProvider, serving
from tests.service.house import NOW, House
from tests.signing_in.browser import Browser, Clock, add

FROM_PROVIDER = {"sec_fetch_site": "cross-site", "origin": ""}
TYPED = {"sec_fetch_site": "none", "origin": ""}
NO_SECRET = Sealed("")


@dataclass
class Walk:
    """A browser between a house and the provider of a mailbox."""

    house: House
    provider: FakeProvider
    clock: Clock = field(default_factory=Clock)
    changes: list[None] = field(default_factory=list)

    def __post_init__(self) -> None:
        flow = GrantFlow(self.provider.client, Calling(self.provider.rules, Bounds(seconds=5.0)))
        self.flows = {Proof.GOOGLE: flow}
        pendings = Pendings(self.house.seals, self.clock, "mailbox")
        parts = GrantingParts(self.house.store, self.house.seals, lambda: NOW, self.flows, pendings, self.changed)
        routes = [*session_routes(self.house.door), *mailbox_routes(self.house.door, parts)]
        self.browser = Browser(SecurityHeaders(Starlette(routes=routes)))

    async def changed(self) -> None:
        self.changes.append(None)

    def account(self, owner: UserId, proof: Proof = Proof.GOOGLE) -> MailAccount:
        facts = AccountFacts("Gmail", "imap.gmail.com", 993, "ada@example.org", proof=proof)
        return self.house.store.mail_accounts.create(owner, facts, NO_SECRET)

    async def begin(self, account: AccountId | str, **headers: str) -> httpx.Response:
        return await self.browser.ask("GET", f"{START}?account={account}", **(TYPED | headers))

    async def come_back(self, answer: dict[str, str]) -> httpx.Response:
        return await self.browser.ask("GET", f"{BACK}?{httpx.QueryParams(answer)}", **FROM_PROVIDER)

    async def link(self, account: AccountId) -> httpx.Response:
        begun = await self.begin(account)
        return await self.come_back(self.provider.let_in(begun.headers["location"]))

    def secret(self, account: AccountId) -> str:
        grants = Grants(self.flows, self.house.store.mail_accounts, self.house.seals, lambda: NOW)
        return grants.secret(self.house.store.mail_accounts.get(account))


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with serving() as provider:
        yield provider


@pytest.fixture
def walk(house: House, provider: FakeProvider) -> Walk:
    return Walk(house, provider)


async def test_the_owner_comes_back_with_a_grant_that_is_kept_sealed_and_told_to_the_postman(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    account = walk.account(anna.id)
    answer = await walk.link(account.id)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert '<meta http-equiv="refresh" content="0; url=/settings/mail">' in answer.text
    kept = walk.house.store.mail_accounts.get(account.id)
    assert (read_grant(kept.secret), kept.revision, walk.changes) == (None, account.revision + 1, [None])
    assert walk.secret(account.id) == "access-1"
    assert list(walk.browser.jar) == ["__Host-scriba"]


async def test_the_audit_tells_who_has_linked_a_mailbox_and_no_token(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    await walk.link(walk.account(anna.id).id)
    (entry, *_) = walk.house.store.audit.list(AuditFilter(noun=AuditNoun.MAIL_ACCOUNT, act=Act.CHANGED), None, 10)
    assert entry.author.user == anna.id
    assert "access-1" not in str(entry)


async def test_a_token_that_ran_out_is_renewed_and_kept(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    account = walk.account(anna.id)
    walk.provider.more = {"expires_in": 60}
    await walk.link(account.id)
    walk.provider.more = {}
    assert [walk.secret(account.id), walk.secret(account.id)] == ["access-2", "access-2"]


async def test_nobody_links_the_mailbox_of_another(walk: Walk) -> None:
    account = walk.account(add(walk.house, "Bert").id)
    add(walk.house)
    await walk.browser.sign_in()
    answer = await walk.begin(account.id)
    assert (answer.status_code, "is not yours" in answer.text) == (403, True)


async def test_an_administrator_links_any_and_a_viewer_none(walk: Walk) -> None:
    account = walk.account(add(walk.house, "Bert").id)
    add(walk.house, "Root", Role.ADMIN)
    await walk.browser.sign_in("Root")
    assert (await walk.link(account.id)).status_code == 200
    add(walk.house, "Vera", Role.VIEWER)
    await walk.browser.sign_in("Vera")
    assert (await walk.begin(account.id)).status_code == 403


async def test_who_has_not_signed_in_begins_nothing(walk: Walk) -> None:
    account = walk.account(add(walk.house).id)
    answer = await walk.begin(account.id)
    assert (answer.status_code, "Sign in to the archive first" in answer.text) == (403, True)


async def test_another_page_begins_nothing(walk: Walk) -> None:
    account = walk.account(add(walk.house).id)
    await walk.browser.sign_in()
    assert (await walk.begin(account.id, sec_fetch_site="cross-site", origin="https://evil.example")).status_code == 403


@pytest.mark.parametrize("named", ["", "x", "-1", "9" * 30, "77"])
async def test_an_account_that_is_none_is_refused_in_words(walk: Walk, named: str) -> None:
    add(walk.house)
    await walk.browser.sign_in()
    assert (await walk.begin(named)).status_code == 403


async def test_a_mailbox_elsewhere_has_no_provider_to_go_to(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    answer = await walk.begin(walk.account(anna.id, Proof.MICROSOFT).id)
    assert (answer.status_code, "name no client" in answer.text) == (403, True)


async def test_a_walk_is_taken_once_and_within_its_time(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    account = walk.account(anna.id)
    begun = await walk.begin(account.id)
    answer = walk.provider.let_in(begun.headers["location"])
    walk.clock.seconds += PENDING_SECONDS
    assert (await walk.come_back(answer)).status_code == 403
    with pytest.raises(GrantMissing, match="nobody has signed in to it yet"):
        walk.secret(account.id)


async def test_who_was_disabled_meanwhile_brings_nothing(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    account = walk.account(anna.id)
    begun = await walk.begin(account.id)
    users = walk.house.store.users
    users.update(anna.id, replace(anna.facts, enabled=False), None)
    assert (await walk.come_back(walk.provider.let_in(begun.headers["location"]))).status_code == 403
    assert walk.house.store.mail_accounts.get(account.id).secret == NO_SECRET


async def test_an_account_that_was_removed_meanwhile_is_said_to_be_gone(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    account = walk.account(anna.id)
    begun = await walk.begin(account.id)
    walk.house.store.mail_accounts.delete(account.id)
    answer = await walk.come_back(walk.provider.let_in(begun.headers["location"]))
    assert (answer.status_code, "is not there any more" in answer.text) == (403, True)


async def test_who_says_no_at_the_provider_is_led_to_begin_again(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    account = walk.account(anna.id)
    begun = await walk.begin(account.id)
    answer = await walk.come_back(walk.provider.let_in(begun.headers["location"]) | {"error": "access_denied"})
    assert "access_denied" in answer.text
    assert f'<a href="{START}?account={account.id}">Try again</a>' in answer.text
