"""The same bytes may be those of several documents, where nobody who brings them sees the others."""

from alembic import op

revision = "0020"
down_revision = "0019"

# Each with its document's id.
_TABLES = {"documents": "id", "document_versions": "document_id"}


def upgrade() -> None:
    """Let checksums be found as before, and be there more than once."""
    for table, document in _TABLES.items():
        if op.get_bind().dialect.name == "sqlite":
            rebuild(table)
        else:
            op.drop_constraint(f"uq_{table}_sha256_size_bytes", table)
        op.create_index(f"ix_{table}_by_bytes", table, ["sha256", document])


def rebuild(table: str) -> None:
    """Make a table anew without the constraint, as SQLite demands: by its own words, so that all else of it stays as it is."""
    run = op.get_bind().exec_driver_sql
    (made,) = run("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).one()
    indexes = run("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)).scalars().all()
    constraint = f"CONSTRAINT uq_{table}_sha256_size_bytes UNIQUE (sha256, size_bytes)"
    before, unique, after = made.partition(constraint)
    if not unique:
        raise RuntimeError(f"{table} has no such constraint: {constraint}")
    words = before.rstrip().removesuffix(",") + after
    run(words.replace(f"CREATE TABLE {table}", f"CREATE TABLE {table}_anew", 1))
    run(f"INSERT INTO {table}_anew SELECT * FROM {table}")  # noqa: S608  # both names are ours
    # An id that was given once is never given again.
    run("DELETE FROM sqlite_sequence WHERE name = ?", (f"{table}_anew",))
    run("INSERT INTO sqlite_sequence SELECT ?, seq FROM sqlite_sequence WHERE name = ?", (f"{table}_anew", table))
    run(f"DROP TABLE {table}")
    run(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for index in indexes:
        run(index)
