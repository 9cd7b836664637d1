"""Passwords of links, which are told to nobody."""

from actors.identity.passwords import WeakPassword, check_password, hash_password
from daemon.service.refusals import InvalidRequest, Violation


def hashed(field: str, password: str, name: str) -> str:
    """Hash the password of a link with a name, '' where there is to be none; raises InvalidRequest for one that anybody would try first."""
    if not password:
        return ""
    try:
        check_password(password, name)
    except WeakPassword as error:
        raise InvalidRequest(Violation(field, str(error))) from None
    return hash_password(password)
