"""What is refused of a page order, in words that say what the caller can do."""

from actors.store.nouns.archive import DocumentId


class PagesRefused(Exception):
    """Asks for pages that are not there, or for nothing. `field` names what is wrong."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.field, self.words = field, words


class PagesLocked(Exception):
    """The pages of this document cannot be put together anew. Its file can be taken out, and what is made of it taken in."""

    def __init__(self, document_id: DocumentId, words: str) -> None:
        super().__init__(words)
        self.document_id = document_id
