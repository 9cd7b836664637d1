"""What became of mails, and what would become of them, as the contract tells it."""

from actors.mail.choosing import Check
from actors.mail.messages import TriedDocument, TriedMail
from actors.store.mail.errors import MailNotFound
from actors.store.nouns.mail import Mail, MailId, MailState
from daemon.service.wire.values import number, timestamp
from scriba.v1 import mail_pb2 as pb

STATES = {state: pb.MailState.Value(f"MAIL_STATE_{state.name}") for state in MailState}


def mail_message(mail: Mail) -> pb.Mail:
    """Tell what became of a mail."""
    told = pb.Mail(
        id=str(mail.id),
        account_id=str(mail.key.account),
        folder=mail.key.folder,
        rule_id="" if mail.rule is None else str(mail.rule),
        subject=mail.head.subject,
        sent_time=timestamp(mail.head.sent_time),
        state=STATES[mail.state],
        document_ids=map(str, mail.documents),
        error=mail.error,
        tries=mail.tries,
        next_time=timestamp(mail.next_time),
        update_time=timestamp(mail.update_time),
    )
    setattr(told, "from", mail.head.sender)  # no argument can have this name
    return told


def mail_states(told: int) -> tuple[MailState, ...]:
    """Read which states are wanted, none for all."""
    return tuple(ours for ours, value in STATES.items() if value == told)


def mail_id(text: str) -> MailId:
    """Read an id; raises MailNotFound for a text that is none."""
    if not (found := number(text)):
        raise MailNotFound(f"'{text}'")
    return MailId(found)


def tried_message(mail: TriedMail, correspondent: str) -> pb.TriedMail:
    """Tell what would become of a mail; `correspondent` is the one that the rule gives to all, '' where it gives none."""
    told = pb.TriedMail(
        subject=mail.subject,
        sent_time=timestamp(mail.sent_time),
        matched=mail.matched,
        checks=[_check_message(check) for check in mail.checks],
        documents=[_document_message(document, correspondent) for document in mail.documents],
        known=mail.known,
        error=mail.error,
    )
    setattr(told, "from", mail.sender)  # no argument can have this name
    return told


def _check_message(check: Check) -> pb.MailCheck:
    return pb.MailCheck(passed=check.passed, reason=check.reason)


def _document_message(document: TriedDocument, correspondent: str) -> pb.TriedDocument:
    return pb.TriedDocument(title=document.title, filename=document.filename, correspondent=correspondent or document.correspondent)
