"""Brings a database to the present schema, whoever else opens it at the same time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.errors import StoreHalfMoved, StoreMissing, StoreTooNew

SCRIPTS = Path(__file__).parent / "migrations"
# The last of the scripts; every process that opens an archive would else load all of them, to find out that there is nothing to do.
NEWEST = "0031"
# Stands in the place of a revision while rows of another database come in (actors/store/moving).
MOVING = "moving"


def migrate(database: Database, originals: Path) -> None:
    """Run the migrations that are missing, in one transaction under the writers' turn: all of them are kept, or none.

    Raises StoreMissing where a new database would be begun beside `originals` that are there, StoreTooNew, StoreHalfMoved.
    """
    with database.read() as session:
        present = revision_of(session)
    if present is None and any(path.is_file() for path in originals.rglob("*")):
        raise StoreMissing(originals)
    bring_up(database)


def bring_up(database: Database) -> None:
    """Run the migrations that are missing, whatever lies beside the database. Raises StoreTooNew, StoreHalfMoved."""
    with database.read() as session:
        present = revision_of(session)
    if present == NEWEST:
        return
    if present == MOVING:
        raise StoreHalfMoved
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise StoreTooNew(present)
    with database.rebuild() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def revision_of(session: Session) -> str | None:
    """Read at which revision a database is; None where it has no table of ours."""
    return MigrationContext.configure(session.connection()).get_current_revision()
