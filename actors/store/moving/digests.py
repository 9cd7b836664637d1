"""What a table holds in one number, whatever the order in which a database gives its rows."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Table

from actors.store.moving.batches import batches

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class TableDigest:
    """How many rows, and the sum of their SHA-256."""

    rows: int
    total: int


def digest(connection: Connection, table: Table) -> TableDigest:
    """Read all of a table."""
    rows = total = 0
    for batch in batches(connection, table, ""):
        rows += len(batch)
        total += sum(int.from_bytes(sha256(repr(tuple(row.values())).encode("utf-8", "surrogatepass")).digest(), "big") for row in batch)
    return TableDigest(rows, total % _MODULUS)
