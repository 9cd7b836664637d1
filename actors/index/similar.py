"""Finds documents whose text is like that of one: its rarest frequent words choose candidates, the cosine of word weights ranks them.

tantivy's own more_like_this needs stored texts, which would double the index.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import tantivy
from tantivy import Occur, Query

from actors.index.analysis import tokens
from actors.index.schema import document_schema
from actors.index.sight import Sight, seen
from actors.store.nouns.archive import DocumentId

# The first pages say what a document is about; a book is not compared whole.
MAX_LETTERS = 20_000
_MAX_TERMS = 25
_LEAST_LETTERS = 3
_CANDIDATES_EACH = 3
_LEAST_COSINE = 0.05

Weights = dict[str, float]


def find_similar(
    searcher: tantivy.Searcher,
    document_id: DocumentId,
    texts_of: Callable[[Sequence[DocumentId]], Mapping[DocumentId, str]],
    limit: int,
    sight: Sight,
) -> list[tuple[DocumentId, float]]:
    """List the documents most like this one, with their cosine from 0 to 1; none when it has no words to go by."""
    frequencies = dict[str, int]()
    own = weigh(texts_of([document_id])[document_id], searcher, frequencies)
    terms = sorted(own, key=lambda word: (-own[word], word))[:_MAX_TERMS]
    if not terms:
        return []
    candidates = _candidates(searcher, document_id, {term: own[term] for term in terms}, limit * _CANDIDATES_EACH, sight)
    compared = ((other, cosine(own, weigh(text, searcher, frequencies))) for other, text in texts_of(candidates).items())
    ranked = sorted(((other, score) for other, score in compared if score >= _LEAST_COSINE), key=lambda pair: (-pair[1], pair[0]))
    return ranked[:limit]


def beginning(pages: Iterable[str]) -> str:
    """Put the first pages together, as much as is compared."""
    text = ""
    for page in pages:
        text += page[:MAX_LETTERS] + "\n"
        if len(text) >= MAX_LETTERS:
            break
    return text


def weigh(text: str, searcher: tantivy.Searcher, frequencies: dict[str, int]) -> Weights:
    """Weigh the words of a text by how often they stand in it and how few documents have them; the length of the whole is 1."""
    counts = Counter(token.text for token in tokens(text[:MAX_LETTERS]) if len(token.text) >= _LEAST_LETTERS and not token.text.isdecimal())
    total = searcher.num_docs
    for word in counts.keys() - frequencies.keys():
        frequencies[word] = searcher.doc_freq("body", word)
    raw = {
        word: (1 + math.log(count)) * math.log((1 + total) / frequencies[word]) for word, count in counts.items() if frequencies[word] > 1
    }
    length = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {word: weight / length for word, weight in raw.items()} if length else {}


def cosine(one: Weights, other: Weights) -> float:
    """Compare two texts of length 1."""
    few, many = sorted((one, other), key=len)
    return sum(weight * many.get(word, 0.0) for word, weight in few.items())


def _candidates(searcher: tantivy.Searcher, document_id: DocumentId, terms: Weights, limit: int, sight: Sight) -> Sequence[DocumentId]:
    schema = document_schema()
    shared = [(Occur.Should, Query.boost_query(Query.term_query(schema, "body", term, "freq"), weight)) for term, weight in terms.items()]
    itself = Query.term_query(schema, "id", document_id)
    query = Query.boolean_query([(Occur.Must, Query.boolean_query(shared)), (Occur.MustNot, itself)])
    addresses = [address for _, address in searcher.search(seen(query, sight), limit, count=False).hits]
    found = searcher.fast_field_values("id", addresses) if addresses else []
    return [DocumentId(int(value or 0)) for value in found]
