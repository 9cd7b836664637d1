"""What an IMAP server is asked, so that no mail is fetched that no rule means (RFC 9051, 6.4.4)."""

from datetime import date, timedelta

from imap_tools import AND

from actors.store.nouns.mail import MailFilters


def criteria(filters: MailFilters, first: int, today: date) -> AND:
    """Write a search: for mails from a UID on that meet all filters that a server understands; those of names it does not.

    SINCE means the day on which a mail came, in the server's own time zone: one more is asked for, and judged here.
    """
    return AND(
        uid=f"{first}:*",
        from_=filters.sender or None,
        to=filters.recipient or None,
        subject=filters.subject or None,
        body=filters.body or None,
        date_gte=today - timedelta(days=filters.most_days + 1) if filters.most_days else None,
    )
