"""What may be wrong with a mail."""


class MailUnreadable(Exception):
    """A mail that is not taken apart: it has too many parts, or they lie too deep inside each other. Its words are for a person."""
