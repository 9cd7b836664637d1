"""What is asked of a token that is to be made."""

from collections.abc import Collection
from datetime import datetime

from actors.store.nouns.identity import Scope
from daemon.service.refusals import InvalidRequest, ScopeMissing, Violation
from daemon.service.wire.identity import SCOPES
from daemon.service.wire.values import moment_of
from scriba.v1 import access_pb2
from scriba.v1.accounts_pb2 import CreateTokenRequest
from scriba.v1.identity_pb2 import CreateServiceTokenRequest


def scopes_within(held: Collection[int], wanted: tuple[Scope, ...]) -> tuple[Scope, ...]:
    """Bind a new token to no more than the one it is made with; raises ScopeMissing. `held` is empty for one that is bound to nothing."""
    if not held:
        return wanted
    for scope in wanted:
        if SCOPES[scope] not in held:
            raise ScopeMissing(access_pb2.Scope.Name(SCOPES[scope]))
    return wanted or tuple(scope for scope, value in SCOPES.items() if value in held)


def expiry(request: CreateTokenRequest | CreateServiceTokenRequest, now: datetime) -> datetime | None:
    """Read until when a token holds, None for ever; raises InvalidRequest for a moment that has passed."""
    if not request.HasField("expire_time"):
        return None
    until = moment_of("expire_time", request.expire_time)
    if until <= now:
        raise InvalidRequest(Violation("expire_time", "has passed already"))
    return until
