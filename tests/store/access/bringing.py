"""Documents that somebody owns."""

from dataclasses import replace

from actors.store.nouns.archive import Accepted, DocumentId, SourceKey, SourceKind
from actors.store.nouns.identity import UserId
from actors.store.store import Store
from tests.store.making import START, new_document, staged


def bring(store: Store, content: str, owner: UserId | None, *, key: str = "", tags: tuple[str, ...] = ()) -> Accepted:
    """Store an original and accept its document for somebody."""
    new = replace(new_document(content.encode(), tags=tags), owner=owner)
    store.originals.put(staged(store, content.encode(), f"{new.sha256}.{key}"), new.sha256, ".pdf")
    return store.documents.accept(new, SourceKey(SourceKind.UPLOAD, key or f"{owner} {content}"), START)


def brought(store: Store, content: str, owner: UserId | None, *, tags: tuple[str, ...] = ()) -> DocumentId:
    """Accept a document for somebody and give its id."""
    return bring(store, content, owner, tags=tags).document_id
