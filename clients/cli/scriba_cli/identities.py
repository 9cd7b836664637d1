"""Users and groups as people name them."""

from urllib.parse import urlsplit

import scriba
from scriba.v1.access_pb2 import Role
from scriba.v1.identity_pb2 import Group, ListGroupsRequest, User
from scriba_cli.names import named


def user_named(client: scriba.Client, name: str) -> User:
    """Find a user by name; raises NotFound."""
    return named(name, client.list_users(), "user", "scriba users list")


def group_named(client: scriba.Client, name: str) -> Group:
    """Find a group by name; raises NotFound."""
    return named(name, client.identity.ListGroups(ListGroupsRequest()).groups, "group", "scriba groups list")


def host_of(issuer: str) -> str:
    """Name a provider of sign-ins by its host, as people know it."""
    try:
        return urlsplit(issuer).hostname or issuer
    except ValueError:
        return issuer


def role_name(role: int) -> str:
    """Write a role in one word; one that only a newer server knows by its number."""
    return next((name.removeprefix("ROLE_").lower() for name, number in Role.items() if number == role), f"role {role}")
