"""Brings a database to the present schema, whoever else opens it at the same time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from actors.store.database import Database
from actors.store.errors import StoreMissing, StoreTooNew

SCRIPTS = Path(__file__).parent / "migrations"
# The last of the scripts; every process that opens an archive would else load all of them, to find out that there is nothing to do.
NEWEST = "0031"


def migrate(database: Database, originals: Path) -> None:
    """Run the migrations that are missing, in one transaction under the writers' turn: all of them are kept, or none.

    Raises StoreMissing where a new database would be begun beside `originals` that are there, StoreTooNew.
    """
    with database.read() as session:
        present = MigrationContext.configure(session.connection()).get_current_revision()
    if present is None and any(path.is_file() for path in originals.rglob("*")):
        raise StoreMissing(originals)
    if present == NEWEST:
        return
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise StoreTooNew(present)
    with database.rebuild() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
