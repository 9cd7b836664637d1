"""Whose doors into the archive stand open: upload links and mailboxes rest while those who made them may make none."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from actors.store.nouns.identity import Role
from actors.store.rows.identity import UserRow

# Who may only look, or only upload for himself, lets nothing else in.
_MAKERS = (Role.EDITOR, Role.ADMIN)


def still_may(maker: Any) -> ColumnElement[bool]:
    """Choose rows by the column of their maker: he may still make such, or there is none, as this machine's own have none."""
    user = aliased(UserRow)
    found = select(user.id).where(user.id == maker, user.enabled, user.role.in_(_MAKERS))
    return or_(maker.is_(None), found.exists())
