"""The table of those whom a provider of sign-ins vouches for. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import Base
from actors.store.rows.columns import UtcDateTime

LONGEST_ISSUER = 512
# As OpenID Connect allows it.
LONGEST_SUBJECT = 255


class IdentityRow(Base):
    """A user as a provider knows him: by its own word for him, which it never gives to another."""

    __tablename__ = "user_identities"

    issuer: Mapped[str] = mapped_column(String(LONGEST_ISSUER), primary_key=True)
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    create_time: Mapped[datetime] = mapped_column(UtcDateTime)
