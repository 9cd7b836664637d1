"""The machines that have joined, and the codes by which others may."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.nodes.errors import JoinCodeUsedUp, NodeNotFound, NodeUnknown
from actors.store.nouns.nodes import JoinedNode, NodeId
from actors.store.rows.nodes import JoinCodeRow, NodeRow


class Nodes:
    """Keeps machines by the digests of their keys, and codes by theirs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def offer(self, code_digest: str, expire_time: datetime, now: datetime) -> None:
        """Keep a code, and forget those that have ended."""
        with self._database.write() as session:
            session.execute(delete(JoinCodeRow).where(JoinCodeRow.expire_time <= now))
            session.add(JoinCodeRow(digest=code_digest, expire_time=expire_time))

    def join(self, code_digest: str, hostname: str, key_digest: str, now: datetime) -> JoinedNode:
        """Use a code up, and let a machine in by its key from now on. Raises JoinCodeUsedUp."""
        with self._database.write() as session:
            code = session.get(JoinCodeRow, code_digest)
            if code is None or code.expire_time <= now:
                raise JoinCodeUsedUp
            session.delete(code)
            row = NodeRow(digest=key_digest, hostname=hostname, resting=False, leaving=False, join_time=now, seen_time=now)
            session.add(row)
            session.flush()
            return _node_of(row)

    def find(self, key_digest: str) -> JoinedNode:
        """Tell which machine has a key. Raises NodeUnknown."""
        with self._database.read() as session:
            row = session.scalars(select(NodeRow).where(NodeRow.digest == key_digest)).one_or_none()
            if row is None:
                raise NodeUnknown
            return _node_of(row)

    def seen(self, node_id: NodeId, hostname: str, now: datetime, *, leaving: bool) -> None:
        """Note that a machine was heard of, what it is called now, and whether it goes; nothing where it was removed meanwhile."""
        with self._database.write() as session:
            row = session.get(NodeRow, node_id)
            if row is not None:
                row.hostname, row.seen_time, row.leaving = hostname, now, leaving

    def list(self) -> Sequence[JoinedNode]:
        """List all machines, by name."""
        with self._database.read() as session:
            return [_node_of(row) for row in session.scalars(select(NodeRow).order_by(NodeRow.hostname, NodeRow.id))]

    def rest(self, node_id: NodeId, *, resting: bool) -> None:
        """Say whether a machine is sent pages. Raises NodeNotFound."""
        with self._database.write() as session:
            _row(session, node_id).resting = resting

    def remove(self, node_id: NodeId) -> None:
        """Let a machine in no more. Raises NodeNotFound."""
        with self._database.write() as session:
            session.delete(_row(session, node_id))


def _row(session: Session, node_id: NodeId) -> NodeRow:
    row = session.get(NodeRow, node_id)
    if row is None:
        raise NodeNotFound(node_id)
    return row


def _node_of(row: NodeRow) -> JoinedNode:
    return JoinedNode(NodeId(row.id), row.hostname, row.resting, row.leaving, row.join_time, row.seen_time)
