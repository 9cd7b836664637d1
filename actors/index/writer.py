"""The writing side of one generation. One writer per generation; tantivy's own lock refuses a second."""

from collections.abc import Iterable
from contextlib import ExitStack
from typing import Self

import tantivy
from tenacity import retry, retry_if_exception, stop_after_delay, wait_random_exponential

from actors.index.analysis import grams
from actors.index.entry import make_entry
from actors.index.generation import Generation
from actors.index.schema import open_index
from actors.index.source import IndexDocument
from actors.index.unfinished import remove_unfinished
from actors.store.files.durable import sync_folder
from actors.store.nouns.archive import DocumentId

# One thread: a document costs 1 to 2 ms of Python and far less of tantivy, so a second one would only hold memory.
_THREADS = 1
_DOCUMENT_HEAP_BYTES = 48_000_000
_WORD_HEAP_BYTES = 16_000_000
# A former process that is dying holds tantivy's lock until it is gone.
_LOCK_SECONDS = 20.0
# Words known to be in the index; asking tantivy costs a hundred times a look into a set.
_KNOWN_WORDS = 200_000


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, ValueError) and "LockBusy" in str(error)


@retry(retry=retry_if_exception(_is_busy), stop=stop_after_delay(_LOCK_SECONDS), wait=wait_random_exponential(0.05, max=1.0), reraise=True)
def _open_writer(index: tantivy.Index, heap_bytes: int) -> tantivy.IndexWriter:
    return index.writer(heap_size=heap_bytes, num_threads=_THREADS)


class GenerationWriter:
    """Adds, replaces and removes documents; nothing is seen before `commit`."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._documents = open_index(generation.documents)
        self._words = open_index(generation.words)
        self._document_writer = _open_writer(self._documents, _DOCUMENT_HEAP_BYTES)
        self._word_writer = _open_writer(self._words, _WORD_HEAP_BYTES)
        # With both locks held, and before anything is written.
        for path in (generation.documents, generation.words):
            remove_unfinished(path)
        self._known = set[str]()
        self._new_words = False

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Index documents in the place of what was known of them."""
        for document in documents:
            entry = make_entry(document)
            self._document_writer.delete_documents_by_term("id", document.id)
            self._document_writer.add_document(entry.document)
            self._add_words(entry.words)

    def remove(self, ids: Iterable[DocumentId]) -> None:
        """Take documents out. Their words stay: a word without documents finds none."""
        for document_id in ids:
            self._document_writer.delete_documents_by_term("id", document_id)

    def commit(self) -> None:
        """Make all of it durable and visible; words first, so that no document is there whose words are not.

        tantivy renames its meta.json and leaves the folder unsynced: a power cut would take back a commit that the outbox has forgotten.
        """
        if self._new_words:
            self._word_writer.commit()
            sync_folder(self._generation.words)
            self._words.reload()
            self._new_words = False
        self._document_writer.commit()
        sync_folder(self._generation.documents)
        self._documents.reload()

    def count(self) -> int:
        """Count the documents that are committed."""
        return int(self._documents.searcher().num_docs)

    def close(self) -> None:
        """Let both locks go, without a commit. Waits for merges, which would otherwise go on in a closed index."""
        with ExitStack() as both:  # a writer whose thread ended on a full disk raises here, and must not keep the other's lock
            both.callback(self._word_writer.wait_merging_threads)
            both.callback(self._document_writer.wait_merging_threads)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _add_words(self, words: frozenset[str]) -> None:
        fresh = words - self._known
        if not fresh:
            return
        if len(self._known) > _KNOWN_WORDS:
            self._known.clear()
        searcher = self._words.searcher()
        for word in fresh:
            if not searcher.doc_freq("word", word):
                self._add_word(word)
        self._known |= fresh

    def _add_word(self, word: str) -> None:
        document = tantivy.Document()
        document.add_text("word", word)
        document.add_text("grams", " ".join(grams(word)))
        document.add_unsigned("length", len(word))
        self._word_writer.add_document(document)
        self._new_words = True
