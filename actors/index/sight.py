"""What somebody may find: documents of some classes of access alone, chosen inside tantivy, before anything is counted or paged."""

from tantivy import Occur, Query

from actors.index.clauses import any_term, choosing
from actors.store.nouns.access import AccessId

# The classes that somebody may see, ascending; None for who may see everything, which then costs nothing.
Sight = tuple[AccessId, ...] | None


def seen(query: Query, sight: Sight) -> Query:
    """Let a query find what may be seen; scores stay as they are."""
    if sight is None:
        return query
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, choosing(any_term("access", sight)))])
