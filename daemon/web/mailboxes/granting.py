"""Whoever owns a mailbox walks to its provider and back, and brings a grant."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actors.grants.errors import GrantRefused
from actors.grants.flow import GrantFlow
from actors.grants.grant import write_grant
from actors.openid.flow import make_asked
from actors.sealing.seals import Seals
from actors.store.nouns.identity import UserId
from actors.store.nouns.mail import AccountId, MailAccount, Proof
from actors.store.store import Store
from daemon.service.around.access import Rule, check_rule
from daemon.service.around.remote_users import principal_of
from daemon.service.callers import Principal, author, called_by, called_from, caller
from daemon.service.identity.door import Door
from daemon.service.refusals import InvalidRequest, NoAccount, SignInExpired, Violation
from daemon.service.wire.mail_accounts import SIGN_IN_PATH
from daemon.web.links.pages import Pages
from daemon.web.mailboxes.words import MAILBOX_WORDS
from daemon.web.signing_in.messages import Answering
from daemon.web.signing_in.pages import TEMPLATES
from daemon.web.signing_in.pending import Pending, Pendings
from daemon.web.signing_in.sessions import all_headers
from daemon.web.signing_in.troubles import TOLD, told_as
from daemon.web.signing_in.walking import Walking
from scriba.v1 import access_pb2

START = SIGN_IN_PATH
BACK = f"{START}/callback"
PAGE = "/settings/mail"
_MOST_DIGITS = 19  # ids are 64 bits wide
# As UpdateMailAccount has it, which does the same with a secret.
_RULE = Rule(access_pb2.ROLE_EDITOR, access_pb2.SCOPE_CATALOG)
_PAGES = Pages(TEMPLATES, MAILBOX_WORDS)


@dataclass(frozen=True, slots=True)
class GrantingParts:
    """What the walk to a mailbox's provider works with. `changed` is told that an account can be looked at."""

    whole: Store
    seals: Seals
    now: Callable[[], datetime]
    flows: Mapping[Proof, GrantFlow]
    pendings: Pendings
    changed: Callable[[], Awaitable[None]]


def mailbox_routes(door: Door, parts: GrantingParts) -> list[Route]:
    """Give the routes of a browser that goes to a mailbox's provider, and of one that comes back."""
    walk = MailboxWalk(door, parts)
    return [Route(START, walk.telling(walk.begin)), Route(BACK, walk.telling(walk.come_back))]


class MailboxWalk:
    """Leads owners of mailboxes to their providers, and keeps what they bring."""

    def __init__(self, door: Door, parts: GrantingParts) -> None:
        self._door, self._parts = door, parts
        self._walking = Walking(door, parts.pendings, "mailbox")

    async def begin(self, request: Request) -> Response:
        """Send the owner of an account to its provider."""
        who = await self._walking.who(request)
        check_rule(who, _RULE)
        if who.user is None:
            raise NoAccount
        called_by(who)
        account = await asyncio.to_thread(self._account, _named(request))
        pending = Pending(make_asked(), PAGE, who.user, account.id)
        return self._walking.go(request, self._flow(account).address(pending.asked, account.facts.user), pending)

    async def come_back(self, request: Request) -> Response:
        """Keep what the provider grants, in place of what was kept before."""
        pending, told = self._walking.come_back(request)
        if pending.user is None:
            raise SignInExpired
        request.state.again = f"{START}?account={pending.thing}"
        called_by(await asyncio.to_thread(self._principal, pending.user))
        account = await asyncio.to_thread(self._account, AccountId(pending.thing))
        grant = await self._walking.apart(self._flow(account).granted, pending.asked, told, self._parts.now())
        await asyncio.to_thread(self._keep, account, write_grant(grant))
        await self._parts.changed()
        answer = _PAGES.answer(request, "going_on.html", to=pending.to)
        self._walking.forget(request, answer)
        return answer

    def telling(self, answering: Answering) -> Answering:
        """Say in a page what went wrong."""

        async def answer(request: Request) -> Response:
            called_from(self._door.proofs.address(all_headers(request)))
            request.state.again = PAGE
            try:
                return await answering(request)
            except (*TOLD, GrantRefused) as error:
                page = _PAGES.answer(request, "failed.html", told_as(error), error=error, again=request.state.again)
            if request.url.path == BACK:
                self._walking.forget(request, page)
            return page

        return answer

    def _principal(self, user_id: UserId) -> Principal:
        """Go on in the name of who has begun, as far as he still may; a browser sends no session along when another site sends it here."""
        user = self._parts.whole.users.get(user_id)
        principal = principal_of(user)
        check_rule(principal, _RULE)
        if not user.facts.enabled:
            raise SignInExpired
        return principal

    def _account(self, account_id: AccountId) -> MailAccount:
        return self._store().mail_accounts.get(account_id)

    def _keep(self, account: MailAccount, secret: str) -> None:
        self._store().mail_accounts.update(account.id, account.facts, self._parts.seals.seal(secret), account.revision)

    def _store(self) -> Store:
        """Give the archive as whoever walks may see and change it."""
        return self._parts.whole.acting(author(), self._parts.now).seen_by(caller().viewer)

    def _flow(self, account: MailAccount) -> GrantFlow:
        flow = self._parts.flows.get(account.facts.proof)
        if flow is None:
            raise InvalidRequest(Violation("account", "is at no provider that the settings know a client for"))
        return flow


def _named(request: Request) -> AccountId:
    text = request.query_params.get("account", "")
    if not (text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS):
        raise InvalidRequest(Violation("account", "must be the id of a mail account"))
    return AccountId(int(text))
