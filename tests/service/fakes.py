"""Hand-written actors behind the ports of a server, which do what a test says."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from actors.checkup.errors import CheckRunning
from actors.checkup.messages import CheckOrder, Report
from actors.classifier.lessons import Suggestions
from actors.index.messages import Hit, SearchAnswer, SearchRequest, SuggestAnswer
from actors.index.sight import Sight
from actors.ocr.errors import WrongPassword
from actors.ocr.messages import RenderPage, UnlockDocument
from actors.sandbox.level import SandboxLevel
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.assignments import Assignment
from actors.understanding.going_over import GoOver
from daemon.service.ports import Node, NodeState, Reading


@dataclass
class FakePipeline:
    """Remembers what it was told, and does what a test wants it to do when it is woken."""

    woken: int = 0
    cancelled: list[JobId] = field(default_factory=list)
    work: Callable[[], None] = lambda: None
    foresee: Callable[[Sequence[DocumentId], GoOver], Sequence[Assignment]] = lambda _documents, _order: ()

    async def wake(self) -> None:
        self.woken += 1
        await asyncio.to_thread(self.work)

    async def rehearse(self, documents: Sequence[DocumentId], order: GoOver) -> Sequence[Assignment]:
        return await asyncio.to_thread(self.foresee, documents, order)

    async def cancel(self, job_id: JobId) -> None:
        self.cancelled.append(job_id)


@dataclass
class FakeNodes:
    """Tells of one machine, which reads what a test says, and of others that it names; a test may make it wait before."""

    answer: Callable[[], Awaitable[None]] | None = None
    reading: tuple[Reading, ...] = ()
    others: Callable[[], Iterable[Node]] = tuple

    async def __call__(self) -> Sequence[Node]:
        if self.answer:
            await self.answer()
        head = Node("head", "head.example", True, NodeState.WORKING, 2, 8_000, self.reading, pages_read=7, pages_lately=(1, 3, 6))
        return [replace(head, sandbox=SandboxLevel.LANDLOCK), *self.others()]


@dataclass
class FakeIndex:
    """Counts; hangs or fails where a test wants it."""

    applied: int = 0
    hangs: bool = False
    fails: bool = False

    async def apply(self) -> int:
        if self.hangs:
            await asyncio.Event().wait()
        if self.fails:
            raise ConnectionError("the index actor is away")
        self.applied += 1
        return self.applied


@dataclass
class FakeBinder:
    """Knows one password, and draws pages as their own description."""

    password: str = "opensesame"
    rendered: list[RenderPage] = field(default_factory=list)

    async def render(self, order: RenderPage) -> bytes:
        self.rendered.append(order)
        return f"page {order.number} of {order.path.suffix}".encode()

    async def unlock(self, order: UnlockDocument) -> None:
        if order.password != self.password:
            raise WrongPassword("the password does not open the document")
        order.target.write_bytes(b"%PDF-decrypted")


@dataclass
class FakeChecks:
    """Tells what a test has prepared, and remembers the orders; fails, or refuses when it is busy."""

    told: tuple[Report, ...] = (Report(None, (), ended=True),)
    orders: list[CheckOrder] = field(default_factory=list)
    busy: bool = False
    failure: Exception | None = None

    async def reports(self, order: CheckOrder) -> AsyncGenerator[Report, None]:
        if self.busy:
            raise CheckRunning
        self.orders.append(order)
        if self.failure is not None:
            raise self.failure
        for report in self.told:
            yield report


@dataclass
class Edits:
    """Counts how often it is told that persons have edited documents."""

    told: int = 0

    def add(self) -> None:
        self.told += 1


class FakeSearcher:
    """Finds nothing."""

    def search(self, request: SearchRequest) -> SearchAnswer:
        return SearchAnswer((), 0)

    def suggest(self, text: str, cursor: int, limit: int, sight: Sight = None) -> SuggestAnswer:
        return SuggestAnswer((), cursor)

    def similar(self, document_id: DocumentId, limit: int, sight: Sight = None) -> Sequence[Hit]:
        return []


@dataclass
class FakeSuggester:
    """Proposes what a test tells it to, and remembers the text that it was shown."""

    suggestions: Suggestions = field(default_factory=dict)
    text: str = ""

    def suggest(self, text: str) -> Suggestions:
        self.text = text
        return self.suggestions
