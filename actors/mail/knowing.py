"""By what a mail is known, here and after its server has counted anew."""

from collections.abc import Sequence
from hashlib import sha256

from actors.letters.letter import Letter
from actors.mail.ports import Head
from actors.store.nouns.mail import Mail, MailHead, MailKey, MailRule

_STAND_IN = "sha256:"


def head_of(head: Head) -> MailHead:
    """Tell who sent a mail, and what it is about; one without a Message-ID is known by the rest."""
    letter = head.letter
    return MailHead(letter.message_id or _stand_in(letter, head.size), letter.sender, letter.subject, letter.sent_time)


def can_be_asked_for(message_id: str) -> bool:
    """Tell whether a server finds a mail by it."""
    return bool(message_id) and not message_id.startswith(_STAND_IN)


def is_same(known: Mail, key: MailKey, head: MailHead) -> bool:
    """Tell whether a mail is one that lay under another number in the same folder before its server counted anew.

    Machines give the same Message-ID to mails that are not the same: all that is known of them must be.
    """
    told, mine = known.head, head
    return (
        (known.key.folder, known.key.account) == (key.folder, key.account)
        and known.key.uidvalidity != key.uidvalidity
        and (told.sender[:200], told.subject[:200], told.sent_time) == (mine.sender[:200], mine.subject[:200], mine.sent_time)
    )


def digest_of(rules: Sequence[MailRule]) -> str:
    """Tell by which rules a folder was looked through: others look at all of its mails again."""
    asked = [(rule.id, rule.facts.filters, rule.facts.scope, rule.facts.inline_images, rule.facts.last) for rule in rules]
    return sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()


def _stand_in(letter: Letter, size: int) -> str:
    told = "\0".join((letter.sender, str(letter.sent_time), letter.subject, str(size)))
    return _STAND_IN + sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
