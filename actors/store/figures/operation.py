"""How the work on the archive stands: counted by indexes, so that a monitor may ask each few seconds."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actors.store.figures.attention import PAGES_WAITING, in_inbox
from actors.store.figures.size import database_bytes
from actors.store.identity.makers import still_may
from actors.store.nouns.figures import Operation
from actors.store.nouns.jobs import JobState
from actors.store.rows.archive import JobRow, OutboxRow
from actors.store.rows.mail import MailAccountRow
from actors.store.statistics import jobs_in

_TOLD = (JobState.QUEUED, JobState.RUNNING, JobState.RETRYING, JobState.FAILED)


def operation(session: Session) -> Operation:
    """Count what is at work, what waits, and what can't be reached."""
    # Those that are switched off, or whose owners may have none any more, are not visited.
    visited = select(func.count()).where(MailAccountRow.enabled, still_may(MailAccountRow.owner_id))
    return Operation(
        jobs={state.value: jobs_in(session, state) for state in _TOLD},
        longest_queued=_earliest(session, JobState.QUEUED, func.coalesce(JobRow.queue_time, JobRow.create_time)),
        longest_running=_earliest(session, JobState.RUNNING, func.coalesce(JobRow.start_time, JobRow.create_time)),
        pages_waiting=session.scalars(PAGES_WAITING).one(),
        documents_in_inbox=in_inbox(session),
        index_pending=session.scalars(select(func.count()).select_from(OutboxRow)).one(),
        mailboxes=session.scalars(visited).one(),
        mailboxes_failing=session.scalars(visited.where(MailAccountRow.error != "")).one(),
        database_bytes=database_bytes(session),
    )


def _earliest(session: Session, state: JobState, since: Any) -> datetime | None:
    query = select(func.min(since, type_=JobRow.create_time.type)).where(JobRow.state == state)
    earliest: datetime | None = session.scalars(query).one()
    return earliest
