"""What has an owner and a class of access of its own, as a document has."""

from sqlalchemy import ForeignKey
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.columns import CleanText


class Owned:
    """What labels, saved views and workflows have in common. What nobody owns and nobody was granted is everyone's, uploaders' too."""

    name: Mapped[str] = mapped_column(CleanText)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    access_id: Mapped[int] = mapped_column(server_default=sql("1"))
