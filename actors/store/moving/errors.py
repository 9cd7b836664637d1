"""Why rows are not moved."""

from collections.abc import Sequence

from actors.store.errors import StoreError


class TargetNotEmpty(StoreError):
    """The database that rows are to go to holds some already. Name an empty one."""

    def __init__(self, tables: Sequence[str]) -> None:
        super().__init__(f"the other database is not empty: there is something in {', '.join(tables[:5])}; name an empty one")


class SchemasDiffer(StoreError):
    """The database is not at the schema of this version, so nobody knows what is in it. Start this version on it once."""

    def __init__(self, revision: str | None) -> None:
        super().__init__(f"the database is at revision {revision or 'none'}, not at that of this version: start scribad on it once first")


class RowsDiffer(StoreError):
    """What was read again is not what was written. Nothing may be started on it."""

    def __init__(self, tables: Sequence[str]) -> None:
        super().__init__(f"not the same on both sides: {', '.join(tables)}; the first database is as it was, the other is of no use")
