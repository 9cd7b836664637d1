"""Mail accounts: ours and the contract's, in pairs. Their secrets go in, and never out."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from actors.intake.names import shown_text
from actors.mail.messages import Reached
from actors.store.mail.errors import MailAccountNotFound
from actors.store.nouns.mail import AccountFacts, AccountId, MailAccount, Proof, Security
from actors.store.nouns.sealed import Sealed
from daemon.service.refusals import Violation
from daemon.service.wire.values import etag, number, owner_id, timestamp
from scriba.v1 import mail_pb2 as pb

SECURITIES = {security: pb.MailSecurity.Value(f"MAIL_SECURITY_{security.name}") for security in Security}
PROOFS = {proof: pb.MailProof.Value(f"MAIL_PROOF_{proof.name}") for proof in Proof}
# Of nobody who has signed in.
NO_SECRET = Sealed("")
SIGN_IN_PATH = "/mail/sign-in"
_CLIENTS = {Proof.GOOGLE: "gmail_oauth_client_id", Proof.MICROSOFT: "outlook_oauth_client_id"}
_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}
# A name or an address, and nothing of a URL around it.
_HOST = re.compile(r"[^\s/@:\[\]]+|[0-9A-Fa-f:.]+")


def account_message(account: MailAccount) -> pb.MailAccount:
    """Tell an account, and of its secret that it has one."""
    facts = account.facts
    return pb.MailAccount(
        id=str(account.id),
        etag=etag(account.revision),
        name=facts.name,
        host=facts.host,
        port=facts.port,
        user=facts.user,
        security=SECURITIES[facts.security],
        proof=PROOFS[facts.proof],
        has_secret=bool(account.secret),
        disabled=not facts.enabled,
        owner_id=owner_id(account.owner),
        error=account.error,
        error_time=timestamp(account.error_time),
        seen_time=timestamp(account.seen_time),
        sign_in_path=f"{SIGN_IN_PATH}?account={account.id}" if facts.proof.by_provider else "",
    )


def account_facts(told: pb.MailAccount) -> AccountFacts:
    """Read an account, with what is usual where nothing is said."""
    security = next((ours for ours, value in SECURITIES.items() if value == told.security), Security.TLS)
    return AccountFacts(
        name=shown_text(told.name),
        host=shown_text(told.host),
        port=told.port or _PORTS[security],
        user=shown_text(told.user),
        security=security,
        proof=next((ours for ours, value in PROOFS.items() if value == told.proof), Proof.PASSWORD),
        enabled=not told.disabled,
    )


def account_violations(facts: AccountFacts, secret: str | None, providers: Collection[Proof]) -> Iterator[Violation]:
    """Tell what is wrong with an account, and with a secret that was sent, without a word of it."""
    if not facts.name:
        yield Violation("account.name", "must say what people call it")
    if not _HOST.fullmatch(facts.host):
        yield Violation("account.host", "must be the name or the address of a mail server, without its port")
    if not facts.user:
        yield Violation("account.user", "must be the name by which one signs in there")
    if facts.proof.by_provider:
        if facts.proof not in providers:
            yield Violation("account.proof", f"needs a client at the provider: an administrator names it by {_CLIENTS[facts.proof]}")
        if secret:
            yield Violation("account.secret", "is none here: it is had by signing in at the provider")
        return
    if secret is not None and not secret:
        yield Violation("account.secret", "must be the password or the token by which one signs in there")
    if secret and any(unicodedata.category(sign) == "Cc" for sign in secret):
        yield Violation("account.secret", "must not hold line breaks or other control characters")


def account_id(text: str) -> AccountId:
    """Read an id; raises MailAccountNotFound for a text that is none."""
    if not (found := number(text)):
        raise MailAccountNotFound(f"'{text}'")
    return AccountId(found)


def reached_message(reached: Reached) -> pb.TestMailAccountResponse:
    """Tell what a mailbox was found to be."""
    return pb.TestMailAccountResponse(folders=reached.folders, notes=reached.notes)
