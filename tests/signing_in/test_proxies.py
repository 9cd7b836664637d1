"""Trusted proxies: where calls come from, and by whose word somebody is let in."""

import time
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_network

import pytest
from structlog.testing import capture_logs

from actors.store.nouns.audit import Act, AuditFilter
from actors.store.nouns.identity import Role, UserFacts, UserKind
from actors.store.store import Store
from daemon.service.around.browsers import Browsers
from daemon.service.around.proofs import Proofs
from daemon.service.around.proxies import Proxies
from daemon.service.around.remote_users import AWAY_SECONDS, RemoteUsers
from daemon.service.around.tokens import LocalToken, StoredTokens
from daemon.service.refusals import CalledFromElsewhere, NotSignedIn, UnknownToProxy
from tests.service.house import NOW, TOKEN

PROXIES = Proxies((ip_network("10.0.0.0/24"), ip_network("fd00::2/128")), "remote-user")
BY_PROXY = {"x-scriba-peer": "10.0.0.2", "remote-user": "anna"}


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1, 203.0.113.9, 10.0.0.9", "203.0.113.9"),
        ("10.0.0.2", "10.0.0.8,10.0.0.9", "10.0.0.8"),
        ("10.0.0.2", "198.51.100.1, made up, 10.0.0.9", "10.0.0.9"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.2", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.2", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("fd00::2", "203.0.113.9", "203.0.113.9"),
        ("fd00::3", "203.0.113.9", "fd00::3"),
        ("", "203.0.113.9", ""),
    ],
)
def test_a_call_comes_from_the_last_address_that_no_trusted_proxy_has(peer: str, forwarded: str, address: str) -> None:
    assert PROXIES.address({"x-scriba-peer": peer, "x-forwarded-for": forwarded}) == address


@pytest.mark.parametrize(
    ("headers", "user"),
    [
        (BY_PROXY, "anna"),
        ({**BY_PROXY, "remote-user": " anna "}, "anna"),
        ({**BY_PROXY, "remote-user": "zoë".encode().decode("latin-1")}, "zoë"),
        ({**BY_PROXY, "remote-user": "zoë"}, "zoë"),
        ({**BY_PROXY, "x-scriba-peer": "192.0.2.7"}, ""),
        ({**BY_PROXY, "x-scriba-peer": "192.0.2.7", "x-forwarded-for": "10.0.0.2"}, ""),
        ({"remote-user": "anna"}, ""),
        ({"x-scriba-peer": "10.0.0.2"}, ""),
    ],
)
def test_a_name_is_believed_from_trusted_proxies_alone(headers: dict[str, str], user: str) -> None:
    assert replace(PROXIES).user(headers) == user


def test_without_a_header_nobody_is_believed_though_he_is_trusted() -> None:
    assert Proxies(PROXIES.networks).user({**BY_PROXY, "": "anna"}) == ""


def test_a_name_from_a_stranger_is_logged_once() -> None:
    with capture_logs() as logs:
        proxies = Proxies(PROXIES.networks, "remote-user")
        for _ in range(3):
            proxies.user({"x-scriba-peer": "192.0.2.7", "remote-user": "anna"})
    assert [(line["log_level"], line["address"]) for line in logs] == [("error", "192.0.2.7")]


class Gate:
    """Proofs over a real store; `seconds` is the clock."""

    def __init__(self, store: Store, create: Role | None = None) -> None:
        self.store, self.seconds = store, 0.0
        tokens = StoredTokens(LocalToken(TOKEN), store.tokens, lambda: NOW, time.monotonic)
        remote = RemoteUsers(store, create, lambda: NOW, lambda: self.seconds)
        self.proofs = Proofs(tokens, Browsers(encrypted=True), PROXIES, remote)

    async def name(self, headers: Mapping[str, str]) -> str:
        return (await self.proofs.principal(headers)).name


@pytest.fixture
def gate(store: Store) -> Gate:
    store.users.create(UserFacts("Anna", Role.VIEWER), NOW)
    return Gate(store)


async def test_whom_a_trusted_proxy_names_is_let_in_as_what_he_is_here(gate: Gate) -> None:
    principal = await gate.proofs.principal(BY_PROXY)
    anna = gate.store.users.find("anna")
    assert (principal.name, principal.user, principal.token, principal.viewer.user) == ("Anna", anna.id, None, anna.id)
    gate.store.users.update(anna.id, replace(anna.facts, enabled=False), None)
    gate.proofs.forget()
    with pytest.raises(UnknownToProxy):
        await gate.name(BY_PROXY)


async def test_a_change_counts_after_two_seconds_at_the_latest(gate: Gate) -> None:
    await gate.name(BY_PROXY)
    anna = gate.store.users.find("anna")
    gate.store.users.update(anna.id, replace(anna.facts, enabled=False), None)
    gate.seconds = 2.0
    with pytest.raises(UnknownToProxy):
        await gate.name(BY_PROXY)


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}])
async def test_another_page_cannot_use_what_signs_a_browser_in_at_the_proxy(gate: Gate, headers: dict[str, str]) -> None:
    with pytest.raises(CalledFromElsewhere):
        await gate.name(BY_PROXY | headers)
    assert await gate.name(BY_PROXY | {"sec-fetch-site": "same-origin"}) == "Anna"


async def test_a_token_that_is_shown_counts_before_the_proxys_word(gate: Gate) -> None:
    assert await gate.name(BY_PROXY | {"authorization": f"Bearer {TOKEN}"}) == "local"
    with pytest.raises(NotSignedIn):
        await gate.name(BY_PROXY | {"authorization": "Bearer guessed"})
    assert await gate.name(BY_PROXY | {"authorization": "Basic YW5uYTp4"}) == "Anna"


@pytest.mark.parametrize("name", ["bert", "local", "anna, admin", "x" * 65])
async def test_who_is_no_user_is_refused(gate: Gate, name: str) -> None:
    with pytest.raises(UnknownToProxy, match=name[:20]):
        await gate.name(BY_PROXY | {"remote-user": name})


async def test_a_program_is_let_in_by_its_tokens_alone(gate: Gate) -> None:
    gate.store.users.create(UserFacts("robot", Role.EDITOR, UserKind.SERVICE), NOW)
    with pytest.raises(UnknownToProxy):
        await gate.name(BY_PROXY | {"remote-user": "robot"})


async def test_who_is_new_becomes_a_user_where_that_is_wanted(store: Store) -> None:
    gate = Gate(store, Role.EDITOR)
    assert await gate.name(BY_PROXY) == "anna"
    assert store.users.find("anna").facts == UserFacts("anna", Role.EDITOR)
    for name in ("local", "x" * 65):
        with pytest.raises(UnknownToProxy):
            await gate.name(BY_PROXY | {"remote-user": name})
    assert store.users.count() == 1


async def test_the_audit_tells_of_who_comes_and_not_of_each_call(gate: Gate) -> None:
    for seconds in (0.0, 3.0, AWAY_SECONDS, AWAY_SECONDS + 3.0, 3 * AWAY_SECONDS):
        gate.seconds = seconds
        await gate.name(BY_PROXY | {"x-forwarded-for": "203.0.113.9"})
    entries = gate.store.audit.list(AuditFilter(act=Act.SIGNED_IN), None, 9)
    assert [(entry.author.name, entry.author.address) for entry in entries] == [("Anna", "203.0.113.9")] * 2
