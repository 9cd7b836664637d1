"""A mailbox for scenarios at a real mail server: one mail to take, one that nobody can read, and one that no rule means."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage

from tests.dovecot import PASSWORD, running_dovecot
from tests.ocr.paper import packed, printed

_BILL = (
    "Invoice of the hinge maker in the mill lane",
    "Six hinges of iron and a bolt for the gate",
    "Amount to be paid before June: 31.70",
    "Thank you for your order by telephone",
)


@contextmanager
def mailbox() -> Iterator[Mapping[str, str]]:
    """Start the server, and tell how its mailbox is reached, by the name in clients/web/e2e/surroundings.ts."""
    with running_dovecot() as server:
        box = server.mailbox()
        box.deliver(_bill(), _locked(), _mail("Dinner on Friday", "Neighbour <neighbour@example.org>"))
        yield {"MAILBOX": json.dumps({"port": str(server.port), "user": box.user, "password": PASSWORD})}


def _mail(subject: str, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "household@example.org", subject
    mail["Message-ID"] = f"<{subject.replace(' ', '-')}@example.org>"
    mail.set_content("Dear neighbour, see below.")
    return mail


def _bill() -> EmailMessage:
    mail = _mail("Invoice for hinges", "Hinge maker <bills@hinges.example>")
    mail.add_attachment(packed(printed(_BILL)), maintype="image", subtype="png", filename="hinges.png")
    return mail


def _locked() -> EmailMessage:
    """Write a mail that is encrypted for a key that the archive does not have."""
    mail = _mail("Secret invoice", "Spy <spy@example.org>")
    version = EmailMessage()
    version.set_content(b"Version: 1", maintype="application", subtype="pgp-encrypted")
    words = EmailMessage()
    words.set_content(b"-----BEGIN PGP MESSAGE-----\n\n-----END PGP MESSAGE-----", maintype="application", subtype="octet-stream")
    mail.clear_content()
    mail["Content-Type"] = 'multipart/encrypted; protocol="application/pgp-encrypted"'
    mail.set_payload([version, words])
    return mail
