"""What a page is told before it shows anything: who is signed in, and how one signs in."""

from typing import Any

import grpc
import pytest

from actors.identity.tokens import digest, new_code
from actors.store.nouns.identity import NewInvitation, Role, UserFacts, Vouched
from actors.store.store import Store
from daemon.service.around.browsers import Browsers
from daemon.service.identity.signing_in import SESSION
from daemon.web.signing_in.openid import START
from daemon.web.signing_in.ways import ProviderWay, Ways
from scriba.v1 import accounts_pb2 as pb
from scriba.v1.accounts_pb2_grpc import AccountServiceStub
from tests.service.house import NOW, TOKEN, House, failing, open_house
from tests.signing_in.browser import HOST, PAGE, PASSWORD, Browser, add, app_of, reason

OTHER = "staple and paper clip"
# As a browser on plain HTTP reads, which says nothing of the page that asks.
PLAIN_READING = {"sec_fetch_site": "", "origin": ""}
OF_OTHERS = [
    {"sec_fetch_site": "cross-site", "origin": ""},
    {"sec_fetch_site": "same-site", "origin": ""},
    {"sec_fetch_site": "none", "origin": ""},
    {"sec_fetch_site": "", "origin": "https://evil.example"},
    {"sec_fetch_site": "", "origin": "null"},
]


@pytest.fixture
async def browser(house: House) -> Browser:
    return Browser(app_of(house))


async def told(browser: Browser, **headers: str) -> dict[str, Any]:
    answer = await browser.ask("GET", "/session", **headers)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


async def test_nobody_being_signed_in_is_no_error(browser: Browser) -> None:
    nobody = {"user": None, "password": True, "oidc": None, "remote_user": False, "log_out_url": "", "first_run": True}
    assert await told(browser) == nobody
    assert await told(browser, cookie="__Host-scriba=guessed") == nobody
    assert await told(browser, authorization="Bearer guessed") == nobody
    assert browser.jar == {}


async def test_who_is_signed_in_is_told_and_no_secret_with_it(house: House, browser: Browser) -> None:
    anna = add(house)
    await browser.sign_in()
    answer = await browser.ask("GET", "/session")
    assert answer.json()["user"] == {"id": str(anna.id), "name": "Anna", "role": "ROLE_EDITOR"}
    (cookie,) = browser.jar.values()
    assert cookie.value not in answer.text
    await browser.ask("DELETE", "/session")
    assert (await told(browser))["user"] is None


async def test_the_machines_own_command_line_is_no_user(browser: Browser) -> None:
    assert (await told(browser, authorization=f"Bearer {TOKEN}"))["user"] == {"id": None, "name": "local", "role": "ROLE_ADMIN"}


async def test_who_was_disabled_meanwhile_is_nobody(house: House, browser: Browser) -> None:
    anna = add(house)
    await browser.sign_in()
    house.store.users.update(anna.id, UserFacts("Anna", Role.EDITOR, enabled=False), None)
    assert (await told(browser))["user"] is None


@pytest.mark.parametrize("headers", OF_OTHERS)
async def test_no_page_of_another_site_is_told_anything(house: House, browser: Browser, headers: dict[str, str]) -> None:
    add(house)
    await browser.sign_in()
    answer = await browser.ask("GET", "/session", cookie=browser.cookies, **headers)
    assert (answer.status_code, reason(answer), "Anna" in answer.text) == (403, "CALLED_FROM_ELSEWHERE", False)


async def test_on_plain_http_where_a_reading_says_nothing_of_its_page_it_is_answered_and_others_cannot_see_it(store: Store) -> None:
    async with open_house(store, browsers=Browsers(encrypted=False)) as house:
        add(house)
        browser = Browser(app_of(house))
        await browser.sign_in(sec_fetch_site="", origin=f"http://{HOST}")
        assert (await told(browser, **PLAIN_READING))["user"]["name"] == "Anna"
        answer = await browser.ask("GET", "/session", **PLAIN_READING)
        guarded = {name: answer.headers.get(name) for name in ("cross-origin-resource-policy", "x-content-type-options")}
        assert guarded == {"cross-origin-resource-policy": "same-origin", "x-content-type-options": "nosniff"}
        assert "access-control-allow-origin" not in answer.headers


async def test_the_first_administrator_is_still_to_come_until_one_can_sign_in(house: House, browser: Browser) -> None:
    add(house)
    boss = house.store.users.create(UserFacts("Boss", Role.ADMIN), NOW)
    assert (await told(browser))["first_run"]
    house.store.identities.link(boss.id, Vouched("https://sign-in.example", "1"), NOW)
    assert not (await told(browser))["first_run"]


async def test_the_ways_in_are_those_of_the_settings(house: House) -> None:
    ways = Ways(False, ProviderWay("Family", START, True), True, "https://sign-in.example/logout")
    found = await told(Browser(app_of(house, ways)))
    assert found == {
        "user": None,
        "password": False,
        "oidc": {"name": "Family", "path": "/sign-in/oidc", "redirect": True},
        "remote_user": True,
        "log_out_url": "https://sign-in.example/logout",
        "first_run": True,
    }


async def test_where_passwords_are_off_the_right_one_lets_nobody_in_and_is_not_tried(store: Store) -> None:
    async with open_house(store, passwords=False) as house:
        anna, browser = add(house), Browser(app_of(house))
        for password in [PASSWORD, *["wrong"] * 6]:
            answer = await browser.sign_in(password=password)
            assert (answer.status_code, reason(answer), browser.jar) == (400, "PASSWORDS_OFF", {})
        asked = pb.SignInRequest(user_name="anna", password=PASSWORD)
        failure = await failing(AccountServiceStub(house.channel).SignIn(asked))
        assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "PASSWORDS_OFF")
        assert "disable_regular_login" in failure.message
        assert house.store.tokens.list(anna.id, NOW) == []


async def test_where_passwords_are_off_the_machine_and_whoever_was_invited_still_get_in(store: Store) -> None:
    async with open_house(store, passwords=False) as house:
        assert (await house.accounts.GetAccount(pb.GetAccountRequest())).name == "local"
        for user, name in ((None, "Zoë"), (add(house).id, "")):
            code, browser = new_code(), Browser(app_of(house))
            house.store.invitations.create(NewInvitation(digest(code), user, NOW + SESSION))
            await browser.ask("POST", "/session/invitation", {"code": code, "user_name": name, "new_password": OTHER})
            assert (await told(browser, origin=PAGE))["user"]["name"] == (name or "Anna")
