"""Whatever is done in whatever order, the store and a model in memory agree (F24)."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from actors.store.errors import JobActive, JobEnded, JobNotFailed, NotInTrash
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentOrder, SortField
from actors.store.nouns.jobs import JobKind
from tests.archives import open_archive
from tests.store.making import START, deliver

CONTENTS = st.sampled_from(["a", "b", "c"])
OLDEST_FIRST = DocumentOrder(SortField.ID, descending=False)


class StoreModel(RuleBasedStateMachine):
    """Does the same to a store and to a dictionary of titles, beside the sets of what is trashed and at work."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.data = DataDir(Path(self.stack.enter_context(tempfile.TemporaryDirectory())))
        self.store = open_archive(self.data)
        self.stack.callback(self.store.close)
        self.deliveries = 0
        self.present: dict[str, DocumentId] = {}
        self.titles: dict[DocumentId, str] = {}
        self.trashed: set[DocumentId] = set()
        self.active: set[DocumentId] = set()
        self.indexed: dict[DocumentId, str] = {}

    @rule(content=CONTENTS)
    def deliver(self, content: str) -> None:
        self.deliveries += 1
        accepted = deliver(self.store, content, key=f"{self.deliveries}")
        assert accepted.duplicate is (content in self.present)
        if content not in self.present:
            self.present[content] = accepted.document_id
            self.titles[accepted.document_id] = content
            self.active.add(accepted.document_id)
        assert accepted.document_id == self.present[content]
        self.trashed.discard(accepted.document_id)

    @rule(content=CONTENTS, title=st.sampled_from(["x", "y"]))
    def rename(self, content: str, title: str) -> None:
        if (document := self.present.get(content)) is not None:
            self.store.documents.update(document, DocumentChanges(title=title), None, START)
            self.titles[document] = title

    @rule(content=CONTENTS)
    def delete(self, content: str) -> None:
        if (document := self.present.get(content)) is not None:
            self.store.documents.delete(document, None, START)
            self.trashed.add(document)

    @rule(content=CONTENTS)
    def undelete(self, content: str) -> None:
        if (document := self.present.get(content)) is not None:
            try:
                self.store.documents.undelete(document, START)
                assert document in self.trashed
            except NotInTrash:
                assert document not in self.trashed
            self.trashed.discard(document)

    @rule(content=CONTENTS)
    def purge(self, content: str) -> None:
        if (document := self.present.get(content)) is not None:
            try:
                self.store.documents.purge(document)
                assert document in self.trashed
            except NotInTrash:
                assert document not in self.trashed
                return
            del self.present[content], self.titles[document]
            self.trashed.discard(document)
            self.active.discard(document)

    @rule(succeeds=st.booleans())
    def work(self, succeeds: bool) -> None:
        for job in self.store.jobs.lease("worker", 1, START):
            assert job.document_id in self.active
            if succeeds:
                self.store.jobs.succeed(job.id, job.fence, START)
            else:
                self.store.jobs.fail(job.id, job.fence, "no", retryable=False, now=START, jitter=0.0)
            self.active.discard(DocumentId(job.document_id or 0))

    @rule(content=CONTENTS)
    def read_again(self, content: str) -> None:
        if (document := self.present.get(content)) is not None:
            try:
                self.store.jobs.enqueue(document, JobKind.DOCUMENT, "again", {}, START)
                assert document not in self.active
            except JobActive:
                assert document in self.active
            self.active.add(document)

    @rule(newest=st.booleans())
    def cancel_and_retry(self, newest: bool) -> None:
        jobs = self.store.jobs.list([], None, None, 100)
        if not jobs:
            return
        job = jobs[0 if newest else -1]
        document = DocumentId(job.document_id or 0)
        try:
            self.store.jobs.cancel(job.id, START)
            assert document in self.active
            self.active.discard(document)
            self.store.jobs.retry(job.id, START)
            self.active.add(document)
        except (JobEnded, JobNotFailed):
            assert job.finish_time is not None

    @rule()
    def index(self) -> None:
        pending = self.store.outbox.pending(2)
        entries = {
            entry.document.id: entry.document.title for entry in self.store.documents.for_index([document for document, _ in pending])
        }
        for document, _ in pending:
            self.indexed.pop(document, None)
        self.indexed |= entries
        self.store.outbox.done(pending)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = open_archive(self.data)
        self.stack.callback(self.store.close)

    @invariant()
    def the_lists_agree(self) -> None:
        live = {document: title for document, title in self.titles.items() if document not in self.trashed}
        listed = self.store.documents.list(OLDEST_FIRST, None, 100, deleted=False)
        assert {document.id: document.title for document in listed} == live
        assert self.store.documents.count(deleted=False) == len(live)
        assert self.store.documents.count(deleted=True) == len(self.trashed)
        assert {document.id for document in self.store.documents.list(OLDEST_FIRST, None, 100, deleted=True)} == self.trashed

    @invariant()
    def the_originals_are_those_of_the_documents(self) -> None:
        stored = [path.read_text() for path in self.data.originals.rglob("*") if path.is_file() and path.name != ".lock"]
        assert sorted(stored) == sorted(self.present)

    @invariant()
    def the_index_lacks_only_what_the_outbox_holds(self) -> None:
        waiting = {document for document, _ in self.store.outbox.pending(100)}
        live = {document: title for document, title in self.titles.items() if document not in self.trashed}
        differing = {document for document in live.keys() | self.indexed.keys() if live.get(document) != self.indexed.get(document)}
        assert differing <= waiting

    def teardown(self) -> None:
        self.stack.close()


StoreModel.TestCase.settings = settings(max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
TestStoreAgainstAModel = StoreModel.TestCase
