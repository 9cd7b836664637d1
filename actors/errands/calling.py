"""Calls webhooks."""

import json
import socket
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx

from actors.errands.addresses import is_public
from actors.errands.errors import NeverSent, NotSent
from actors.errands.mailing import Attachment
from actors.errands.settings import WebhookSettings
from actors.store.nouns.workflows import CallWebhook

Resolve = Callable[[str, int], Sequence[str]]
# Answers for which the same call may do later: too early, too many, and what is the server's own trouble.
_LATER = (408, 425, 429)


def resolve(host: str, port: int) -> list[str]:
    """Look up all addresses of a host."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def call_webhook(order: CallWebhook, attachment: Attachment | None, settings: WebhookSettings, lookup: Resolve = resolve) -> None:
    """Post to a webhook; raises NotSent, NeverSent. No redirect is followed: it could lead to where nobody has looked."""
    try:
        url = httpx.URL(order.url)
        target = checked(order.url, settings, lookup)
        headers = {**dict(order.headers), "Host": url.netloc.decode("ascii")}
        # The address that was looked at is the one that is called; its certificate must still be of the host.
        with httpx.Client(timeout=settings.seconds, follow_redirects=False, trust_env=False) as client:
            answer = client.post(
                url.copy_with(host=target),
                headers=headers,
                extensions={"sni_hostname": url.host},
                **_content(order, attachment),
            )
    except httpx.InvalidURL as error:
        raise NeverSent(f"the webhook's URL can't be called: {error}") from error
    except (httpx.HTTPError, OSError) as error:
        raise NotSent(f"the webhook at {urlsplit(order.url).hostname} was not reached: {type(error).__name__} {error}") from error
    except (ValueError, UnicodeError) as error:
        raise NeverSent(f"the webhook can't be called: {error}") from error
    if not answer.is_success:
        failure = NotSent if answer.status_code in _LATER or answer.is_server_error else NeverSent
        raise failure(f"the webhook at {url.host} answered {answer.status_code} {answer.reason_phrase}")


def checked(text: str, settings: WebhookSettings, lookup: Resolve) -> str:
    """Give the address to call; raises NeverSent for one that webhooks may not reach, OSError where there is none."""
    parts = urlsplit(text)
    if parts.scheme not in settings.schemes or not parts.hostname:
        raise NeverSent(f"webhooks may call {' and '.join(settings.schemes)} alone (webhooks_allowed_schemes)")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if settings.ports and port not in settings.ports:
        raise NeverSent(f"webhooks may not call port {port} (webhooks_allowed_ports)")
    addresses = lookup(parts.hostname, port)
    if not addresses:
        raise NotSent(f"{parts.hostname} has no address")
    if not settings.internal and not all(map(is_public, addresses)):
        raise NeverSent(f"{parts.hostname} is no host of the internet; webhooks_allow_internal_requests = true lets webhooks call it")
    return addresses[0]


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
