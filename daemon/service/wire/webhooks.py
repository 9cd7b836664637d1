"""Webhooks as the contract tells them: without the values of their headers, which go in and never out."""

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from actors.intake.names import shown_text
from actors.store.nouns.sealed import Sealed
from actors.store.nouns.workflows import Action, CallWebhook
from daemon.service.refusals import Violation
from scriba.v1 import workflows_pb2 as pb

Headers = tuple[tuple[str, Sealed], ...]
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
# As HTTP allows it: no space around it.
_VALUE = re.compile(r"(?:[\x21-\x7e](?:[\t\x20-\x7e]{0,3998}[\x21-\x7e])?)?")
# Seals a secret that a caller has sent.
Seal = Callable[[str], Sealed]


def webhook_message(action: CallWebhook) -> pb.WebhookAction:
    """Tell a webhook; of its headers the names."""
    return pb.WebhookAction(
        url=action.url,
        params=dict(action.params),
        body=action.body,
        as_json=action.as_json,
        kept_headers=[name for name, _ in action.headers],
        attach_document=action.attach,
    )


def read_headers(place: str, told: pb.WebhookAction, present: CallWebhook | None, seal: Seal) -> tuple[Headers, Sequence[Violation]]:
    """Give the headers of a webhook, those kept of the present one and those that are new; and what is wrong, without their values.

    Capitals make no difference in a name.
    """
    new = {name: seal(value) for name, value in told.headers.items()}
    sent = {name.lower() for name in new}
    there = {} if present is None else {name.lower(): (name, value) for name, value in present.headers}
    wanted = [name for name in dict.fromkeys(told.kept_headers) if name.lower() not in sent]
    kept = dict(there[name.lower()] for name in wanted if name.lower() in there)
    wrong = [Violation(f"{place}.headers", words) for words in _wrong(told)]
    if unknown := next((name for name in wanted if name.lower() not in there), None):
        wrong.append(Violation(f"{place}.kept_headers", f"no {shown_text(unknown)[:100]} is kept for that host: send its value"))
    return tuple(sorted({**kept, **new}.items())), wrong


def _wrong(told: pb.WebhookAction) -> Iterator[str]:
    if not all(_NAME.fullmatch(name) and _VALUE.fullmatch(value) for name, value in told.headers.items()):
        yield "must be names and values of HTTP headers, in ASCII"
    if len({name.lower() for name in told.headers}) < len(told.headers):
        yield "must name no header twice, in whatever capitals"


def pair(told: Sequence[pb.WorkflowAction], present: Sequence[Action]) -> list[CallWebhook | None]:
    """Find for each action the webhook whose headers it may keep: of the same URL, or else of the same scheme, host and port.

    To another host a header would carry its secret to whoever names one.
    """
    left = [action for action in present if isinstance(action, CallWebhook)]
    pairs: list[CallWebhook | None] = [None] * len(told)
    for alike in (str, _origin):
        for number, url in _urls(told):
            found = next((one for one in left if alike(one.url) == alike(url)), None) if pairs[number] is None else None
            if found is not None:
                pairs[number] = found
                left = [one for one in left if one is not found]
    return pairs


def _urls(told: Sequence[pb.WorkflowAction]) -> Iterator[tuple[int, str]]:
    return ((number, action.webhook.url) for number, action in enumerate(told) if action.WhichOneof("action") == "webhook")


def _origin(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return parts.scheme, parts.netloc.lower()
