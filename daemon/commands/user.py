"""`scribad user`: users of the archive on this machine, also while the daemon runs, and where nobody can sign in any more."""

from datetime import UTC, datetime
from functools import partial

from actors.identity.names import LOCAL, BadName, shown_name
from actors.identity.passwords import WeakPassword, check_password, hash_password
from actors.store.nouns.audit import Author, AuthorKind
from actors.store.nouns.identity import Role, UserFacts
from daemon.commands.no_archive import opened
from daemon.settings.model import Settings
from daemon.start_error import StartError

AT_THE_MACHINE = Author(AuthorKind.LOCAL, LOCAL, token_name="scribad")  # noqa: S106  # the command's name


class NameRefused(StartError):
    """The name is one that nobody could read or type."""


class PasswordRefused(StartError):
    """The password is one that anybody would try."""


def add_user(settings: Settings, name: str, role: Role, password: str) -> str:
    """Add somebody who signs in by a password; say so. Raises NameRefused, PasswordRefused, NameTaken, NoArchiveHere."""
    try:
        shown = shown_name(name)
    except BadName as error:
        raise NameRefused(f"the name: {error}") from None
    hashed = hash_of(password, shown)
    with opened(settings) as store:
        users = store.acting(AT_THE_MACHINE, partial(datetime.now, UTC)).users
        user = users.create(UserFacts(shown, role), datetime.now(UTC))
        users.set_password(user.id, hashed)
    return f"new user: {user.facts.name}, {user.facts.role.value}"


def set_password(settings: Settings, name: str, password: str) -> str:
    """Give somebody another password, and end all sessions; say so. Raises PasswordRefused, UserNotFound, NoArchiveHere."""
    hashed = hash_of(password, name)
    with opened(settings) as store:
        users = store.acting(AT_THE_MACHINE, partial(datetime.now, UTC)).users
        user = users.find(name)
        users.set_password(user.id, hashed)
    factor = "; the second factor stays" if user.has_second_factor else ""
    return f"{user.facts.name} has another password, and is signed out everywhere{factor}"


def hash_of(password: str, name: str) -> str:
    """Hash a password that is good enough."""
    try:
        check_password(password, name)
    except WeakPassword as error:
        raise PasswordRefused(str(error)) from None
    return hash_password(password)
