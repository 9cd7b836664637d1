"""Uploads that have become documents, by their request ids."""

from actors.store.database import Database
from actors.store.documents.acceptance import answer_to
from actors.store.nouns.archive import Accepted, SourceKey, SourceKind


class Uploads:
    """Answers for uploads that are done; one that is still arriving is a file in `spool/uploads/`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, request_id: str, kind: SourceKind = SourceKind.UPLOAD) -> Accepted | None:
        """Give what was answered to a finished upload that came by a door."""
        with self._database.read() as session:
            return answer_to(session, SourceKey(kind, request_id))
