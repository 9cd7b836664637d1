"""Signing in and out of browsers, and what their cookies are good for."""

import json
from dataclasses import replace

import grpc
import pytest

from actors.identity.tokens import digest, new_code
from actors.store.nouns.identity import NewInvitation, TokenKind
from daemon.service.around.browsers import Browsers
from daemon.service.identity.signing_in import SESSION
from scriba.v1 import accounts_pb2 as pb
from scriba.v1.accounts_pb2_grpc import AccountServiceStub
from tests.service.house import NOW, House, failing
from tests.signing_in.browser import FROM_OUR_PAGE, HOST, PASSWORD, Browser, add, app_of, reason

OTHER = "staple and paper clip"
FROM_ELSEWHERE = [
    {"sec_fetch_site": "cross-site", "origin": "https://evil.example"},
    {"sec_fetch_site": "same-site", "origin": "https://blog.archive.example"},
    {"sec_fetch_site": "none", "origin": ""},
    {"sec_fetch_site": "", "origin": "https://evil.example"},
    {"sec_fetch_site": "", "origin": "null"},
    {"sec_fetch_site": "", "origin": ""},
]


@pytest.fixture
async def browser(house: House) -> Browser:
    return Browser(app_of(house))


async def account(house: House, cookies: str, **headers: str) -> pb.GetAccountResponse:
    """Ask who calls, as a page does; a header of '' is left out."""
    told = {"cookie": cookies, "x-scriba-host": HOST, **FROM_OUR_PAGE} | {name.replace("_", "-"): value for name, value in headers.items()}
    metadata = tuple((name, value) for name, value in told.items() if value)
    answer: pb.GetAccountResponse = await AccountServiceStub(house.channel).GetAccount(pb.GetAccountRequest(), metadata=metadata)
    return answer


async def test_the_secret_goes_into_a_cookie_that_no_script_reads_and_nowhere_else(house: House, browser: Browser) -> None:
    anna = add(house)
    answer = await browser.sign_in()
    (cookie,) = browser.jar.values()
    told = {key: cookie[key] for key in ("path", "httponly", "secure", "samesite", "domain", "max-age")}
    assert (answer.status_code, cookie.key) == (200, "__Host-scriba")
    expected = {"path": "/", "httponly": True, "secure": True, "samesite": "strict", "domain": "", "max-age": str(30 * 24 * 3600)}
    assert told == expected
    assert cookie.value not in answer.text
    assert (answer.json()["user"]["name"], answer.json()["secret"], answer.headers["cache-control"]) == ("Anna", "", "no-store")
    (token,) = house.store.tokens.list(anna.id, NOW)
    assert (token.kind, token.name, token.expire_time) == (TokenKind.SESSION, "Firefox on Linux", NOW + SESSION)


async def test_on_plain_http_of_this_machine_the_cookie_is_kept_too(house: House) -> None:
    add(house)
    browser = Browser(app_of(replace(house, door=replace(house.door, browsers=Browsers(encrypted=False)))))
    await browser.sign_in(origin=f"http://{HOST}")
    assert [(cookie.key, cookie["secure"]) for cookie in browser.jar.values()] == [("scriba", "")]


async def test_rpcs_take_the_session_of_a_page_of_ours(house: House, browser: Browser) -> None:
    anna = add(house)
    await browser.sign_in()
    told = await account(house, browser.cookies)
    assert (told.user.id, told.token.name) == (str(anna.id), "Firefox on Linux")
    assert (await account(house, browser.cookies, sec_fetch_site="")).user.id == str(anna.id)


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
async def test_rpcs_take_no_session_that_another_page_had_sent(house: House, browser: Browser, headers: dict[str, str]) -> None:
    add(house)
    await browser.sign_in()
    failure = await failing(account(house, browser.cookies, **headers))
    assert (failure.code, failure.reason) == (grpc.StatusCode.UNAUTHENTICATED, "CALLED_FROM_ELSEWHERE")


async def test_a_cookie_of_nobody_is_no_session(house: House) -> None:
    assert (await failing(account(house, "__Host-scriba=guessed"))).reason == "NOT_SIGNED_IN"


async def test_a_token_that_is_shown_counts_before_a_cookie(house: House, browser: Browser) -> None:
    add(house)
    await browser.sign_in()
    failure = await failing(account(house, browser.cookies, authorization="Bearer guessed"))
    assert failure.reason == "NOT_SIGNED_IN"


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
@pytest.mark.parametrize(("method", "path"), [("POST", "/session"), ("DELETE", "/session"), ("POST", "/session/invitation")])
async def test_no_other_page_signs_anybody_in_or_out(
    house: House, browser: Browser, method: str, path: str, headers: dict[str, str]
) -> None:
    anna = add(house)
    await browser.sign_in()
    before = dict(browser.jar)
    answer = await browser.ask(method, path, {"user_name": "anna", "password": PASSWORD}, **headers)
    assert (answer.status_code, reason(answer)) == (403, "CALLED_FROM_ELSEWHERE")
    assert (browser.jar, len(house.store.tokens.list(anna.id, NOW))) == (before, 1)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""]
)
async def test_what_a_form_can_send_signs_nobody_in(house: House, browser: Browser, kind: str) -> None:
    add(house)
    body = json.dumps({"user_name": "anna", "password": PASSWORD}).encode()
    answer = await browser.ask("POST", "/session", body, content_type=kind)
    assert (answer.status_code, reason(answer), browser.jar) == (400, "INVALID_REQUEST", {})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"anna"',
        b"\xff",
        b'{"user_name": 5}',
        b'{"user": "anna"}',
        b'{"password": "x"}',
        b"[" * 5000,
        b" " * 17_000,
    ],
)
async def test_what_is_no_sign_in_is_refused_in_words(house: House, browser: Browser, body: bytes) -> None:
    answer = await browser.ask("POST", "/session", body, content_type="application/json")
    assert (answer.status_code, reason(answer)) == (400, "INVALID_REQUEST")


async def test_guesses_in_browsers_and_by_rpc_are_counted_together(house: House, browser: Browser) -> None:
    add(house)
    for _ in range(3):
        answer = await browser.sign_in(password="wrong")
        assert (answer.status_code, reason(answer)) == (401, "SIGN_IN_REFUSED")
    stub, guess = AccountServiceStub(house.channel), pb.SignInRequest(user_name="anna", password="wrong")
    for _ in range(2):
        assert (await failing(stub.SignIn(guess, metadata=(("x-scriba-peer", "192.0.2.7"),)))).reason == "SIGN_IN_REFUSED"
    answer = await browser.sign_in()
    assert (answer.status_code, reason(answer), browser.jar) == (429, "TOO_MANY_FAILURES", {})
    assert 0 < int(answer.headers["retry-after"]) <= 31


async def test_who_signs_out_is_out_and_the_browser_forgets(house: House, browser: Browser) -> None:
    anna = add(house)
    await browser.sign_in()
    cookies = browser.cookies
    assert (await browser.ask("DELETE", "/session")).status_code == 204
    assert (browser.jar, house.store.tokens.list(anna.id, NOW)) == ({}, [])
    assert (await failing(account(house, cookies))).reason == "NOT_SIGNED_IN"
    assert (await browser.ask("DELETE", "/session")).status_code == 204


async def test_a_second_sign_in_ends_the_session_that_the_browser_had(house: House, browser: Browser) -> None:
    anna, bert = add(house), add(house, "bert")
    await browser.sign_in()
    await browser.sign_in("bert")
    assert (house.store.tokens.list(anna.id, NOW), len(house.store.tokens.list(bert.id, NOW))) == ([], 1)
    assert (await account(house, browser.cookies)).name == "bert"


async def test_a_token_beside_the_cookie_is_not_what_is_signed_out(house: House, browser: Browser) -> None:
    add(house)
    other = await AccountServiceStub(house.channel).SignIn(pb.SignInRequest(user_name="anna", password=PASSWORD))
    await browser.sign_in()
    await browser.ask("DELETE", "/session", authorization=f"Bearer {other.secret}")
    assert (await account(house, "", authorization=f"Bearer {other.secret}")).name == "Anna"


async def test_an_invitation_is_accepted_in_a_browser(house: House, browser: Browser) -> None:
    anna, code = add(house), new_code()
    house.store.invitations.create(NewInvitation(digest(code), anna.id, NOW + SESSION))
    answer = await browser.ask("POST", "/session/invitation", {"code": code.lower(), "new_password": OTHER, "client": "the study"})
    assert (answer.status_code, answer.json()["token"]["name"]) == (200, "the study")
    assert (await account(house, browser.cookies)).name == "Anna"
    assert (await browser.ask("POST", "/session/invitation", {"code": code, "new_password": OTHER})).status_code == 404


async def test_the_first_administrator_chooses_a_name_in_a_browser(house: House, browser: Browser) -> None:
    code = new_code()
    house.store.invitations.create(NewInvitation(digest(code), None, NOW + SESSION))
    weak = await browser.ask("POST", "/session/invitation", {"code": code, "user_name": "zoë", "new_password": "zoë"})
    assert (weak.status_code, reason(weak)) == (400, "INVALID_REQUEST")
    answer = await browser.ask("POST", "/session/invitation", {"code": code, "user_name": "zoë", "new_password": OTHER})
    assert (answer.json()["user"]["name"], answer.json()["user"]["role"]) == ("zoë", "ROLE_ADMIN")


async def test_an_address_is_asked_only_in_the_ways_it_knows(browser: Browser) -> None:
    assert [(await browser.ask(method, "/session")).status_code for method in ("PATCH", "PUT", "OPTIONS")] == [405, 405, 405]
