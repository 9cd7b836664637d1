"""Sending documents by e-mail: chosen, noted, and handed to the mail server."""

import asyncio
from collections.abc import Callable, Sequence

from actors.errands.errors import NeverSent, NotSent
from actors.errands.mailing import Attachment
from actors.store.nouns.archive import Document
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.sharing import ShareContent
from actors.store.nouns.workflows import SendEmail
from actors.store.versions.errors import InTrash
from daemon.service.callers import caller
from daemon.service.documents.zip_names import ZipNames, suffix_of
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, MailNotSent, MailRefused, Violation
from daemon.service.sharing.pace import Pace
from daemon.service.threads import completed
from daemon.service.wire.archive import document_id
from daemon.service.wire.shares import share_content
from scriba.v1 import shares_pb2 as pb

# An e-mail is in memory several times over while it is written.
_AT_ONCE = 2
_MEGABYTE = 1_000_000


class Sending:
    """Sends in the name of callers, within a pace. `clock` counts seconds."""

    def __init__(self, archive: Archive, clock: Callable[[], float]) -> None:
        self._archive = archive
        self._pace = Pace(clock)
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def send(self, request: pb.SendDocumentsRequest) -> int:
        """Send documents, and tell the bytes of their files.

        Raises DocumentNotFound, InTrash, OriginalMissing, InvalidRequest, TooManyMails, MailNotSent, MailRefused.
        """
        documents = await asyncio.to_thread(self._documents, request)
        attachments = await asyncio.to_thread(self._attachments, documents, share_content(request.content))
        size = await asyncio.to_thread(self._size, attachments)
        order = SendEmail(tuple(request.to), request.subject or _subject(documents), request.message)
        self._pace.take(caller().user, len(order.to))
        async with self._places:
            # Before: nothing leaves the archive without a word of it, also where the server's last answer is lost.
            await completed(self._note, documents, order.to)
            await completed(self._hand_over, order, attachments)
        return size

    def _documents(self, request: pb.SendDocumentsRequest) -> Sequence[Document]:
        documents = self._archive.store.documents.get_many([document_id(text) for text in request.document_ids])
        for document in documents:
            if document.delete_time is not None:
                raise InTrash(document.id)
        return documents

    def _attachments(self, documents: Sequence[Document], content: ShareContent) -> Sequence[Attachment]:
        store, names = self._archive.store, ZipNames()
        archives = content is ShareContent.ARCHIVES
        return [
            Attachment(store.data.archive_file(one.id), names.name(one, "", ".pdf"), "application/pdf")
            if archives and one.has_archive
            else Attachment(store.originals.path(one), names.name(one, "", suffix_of(one)), one.mime_type)
            for one in documents
        ]

    def _size(self, attachments: Sequence[Attachment]) -> int:
        size, most = sum(one.path.stat().st_size for one in attachments), self._archive.mailer.max_bytes
        if size > most:
            have, takes = (f"{each / _MEGABYTE:.1f} MB" for each in (size, most))
            words = f"have {have}, and an e-mail takes {takes} (email_max_bytes); a share link has no limit"
            raise InvalidRequest(Violation("document_ids", words))
        return size

    def _note(self, documents: Sequence[Document], to: Sequence[str]) -> None:
        told = (Change("sent to", after=", ".join(to)),)
        for document in documents:
            self._archive.store.audit.note(Deed(Act.EXPORTED, AuditNoun.DOCUMENT, document.id, changes=told))

    def _hand_over(self, order: SendEmail, attachments: Sequence[Attachment]) -> None:
        user = caller().user
        answers_to = "" if user is None else self._archive.whole.users.get(user).facts.email
        try:
            self._archive.mailer.send(order, attachments, answers_to)
        except NotSent as error:
            raise MailNotSent(str(error)) from error
        except NeverSent as error:
            raise MailRefused(str(error)) from error


def _subject(documents: Sequence[Document]) -> str:
    titles = [document.title or document.original_filename for document in documents]
    return titles[0] if len(titles) == 1 else f"{titles[0]}, and {len(titles) - 1} more"
