"""How much room the database takes."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_SQLITE = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
_POSTGRES = text("SELECT pg_database_size(current_database())")


def database_bytes(session: Session) -> int:
    """Ask the database itself; what it has set free inside its files counts."""
    of_sqlite = session.get_bind().dialect.name == "sqlite"
    return int(session.scalars(_SQLITE if of_sqlite else _POSTGRES).one())
