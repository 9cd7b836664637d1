"""E-mails and calls: their templates rendered, and what they are in words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from actors.store.nouns.workflows import CallWebhook, Order, SendEmail

NOUNS: Mapping[type[Order], str] = {SendEmail: "e-mail", CallWebhook: "webhook"}


def rendered(order: Order, render: Callable[[str], str]) -> Order:
    """Put values into all templates of an order; a subject is one line."""
    match order:
        case SendEmail():
            return replace(order, subject=" ".join(render(order.subject).split()), body=render(order.body))
        case CallWebhook():
            return replace(order, params=tuple((name, render(value)) for name, value in order.params), body=render(order.body))


def words_of(order: Order) -> str:
    """Say what is sent; of a URL no more than its host, since the rest may hold a secret."""
    match order:
        case SendEmail():
            return f"sends an e-mail to {', '.join(order.to)}: '{order.subject}'"
        case CallWebhook():
            return f"calls the webhook at {urlsplit(order.url).hostname}"
