"""F24: random operations on a real store with its real index, against a model in memory: lists, jobs and finds agree after each step."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from actors.index.messages import Order, OrderField, SearchRequest
from actors.index.searcher import Searcher
from actors.store.catalog.catalog import CatalogNames
from actors.store.errors import StaleFence, StaleRevision
from actors.store.jobs.retry_policy import LEASE
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.jobs import Job, JobState
from actors.store.nouns.pages import PageRecord, PageState
from tests.faults.plugin import Trials
from tests.faults.test_index_kills import live_again
from tests.store.making import START
from tests.store.test_model import CONTENTS, Content, StoreModel

STEPS = 50
ACTIVE = (JobState.QUEUED, JobState.RUNNING, JobState.RETRYING)
BY_TITLE = Order(OrderField.TITLE, descending=False)


class PresentCatalog:
    """The catalogue of the store that the model has open now."""

    def __init__(self, model: StoreModel) -> None:
        self._model = model

    def stamp(self) -> int:
        return self._model.store.catalog.stamp()

    def names(self) -> CatalogNames:
        return self._model.store.catalog.names()


class ArchiveModel(StoreModel):
    """Adds what workers do with leases and pages, changes on a revision, and the index with its searcher."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.searcher = Searcher(self.data.index, lambda *asked: self.store.pages.texts_of(*asked), PresentCatalog(self))
        self.stack.callback(self.searcher.close)
        self.pages: dict[DocumentId, str] = {}
        ArchiveModel.steps -= 1  # the look before the first step

    @rule()
    def index(self) -> None:
        """Let the index follow, then search in every way that the model knows the answer to."""
        asyncio.run(live_again(self.store))
        assert self.store.outbox.pending(1) == []
        live = {document: title for document, title in self.titles.items() if document not in self.trashed}
        self.indexed = dict(live)
        assert self.searcher.count() == len(live)
        for title in {*live.values(), "x", "nothing"}:
            assert self.found(f"title:{title}") == sorted(document for document, known in live.items() if known == title)
        assert self.by_title() == [document for _, document in sorted((title, document) for document, title in live.items())]

    @rule(content=CONTENTS, current=st.booleans())
    def edit_on_a_revision(self, content: Content, current: bool) -> None:
        if (document := self.present.get(content)) is None:
            return
        revision = self.store.documents.get(document).revision - (not current)
        try:
            changed = self.store.documents.update(document, DocumentChanges(tags=("edited",)), revision, START)
            assert current
            assert (changed.tags, changed.title) == (("edited",), self.titles[document])
        except StaleRevision:
            assert not current

    @rule(end=st.sampled_from(["succeed", "fail", "retry", "release", "expire", "stale"]), text=st.sampled_from(["one", "two"]))
    def read_a_page(self, end: str, text: str) -> None:
        """Lease a job, keep a page, and end as a worker may; whoever has lost the lease can write nothing more."""
        for job in self.store.jobs.lease("reader", 1, START):
            document = DocumentId(job.document_id or 0)
            self.store.pages.begin(document, job.id, job.fence, [(1, "", True)])
            self.store.pages.save(document, job.id, job.fence, PageRecord(1, PageState.DONE, text))
            assert self.store.jobs.heartbeat([(job.id, job.fence), (job.id, job.fence - 1)], START) == {job.id}
            self.pages[document] = text
            self._end(job, document, end)

    def _end(self, job: Job, document: DocumentId, end: str) -> None:
        match end:
            case "succeed":
                self.store.jobs.succeed(job.id, job.fence, START)
                self.active.discard(document)
            case "fail" | "retry":
                failed = self.store.jobs.fail(job.id, job.fence, "no", end == "retry", START - timedelta(hours=1), 0.0)
                if failed.state is JobState.FAILED:
                    self.active.discard(document)
            case "release" | "stale":
                self.store.jobs.release(job.id, job.fence, START)
            case "expire":
                later = START + LEASE
                assert job.id not in {other.id for other in self.store.jobs.lease("other", 100, later - timedelta(seconds=1))}
                self.store.jobs.take_over(START)
        if end != "succeed":
            with pytest.raises(StaleFence):
                self.store.pages.save(document, job.id, job.fence, PageRecord(1, PageState.DONE, "late"))

    @invariant()
    def a_step_was_made(self) -> None:
        ArchiveModel.steps += 1

    @invariant()
    def jobs_statistics_and_pages_agree(self) -> None:
        at_work = self.store.jobs.list(ACTIVE, None, None, 100)
        assert sorted(job.document_id or 0 for job in at_work) == sorted(self.active)
        figures = self.store.statistics()
        assert (figures.documents, figures.documents_deleted) == (len(self.titles) - len(self.trashed), len(self.trashed))
        assert figures.jobs_queued + figures.jobs_running == len(self.active)
        for document in self.titles.keys() & self.pages.keys():
            assert self.store.pages.texts(document) == [self.pages[document]]

    def found(self, query: str) -> list[int]:
        """Search."""
        return sorted(hit.document_id for hit in self.searcher.search(SearchRequest(query, START, limit=100, highlight=False)).hits)

    def by_title(self) -> list[int]:
        """List everything in the order of titles, a page of one find at a time."""
        found: list[int] = []
        after = ""
        while not found or after:
            answer = self.searcher.search(SearchRequest("", START, limit=1, after=after, order=BY_TITLE, highlight=False))
            if not answer.hits:
                return found
            found += [hit.document_id for hit in answer.hits]
            after = answer.next_after
        return found


@pytest.mark.fault("F24", each=200, nightly=50_000)
def test_whatever_is_done_in_whatever_order_archive_and_model_agree(trials: Trials) -> None:
    ArchiveModel.steps = 0
    few = settings(
        max_examples=2,
        phases=(Phase.generate,),
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    while trials.made < trials.count:
        run_state_machine_as_test(ArchiveModel, settings=few)
        trials.made = ArchiveModel.steps
