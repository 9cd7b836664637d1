"""What can go wrong with a search, in words that its user can act on."""


class QueryError(ValueError):
    """A query that says nothing the archive understands. `column` counts code points from 1."""

    def __init__(self, column: int, expected: str, message: str) -> None:
        super().__init__(f"column {column}: {message}; expected {expected}")
        self.column = column
        self.expected = expected
        self.message = message

    def __reduce__(self) -> tuple[type["QueryError"], tuple[int, str, str]]:
        return QueryError, (self.column, self.expected, self.message)


class CursorError(ValueError):
    """A page cursor that this order never gave out."""


class NotIndexed(LookupError):
    """A document that the index does not know (yet)."""


class IndexUnavailable(RuntimeError):
    """There is no index to search: none has been made yet, or it does not open. The index actor makes one by itself."""


class IndexNotWritten(IndexUnavailable):
    """The disk of the index is full, read-only or failed. What is to be indexed waits in the database."""
