"""Who may call what: the `access` option of every RPC, and the check of each call against it."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor

from daemon.service.around.calls import Call, Concern, Context
from daemon.service.refusals import NotSignedIn, RoleTooLow
from scriba.v1 import access_pb2

# Services that are not ours carry no option; their rules stand here, method by method, so that a new method stops the server too.
FOREIGN_RULES: Mapping[str, int] = {
    "grpc.health.v1.Health.Check": access_pb2.ROLE_PUBLIC,
    "grpc.health.v1.Health.List": access_pb2.ROLE_PUBLIC,
    "grpc.health.v1.Health.Watch": access_pb2.ROLE_PUBLIC,
    "grpc.reflection.v1alpha.ServerReflection.ServerReflectionInfo": access_pb2.ROLE_PUBLIC,
}
_BEARER = "bearer "


class RuleMissing(Exception):
    """Stops the start of a server that has an RPC without a rule."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls."""

    name: str
    role: int


# Each call is a task of its own, and so is what it says here; the threads that it asks see it too.
_CALLER: ContextVar[Principal] = ContextVar("caller")


def caller() -> Principal:
    """Return who makes the call at work; only where a token was asked for."""
    return _CALLER.get()


class TokenCheck(Protocol):
    """Knows whose a token is."""

    async def principal(self, token: str) -> Principal | None:
        """Return who holds the token, or None when nobody does."""


class LocalToken:
    """Knows the one token of this machine's administrator."""

    def __init__(self, token: str) -> None:
        self._digest = hashlib.sha256(token.encode()).digest()

    async def principal(self, token: str) -> Principal | None:
        # Digests are compared, in constant time: neither length nor prefix of the real token shows in the time taken.
        same = hmac.compare_digest(hashlib.sha256(token.encode()).digest(), self._digest)
        return Principal("local", access_pb2.ROLE_ADMIN) if same else None


def access_rules(services: Iterable[ServiceDescriptor]) -> dict[str, int]:
    """Read the least role of every method, by its path; raises RuleMissing with the name of one that has none."""
    return {f"/{service.full_name}/{method.name}": _rule(method) for service in services for method in service.methods}


def service_descriptors(names: Iterable[str]) -> list[ServiceDescriptor]:
    """Find services by their full names among the generated stubs."""
    pool = descriptor_pool.Default()
    return [pool.FindServiceByName(name) for name in names]


def _rule(method: MethodDescriptor) -> int:
    role = method.GetOptions().Extensions[access_pb2.access].role or FOREIGN_RULES.get(method.full_name, access_pb2.ROLE_UNSPECIFIED)
    if role not in access_pb2.Role.values() or role == access_pb2.ROLE_UNSPECIFIED:
        raise RuleMissing(f"{method.full_name} has no access rule: give it the option (scriba.v1.access)")
    return role


def allowed(rules: Mapping[str, int], tokens: TokenCheck) -> Concern:
    """Refuse a call whose token's role does not reach the rule of its method; let the others know their caller."""

    @asynccontextmanager
    async def check(call: Call) -> AsyncIterator[None]:
        least = rules[call.method]
        if least != access_pb2.ROLE_PUBLIC:
            principal = await tokens.principal(_token(call.context))
            if principal is None:
                raise NotSignedIn
            if principal.role < least:
                raise RoleTooLow(access_pb2.Role.DESCRIPTOR.values_by_number[least].name)
            _CALLER.set(principal)
        yield

    return check


def _token(context: Context) -> str:
    for key, value in context.invocation_metadata() or ():
        if key == "authorization" and isinstance(value, str) and value[: len(_BEARER)].lower() == _BEARER:
            return value[len(_BEARER) :].strip()
    raise NotSignedIn
