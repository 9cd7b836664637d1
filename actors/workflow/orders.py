"""What is done after all else is kept: templates rendered, and what it is in words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from actors.store.nouns.workflows import CallWebhook, Message, RemovePassword, SendEmail
from actors.workflow.known import LockState
from actors.workflow.plan import Outcome, Step

NOUNS: Mapping[type[Message], str] = {SendEmail: "e-mail", CallWebhook: "webhook"}


def rendered(order: Message, render: Callable[[str], str]) -> Message:
    """Put values into all templates of a message; a subject is one line."""
    match order:
        case SendEmail():
            return replace(order, subject=" ".join(render(order.subject).split()), body=render(order.body))
        case CallWebhook():
            return replace(order, params=tuple((name, render(value)) for name, value in order.params), body=render(order.body))


def words_of(order: Message) -> str:
    """Say what is sent; of a URL no more than its host, since the rest may hold a secret."""
    match order:
        case SendEmail():
            return f"sends an e-mail to {', '.join(order.to)}: '{order.subject}'"
        case CallWebhook():
            return f"calls the webhook at {urlsplit(order.url).hostname}"


def trying(order: RemovePassword, lock: LockState) -> Step:
    """Say whether passwords are tried; of these no more than how many they are."""
    count = len(order.passwords)
    tries = f"tries {count} password{'' if count == 1 else 's'}"
    match lock:
        case LockState.LOCKED:
            return Step(Outcome.DONE, f"{tries} on the locked PDF")
        case LockState.UNKNOWN:
            return Step(Outcome.DONE, f"{tries} if the file turns out to be a locked PDF")
        case LockState.OPEN:
            return Step(Outcome.UNCHANGED, "is not locked with a password")
