"""How each service wants a message: plain JSON, ntfy, Gotify, Matrix."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from actors.notices.wording import Message
from actors.store.nouns.notifications import Way


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `content` is as httpx takes it: `json`, or `content`."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    content: Mapping[str, Any] = field(repr=False)


def check_url(way: Way, url: str) -> str:
    """Say what is wrong with a URL for a way, '' for nothing."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "must be an address like https://ntfy.example/papers"
    if way is Way.NTFY and not parts.path.strip("/"):
        return "must end with the topic: https://ntfy.example/papers"
    if way is Way.MATRIX and not parts.path.lstrip("/").startswith(("!", "%21")):
        return "must end with the room's id: https://matrix.example/!room:example"
    return ""


def call_for(way: Way, url: str, secret: str, message: Message, number: str) -> Call:
    """Shape a call. `number` names this sending: Matrix takes the same number once, however often it is sent."""
    bearer = (("Authorization", f"Bearer {secret}"),) if secret else ()
    match way:
        case Way.NTFY:
            click = (("Click", message.link),) if message.link else ()
            return Call("POST", url, (*bearer, ("Title", _in_header(message.title)), *click), {"content": message.body.encode()})
        case Way.GOTIFY:
            key = (("X-Gotify-Key", secret),) if secret else ()
            extras = {"client::notification": {"click": {"url": message.link}}} if message.link else {}
            told = {"title": message.title, "message": message.body, "priority": 5, "extras": extras}
            return Call("POST", f"{url.rstrip('/')}/message", key, {"json": told})
        case Way.MATRIX:
            text = "\n".join(part for part in (message.body, message.link) if part)
            return Call("PUT", f"{_room(url)}/send/m.room.message/scriba-{number}", bearer, {"json": {"msgtype": "m.text", "body": text}})
        case Way.JSON | Way.EMAIL:
            return Call("POST", url, bearer, {"json": _plain(message)})


def _room(url: str) -> str:
    parts = urlsplit(url)
    room = parts.path.lstrip("/").replace("%21", "!", 1)
    return f"{parts.scheme}://{parts.netloc}/_matrix/client/v3/rooms/{quote(room, safe='')}"


def _plain(message: Message) -> dict[str, Any]:
    told = [{"event": one.event.value, "document_id": str(one.document), "title": one.title, "words": one.words} for one in message.told]
    return {"title": message.title, "message": message.body, "link": message.link, "notices": told}


def _in_header(text: str) -> str:
    """Write a header's text: as it is where it is ASCII, else as mail writes it (RFC 2047), which ntfy reads."""
    return text if text.isascii() else f"=?UTF-8?B?{b64encode(text.encode()).decode()}?="
