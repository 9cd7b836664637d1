"""The rows of near-duplicates, in the one transaction that is open."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, literal, select, union_all
from sqlalchemy.orm import Session

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.likeness import Compared, Fingerprint, Likely, NearDuplicate
from actors.store.rows.archive import Base
from actors.store.rows.likeness import BandRow, FingerprintRow, NearDuplicateRow

# Letters of one template share bands by the hundred. Of each band the newest are looked at: who scans a paper twice does it soon, and if
# not, the two share bands that no other letter has.
MOST_OF_BAND = 64
MOST_LIKELY = 32

# On the tables: every document passes here, and through the mapped classes it took twice as long.
_BANDS = Base.metadata.tables[BandRow.__tablename__]
_FINGERPRINTS = Base.metadata.tables[FingerprintRow.__tablename__]
_NEAR = Base.metadata.tables[NearDuplicateRow.__tablename__]
_FORGET = tuple(delete(table).where(table.c.document_id == bindparam("id")) for table in (_BANDS, _FINGERPRINTS, _NEAR))
_FORGET_AS_OTHER = delete(_NEAR).where(_NEAR.c.other_id == bindparam("id"))


def likely(session: Session, bands: Sequence[int], document_id: DocumentId) -> list[Likely]:
    """Find other documents that share bands with a text, those first that share most; in the trash too."""
    found = ranked(sharing(session, bands), document_id)[:MOST_LIKELY]
    query = select(_FINGERPRINTS.c.document_id, _FINGERPRINTS.c.signature).where(_FINGERPRINTS.c.document_id.in_(found))
    signatures = {row.document_id: row.signature for row in session.execute(query)} if found else {}
    return [Likely(other_id, signatures[other_id]) for other_id in found if other_id in signatures]


def sharing(session: Session, bands: Sequence[int]) -> list[list[DocumentId]]:
    """Give the newest documents of each band, by one query."""
    if not bands:
        return []
    each = [
        select(literal(number).label("number"), _BANDS.c.document_id)
        .where(_BANDS.c.value == value)
        .order_by(_BANDS.c.document_id.desc())
        .limit(MOST_OF_BAND)
        .subquery()
        for number, value in enumerate(bands)
    ]
    found: list[list[DocumentId]] = [[] for _ in bands]
    for number, other_id in session.execute(union_all(*(select(one.c.number, one.c.document_id) for one in each))):
        found[number].append(DocumentId(other_id))
    return found


def ranked(sharing: Sequence[Sequence[DocumentId]], document_id: DocumentId) -> list[DocumentId]:
    """Order documents by the bands that they share; a band says the less, the more documents have it."""
    weights: dict[DocumentId, float] = {}
    for documents in sharing:
        for other_id in documents:
            weights[other_id] = weights.get(other_id, 0.0) + 1 / len(documents)
    weights.pop(document_id, None)
    return sorted(weights, key=lambda other_id: (-weights[other_id], -other_id))


def keep_compared(session: Session, document_id: DocumentId, compared: Compared) -> bool:
    """Keep what came of comparing a document, in the place of what came of it before.

    Nothing is kept, and the answer is False, where documents have come meanwhile that it was not compared with: compare again.
    """
    if any(other.document_id not in compared.candidates for other in likely(session, compared.fingerprint.bands, document_id)):
        return False
    for statement in (*_FORGET, _FORGET_AS_OTHER):
        session.execute(statement, {"id": document_id})
    keep_fingerprint(session, document_id, compared.fingerprint)
    there = set(session.scalars(select(_FINGERPRINTS.c.document_id).where(_FINGERPRINTS.c.document_id.in_(ids_of(compared.near)))))
    pairs = [
        {"document_id": one, "other_id": other, "likeness": near.likeness}
        for near in compared.near
        if near.document_id in there
        for one, other in ((document_id, near.document_id), (near.document_id, document_id))
    ]
    if pairs:
        session.execute(insert(_NEAR), pairs)
    return True


def keep_fingerprint(session: Session, document_id: DocumentId, fingerprint: Fingerprint) -> None:
    """Write a fingerprint with its bands."""
    row = {"document_id": document_id, "version": fingerprint.version, "signature": fingerprint.signature}
    session.execute(insert(_FINGERPRINTS), row)
    bands = [{"document_id": document_id, "number": number, "value": value} for number, value in enumerate(fingerprint.bands)]
    if bands:
        session.execute(insert(_BANDS), bands)


def ids_of(near: Sequence[NearDuplicate]) -> list[DocumentId]:
    """Name the documents."""
    return [one.document_id for one in near]
