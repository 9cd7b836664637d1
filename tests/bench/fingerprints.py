"""What it costs to keep fingerprints, and to find those that are like one among 100,000."""

import hashlib
import random
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import insert
from sqlalchemy.orm import Session

from actors.similarity.minhash import VALUES, bands_of
from actors.similarity.tokens import VERSION
from actors.store.documents.likeness_rows import keep_compared
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.likeness import Compared, Fingerprint
from actors.store.opening import open_store
from actors.store.rows.archive import DocumentRow
from actors.store.rows.likeness import BandRow, FingerprintRow
from actors.store.rows.ordering import UNDATED
from actors.store.store import Store
from tests.bench.report import Figures
from tests.bench.timing import p50, p99, time_of, times_of

DOCUMENTS = 100_000
# Every tenth document is a bill of one of so many senders, and shares three quarters of its values with the others of that sender.
SENDERS = 100
SENDERS_SHARE = 0.75
BATCH = 2_000
ROUNDS = 300
INSERTS = 100
# What two scans of one paper have in common at least (tests/similarity).
REREAD_SHARE = 0.75

Signatures = npt.NDArray[np.uint32]


def times(folder: Path, url: str | None) -> Figures:
    """Fill a store, and look for documents by texts that are nearly theirs."""
    data = DataDir(folder)
    store = open_store(url or data.database_url, data)
    made, chance = signatures(), np.random.default_rng(11)
    begun = perf_counter()
    for first in range(0, DOCUMENTS, BATCH):
        fill(store, made[first : first + BATCH], first + 1)
    seconds = perf_counter() - begun
    looks, found = [], 0
    for document in random.Random(7).sample(range(DOCUMENTS), ROUNDS):
        bands = bands_of(reread(made[document], chance))
        looks.append(time_of(lambda bands=bands: store.likenesses.likely(bands, DocumentId(0))))  # type: ignore[misc]  # mypy can't infer the default
        found += document + 1 in [one.document_id for one in store.likenesses.likely(bands, DocumentId(0))]
    inserts = times_of(lambda: put_again(store, made, chance), INSERTS)
    writes = times_of(lambda: write_something(store), INSERTS)
    store.close()
    return {
        "documents": DOCUMENTS,
        "lookup_p50_ms": p50(looks),
        "lookup_p99_ms": p99(looks),
        "found_share": found / ROUNDS,
        "keep_p50_ms": p50(inserts) - p50(writes),
        "documents_per_second": DOCUMENTS / seconds,
    }


def linear_scan() -> Figures:
    """Compare one signature with all the others, in memory."""
    made = signatures()
    return {"p50_ms": p50(times_of(lambda: (made == made[17]).mean(axis=1).argpartition(-32), 20)), "mebibytes": made.nbytes / 2**20}


def signatures() -> Signatures:
    """Make signatures by chance, a tenth of them of bills."""
    grains = np.random.default_rng(7)
    made = grains.integers(0, 2**32, (DOCUMENTS, VALUES), dtype=np.uint32)
    senders = grains.integers(0, 2**32, (SENDERS, VALUES), dtype=np.uint32)
    bills = np.arange(0, DOCUMENTS, 10)
    alike = grains.random((len(bills), VALUES)) < SENDERS_SHARE
    made[bills] = np.where(alike, senders[grains.integers(0, SENDERS, len(bills))], made[bills])
    return made


def reread(signature: Signatures, chance: np.random.Generator) -> Signatures:
    """Give the signature of a second scan."""
    other = chance.integers(0, 2**32, VALUES, dtype=np.uint32)
    return np.where(chance.random(VALUES) < REREAD_SHARE, signature, other)


def fill(store: Store, made: Signatures, first: int) -> None:
    """Write documents with their fingerprints, in bulk."""
    numbered = list(enumerate(made, first))
    with store.database.write() as session:
        session.execute(insert(DocumentRow), [document_row(document_id) for document_id, _ in numbered])
        rows = [{"document_id": each, "version": VERSION, "signature": signature.tobytes()} for each, signature in numbered]
        session.execute(insert(FingerprintRow), rows)
        bands = [
            {"document_id": each, "number": number, "value": value}
            for each, signature in numbered
            for number, value in enumerate(bands_of(signature))
        ]
        session.execute(insert(BandRow), bands)


def document_row(document_id: int) -> dict[str, Any]:
    """Give the row of a document of which nothing is known."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    texts = dict.fromkeys(("title", "title_key", "original_filename", "mime_type", "language"), "")
    numbers = dict.fromkeys(("size_bytes", "page_count", "archive_bytes", "duplicate_count"), 0)
    flags = dict.fromkeys(("trashed", "has_archive", "encrypted", "signed"), False)
    return {
        **texts,
        **numbers,
        **flags,
        "id": document_id,
        "revision": 1,
        "state": DocumentState.READY,
        "sha256": hashlib.sha256(str(document_id).encode()).hexdigest(),
        "created_date": UNDATED,
        "added_time": moment,
        "update_time": moment,
        "delete_time": None,
        "warnings": [],
    }


def put_again(store: Store, made: Signatures, chance: np.random.Generator) -> None:
    """Keep a new fingerprint of some document, as it is done with a document's result."""
    document = int(chance.integers(0, DOCUMENTS))
    signature = reread(made[document], chance)
    with store.database.write() as session:
        everybody = EveryDocument()
        compared = Compared(Fingerprint(VERSION, signature.tobytes(), bands_of(signature)), everybody)
        assert keep_compared(session, DocumentId(document + 1), compared)


class EveryDocument(frozenset[DocumentId]):
    """Whoever is asked for has been compared."""

    def __contains__(self, _: object) -> bool:
        return True


def write_something(store: Store) -> None:
    """Write one row, which is what every result costs anyway."""
    with store.database.write() as session:
        touch(session)


def touch(session: Session) -> None:
    """Change one row."""
    row = session.get_one(DocumentRow, 1)
    row.revision += 1
