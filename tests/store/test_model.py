"""Whatever is done in whatever order, the store and a model in memory agree (F24)."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from actors.store.access import totals
from actors.store.errors import JobActive, JobEnded, JobNotFailed, NotInTrash
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentOrder, SortField
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.jobs import JobKind
from tests.archives import open_archive
from tests.store.access.bringing import bring
from tests.store.making import START

CONTENTS = st.tuples(st.sampled_from(["a", "b"]), st.sampled_from([None, "anna", "bert"]))
# The bytes of a document, and whose it is.
Content = tuple[str, str | None]
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
        self.users: dict[str | None, UserId | None] = {
            name: self.store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("anna", "bert")
        } | {None: None}
        self.present: dict[Content, DocumentId] = {}
        self.titles: dict[DocumentId, str] = {}
        self.trashed: set[DocumentId] = set()
        self.active: set[DocumentId] = set()
        self.indexed: dict[DocumentId, str] = {}

    @rule(content=CONTENTS)
    def deliver(self, content: Content) -> None:
        self.deliveries += 1
        accepted = bring(self.store, content[0], self.users[content[1]], key=f"{self.deliveries}")
        there = self.there_for(content)
        assert accepted.duplicate is bool(there)
        if not there:
            self.present[content] = accepted.document_id
            self.titles[accepted.document_id] = content[0]
            self.active.add(accepted.document_id)
        assert accepted.document_id == self.present[there[0] if there else content]
        self.trashed.discard(accepted.document_id)

    def there_for(self, content: Content) -> list[Content]:
        """List what holds the same bytes and is seen by who brings them, his own first; a machine sees all."""
        body, sender = content
        seen = [one for one in self.present if one[0] == body and (sender is None or one[1] in (sender, None))]
        return sorted(seen, key=lambda one: (one[1] != sender, self.present[one] in self.trashed, self.present[one]))

    @rule(content=CONTENTS, title=st.sampled_from(["x", "y"]))
    def rename(self, content: Content, title: str) -> None:
        if (document := self.present.get(content)) is not None:
            self.store.documents.update(document, DocumentChanges(title=title), None, START)
            self.titles[document] = title

    @rule(content=CONTENTS)
    def delete(self, content: Content) -> None:
        if (document := self.present.get(content)) is not None:
            self.store.documents.delete(document, None, START)
            self.trashed.add(document)

    @rule(content=CONTENTS)
    def undelete(self, content: Content) -> None:
        if (document := self.present.get(content)) is not None:
            try:
                self.store.documents.undelete(document, START)
                assert document in self.trashed
            except NotInTrash:
                assert document not in self.trashed
            self.trashed.discard(document)

    @rule(content=CONTENTS)
    def purge(self, content: Content) -> None:
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
    def read_again(self, content: Content) -> None:
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
    def the_totals_of_classes_agree(self) -> None:
        with self.store.database.read() as session:
            assert totals.kept(session) == totals.counted(session)

    @invariant()
    def the_originals_are_those_of_the_documents(self) -> None:
        stored = [path.read_text() for path in self.data.originals.rglob("*") if path.is_file() and path.name != ".lock"]
        assert sorted(stored) == sorted({body for body, _ in self.present})

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
