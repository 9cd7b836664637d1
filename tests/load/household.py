"""Somebody who lives through a day with an archive, and remembers all that was handed in."""

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Protocol

from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.admin_pb2 import RebuildIndexRequest, WatchJobsRequest
from scriba.v1.documents_pb2 import (
    DeleteDocumentRequest,
    Document,
    DocumentState,
    PurgeDocumentRequest,
    ReprocessDocumentRequest,
    UndeleteDocumentRequest,
    UpdateDocumentRequest,
)
from scriba.v1.search_pb2 import SearchDocumentsRequest
from tests.end_to_end.person import Person
from tests.invariants.sent import Sent
from tests.load.day import Act, Planned
from tests.load.flood import letter_file, note_file, scan_file
from tests.running import Daemon

TAGS = ("bank", "car", "doctor", "garden", "house", "school", "tax", "travel")
QUERIES = ("paper number", "bade*", "arrived", "paper -garden", "tag:tax OR tag:bank")
NEWEST = 200
# Papers that are handed in before a day have smaller ones.
FIRST_NUMBER = 1000
# Pages that show what is at work, left open.
WATCHES = 3


class Watch(Protocol):
    """A stream that may be left."""

    def cancel(self) -> object:
        """Leave it."""


class Household:
    """Does what is planned. `sent` are the files that are still wanted, `purged` the words of those that are not."""

    def __init__(self, daemon: Daemon, seed: int) -> None:
        self.sent: dict[str, Sent] = {}
        self.purged: list[str] = []
        self.acts = 0
        self.milliseconds: defaultdict[int, list[float]] = defaultdict(list)
        self._daemon = daemon
        self._person = Person(daemon)
        self._chance = random.Random(seed)
        self._number = FIRST_NUMBER
        self._watches: list[Watch] = []

    def close(self) -> None:
        """Go."""
        self._leave()
        self._person.client.close()

    def empty_the_trash_back(self) -> None:
        """Take everything out of the trash again: what was not purged is still wanted."""
        for document in list(self._person.client.list_documents(show_deleted=True)):
            self._person.client.documents.UndeleteDocument(UndeleteDocumentRequest(id=document.id))

    def hand_in(self, papers: Mapping[str, Sent]) -> None:
        """Put files into the folder."""
        for name, each in papers.items():
            self._person.drop(name, each.content)
        self.sent |= papers

    def do(self, planned: Planned) -> None:
        """Do one thing."""
        match planned.act:
            case Act.ARRIVE:
                for name, each in self._papers(planned.number):
                    self._person.drop(name, each.content)
            case Act.UPLOAD:
                for name, each in self._papers(1):
                    self._person.upload(name, each.content)
            case Act.SEARCH:
                begun = time.perf_counter()
                self._person.client.search.SearchDocuments(self._question())
                self.milliseconds[planned.hour].append((time.perf_counter() - begun) * 1000)
            case Act.WATCH:
                self._look_at_jobs()
            case Act.REBUILD:
                self._person.client.admin.RebuildIndex(RebuildIndexRequest())
            case Act.RESTART:
                self._restart()
            case Act.RESTORE | Act.PURGE:
                self._in_the_trash(planned.act)
            case _:
                self._with_a_document(planned.act)
        self.acts += 1

    def _papers(self, count: int) -> Iterator[tuple[str, Sent]]:
        for _ in range(count):
            make = self._chance.choice((scan_file, letter_file, note_file))
            name, each = make(self._number)
            self._number += 1
            self.sent[name] = each
            yield name, each

    def _question(self) -> SearchDocumentsRequest:
        known = [each.word for each in self.sent.values()]
        query = self._chance.choice([*QUERIES, self._chance.choice(known) if known else "paper"])
        return SearchDocumentsRequest(query=query, page_size=20)

    def _look_at_jobs(self) -> None:
        """Open a page that shows what is at work, and leave the one that is open longest."""
        self._watches.append(self._person.client.admin.WatchJobs(WatchJobsRequest()))
        if len(self._watches) > WATCHES:
            self._watches.pop(0).cancel()

    def _leave(self) -> None:
        while self._watches:
            self._watches.pop().cancel()

    def _restart(self) -> None:
        self._leave()
        assert self._daemon.stop() == 0
        self._daemon.start()

    def _some(self, trash: bool) -> Document | None:
        found = list(self._person.client.list_documents(show_deleted=trash, limit=NEWEST))
        return self._chance.choice(found) if found else None

    def _in_the_trash(self, act: Act) -> None:
        document = self._some(trash=True)
        if document is None:
            return
        if act is Act.RESTORE:
            self._person.client.documents.UndeleteDocument(UndeleteDocumentRequest(id=document.id))
            return
        self._person.client.documents.PurgeDocument(PurgeDocumentRequest(id=document.id))
        self.purged.append(self.sent.pop(document.original_filename).word)

    def _with_a_document(self, act: Act) -> None:
        document = self._some(trash=False)
        if document is None:
            return
        match act:
            case Act.OPEN:
                self._person.take(document.id)
            case Act.EDIT:
                changed = Document(id=document.id, title=f"Of {self._chance.choice(TAGS)}", tags=self._chance.sample(TAGS, 2))
                order = UpdateDocumentRequest(document=changed, update_mask=FieldMask(paths=["title", "tags"]))
                self._person.client.documents.UpdateDocument(order)
            case Act.DELETE:
                self._person.client.documents.DeleteDocument(DeleteDocumentRequest(id=document.id))
            case Act.REPROCESS if document.state == DocumentState.DOCUMENT_STATE_READY:
                self._reprocess(document)

    def _reprocess(self, document: Document) -> None:
        try:
            self._person.client.documents.ReprocessDocument(ReprocessDocumentRequest(id=document.id))
        except scriba.FailedPrecondition as refusal:
            if refusal.reason != "JOB_ACTIVE":  # a job may have begun since the state was looked at
                raise
