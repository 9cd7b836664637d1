"""Connects to the mailbox of an account, and signs in."""

from actors.egress.connecting import Resolve, resolve
from actors.egress.errors import Declined, NotReached, Refused, Why
from actors.egress.imap import VettedMailBox, Way, told_imap
from actors.mail.errors import MailboxAway, MailboxRefused
from actors.mail.imap import ImapMailbox
from actors.mail.settings import MailboxSettings
from actors.store.nouns.mail import AccountFacts, Proof, Security

_REMEDIES = {
    Why.OWN_NETWORK: "allowed_internal_hosts can name it, or email_allow_internal_hosts = true lets mail call all of them",
    Why.SPECIAL: "allowed_internal_hosts can name that address",
}


def sign_in(facts: AccountFacts, secret: str, settings: MailboxSettings, lookup: Resolve = resolve) -> ImapMailbox:
    """Connect and sign in. Raises MailboxAway, MailboxRefused."""
    try:
        tls = None if facts.security is Security.NONE else settings.trust()
    except OSError as error:
        raise MailboxRefused(f"email_certificate_location can't be read: {error.strerror or error}") from error
    way = Way(facts.host, facts.port, tls, facts.security is Security.STARTTLS, settings.seconds)
    try:
        with told_imap(facts.host):
            box = VettedMailBox(way, settings.rules, lookup)
    except Refused as error:
        remedy = _REMEDIES.get(error.why)
        raise MailboxRefused(f"{error}{f' ({remedy})' if remedy else ''}") from error
    except NotReached as error:
        raise MailboxAway(str(error)) from error
    except Declined as error:
        raise MailboxRefused(f"{facts.host} says: {error}") from error
    try:
        with told_imap(facts.host):
            _prove(box, facts, secret)
            box.learn()
    except NotReached as error:
        box.client.hang_up()
        raise MailboxAway(str(error)) from error
    except Declined as error:
        box.client.hang_up()
        raise MailboxRefused(f"{facts.host} did not let “{facts.user}” in: {error}") from error
    return ImapMailbox(box, facts.host)


def _prove(box: VettedMailBox, facts: AccountFacts, secret: str) -> None:
    if not (facts.user + secret).isprintable():
        raise Declined("neither a user nor a secret has line breaks or other characters that can't be seen")
    if facts.proof is not Proof.PASSWORD:
        box.present_token(facts.user, secret)
    elif (facts.user + secret).isascii() and "LOGINDISABLED" not in box.client.capabilities:
        box.login(facts.user, secret, initial_folder=None)
    else:
        box.login_utf8(facts.user, secret, initial_folder=None)
