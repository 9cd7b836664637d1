"""What stands behind a link, as its maker sees it at this moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from actors.identity.tokens import digest
from actors.store.errors import OriginalMissing
from actors.store.nouns.archive import Document
from actors.store.nouns.sharing import OpenLink, ShareContent
from actors.store.store import Store
from daemon.service.documents.zip_names import stem_of, suffix_of

PDF = "application/pdf"
# What a browser shows by itself, and nothing in which a script can run.
OPENING = frozenset({PDF, "image/png", "image/jpeg", "image/webp", "text/plain"})


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as visitors see it."""

    place: int
    document: Document
    filename: str
    mime_type: str
    size_bytes: int
    archive: bool = False

    @property
    def title(self) -> str:
        """Give what it is called."""
        return self.document.title or self.document.original_filename

    @property
    def pages(self) -> int:
        """Count its pages, 0 where nobody has."""
        return self.document.page_count

    @property
    def opens(self) -> bool:
        """Tell whether a browser may show it."""
        return self.mime_type in OPENING


@dataclass(frozen=True, slots=True)
class Behind:
    """A link that holds, with its files; `store` is the archive as its maker sees it."""

    link: OpenLink
    store: Store
    files: tuple[SharedFile, ...]

    def file(self, place: int) -> SharedFile | None:
        """Find the file of a place."""
        return next((file for file in self.files if file.place == place), None)

    def open(self, file: SharedFile) -> BinaryIO:
        """Open a file to read it. Raises OriginalMissing."""
        data = self.store.data
        try:
            return (data.archive_file(file.document.id) if file.archive else self.store.originals.path(file.document)).open("rb")
        except FileNotFoundError:
            raise OriginalMissing(file.document.sha256) from None

    def require(self) -> None:
        """Make sure that all files are there. Raises OriginalMissing."""
        for file in self.files:
            self.open(file).close()


def behind(whole: Store, secret: str, now: Callable[[], datetime]) -> Behind | None:
    """Find what a secret leads to; None where that is nothing, whyever."""
    link = whole.share_links.find(digest(secret), now())
    if link is None:
        return None
    store = whole.seen_by(link.viewer)
    places = store.share_links.documents(link.id)
    documents = store.documents.get_many([place.document for place in places])
    files = tuple(_file(store, link, place.place, document) for place, document in zip(places, documents, strict=True))
    return Behind(link, store, files) if files else None


def _file(store: Store, link: OpenLink, place: int, document: Document) -> SharedFile:
    stem = stem_of(document)
    if link.content is ShareContent.ARCHIVES and document.has_archive:
        path = store.data.archive_file(document.id)
        size = path.stat().st_size if path.exists() else document.size_bytes
        return SharedFile(place, document, f"{stem}.pdf", PDF, size, archive=True)
    return SharedFile(place, document, stem + suffix_of(document), document.mime_type, document.size_bytes)
