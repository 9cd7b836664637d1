"""Does errands that are due, each until it is done or there is no hope."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from actors.egress.connecting import Resolve, resolve
from actors.errands.calling import call_webhook
from actors.errands.errors import NeverSent, NoneOpens, NotSent, NotYet
from actors.errands.mailing import Attachment, send_email
from actors.errands.opening import Unlock, open_document
from actors.errands.settings import ErrandSettings
from actors.sealing.errors import CannotUnseal
from actors.sealing.seals import Seals
from actors.store.errors import DocumentNotFound, OriginalMissing
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import CallWebhook, DueErrand, Message, RemovePassword, SendEmail
from actors.store.store import Store

AT_ONCE = 20
# Three more tries: at once a server may be busy, in a quarter of an hour it has been started again.
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=15))
# What is in the way of an errand goes within seconds, or is a disk that somebody has to look after.
NOT_YET = timedelta(seconds=10)

log = structlog.get_logger()


class Sender:
    """Sends, and opens what is locked; one process alone may, at one time."""

    def __init__(
        self,
        store: Store,
        settings: ErrandSettings,
        unlock: Unlock,
        seals: Seals,
        now: Callable[[], datetime],
        lookup: Resolve = resolve,
    ) -> None:
        self._store = store
        self._settings = settings
        self._unlock = unlock
        self._seals = seals
        self._now = now
        self._lookup = lookup

    def send_due(self) -> int:
        """Do what is due, and answer how much that was."""
        due = self._store.errands.due(self._now(), AT_ONCE)
        for errand in due:
            self._try(errand)
        return len(due)

    def _try(self, due: DueErrand) -> None:
        facts = {"document_id": due.document_id, "workflow_id": due.errand.workflow, "attempt": due.attempt + 1}
        try:
            self._do(due)
        except NotYet as error:
            log.info("errand waits", error=str(error), **facts)
            self._store.errands.put_off(due.id, self._now() + NOT_YET, failed=False)
        except NotSent as error:
            if due.attempt < len(PAUSES):
                log.warning("errand put off", **facts)
                self._store.errands.put_off(due.id, self._now() + PAUSES[due.attempt])
            else:
                self._give_up(due, f"{error}; given up after {due.attempt + 1} tries")
        except NoneOpens as error:
            if self._store.errands.other_passwords(due):
                self._store.errands.done(due.id)  # the last of them tells, if none opens it
            else:
                self._give_up(due, str(error))
        except NeverSent as error:
            self._give_up(due, str(error))
        else:
            log.info("errand done", **facts)
            self._store.errands.done(due.id)

    def _do(self, due: DueErrand) -> None:
        try:
            match due.errand.order:
                case SendEmail() as order:
                    attachment = self._attachment(due.document_id, order)
                    send_email(order, () if attachment is None else (attachment,), self._settings.mail)
                case CallWebhook() as order:
                    headers = [(name, self._seals.unseal(value)) for name, value in order.headers]
                    call_webhook(order, self._attachment(due.document_id, order), headers, self._settings.webhooks, self._lookup)
                case RemovePassword() as order:
                    passwords = [self._seals.unseal(password.text) for password in order.passwords]
                    open_document(self._store, self._unlock, due.document_id, passwords, due.errand.name, self._now())
        except CannotUnseal as error:
            raise NeverSent(f"a secret of it can't be read: {error}") from error

    def _attachment(self, document_id: DocumentId, order: Message) -> Attachment | None:
        if not order.attach:
            return None
        try:
            document = self._store.documents.get(document_id)
            return Attachment(self._store.originals.path(document), document.original_filename, document.mime_type)
        except (DocumentNotFound, OriginalMissing) as error:
            raise NeverSent(str(error)) from error

    def _give_up(self, due: DueErrand, words: str) -> None:
        log.warning("errand given up", document_id=due.document_id, workflow_id=due.errand.workflow)
        self._store.errands.give_up(due.id, words, self._now())
