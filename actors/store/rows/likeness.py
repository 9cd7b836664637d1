"""The tables of near-duplicates. A change here needs a migration beside it (actors/store/migrations)."""

from sqlalchemy import BigInteger, Double, ForeignKey, Index, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import Base


class FingerprintRow(Base):
    """The fingerprint of a document's text. A document that has none of the present version waits for one."""

    __tablename__ = "fingerprints"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class BandRow(Base):
    """A band of a fingerprint. Documents of one band are likely to be alike."""

    __tablename__ = "fingerprint_bands"
    # SQLite then keeps a row once instead of twice: in the order of its key, and not in that of its making.
    __table_args__ = (Index("ix_fingerprint_bands_by_value", "value", "document_id"), {"sqlite_with_rowid": False})

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class NearDuplicateRow(Base):
    """Two documents are one paper. Each pair is two rows, so that it is found from either side."""

    __tablename__ = "near_duplicates"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)
    likeness: Mapped[float] = mapped_column(Double)
