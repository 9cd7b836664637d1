"""Whom a mail's addresses mean: before the @ stand users and tags, as `ada`, `invoices` or `ada+invoices+2026`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actors.store.errors import LabelNotFound
from actors.store.identity.errors import UserNotFound
from actors.store.nouns.access import Viewer, viewer_of
from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.identity import User, UserId
from actors.store.store import Store

_ANYBODY = Viewer(UserId(0))


@dataclass(frozen=True, slots=True)
class Destination:
    """Whose documents a mail becomes, and with which tags."""

    owner: UserId | None
    tags: tuple[str, ...] = ()


def destinations(recipients: Iterable[str], store: Store, otherwise: UserId | None) -> tuple[Destination, ...]:
    """Tell one destination for each owner who is meant; an address that names no user means `otherwise`.

    Only tags that are there, and that the owner sees, are given: a slip of the pen makes none.
    """
    tags = dict[UserId | None, dict[str, None]]()
    for recipient in recipients:
        words = _words(recipient)
        user = _user(words[0], store) if words else None
        owner = otherwise if user is None else user.id
        tags.setdefault(owner, {}).update(dict.fromkeys(_tags(words if user is None else words[1:], _seen(store, user, otherwise))))
    return tuple(Destination(owner, tuple(names)) for owner, names in tags.items())


def _words(recipient: str) -> list[str]:
    local = recipient.rpartition("@")[0] or recipient
    return [word for word in local.strip('"').split("+") if word.strip()]


def _user(word: str, store: Store) -> User | None:
    try:
        user = store.users.find(word)
    except UserNotFound:
        return None
    return user if user.facts.enabled else None


def _seen(store: Store, user: User | None, otherwise: UserId | None) -> Store:
    if user is not None:
        return store.seen_by(viewer_of(user))
    return store.seen_by(_ANYBODY if otherwise is None else viewer_of(store.users.get(otherwise)))


def _tags(words: Iterable[str], seen: Store) -> Iterator[str]:
    for word in words:
        for name in dict.fromkeys((word, word.replace("_", " "))):  # an address has no spaces
            try:
                yield seen.catalog.labels.find(LabelKind.TAG, name).name
            except LabelNotFound:
                continue
            break
