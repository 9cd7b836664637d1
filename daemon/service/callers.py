"""Who makes the call at work."""

from contextvars import ContextVar
from dataclasses import dataclass

from actors.store.nouns.access import Viewer
from actors.store.nouns.audit import Author, AuthorKind
from actors.store.nouns.identity import TokenId, UserId

# Sees and changes everything; no user has this id.
ADMINISTRATOR = Viewer(UserId(0), everything=True)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls, and what he may see. The token of the machine's own command line is no user's; no scopes are all."""

    name: str
    role: int
    viewer: Viewer
    user: UserId | None = None
    token: TokenId | None = None
    scopes: frozenset[int] = frozenset()
    token_name: str = ""


# Each call is a task of its own, and so is what it says here; the threads that it asks see it too.
_CALLER: ContextVar[Principal] = ContextVar("caller")
_ADDRESS: ContextVar[str] = ContextVar("address", default="")


def caller() -> Principal:
    """Return who makes the call at work; only where a token was asked for."""
    return _CALLER.get()


def author() -> Author:
    """Give whoever makes the call at work as the audit names him; who shows no token has proven nothing."""
    who = _CALLER.get(None)
    if who is None:
        return Author(AuthorKind.UNKNOWN, "", address=_ADDRESS.get())
    kind = AuthorKind.LOCAL if who.user is None else AuthorKind.USER
    return Author(kind, who.name, who.user, who.token, who.token_name, _ADDRESS.get())


def called_by(principal: Principal) -> None:
    """Say who makes the call at work."""
    _CALLER.set(principal)


def caller_address() -> str:
    """Tell from where the call at work comes, '' where nobody has said."""
    return _ADDRESS.get()


def called_from(address: str) -> None:
    """Say from where the call at work comes."""
    _ADDRESS.set(address)
