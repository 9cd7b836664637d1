"""What is refused of versions, in words that say what the caller can do."""

from actors.store.errors import StoreError
from actors.store.nouns.archive import DocumentId


class VersionError(StoreError):
    """The root of all that is refused of versions."""


class VersionNotFound(VersionError):
    """The document has no such version: it was deleted, or there never was one. List them for the right one."""

    def __init__(self, document_id: DocumentId, number: int) -> None:
        super().__init__(f"document {document_id} has no version {number}: list its versions for the right one")
        self.document_id, self.number = document_id, number


class FirstVersionStays(VersionError):
    """The first version is what came in. It goes with its document alone."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"version 1 of document {document_id} is what came in, and stays: only with its document it can be deleted")
        self.document_id = document_id


class VersionOutdated(VersionError):
    """The document has another version by now. Look at that, and ask again for what is still wanted."""

    def __init__(self, document_id: DocumentId, expected: int, present: int) -> None:
        super().__init__(f"document {document_id} is at version {present} by now, not {expected}: look at it, and ask again")
        self.document_id, self.present = document_id, present


class InTrash(VersionError):
    """A document in the trash gets no new version. Take it out first."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"document {document_id} is in the trash: restore it first")
        self.document_id = document_id


class FileIsThere(VersionError):
    """A document, the same or another, has exactly these bytes. Nothing is to be added."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"document {document_id} has exactly this file already")
        self.document_id = document_id
