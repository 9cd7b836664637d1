"""Whether a document has come before: the same paper, scanned or saved again. It is shown, and both are kept."""

import math
from collections.abc import Iterator, Sequence
from itertools import islice

from actors.pipeline.ports import Room
from actors.pipeline.work import Work
from actors.similarity.fingerprint import fingerprint_of, likeness
from actors.similarity.tokens import tokens_of
from actors.similarity.verdict import compare
from actors.store.errors import DocumentNotFound
from actors.store.nouns.archive import Document, DocumentId, DocumentWarning
from actors.store.nouns.likeness import Compared, Fingerprint, NearDuplicate
from actors.store.store import Store

CODE = "NEAR_DUPLICATE"
# Below this the texts of two scans of one paper were never (0.65 was the least, of two faxes); it spares the reading of others.
LEAST_ESTIMATE = 0.4
# Candidates whose texts are read at once, and how much is read in all: a second's work, which only books of one template need.
TEXTS_AT_ONCE = 8
MOST_CHARACTERS_READ = 4_000_000
MOST_PAGES = 1_000
MOST_TOLD = 3


def compare_with_archive(store: Store, document_id: DocumentId, texts: Sequence[str]) -> Compared:
    """Compare the text of a document with those that it may be like."""
    tokens = tokens_of("\n".join(texts))
    fingerprint = fingerprint_of(tokens)
    likely = store.likenesses.likely(fingerprint.bands, document_id)
    near = []
    for other_id, text in texts_of_likely(store, fingerprint, [(one.document_id, one.signature) for one in likely]):
        verdict = compare(tokens, tokens_of(text))
        if verdict.same_paper:
            near.append(NearDuplicate(other_id, verdict.likeness))
    near.sort(key=lambda one: -one.likeness)
    return Compared(fingerprint, frozenset(one.document_id for one in likely), tuple(near))


def texts_of_likely(
    store: Store, fingerprint: Fingerprint, candidates: Sequence[tuple[DocumentId, bytes]]
) -> Iterator[tuple[DocumentId, str]]:
    """Read the texts of candidates that are alike by their signatures."""
    chosen = iter([other_id for other_id, signature in candidates if likeness(fingerprint.signature, signature) >= LEAST_ESTIMATE])
    read = 0
    while read < MOST_CHARACTERS_READ and (block := list(islice(chosen, TEXTS_AT_ONCE))):
        for other_id, texts in store.pages.texts_of(block, 1, MOST_PAGES).items():
            text = "\n".join(texts)
            read += len(text)
            yield other_id, text


def find_near_duplicates(work: Work, room: Room) -> None:
    """Compare a document with the archive, and warn of those that are the same paper; those in the trash are nobody's concern."""
    work.compared = compare_with_archive(room.store, work.document.id, [record.text for record in work.records])
    told = [warning_of(document, near.likeness) for near in work.compared.near if (document := live_document(room.store, near.document_id))]
    work.warnings = [warning for warning in work.warnings if warning.code != CODE] + told[:MOST_TOLD]


def live_document(store: Store, document_id: DocumentId) -> Document | None:
    """Give a document that is neither in the trash nor gone."""
    try:
        document = store.documents.get(document_id)
    except DocumentNotFound:
        return None
    return document if document.delete_time is None else None


def warning_of(document: Document, share: float) -> DocumentWarning:
    """Tell a person which document is the same paper."""
    name = document.title or document.original_filename
    alike = f"{math.floor(round(100 * share, 3))} % of the text is in both"
    words = f"it seems to be the same paper as document {document.id}, '{name}': {alike}, and both are kept"
    return DocumentWarning(CODE, words, documents=(document.id,))
