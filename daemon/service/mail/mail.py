"""The servicer of mail."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from daemon.service.mail.accounts import Accounts
from daemon.service.mail.mails import Taken
from daemon.service.mail.rules import Rules
from daemon.service.ports import Archive
from daemon.service.wire.mail_accounts import PROOFS, reached_message
from daemon.service.wire.mail_rules import rule_id
from daemon.service.wire.mails import tried_message
from scriba.v1 import mail_pb2 as pb
from scriba.v1 import mail_pb2_grpc

# So many mails are looked at in a try where nothing is said.
TRIED = 20


class MailServicer(mail_pb2_grpc.MailServiceServicer):
    """Unpacks, calls, packs. Whoever looks at mailboxes hears of each change, and looks when he can."""

    def __init__(self, archive: Archive) -> None:
        self._accounts, self._rules, self._taken = Accounts(archive), Rules(archive), Taken(archive)
        self._mailboxes = archive.mailboxes
        self._providers = [PROOFS[proof] for proof in archive.facts.mail_providers]

    async def ListMailAccounts(self, request: pb.ListMailAccountsRequest, context: object) -> pb.ListMailAccountsResponse:
        return pb.ListMailAccountsResponse(accounts=await asyncio.to_thread(self._accounts.all), providers=self._providers)

    async def CreateMailAccount(self, request: pb.CreateMailAccountRequest, context: object) -> pb.CreateMailAccountResponse:
        account = await asyncio.to_thread(self._accounts.create, request.account)
        await self._mailboxes.heed()
        return pb.CreateMailAccountResponse(account=account)

    async def UpdateMailAccount(self, request: pb.UpdateMailAccountRequest, context: object) -> pb.UpdateMailAccountResponse:
        account = await asyncio.to_thread(self._accounts.update, request)
        await self._mailboxes.heed()
        return pb.UpdateMailAccountResponse(account=account)

    async def DeleteMailAccount(self, request: pb.DeleteMailAccountRequest, context: object) -> pb.DeleteMailAccountResponse:
        await asyncio.to_thread(self._accounts.delete, request)
        await self._mailboxes.heed()
        return pb.DeleteMailAccountResponse()

    async def TestMailAccount(self, request: pb.TestMailAccountRequest, context: object) -> pb.TestMailAccountResponse:
        account = await asyncio.to_thread(self._accounts.one, request.id)
        return reached_message(await self._mailboxes.test(account))

    async def FetchMail(self, request: pb.FetchMailRequest, context: object) -> pb.FetchMailResponse:
        await self._mailboxes.fetch(await asyncio.to_thread(self._accounts.meant, request.account_id))
        return pb.FetchMailResponse()

    async def ListMailRules(self, request: pb.ListMailRulesRequest, context: object) -> pb.ListMailRulesResponse:
        return pb.ListMailRulesResponse(rules=await asyncio.to_thread(self._rules.all, request.account_id))

    async def CreateMailRule(self, request: pb.CreateMailRuleRequest, context: object) -> pb.CreateMailRuleResponse:
        rule = await asyncio.to_thread(self._rules.create, request.rule)
        await self._mailboxes.heed()
        return pb.CreateMailRuleResponse(rule=rule)

    async def UpdateMailRule(self, request: pb.UpdateMailRuleRequest, context: object) -> pb.UpdateMailRuleResponse:
        rule = await asyncio.to_thread(self._rules.update, request)
        await self._mailboxes.heed()
        return pb.UpdateMailRuleResponse(rule=rule)

    async def DeleteMailRule(self, request: pb.DeleteMailRuleRequest, context: object) -> pb.DeleteMailRuleResponse:
        await asyncio.to_thread(self._rules.delete, request)
        await self._mailboxes.heed()
        return pb.DeleteMailRuleResponse()

    async def ReorderMailRules(self, request: pb.ReorderMailRulesRequest, context: object) -> pb.ReorderMailRulesResponse:
        await asyncio.to_thread(self._rules.reorder, request)
        await self._mailboxes.heed()
        return pb.ReorderMailRulesResponse()

    async def TryMailRule(self, request: pb.TryMailRuleRequest, context: object) -> pb.TryMailRuleResponse:
        told = request.rule
        facts = await asyncio.to_thread(self._rules.tried, told)
        mails = await self._mailboxes.try_rule(facts, rule_id(told.id) if told.id else None, request.mails or TRIED)
        given = told.correspondent if told.correspondent_from == pb.MAIL_CORRESPONDENT_FIXED else ""
        return pb.TryMailRuleResponse(mails=[tried_message(mail, given) for mail in mails])

    async def ListMails(self, request: pb.ListMailsRequest, context: object) -> pb.ListMailsResponse:
        return await asyncio.to_thread(self._taken.page, request)

    async def RetryMail(self, request: pb.RetryMailRequest, context: object) -> pb.RetryMailResponse:
        mail = await asyncio.to_thread(self._taken.retry, request.id)
        await self._mailboxes.heed()
        return pb.RetryMailResponse(mail=mail)
