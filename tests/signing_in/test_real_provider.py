"""Signing in by a provider that nobody here wrote: node-oidc-provider, a process of its own on loopback."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from actors.openid.calling import Calling
from actors.openid.flow import SignInFlow
from actors.openid.settings import ProviderSettings
from actors.store.nouns.identity import Role, UserFacts, Vouched
from daemon.service.identity.vouching import Vouching, VouchRules
from daemon.web.signing_in.openid import BACK, START, OpenIdParts, openid_routes
from daemon.web.signing_in.pending import Pendings
from daemon.web.signing_in.sessions import session_routes
from tests.ports import free_port
from tests.service.house import House
from tests.signing_in.browser import PAGE, Browser
from tests.signing_in.test_openid import FROM_PROVIDER, TYPED
from tests.signing_in.test_sessions import account

WEB = Path(__file__).parents[2] / "clients/web"
SCRIPT = Path(__file__).with_name("openid_provider.mjs")
REDIRECT = PAGE + BACK
SECRET = "a secret / with + signs"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Start the provider; without Node, or the packages of the web client, these tests step aside."""
    if not shutil.which("node") or not (WEB / "node_modules/oidc-provider").exists():
        pytest.skip("node or the package oidc-provider is not installed")
    port = free_port()
    command = ["node", str(SCRIPT), str(port), REDIRECT, SECRET]
    process = subprocess.Popen(command, cwd=WEB, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    while (line := process.stdout.readline()) != b"listening\n":
        assert line, "the provider has ended at its start"
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)
    process.stdout.close()


def browser_before(house: House, issuer: str, secret: str = SECRET, scopes: tuple[str, ...] = ("profile", "email", "groups")) -> Browser:
    """Put a browser before a house that takes this provider's word."""
    settings, rules = ProviderSettings(issuer, "scriba", REDIRECT, secret, scopes), VouchRules(Role.EDITOR, "groups")
    flow = SignInFlow(settings, Calling(settings.rules()), lambda: 0.0)
    parts = OpenIdParts(flow, Vouching(house.store, rules), Pendings(house.seals, lambda: now().timestamp()), now, rules.wanted)
    return Browser(Starlette(routes=[*session_routes(house.door), *openid_routes(house.door, parts)]))


def let_in(address: str, name: str) -> str:
    """Walk through the provider's own pages as a person does, who breaks off without a name; give the address that it sends one back to."""
    with httpx.Client() as client:
        answer = client.get(address)
        for _ in range(20):
            if answer.is_redirect:
                place = str(answer.next_request.url) if answer.next_request else ""
                if place.startswith(REDIRECT):
                    return place
                answer = client.get(place)
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            action = re.search(r'<form[^>]* action="([^"]+)"', answer.text)
            assert prompt, answer.text
            assert action, answer.text
            if not name:
                answer = client.get(f"{str(answer.url).rstrip('/')}/abort")
                continue
            answer = client.post(action[1], data={"prompt": prompt[1], "login": name, "password": "any"})
    raise AssertionError("the provider sends nobody back")


async def sign_in(browser: Browser, name: str) -> httpx.Response:
    begun = await browser.ask("GET", START, **TYPED)
    assert begun.status_code == 302, begun.text
    back = let_in(begun.headers["location"], name)
    return await browser.ask("GET", back.removeprefix(PAGE), **FROM_PROVIDER)


async def test_a_person_signs_in_by_a_real_provider(house: House, issuer: str) -> None:
    family = house.store.groups.create("Family", ())
    browser = browser_before(house, issuer)
    answer = await sign_in(browser, "anna")
    assert answer.status_code == 200, answer.text
    user = house.store.identities.find(Vouched(issuer, "anna"))
    assert user is not None
    assert (user.facts, user.groups) == (UserFacts("Anna", Role.EDITOR, email="anna@example.com"), (family.id,))
    assert (await account(house, browser.cookies)).user.id == str(user.id)
    await sign_in(browser, "bert")
    assert (await account(house, browser.cookies)).name == "bert"
    await sign_in(browser, "anna")
    assert (await account(house, browser.cookies)).user.id == str(user.id)


async def test_a_wrong_secret_of_ours_signs_nobody_in(house: House, issuer: str) -> None:
    browser = browser_before(house, issuer, secret="wrong")
    answer = await sign_in(browser, "anna")
    assert (answer.status_code, browser.jar, house.store.users.count()) == (502, {}, 0)


async def test_who_breaks_off_at_the_provider_is_not_signed_in(house: House, issuer: str) -> None:
    browser = browser_before(house, issuer)
    begun = await browser.ask("GET", START, **TYPED)
    back = let_in(begun.headers["location"], "")
    answer = await browser.ask("GET", back.removeprefix(PAGE), **FROM_PROVIDER)
    assert (answer.status_code, "access_denied" in answer.text, browser.jar) == (403, True, {})
