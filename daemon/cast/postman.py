"""Who looks at mailboxes."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from actors.grants.errors import GrantGone, GrantMissing
from actors.grants.flow import grant_flows
from actors.grants.keeping import Grants
from actors.intake.messages import AcceptUpload, UploadAccepted
from actors.mail.errors import ArchiveAway, MailboxAway, MailboxRefused
from actors.mail.imap import ImapMailbox
from actors.mail.keeper import NextTime
from actors.mail.ports import Accept
from actors.mail.postman import Postman
from actors.mail.signing_in import sign_in
from actors.mail.visiting import Desk
from actors.openid.errors import ProviderUnreachable, ProviderWrong
from actors.runtime.errors import ActorLost
from actors.scheduler.cron import parse
from actors.sealing.errors import CannotUnseal
from actors.sealing.key_file import load_or_create_keys
from actors.sealing.seals import Seals
from actors.store.nouns.mail import MailAccount
from actors.store.store import join_store
from daemon.script import Script
from daemon.service.ports import IntakePort


async def make_postman(script: Script, intake: IntakePort) -> Postman:
    """Build it on the store; what it takes out goes in by the intake's door."""
    store = join_store(script.store_url, script.data)
    now = partial(datetime.now, UTC)
    seals = Seals(load_or_create_keys(script.data.secrets_key))
    grants = Grants(grant_flows(script.grant_clients), store.mail_accounts, seals, now)
    desk = Desk(store, _door(intake, asyncio.get_running_loop()), now, script.mailboxes.gnupg_home)
    return Postman(desk, _connecting(script, grants), _timetable(script))


def _door(intake: IntakePort, loop: asyncio.AbstractEventLoop) -> Accept:
    async def asked(order: AcceptUpload) -> UploadAccepted:
        return await intake.accept_upload(order)

    def accept(order: AcceptUpload) -> UploadAccepted:
        try:
            return asyncio.run_coroutine_threadsafe(asked(order), loop).result()
        except ActorLost as error:
            raise ArchiveAway("the archive was not there to take it in") from error

    return accept


def _connecting(script: Script, grants: Grants) -> Callable[[MailAccount], ImapMailbox]:
    one_at_a_time = threading.Lock()

    def connect(account: MailAccount) -> ImapMailbox:
        try:
            with one_at_a_time:
                secret = grants.secret(account)
        except ProviderUnreachable as error:
            raise MailboxAway(str(error)) from error
        except (GrantMissing, GrantGone, ProviderWrong) as error:
            raise MailboxRefused(str(error)) from error
        except CannotUnseal as error:
            raise MailboxRefused("its secret can't be read any more: enter it again") from error
        return sign_in(account.facts, secret, script.mailboxes)

    return connect


def _timetable(script: Script) -> NextTime:
    schedule = parse(script.mailboxes.cron, ZoneInfo(script.mailboxes.time_zone))
    return schedule.next_after if schedule is not None else lambda _: None
