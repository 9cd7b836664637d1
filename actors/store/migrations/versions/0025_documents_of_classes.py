"""How many documents each class of access has, counted by the database itself."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_COLUMNS = ("live", "trashed")
_FILL = """
UPDATE access_classes SET
    live = (SELECT count(*) FROM documents WHERE access_id = access_classes.id AND NOT trashed),
    trashed = (SELECT count(*) FROM documents WHERE access_id = access_classes.id AND trashed)
"""

# Row by row, since SQLite has no other triggers.
_OUT = "UPDATE access_classes SET live = live - (1 - OLD.trashed), trashed = trashed - OLD.trashed WHERE id = OLD.access_id;"
_IN = "UPDATE access_classes SET live = live + (1 - NEW.trashed), trashed = trashed + NEW.trashed WHERE id = NEW.access_id;"
_SQLITE = (
    f"CREATE TRIGGER documents_come AFTER INSERT ON documents BEGIN {_IN} END",
    f"CREATE TRIGGER documents_go AFTER DELETE ON documents BEGIN {_OUT} END",
    "CREATE TRIGGER documents_move AFTER UPDATE OF trashed, access_id ON documents "
    f"WHEN OLD.trashed <> NEW.trashed OR OLD.access_id <> NEW.access_id BEGIN {_OUT} {_IN} END",
)

# Once for each statement: PostgreSQL walks over all versions that a transaction has made of a row to make one more.
_ONE = "SELECT access_id, {sign} CAST(NOT trashed AS integer) AS live, {sign} CAST(trashed AS integer) AS trashed FROM {rows}"
_LEFT, _ENTERED = _ONE.format(sign="-", rows="rows_before"), _ONE.format(sign="+", rows="rows_after")
_ADD = """
UPDATE access_classes SET live = access_classes.live + moved.live, trashed = access_classes.trashed + moved.trashed
FROM (
    SELECT access_id, sum(live) AS live, sum(trashed) AS trashed FROM ({rows}) AS each_one
    GROUP BY access_id HAVING sum(live) <> 0 OR sum(trashed) <> 0
) AS moved
WHERE access_classes.id = moved.access_id;
"""
_POSTGRESQL = (
    f"""
    CREATE FUNCTION count_documents_of_classes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN {_ADD.format(rows=_ENTERED)}
        ELSIF TG_OP = 'DELETE' THEN {_ADD.format(rows=_LEFT)}
        ELSE {_ADD.format(rows=f"{_LEFT} UNION ALL {_ENTERED}")}
        END IF;
        RETURN NULL;
    END $$
    """,
    *(
        f"CREATE TRIGGER documents_{name} AFTER {act} ON documents REFERENCING {tables} "
        "FOR EACH STATEMENT EXECUTE FUNCTION count_documents_of_classes()"
        for name, act, tables in (
            ("come", "INSERT", "NEW TABLE AS rows_after"),
            ("go", "DELETE", "OLD TABLE AS rows_before"),
            ("move", "UPDATE", "OLD TABLE AS rows_before NEW TABLE AS rows_after"),
        )
    ),
)


def upgrade() -> None:
    """Count what is there, and let the database go on. Whoever makes `documents` anew on SQLite must make its triggers anew too."""
    for column in _COLUMNS:
        op.add_column("access_classes", sa.Column(column, sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.execute(_FILL)
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
