"""Takes the password off locked PDFs, as workflows want it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from actors.errands.errors import NeverSent, NoneOpens, NotSent, NotYet
from actors.ocr.errors import DecoderKilled, DecoderStopped, DiskTrouble, OcrError, WrongPassword
from actors.ocr.messages import UnlockDocument
from actors.runtime.errors import ActorLost
from actors.store.errors import DocumentNotFound, JobActive, OriginalMissing
from actors.store.files.durable import remove_file
from actors.store.nouns.archive import Document, DocumentId
from actors.store.nouns.assignments import Giver
from actors.store.nouns.versions import VersionFacts
from actors.store.store import Store
from actors.store.versions.errors import FileIsThere, InTrash, VersionOutdated

LABEL = "without its password"

# Writes an open copy of a PDF, in a process that is shut in; raises what a binder does.
Unlock = Callable[[UnlockDocument], None]


def open_document(store: Store, unlock: Unlock, document_id: DocumentId, passwords: Sequence[str], workflow: str, now: datetime) -> None:
    """Make a version that needs no password, if the document is still locked; raises NotYet, NotSent, NeverSent.

    Done twice it is done once: the new version is not locked, and it can only be made of the one that was looked at.
    """
    try:
        document = store.documents.get(document_id)
    except DocumentNotFound:
        return
    if document.delete_time is not None or not document.encrypted:
        return
    opened = store.data.unlocked / f"{document_id}.opened"
    try:
        _try_each(store, unlock, document, passwords, opened)
        facts = VersionFacts(document.mime_type, document.original_filename, document.page_count, LABEL, Giver.WORKFLOW, workflow)
        with suppress(DocumentNotFound, InTrash):
            store.versions.add(document_id, opened, facts, now, after=document.version)
    except (JobActive, VersionOutdated, DiskTrouble, ActorLost) as error:
        raise NotYet(str(error)) from error
    except (FileIsThere, OriginalMissing, DecoderStopped) as error:
        raise NeverSent(f"its password can't be taken off: {error}") from error
    except DecoderKilled as error:
        raise NotSent(f"its password can't be taken off: {error.reason}") from error
    except OcrError as error:
        raise NeverSent(f"its password can't be taken off: {error.reason}") from error
    finally:
        remove_file(opened)


def _try_each(store: Store, unlock: Unlock, document: Document, passwords: Sequence[str], target: Path) -> None:
    original = store.originals.path(document)
    for password in passwords:
        with suppress(WrongPassword):
            unlock(UnlockDocument(original, password, target))
            return
    count = len(passwords)
    raise NoneOpens("the password does not open the PDF" if count == 1 else f"none of the {count} passwords opens the PDF")
