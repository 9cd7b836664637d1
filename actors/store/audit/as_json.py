"""Authors and changes as they lie in JSON columns."""

from typing import Any

from actors.store.nouns.audit import Author, AuthorKind, Change
from actors.store.nouns.identity import TokenId, UserId


def kept_author(author: Author) -> dict[str, Any]:
    """Write down an author, for those who act in his name later."""
    return {
        "kind": author.kind.value,
        "name": author.name,
        "user": author.user,
        "token": author.token,
        "token_name": author.token_name,
        "address": author.address,
    }


def author_of(kept: dict[str, Any]) -> Author:
    """Read an author."""
    user, token = kept["user"], kept["token"]
    return Author(
        kind=AuthorKind(kept["kind"]),
        name=kept["name"],
        user=None if user is None else UserId(user),
        token=None if token is None else TokenId(token),
        token_name=kept["token_name"],
        address=kept["address"],
    )


def kept_change(change: Change) -> dict[str, Any]:
    """Write down a change; what it does not have is left out."""
    kept: dict[str, Any] = {"field": change.field, "before": change.before, "after": change.after}
    if change.labels:
        kept["labels"] = list(change.labels)
    if change.documents:
        kept["documents"] = list(change.documents)
    return kept


def change_of(kept: dict[str, Any]) -> Change:
    """Read a change."""
    return Change(kept["field"], kept["before"], kept["after"], tuple(kept.get("labels", ())), tuple(kept.get("documents", ())))
