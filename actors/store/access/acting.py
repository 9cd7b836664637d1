"""Machines that do what a user has ordered do no more than he may."""

from sqlalchemy.orm import Session

from actors.store.identity.rows import user_row, users_of
from actors.store.nouns.access import viewer_of
from actors.store.nouns.identity import UserId
from actors.store.rows.seeing import narrow


def act_for(session: Session, user_id: UserId) -> None:
    """Let a session see and change from now on only what a user may."""
    viewer = viewer_of(users_of(session, [user_row(session, user_id)])[0])
    if not viewer.everything:
        narrow(session, viewer)
