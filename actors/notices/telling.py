"""Tells what is to be told: each once, again while a service is away, and given up with words for its owner."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import structlog

from actors.egress.connecting import Resolve, resolve
from actors.errands.calling import call
from actors.errands.errors import NeverSent, NotSent
from actors.errands.mailing import send_email
from actors.errands.settings import ErrandSettings
from actors.notices.shapes import call_for
from actors.notices.wording import Message, Told, message_of, test_message
from actors.sealing.errors import CannotUnseal
from actors.sealing.seals import Seals
from actors.store.identity.errors import UserNotFound
from actors.store.nouns.access import viewer_of
from actors.store.nouns.archive import Document
from actors.store.nouns.notifications import Notice, Notification, Way
from actors.store.nouns.workflows import SendEmail
from actors.store.store import Store

# A phone's service may be away for a night; what is told a day late is still news.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))

log = structlog.get_logger(__name__)


class Teller:
    """Sends; one process alone may, at one time. It may be killed between sending and noting that: then it sends once more."""

    def __init__(
        self, store: Store, settings: ErrandSettings, seals: Seals, public_url: str, now: Callable[[], datetime], lookup: Resolve = resolve
    ) -> None:
        self._store = store
        self._settings = settings
        self._seals = seals
        self._public_url = public_url
        self._now = now
        self._lookup = lookup

    def tell_due(self) -> int:
        """Tell what is due, and count the messages. Raises StoreUnavailable."""
        return sum(self._tell(one) for one in self._store.notifications.list() if one.facts.enabled)

    def test(self, notification: Notification) -> None:
        """Send a test now; raises NotSent, NeverSent."""
        moment = f"{self._now():%Y%m%d%H%M%S%f}"
        self._send(notification, test_message(notification.facts.name, self._public_url), f"test-{moment}")

    def _tell(self, one: Notification) -> bool:
        notices = self._store.notices.due(one.id, self._now())
        if not notices:
            return False
        told = self._seen(one, notices)
        if not told:  # all of it was taken from him, or is gone
            self._store.notices.forget([notice.id for notice in notices])
            return False
        ids = [notice.id for notice in notices]
        facts = {"notification_id": one.id, "notices": len(ids)}
        try:
            self._send(one, message_of(told, self._public_url), _number(notices))
        except NotSent as error:
            attempt = max(notice.attempt for notice in notices)
            if attempt < len(PAUSES):
                log.warning("notification put off", **facts)
                self._store.notices.put_off(one.id, ids, self._now() + PAUSES[attempt])
            else:
                self._give_up(one, notices, f"{error}; given up after {attempt + 1} tries")
        except NeverSent as error:
            self._give_up(one, notices, str(error))
        else:
            log.info("notification sent", **facts)
            self._store.notices.told(one.id, ids, self._now())
        return True

    def _seen(self, one: Notification, notices: Sequence[Notice]) -> list[Told]:
        """Give what the owner may still see, by the titles of now."""
        seen = self._store
        if one.owner is not None:
            try:
                seen = self._store.seen_by(viewer_of(self._store.users.get(one.owner)))
            except UserNotFound:
                return []
        documents = {row.id: row for row in self._documents(seen, notices)}
        return [
            Told(notice.happening.document, _title(documents[notice.happening.document]), notice.happening.event, notice.happening.words)
            for notice in notices
            if notice.happening.document in documents
        ]

    def _documents(self, seen: Store, notices: Sequence[Notice]) -> Sequence[Document]:
        there = [document for document, _, _ in seen.notices.states_of({notice.happening.document for notice in notices})]
        return seen.documents.get_many(there) if there else ()

    def _send(self, one: Notification, message: Message, number: str) -> None:
        try:
            secret = self._seals.unseal(one.secret)
        except CannotUnseal as error:
            raise NeverSent(f"its secret can't be read: {error}") from error
        if one.facts.way is Way.EMAIL:
            text = "\n\n".join(part for part in (message.body, message.link) if part)
            send_email(SendEmail((self._address(one),), message.title, text), (), self._settings.mail)
            return
        shaped = call_for(one.facts.way, one.facts.url, secret, message, number)
        call(shaped.method, shaped.url, shaped.headers, shaped.content, self._settings.webhooks, self._lookup)

    def _address(self, one: Notification) -> str:
        try:
            address = "" if one.owner is None else self._store.users.get(one.owner).facts.email
        except UserNotFound:
            address = ""
        if not address:
            raise NeverSent("its owner has no e-mail address: an administrator gives him one")
        return address

    def _give_up(self, one: Notification, notices: Sequence[Notice], words: str) -> None:
        log.warning("notification given up", notification_id=one.id)
        self._store.notices.give_up(one.id, [notice.id for notice in notices], words, self._now())


def _number(notices: Sequence[Notice]) -> str:
    return sha256(" ".join(str(notice.id) for notice in notices).encode()).hexdigest()[:24]


def _title(document: Document) -> str:
    return document.title or document.original_filename
