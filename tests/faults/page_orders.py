"""Orders of pages for fault tests: of new papers each, with what must come of them, whoever is killed meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scriba.v1.admin_pb2 import JobState
from scriba.v1.versions_pb2 import (
    EditPagesRequest,
    GetPageOrderRequest,
    ListVersionsRequest,
    MergeDocumentsRequest,
    SplitDocumentRequest,
    TurnedPage,
)
from tests.end_to_end.person import Person
from tests.faults.papers import word_of
from tests.invariants.sent import Sent
from tests.ocr.papers import digital_pdf

# Beyond the numbers of all other papers.
FIRST = 500_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is ordered of pages once `give` is called, which answers the job.

    The words of each document that it makes, those that stand nowhere then, and how many versions each has.
    """

    give: Callable[[], str]
    words: Sequence[Sequence[str]]
    gone: Sequence[str] = ()
    versions: int = 1


class Clerk:
    """Puts papers of two pages in, prepares orders of their pages, and looks at what came of one."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._versions = person.client.versions
        self._next = FIRST
        self.orders: Sequence[Callable[[], Wanted]] = (self.edit, self.split, self.merge)

    def edit(self) -> Wanted:
        """Leave the first page of a paper out, and turn the other."""
        document, (first, second) = self._paper()
        request = EditPagesRequest(request_id=f"edit-{document:>08}", document_id=document, pages=[TurnedPage(number=2, turn=90)])
        return Wanted(lambda: self._versions.EditPages(request).job_id, [[second]], gone=[first], versions=2)

    def split(self) -> Wanted:
        """Make two documents of the pages of one, which goes to the trash."""
        document, (first, second) = self._paper()
        parts = [SplitDocumentRequest.Part(pages=[TurnedPage(number=number)]) for number in (1, 2)]
        request = SplitDocumentRequest(request_id=f"split-{document:>08}", document_id=document, parts=parts, delete_source=True)
        return Wanted(lambda: self._versions.SplitDocument(request).job_id, [[first], [second]])

    def merge(self) -> Wanted:
        """Make one document of a page of one and all of another, which go to the trash."""
        (one, (first, second)), (other, others) = self._paper(), self._paper()
        source = MergeDocumentsRequest.Source
        sources = [source(document_id=one, pages=[TurnedPage(number=1)]), source(document_id=other)]
        request = MergeDocumentsRequest(request_id=f"merge-{one:>08}", sources=sources, delete_sources=True)
        return Wanted(lambda: self._versions.MergeDocuments(request).job_id, [[first, *others]], gone=[second])

    def made(self, job_id: str, wanted: Wanted) -> dict[str, Sent]:
        """Wait until an order is carried out and read, and give the files that came of it, by a name of each."""
        assert self._person.wait(job_id).state == JobState.JOB_STATE_SUCCEEDED
        order = self._versions.GetPageOrder(GetPageOrderRequest(job_id=job_id))
        assert [self._person.wait(each).state for each in order.reading_job_ids] == [JobState.JOB_STATE_SUCCEEDED] * len(wanted.words)
        for document, words in zip(order.document_ids, wanted.words, strict=True):
            versions = self._versions.ListVersions(ListVersionsRequest(document_id=document)).versions
            assert [each.number for each in versions] == list(range(1, wanted.versions + 1))
            assert list(map(self._finds, words)) == [[document]] * len(words)
        assert list(map(self._finds, wanted.gone)) == [[] for _ in wanted.gone]
        documents = zip(order.document_ids, wanted.words, strict=True)
        return {f"of pages, {words[0]}": Sent(self._person.take(document), words[0]) for document, words in documents}

    def _finds(self, word: str) -> list[str]:
        """Find exactly this word: others differ from it by a letter or two."""
        return self._person.finds(f'"{word}"')

    def _paper(self) -> tuple[str, tuple[str, str]]:
        """Put a paper in, and give its document with the word of each page."""
        self._next += 2
        words = word_of(self._next), word_of(self._next + 1)
        document = self._person.put(f"pages-{self._next}.pdf", digital_pdf(*(f"a page with {word}" for word in words)))
        return document.id, words
