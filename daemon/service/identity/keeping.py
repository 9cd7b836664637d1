"""Making and changing users and groups: read, checked and kept. It asks the database, so it works in threads."""

from datetime import timedelta

from actors.store.nouns.identity import Group, User, UserId
from daemon.service.ports import Archive
from daemon.service.refusals import TokenMismatch
from daemon.service.wire.identity import group_id, group_message, shown_name, user_facts, user_id, user_message
from daemon.service.wire.masks import masked, merging, paths_of
from daemon.service.wire.page_tokens import page_token, position_of
from daemon.service.wire.values import expected_revision
from scriba.v1 import identity_pb2 as pb

USER_PATHS = ("name", "kind", "role", "email", "disabled")
GROUP_PATHS = ("name", "user_ids")
PAGE_SIZE = 100
# So long a code is good by which somebody chooses a password.
INVITATION = timedelta(days=7)


class People:
    """Keeps users and groups as an administrator wants them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def users(self, request: pb.ListUsersRequest) -> pb.ListUsersResponse:
        """Answer one page of users; raises TokenMismatch for another query's token."""
        size = request.page_size or PAGE_SIZE
        found = self._archive.signed.users.list(_after(request), size + 1)
        shown = found[:size]
        return pb.ListUsersResponse(
            users=map(user_message, shown),
            next_page_token=page_token([shown[-1].facts.name, shown[-1].id], request) if len(found) > size else "",
            total_size=self._archive.signed.users.count(),
        )

    def create_user(self, told: pb.User) -> User:
        """Add a user; raises InvalidRequest, NameTaken."""
        return self._archive.signed.users.create(user_facts(told), self._archive.now())

    def update_user(self, request: pb.UpdateUserRequest) -> User:
        """Change a user; raises InvalidRequest, NameTaken, StaleItem, LastAdministrator."""
        paths_of(request.update_mask, USER_PATHS)
        user, named = user_id(request.user.id), expected_revision(request.user.etag)

        def change() -> User:
            present = self._archive.signed.users.get(user)
            told = masked(user_message(present), request.user, request.update_mask)
            return self._archive.signed.users.update(user, user_facts(told), named or present.revision)

        return merging(change, named)

    def create_group(self, told: pb.Group) -> Group:
        """Add a group; raises InvalidRequest, NameTaken, MemberNotFound."""
        return self._archive.signed.groups.create(shown_name("group.name", told.name), _members(told))

    def update_group(self, request: pb.UpdateGroupRequest) -> Group:
        """Change a group; raises InvalidRequest, NameTaken, StaleItem, MemberNotFound."""
        paths_of(request.update_mask, GROUP_PATHS)
        group, named = group_id(request.group.id), expected_revision(request.group.etag)

        def change() -> Group:
            present = self._archive.signed.groups.get(group)
            told = masked(group_message(present), request.group, request.update_mask)
            return self._archive.signed.groups.update(group, shown_name("group.name", told.name), _members(told), named or present.revision)

        return merging(change, named)


def _after(request: pb.ListUsersRequest) -> tuple[str, UserId] | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [str(name), int(last)]:
            return name, UserId(last)
        case _:
            raise TokenMismatch("page_token")


def _members(told: pb.Group) -> list[UserId]:
    return [user_id(text) for text in told.user_ids]
