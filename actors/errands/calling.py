"""Calls webhooks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from actors.egress.client import Bounds, told, vetted_client
from actors.egress.connecting import Resolve, resolve
from actors.egress.errors import NotReached, Refused, Why
from actors.errands.errors import NeverSent, NotSent
from actors.errands.mailing import Attachment
from actors.errands.settings import WebhookSettings
from actors.store.nouns.workflows import CallWebhook

# Answers for which the same call may do later: too early, too many, and what is the server's own trouble.
_LATER = (408, 425, 429)
# The slowest line on which a document must go out whole.
SLOWEST_BYTES_A_SECOND = 250_000
# Said by the connection itself; what a workflow says of them would make two answers of one, or a call to another host.
_NOT_OURS = frozenset({"connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"})
_REMEDIES: Mapping[Why, str] = {
    Why.SCHEME: "see webhooks_allowed_schemes",
    Why.PORT: "see webhooks_allowed_ports",
    Why.OWN_NETWORK: "allowed_internal_hosts can name it, or webhooks_allow_internal_requests = true lets webhooks call all of them",
    Why.SPECIAL: "allowed_internal_hosts can name that address",
}


def call_webhook(
    order: CallWebhook,
    attachment: Attachment | None,
    headers: Sequence[tuple[str, str]],
    settings: WebhookSettings,
    lookup: Resolve = resolve,
) -> None:
    """Post to a webhook, with its headers unsealed; raises NotSent, NeverSent."""
    try:
        bounds = bounds_for(settings.bounds, attachment)
        content = _content(order, attachment)
    except OSError as error:
        raise NotSent(f"the document's file can't be read: {error.strerror}") from error
    except ValueError as error:
        raise NeverSent(f"the webhook can't be called: {error}") from error
    call("POST", order.url, headers, content, replace(settings, bounds=bounds), lookup)


def call(
    method: str,
    url: str,
    headers: Sequence[tuple[str, str]],
    content: Mapping[str, Any],
    settings: WebhookSettings,
    lookup: Resolve = resolve,
) -> None:
    """Call a URL; raises NotSent, NeverSent. No redirect is followed, and nothing of the answer is read but its status."""
    host = _host(url)
    sent = [(name, value) for name, value in headers if name.strip().lower() not in _NOT_OURS]
    try:
        with (
            told(host),
            vetted_client(settings.rules, settings.bounds, lookup) as client,
            client.stream(method, url, headers=sent, **content) as answer,
        ):
            status, words = answer.status_code, f"{answer.status_code} {answer.reason_phrase}"
    except Refused as error:
        remedy = _REMEDIES.get(error.why)
        raise NeverSent(f"webhook refused: {error}{f' ({remedy})' if remedy else ''}") from error
    except NotReached as error:
        raise NotSent(f"webhook: {error}") from error
    except ValueError as error:
        raise NeverSent(f"the webhook can't be called: {error}") from error
    if not 200 <= status < 300:
        failure = NotSent if status in _LATER or status >= 500 else NeverSent
        raise failure(f"the webhook at {host} answered {words}")


def bounds_for(bounds: Bounds, attachment: Attachment | None) -> Bounds:
    """Allow more time for a document that goes along; raises OSError."""
    return bounds if attachment is None else replace(bounds, sending_seconds=attachment.path.stat().st_size / SLOWEST_BYTES_A_SECOND)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "no host"
    except ValueError:
        return "no host"


def _content(order: CallWebhook, attachment: Attachment | None) -> dict[str, Any]:
    params = dict(order.params)
    if attachment is not None:
        file = (attachment.name, attachment.path.read_bytes(), attachment.mime_type)
        return {"data": params or {"body": order.body}, "files": {"file": file}}
    if params:
        return {"json": params} if order.as_json else {"data": params}
    if order.as_json:
        return {"json": json.loads(order.body) if order.body else {}}
    return {"content": order.body.encode()}
