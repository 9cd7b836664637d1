"""What an IMAP server is asked, so that no mail is fetched that no rule means (RFC 9051, 6.4.4)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from imap_tools import AND, OR

from actors.store.nouns.mail import MailFilters


def criteria(filters: MailFilters, first: int, today: date) -> AND:
    """Write a search: for mails from a UID on that meet all filters that a server understands; those of names it does not.

    SINCE means the day on which a mail came, in the server's own time zone: one more is asked for, and judged here.
    """
    asked = without(filters, lambda text: not text.isprintable())  # a line break would begin another command
    named = [OR(to=asked.recipient, cc=asked.recipient)] if asked.recipient else []
    return AND(
        *named,
        uid=f"{first}:*",
        from_=asked.sender or None,
        subject=asked.subject or None,
        body=asked.body or None,
        date_gte=today - timedelta(days=asked.most_days + 1) if asked.most_days else None,
    )


def without(filters: MailFilters, left_out: Callable[[str], bool]) -> MailFilters:
    """Leave out texts that can't be asked of a server: they are judged here alone."""
    sender, recipient, subject, body = (
        "" if left_out(text) else text for text in (filters.sender, filters.recipient, filters.subject, filters.body)
    )
    return replace(filters, sender=sender, recipient=recipient, subject=subject, body=body)
