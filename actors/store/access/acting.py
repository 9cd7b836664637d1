"""Machines that do what a user has ordered do no more than he may."""

from datetime import datetime

from sqlalchemy.orm import Session

from actors.store.audit.as_json import author_of
from actors.store.audit.deeds import act_as
from actors.store.identity.errors import OrdererGone
from actors.store.identity.rows import user_row, users_of
from actors.store.nouns.access import Viewer, viewer_of
from actors.store.nouns.identity import Role, UserId
from actors.store.rows.archive import JobRow
from actors.store.rows.identity import UserRow
from actors.store.rows.seeing import narrow


def act_for_orderer(session: Session, job: JobRow, now: datetime) -> None:
    """Let a session change from now on only what whoever ordered a job may, and in his name. Raises OrdererGone."""
    viewer = orderer(session, job)
    if viewer is not None:
        act_for(session, viewer.user)
    sign_for_orderer(session, job, now)


def orderer(session: Session, job: JobRow) -> Viewer | None:
    """Tell what whoever ordered a job may see by now, who may have lost rights since; None for a machine.

    Raises OrdererGone for who is no user any more, was disabled, or may change nothing.
    """
    author = None if job.author is None else author_of(job.author)
    # The job forgets a user who is deleted, its author stays.
    user_id = job.user_id if author is None or author.user is None else author.user
    if user_id is None:
        return None
    row = session.get(UserRow, user_id)
    if row is None or not row.enabled or row.role not in (Role.EDITOR, Role.ADMIN):
        raise OrdererGone
    return viewer_of(users_of(session, [row])[0])


def sign_for_orderer(session: Session, job: JobRow, now: datetime) -> None:
    """Let the audit tell what a session does from now on as the deeds of whoever ordered a job."""
    if job.author is not None:
        act_as(session, author_of(job.author), lambda: now)


def act_for(session: Session, user_id: UserId) -> None:
    """Let a session see and change from now on only what a user may."""
    viewer = viewer_of(users_of(session, [user_row(session, user_id)])[0])
    if not viewer.everything:
        narrow(session, viewer)
