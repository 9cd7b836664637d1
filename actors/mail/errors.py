"""What goes wrong with mailboxes and mails, in words for their owner that hold no secret."""


class MailboxError(Exception):
    """A mailbox could not be looked at. All carry one message for a person, so that they travel well."""


class MailboxAway(MailboxError):
    """It was not reached, or the connection broke off: it may be reached later."""


class MailboxRefused(MailboxError):
    """It was reached, and said no; or it may not be called at all. Later is no better."""


class NoFolder(MailboxError):
    """It has no such folder."""


class ArchiveAway(MailboxError):
    """The archive itself takes nothing in at the moment; no mail was touched."""


class MailFailed(Exception):
    """One mail was not taken, or its action not done. `for_good` tells that the next try would fail as this one did."""

    def __init__(self, words: str, for_good: bool = False) -> None:
        super().__init__(words)
        self.for_good = for_good
