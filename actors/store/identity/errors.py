"""What is refused of users, groups and tokens, in words that say what the caller can do."""

from actors.store.errors import StoreError
from actors.store.nouns.identity import GroupId, TokenId


class IdentityError(StoreError):
    """The root of all that is refused of users, groups and tokens."""


class UserNotFound(IdentityError):
    """No user has this id or name: it was deleted, or there never was one. List them for the right one."""

    def __init__(self, user: str) -> None:
        super().__init__(f"there is no user {user}")
        self.user = user


class OwnsDocuments(IdentityError):
    """A user who owns documents leaves only when another gets them. Name an heir."""

    def __init__(self, user: str, documents: int) -> None:
        super().__init__(f"{user} owns {documents} documents: name an heir for them")
        self.name = user


class GroupNotFound(IdentityError):
    """No group has this id or name. List them for the right one."""

    def __init__(self, group: str) -> None:
        super().__init__(f"there is no group {group}")
        self.group = group


class MemberNotFound(IdentityError):
    """Somebody who is to be in a group is no user."""

    def __init__(self, group_id: GroupId | None, user: int) -> None:
        super().__init__(f"there is no user {user} to be in the group")
        self.group_id, self.user = group_id, user


class TokenNotFound(IdentityError):
    """The user has no such token: it was revoked, has expired, or never was one."""

    def __init__(self, token_id: TokenId) -> None:
        super().__init__(f"there is no token {token_id}")
        self.token_id = token_id


class LastAdministrator(IdentityError):
    """Somebody must be left who can run the archive. Make another an administrator first."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the last administrator who can sign in: make another one first")
        self.name = name


class ServiceHasNoPassword(IdentityError):
    """A service account uses tokens. Make one for it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a service account, which has no password: make a token for it")
        self.name = name


class IdentityTaken(IdentityError):
    """A provider's word stands for one user. Unlink it from the other first."""

    def __init__(self) -> None:
        super().__init__("this sign-in belongs to another user already: an administrator can unlink it there")


class IdentityNotFound(IdentityError):
    """The provider's word does not stand for this user. Get the user for those that do."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not linked to this sign-in")
        self.name = name


class InvitationUsedUp(IdentityError):
    """The code was used, is too old, or never was one. Ask an administrator for another."""

    def __init__(self) -> None:
        super().__init__("this code was used already, is too old, or never was one: ask an administrator for another")


class OrdererGone(IdentityError):
    """Who ordered a job may change nothing any more. Somebody who may can order the same."""

    def __init__(self) -> None:
        super().__init__("who ordered this may change nothing any more; what was done stays, and an editor can order the rest")
