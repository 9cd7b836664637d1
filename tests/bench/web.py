"""The web client in a real browser, in an archive of many documents: what it fetches, and what a person waits for.

Beside it the same searches by the SDK alone, which is what no page can beat. The size has a bound of its own among the tests
(clients/web/e2e/firstLoad.scenarios.ts).
"""

import json
import re
from pathlib import Path

from actors.store.files.data_dir import DataDir
from scriba.v1.search_pb2 import SearchDocumentsRequest
from tests.bench.archive import build
from tests.bench.queries import Questions
from tests.bench.report import Report
from tests.bench.timing import p50, times_of
from tests.browser.scenarios import E2E, run_file
from tests.browser.site import WEB, Site, let_in, passwords_told
from tests.end_to_end.person import Person
from tests.running import running

DOCUMENTS = 100_000
SEARCHES = 30
PAGE = 50
_CODE = re.compile(r"assets/[^\"']+\.(?:js|css)")


def measure(folder: Path) -> Report:
    """Measure what lies ready, then what a browser makes of it."""
    questions = Questions(DOCUMENTS)
    words = [questions.word() for _ in range(SEARCHES)]
    build(DataDir(folder / "data"), DOCUMENTS)
    with running(folder / "data") as daemon, Person(daemon) as person:
        let_in(person)
        search = person.client.search.SearchDocuments
        asked = iter(words)
        bare = times_of(lambda: search(SearchDocumentsRequest(query=next(asked), page_size=PAGE)), SEARCHES)
        site = Site(f"http://{daemon.address}", {"WORDS": json.dumps(words), **passwords_told()})
        (outcome,) = run_file(E2E / "figures" / "library.figures.ts", site, folder)
    if not outcome.passed:
        raise RuntimeError(outcome.words)
    told = json.loads((folder / "figures.json").read_text())
    ratio = told["enter_to_painted_p50_ms"] / p50(bare)
    return {"web": {"documents": DOCUMENTS, **sizes(), **told, "search_by_sdk_p50_ms": p50(bare), "ratio_to_sdk": ratio}}


def sizes() -> dict[str, float]:
    """Add up the page, and the code that it names, as they lie there compressed; rooms bring their own later."""
    dist = WEB / "dist"
    files = ["index.html", *set(_CODE.findall((dist / "index.html").read_text()))]
    return {
        f"start_{name}_kb": sum((dist / f"{file}{ending}").stat().st_size for file in files) / 1000
        for name, ending in (("brotli", ".br"), ("gzip", ".gz"))
    }
