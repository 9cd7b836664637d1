"""Which mails a rule means, and what of them it wants; with reasons, for a person who tries it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase

from actors.letters.letter import Letter, Part
from actors.store.nouns.mail import MailFilters, RuleFacts, Scope

# What is never reading matter, and comes with mails by itself: signatures, and reports of delivery.
BESIDES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "message/delivery-status"}
)


@dataclass(frozen=True, slots=True)
class Check:
    """What a filter says of a mail."""

    passed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a rule wants of a mail: files, and the mail itself as a file where `whole`. `checks` are of all filters that are set."""

    checks: tuple[Check, ...]
    parts: tuple[Part, ...] = ()
    whole: bool = False

    @property
    def matched(self) -> bool:
        """Tell whether the rule means the mail; it may want nothing of it all the same."""
        return all(check.passed for check in self.checks)


def choose(rule: RuleFacts, letter: Letter, now: datetime) -> Choice:
    """Ask a rule about a mail."""
    checks = tuple(_checks(rule.filters, letter, now))
    if not all(check.passed for check in checks):
        return Choice(checks)
    parts = tuple(part for part in letter.parts if _is_wanted(part, rule)) if rule.scope is not Scope.MAIL else ()
    return Choice(checks, parts, rule.scope is not Scope.ATTACHMENTS)


def _checks(filters: MailFilters, letter: Letter, now: datetime) -> Iterator[Check]:
    senders = (letter.sender, letter.sender_name)
    for name, wanted, found in (
        ("from", filters.sender, senders),
        ("to", filters.recipient, letter.recipients),
        ("subject", filters.subject, (letter.subject,)),
        ("body", filters.body, (letter.text, letter.html)),
    ):
        if wanted:
            passed = any(wanted.casefold() in text.casefold() for text in found)
            yield Check(passed, f"{name} has “{wanted}”" if passed else f"{name} has no “{wanted}”")
    if filters.include or filters.exclude:
        passed = any(is_named(part.name, filters) for part in letter.parts)
        yield Check(passed, "a file in it has such a name" if passed else "no file in it has such a name")
    if filters.most_days and letter.sent_time is not None:
        passed = now - letter.sent_time <= timedelta(days=filters.most_days)
        yield Check(passed, f"it is {'not ' if passed else ''}older than {filters.most_days} days")


def is_named(name: str, filters: MailFilters) -> bool:
    """Tell whether a file's name is meant: by any glob of `include`, and none of `exclude`; capitals do not count."""
    lower = name.casefold()
    included = not filters.include or any(fnmatchcase(lower, glob.casefold()) for glob in filters.include)
    return included and not any(fnmatchcase(lower, glob.casefold()) for glob in filters.exclude)


def is_reading_matter(part: Part, inline_images: bool = False) -> bool:
    """Tell whether a part is a file that somebody may want to read; pictures that a mail shows among its words are, if asked for."""
    return part.mime_type not in BESIDES and (inline_images or not part.inline)


def _is_wanted(part: Part, rule: RuleFacts) -> bool:
    return is_reading_matter(part, rule.inline_images) and is_named(part.name, rule.filters)
