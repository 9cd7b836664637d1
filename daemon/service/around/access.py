"""Who may call what: the `access` option of every RPC, and the check of each call against it."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor

from daemon.service.around.browsers import headers_of
from daemon.service.around.calls import Call, Concern
from daemon.service.around.proofs import Proofs
from daemon.service.around.staying import while_allowed
from daemon.service.callers import Principal, called_by, called_from
from daemon.service.refusals import RightsChanged, RoleTooLow, ScopeMissing
from scriba.v1 import access_pb2


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call one RPC, in the numbers of the contract. A token that is bound to scopes needs `scope`, unless there is none."""

    role: int
    scope: int = access_pb2.SCOPE_UNSPECIFIED
    also_uploaders: bool = False


PUBLIC = Rule(access_pb2.ROLE_PUBLIC)
# Services that are not ours carry no option; their rules stand here, method by method, so that a new method stops the server too.
FOREIGN_RULES: Mapping[str, Rule] = {
    "grpc.health.v1.Health.Check": PUBLIC,
    "grpc.health.v1.Health.List": PUBLIC,
    "grpc.health.v1.Health.Watch": PUBLIC,
    "grpc.reflection.v1alpha.ServerReflection.ServerReflectionInfo": PUBLIC,
}
# Each role with the rights of those before it.
RANKS = (access_pb2.ROLE_UPLOADER, access_pb2.ROLE_VIEWER, access_pb2.ROLE_EDITOR, access_pb2.ROLE_ADMIN)


class RuleMissing(Exception):
    """Stops the start of a server that has an RPC without a rule."""


def access_rules(services: Iterable[ServiceDescriptor]) -> dict[str, Rule]:
    """Read the rule of every method, by its path; raises RuleMissing with the name of one that has none."""
    return {f"/{service.full_name}/{method.name}": _rule(method) for service in services for method in service.methods}


def service_descriptors(names: Iterable[str]) -> list[ServiceDescriptor]:
    """Find services by their full names among the generated stubs."""
    pool = descriptor_pool.Default()
    return [pool.FindServiceByName(name) for name in names]


def _rule(method: MethodDescriptor) -> Rule:
    if (foreign := FOREIGN_RULES.get(method.full_name)) is not None:
        return foreign
    access = method.GetOptions().Extensions[access_pb2.access]
    if access.role not in (access_pb2.ROLE_PUBLIC, *RANKS):
        raise RuleMissing(f"{method.full_name} has no access rule: give it the option (scriba.v1.access)")
    return Rule(access.role, access.scope, access.also_uploaders)


def allowed(rules: Mapping[str, Rule], proofs: Proofs) -> Concern:
    """Refuse a call whose maker does not reach the rule of its method; let the others know their caller. A stream ends when he changes."""

    @asynccontextmanager
    async def check(call: Call) -> AsyncIterator[None]:
        rule, headers = rules[call.method], headers_of(call.context.invocation_metadata())
        called_from(proofs.address(headers))
        if rule.role == access_pb2.ROLE_PUBLIC:
            yield
            return
        principal = await proofs.principal(headers)
        check_rule(principal, rule)
        called_by(principal)

        async def look() -> None:
            if (now := await proofs.principal(headers)) != principal:
                check_rule(now, rule)
                raise RightsChanged

        async with while_allowed(look) if call.streaming else nullcontext():
            yield

    return check


def check_rule(principal: Principal, rule: Rule) -> None:
    """Raise RoleTooLow or ScopeMissing for somebody who may not make a call."""
    uploads = rule.also_uploaders and principal.role == access_pb2.ROLE_UPLOADER
    if not uploads and (principal.role not in RANKS or RANKS.index(principal.role) < RANKS.index(rule.role)):
        raise RoleTooLow(access_pb2.Role.DESCRIPTOR.values_by_number[rule.role].name)
    if principal.scopes and rule.scope and rule.scope not in principal.scopes:
        raise ScopeMissing(access_pb2.Scope.DESCRIPTOR.values_by_number[rule.scope].name)
