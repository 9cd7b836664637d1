"""Which documents the index in use holds, at which revisions: for whoever compares it with the database."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tantivy import FieldType, Query

from actors.index.disk import disk_trouble
from actors.index.errors import IndexUnavailable
from actors.index.generation import Generation, current, following
from actors.index.integrity import damage
from actors.index.panics import damage_as_error
from actors.index.schema import document_schema, open_index
from actors.store.nouns.archive import DocumentId

# More than one entry of a document is a mistake, so a block of ids may hold a few more entries than ids; beyond, the index is damaged.
_SPARE_ENTRIES = 1_000


class Census:
    """Looks into the generation in use, and keeps it from being removed. Each look sees what was committed before it."""

    def __init__(self, root: Path) -> None:
        """Open it; raises IndexUnavailable when there is none or it does not open, IndexNotWritten when the disk lets nothing be opened."""
        self._root = root
        with disk_trouble(root):
            self._open()

    def _open(self) -> None:
        generation = current(self._root)
        if generation is None:
            raise IndexUnavailable("there is no index of this version")
        try:
            self._hold = generation.hold()
        except OSError as error:
            raise IndexUnavailable(f"the index does not open: {error}") from error
        with damage_as_error("the index does not open", OSError, ValueError):
            self._documents = open_index(generation.documents)
        self._generation = generation

    def revisions(self, first: DocumentId, last: DocumentId) -> dict[DocumentId, Sequence[int]]:
        """Give the revisions of all entries with an id in a range, both ends included."""
        with disk_trouble(self._root), damage_as_error("the index cannot be read", OSError, ValueError):
            if current(self._root) != self._generation:
                self.close()
                self._open()
            self._documents.reload()
            searcher = self._documents.searcher()
            query = Query.range_query(document_schema(), "id", FieldType.Integer, first, last)
            limit = min(last - first + 1, int(searcher.num_docs)) + _SPARE_ENTRIES
            addresses = [address for _, address in searcher.search(query, limit, count=False).hits]
            if len(addresses) == limit:
                raise IndexUnavailable("the index holds more entries than documents")
            ids = searcher.fast_field_values("id", addresses) if addresses else []
            revisions = searcher.fast_field_values("revision", addresses) if addresses else []
        found: defaultdict[DocumentId, list[int]] = defaultdict(list)
        for document_id, revision in zip(ids, revisions, strict=True):
            found[DocumentId(int(document_id or 0))].append(int(revision or 0))
        return dict(found)

    def close(self) -> None:
        """Let the files go."""
        self._hold.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def index_damage(root: Path) -> list[str]:
    """Tell in words what is wrong with the files of the index in use; nothing when all is well.

    Raises IndexNotWritten when the disk does not let them be looked at.
    """
    generation = current(root)
    if generation is None:
        return ["there is no index of this version"]
    try:
        with disk_trouble(root), generation.hold():
            found = damage(generation)
    except OSError as error:
        found = [f"the index does not open: {error}"]
    # Another may have taken its place meanwhile; what is wrong with the old one is nobody's concern.
    return found if current(root) == generation else []


def is_being_built(root: Path) -> bool:
    """Tell whether a generation lies beside the one in use, which is newer."""
    generation = current(root)
    newest: Generation = following(root)
    return newest.number - 1 > (generation.number if generation is not None else 0)
