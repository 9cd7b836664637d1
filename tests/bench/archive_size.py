"""Search, lists and completion by RPC through the port, while the archive holds many documents; and what grows with it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import psutil
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from actors.store.files.data_dir import DataDir
from scriba.v1 import search_pb2
from scriba.v1.documents_pb2 import Document, ListDocumentsRequest, UpdateDocumentRequest
from tests.bench.archive import Built, build
from tests.bench.processes import cpu_seconds
from tests.bench.queries import Ask, Questions, ask
from tests.bench.report import Figures, Report
from tests.bench.timing import p50, p99, times_of
from tests.running import running

SMALL, LARGE = 10_000, 100_000
ROUNDS = 60
WARM_ROUNDS = 5
LISTED = 50
LONGEST_PAGE = 1_000

Times = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Measured:
    """The milliseconds of every call at one size, by kind."""

    built: Built
    search: Times
    listing: Times
    suggest: Times
    similar: Times
    edits: Times
    search_cpu_ms: float


def measure(folder: Path) -> Report:
    """Measure at a size, and at ten times that size."""
    small, large = (measure_at(folder / str(count), count) for count in (SMALL, LARGE))
    return {
        "search": {**told(small.search, large.search), "server_cpu_ms": large.search_cpu_ms, **told_of_edits(large.edits)},
        "list": told(small.listing, large.listing),
        "suggest": told(small.suggest, large.suggest),
        "similar": told(small.similar, large.similar),
        "index": {
            "documents": LARGE,
            "text_bytes": large.built.text_bytes,
            "index_bytes": large.built.index_bytes,
            "ratio_to_text": large.built.index_bytes / large.built.text_bytes,
            "bytes_growth": large.built.index_bytes / small.built.index_bytes,
            "build_seconds": large.built.index_seconds,
            "documents_per_second": LARGE / large.built.index_seconds,
            "build_growth": large.built.index_seconds / small.built.index_seconds,
        },
    }


def told(small: Times, large: Times) -> Figures:
    """Give the whole mix at the large size, each kind, and the growth from the small one; the archive grew tenfold."""
    every_small, every_large = together(small), together(large)
    return {
        "documents": LARGE,
        "p50_ms": p50(every_large),
        "p99_ms": p99(every_large),
        "p50_growth": p50(every_large) / p50(every_small),
        "p99_growth": p99(every_large) / p99(every_small),
        "kinds": {
            kind: {"p50_ms": p50(large[kind]), "p99_ms": p99(large[kind]), "p50_growth": p50(large[kind]) / p50(small[kind])}
            for kind in large
        },
    }


def told_of_edits(edits: Times) -> Figures:
    """Give the time of a change, and from its beginning until search finds it."""
    found = edits["found"]
    return {"edit_p50_ms": p50(edits["answered"]), "edit_to_found_p50_ms": p50(found), "edit_to_found_p99_ms": p99(found)}


def together(times: Times) -> list[float]:
    """Mix all kinds, each with the same weight."""
    return [time for kind in times.values() for time in kind]


def measure_at(folder: Path, count: int) -> Measured:
    """Make an archive, and ask a daemon on it."""
    data = DataDir(folder / "data")
    built = build(data, count)
    questions = Questions(count)
    with running(data.root) as daemon, daemon.client() as client:
        server = [psutil.Process(daemon.pid)]
        cpu = cpu_seconds(server)
        search = search_times(client, questions)
        # What a call takes of a core says more than its time on the wall when the machine has other work.
        cpu_ms = 1000 * (cpu_seconds(server) - cpu) / (len(search) * (WARM_ROUNDS + ROUNDS))
        return Measured(
            built=built,
            search=search,
            search_cpu_ms=cpu_ms,
            listing=list_times(client, count),
            suggest={"all": calls(lambda: client.search.SuggestQueries(search_pb2.SuggestQueriesRequest(query=questions.typed())))},
            similar={
                "all": calls(lambda: client.search.FindSimilarDocuments(search_pb2.FindSimilarDocumentsRequest(id=questions.document_id())))
            },
            edits=edit_times(client, questions),
        )


def calls(act: Callable[[], object]) -> list[float]:
    """Warm up, then measure."""
    times_of(act, WARM_ROUNDS)
    return times_of(act, ROUNDS)


def search_times(client: scriba.Client, questions: Questions) -> Times:
    """Search in every way."""

    def search(make: Ask) -> list[float]:
        return calls(lambda: client.search.SearchDocuments(make()))

    return {kind: search(make) for kind, make in questions.kinds().items()}


def list_times(client: scriba.Client, count: int) -> Times:
    """List the first page and one in the middle, by the usual order and by title, and through a filter."""

    def list_page(order: str, token: str = "", filtered: str = "") -> list[float]:
        request = ListDocumentsRequest(page_size=LISTED, order_by=order, page_token=token, filter=filtered)
        return calls(lambda: client.documents.ListDocuments(request))

    return {
        "first_page": list_page("added_time desc"),
        "deep_page": list_page("added_time desc", middle(client, "added_time desc", count)),
        "first_by_title": list_page("title"),
        "deep_by_title": list_page("title", middle(client, "title", count)),
        "first_filtered": list_page("added_time desc", filtered='tag:"tag 7"'),
    }


def middle(client: scriba.Client, order: str, count: int) -> str:
    """Walk to the middle of a list; give the token of the page after it."""
    token = ""
    for _ in range(count // 2 // LONGEST_PAGE):
        request = ListDocumentsRequest(page_size=LONGEST_PAGE, order_by=order, page_token=token)
        token = client.documents.ListDocuments(request).next_page_token
    return token


def edit_times(client: scriba.Client, questions: Questions) -> Times:
    """Give documents titles that nobody has had, and look for each until it is found."""
    answered, found = [], []
    for _ in range(ROUNDS // 2):
        document = Document(id=questions.document_id(), title=f"edited{uuid4().hex[:12]}")
        request = UpdateDocumentRequest(document=document, update_mask=FieldMask(paths=["title"]))
        begun = perf_counter()
        client.documents.UpdateDocument(request)
        answered.append((perf_counter() - begun) * 1000)
        while not client.search.SearchDocuments(ask(document.title)).results:
            pass
        found.append((perf_counter() - begun) * 1000)
    return {"answered": answered, "found": found}
