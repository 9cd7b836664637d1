"""Machines that do what a user has ordered do no more than he may."""

from datetime import datetime

from sqlalchemy.orm import Session

from actors.store.audit.as_json import author_of
from actors.store.audit.deeds import act_as
from actors.store.identity.rows import user_row, users_of
from actors.store.nouns.access import viewer_of
from actors.store.nouns.identity import UserId
from actors.store.rows.archive import JobRow
from actors.store.rows.seeing import narrow


def act_for_orderer(session: Session, job: JobRow, now: datetime) -> None:
    """Let a session change from now on only what whoever ordered a job may, and in his name."""
    if job.user_id is not None:  # he may have lost rights since he ordered it
        act_for(session, UserId(job.user_id))
    sign_for_orderer(session, job, now)


def sign_for_orderer(session: Session, job: JobRow, now: datetime) -> None:
    """Let the audit tell what a session does from now on as the deeds of whoever ordered a job."""
    if job.author is not None:
        act_as(session, author_of(job.author), lambda: now)


def act_for(session: Session, user_id: UserId) -> None:
    """Let a session see and change from now on only what a user may."""
    viewer = viewer_of(users_of(session, [user_row(session, user_id)])[0])
    if not viewer.everything:
        narrow(session, viewer)
