"""Parts of mails have names that stay the same, and tell when the mail was sent."""

from datetime import UTC, datetime

import pytest

from actors.intake.mail_parts import mailed_time, request_id
from actors.store.nouns.archive import SourceKey, SourceKind
from actors.store.nouns.mail import AccountId, MailKey

SENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KEY = MailKey(AccountId(1), "Geschäft/Rechnungen \udcff", 7, 9)


def test_each_part_of_each_mail_has_a_name_of_its_own_that_can_be_a_files() -> None:
    names = [request_id("erika@imap", key, part, SENT) for key in (KEY, MailKey(AccountId(1), "INBOX", 7, 9)) for part in (None, 0, 1)]
    assert len(set(names)) == 6
    assert all("/" not in name and name.isascii() and len(name) < 200 for name in names)
    assert request_id("erika@imap", KEY, 0, SENT) == names[1]
    assert request_id("hans@imap", KEY, 0, SENT) not in names


@pytest.mark.parametrize("sent", [SENT, datetime(1969, 12, 31, tzinfo=UTC), None])
def test_a_name_tells_when_the_mail_was_sent(sent: datetime | None) -> None:
    assert mailed_time(SourceKey(SourceKind.MAIL, request_id("erika@imap", KEY, 0, sent))) == sent


@pytest.mark.parametrize(
    ("kind", "key"),
    [(SourceKind.UPLOAD, "~mail-1@5"), (SourceKind.MAIL, "~smtp-1"), (SourceKind.MAIL, "a@b"), (SourceKind.MAIL, f"~mail@{10**30}")],
)
def test_other_deliveries_tell_nothing(kind: SourceKind, key: str) -> None:
    assert mailed_time(SourceKey(kind, key)) is None
