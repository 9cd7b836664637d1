"""Brings a database to the present schema, whoever else opens it at the same time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from actors.store.database import Database
from actors.store.errors import StoreTooNew

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Run the migrations that are missing, in one transaction under the writers' turn: all of them are kept, or none."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    known = ScriptDirectory.from_config(config)
    present = revision_of(database)
    if present == known.get_current_head():
        return
    if present is not None and present not in {script.revision for script in known.walk_revisions()}:
        raise StoreTooNew(present)
    with database.write() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def revision_of(database: Database) -> str | None:
    """Tell to which revision a database was brought; None when it is new."""
    with database.read() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()
