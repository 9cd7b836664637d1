"""`scribad move-db URL`: all that the database holds goes into another, and is compared there."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from actors.store.database import Database, make_file
from actors.store.moving.moving import move
from daemon.commands.no_archive import opened, require_archive
from daemon.instance import only_instance
from daemon.settings.model import Settings
from daemon.start_error import StartError

POSTGRESQL_PORT = 5432


def move_db(settings: Settings, url: str) -> str:
    """Move the rows and say what to set now. Raises AlreadyRunning, NoArchiveHere, StartError, StoreError, OSError."""
    require_archive(settings)
    there = read_url(url)
    if same(there, make_url(settings.store_url)):
        raise StartError("that is the database that the archive has already: name another")
    with only_instance(settings.data_dir, patience_seconds=0), opened(settings) as store, closing(Database(url)) as target:
        make_file(url)
        moved = move(store.database, target)
    rows = sum(table.rows for table in moved.values())
    lines = [f"{rows:,} rows of {len(moved)} tables are there, and the same as here. The archive uses them from its next start, once you"]
    if same(there, make_url(f"sqlite:///{settings.data_dir / 'scriba.db'}")):
        lines += ["take database_url out of the settings."]
    else:
        lines += ["write into its settings (scriba.toml, or SCRIBA_DATABASE_URL):", "", f'database_url = "{there.render_as_string()}"', ""]
        lines += ["with the password in the place of ***."] if there.password else []
    lines += ["The database of before stays as it is; keep it until you have looked."]
    return "\n".join(lines)


def read_url(url: str) -> URL:
    """Read the URL of a database; raises StartError."""
    try:
        return make_url(url)
    except ArgumentError as error:
        raise StartError(f"'{url}' is no URL of a database: write postgresql://USER:PASSWORD@HOST/NAME or sqlite:///FILE") from error


def same(one: URL, other: URL) -> bool:
    """Tell whether two URLs name one database, as far as URLs can tell."""
    return place(one) == place(other)


def place(url: URL) -> tuple[object, ...]:
    """Name the file, or the server and the database on it."""
    if url.get_backend_name() == "sqlite":
        return (Path(url.database or "").resolve(),)
    return url.host, url.port or POSTGRESQL_PORT, url.database
