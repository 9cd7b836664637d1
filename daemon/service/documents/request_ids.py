"""The ids that clients give their requests are each user's own: nobody goes on with, or is told of, what another has begun."""

from hashlib import sha256

from daemon.service.callers import caller


def own_name(request_id: str) -> str:
    """Name one of the caller's requests among those of all users."""
    user = caller().user
    return request_id if user is None else f"{user}.{request_id}"


def own_digest(request_id: str) -> str:
    """Give that name in 64 characters, the width of the column, which an id alone may fill; '' for a request without one."""
    return sha256(own_name(request_id).encode()).hexdigest() if request_id else ""
