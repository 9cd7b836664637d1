"""What a checkup needs of others."""

from typing import Protocol

from actors.store.nouns.archive import DocumentId


class Painter(Protocol):
    """Whoever draws first pages; called from a thread."""

    def thumbnail(self, document_id: DocumentId) -> bytes | str:
        """Draw the first page as WebP, or say in words why it cannot be; raises DocumentNotFound."""
