"""Browsers that sign in by a provider's word: who is let in, as whom, and who is not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.cookies import Morsel
from string import Formatter
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from actors.openid.calling import Calling
from actors.openid.flow import SignInFlow
from actors.openid.settings import ProviderSettings
from actors.store.errors import StoreUnavailable
from actors.store.nouns.audit import Act, AuditFilter, AuditNoun, AuthorKind
from actors.store.nouns.identity import Role, TokenKind, UserFacts, UserId, Vouched
from daemon.service import refusals
from daemon.service.identity.vouching import Vouching, VouchRules
from daemon.web.headers import SecurityHeaders
from daemon.web.links.words import LANGUAGES
from daemon.web.signing_in.openid import BACK, START, OpenIdParts, openid_routes
from daemon.web.signing_in.pending import PENDING_SECONDS, Pendings, page_of_ours
from daemon.web.signing_in.sessions import session_routes
from daemon.web.signing_in.words import SIGN_IN_WORDS
from scriba.v1 import identity_pb2 as pb
from tests.openid.fake_provider import CLIENT, REDIRECT, SECRET, FakeProvider, serving
from tests.service.house import NOW, House, failing
from tests.signing_in.browser import ADDRESS, Browser, Clock, add
from tests.signing_in.test_sessions import account

FROM_PROVIDER = {"sec_fetch_site": "cross-site", "origin": ""}
TYPED = {"sec_fetch_site": "none", "origin": ""}


@dataclass
class Walk:
    """A browser between a house and a provider."""

    house: House
    provider: FakeProvider
    browser: Browser
    clock: Clock

    async def begin(self, path: str = START, **headers: str) -> httpx.Response:
        return await self.browser.ask("GET", path, **(TYPED | headers))

    async def come_back(self, answer: dict[str, str]) -> httpx.Response:
        return await self.browser.ask("GET", f"{BACK}?{httpx.QueryParams(answer)}", **FROM_PROVIDER)

    async def sign_in(self, path: str = START, subject: str = "248289761001") -> httpx.Response:
        begun = await self.begin(path)
        return await self.come_back(self.provider.sign_in(begun.headers["location"], subject))

    def vouched(self, subject: str = "248289761001") -> Vouched:
        return Vouched(self.provider.issuer, subject)


def walk_of(house: House, provider: FakeProvider, rules: VouchRules) -> Walk:
    """Put a browser before a house that takes a provider's word by some rules."""
    clock, settings = Clock(), ProviderSettings(provider.issuer, CLIENT, REDIRECT, SECRET)
    flow = SignInFlow(settings, Calling(settings.rules()), lambda: 0.0)
    parts = OpenIdParts(flow, Vouching(house.store, rules), Pendings(house.seals, clock), lambda: NOW, rules.wanted)
    app = SecurityHeaders(Starlette(routes=[*session_routes(house.door), *openid_routes(house.door, parts)]))
    return Walk(house, provider, Browser(app), clock)


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with serving(lambda: NOW) as provider:
        yield provider


@pytest.fixture
async def walk(house: House, provider: FakeProvider) -> Walk:
    return walk_of(house, provider, VouchRules())


@pytest.fixture
async def open_walk(house: House, provider: FakeProvider) -> Walk:
    """Where whoever comes from the provider becomes a user."""
    provider.claims = {"preferred_username": "Zoë", "email": "zoe@example.com"}
    return walk_of(house, provider, VouchRules(Role.VIEWER, "groups"))


def session(browser: Browser) -> Morsel[str] | None:
    return browser.jar.get("__Host-scriba")


async def test_who_is_linked_is_signed_in_and_goes_on_from_a_page_of_ours(walk: Walk) -> None:
    anna = add(walk.house)
    walk.house.store.identities.link(anna.id, walk.vouched(), NOW)
    answer = await walk.sign_in(f"{START}?next=/documents/5%3Fpage%3D2")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert '<meta http-equiv="refresh" content="0; url=/documents/5?page=2">' in answer.text
    cookie = session(walk.browser)
    assert cookie is not None
    assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == ("strict", True, True)
    assert list(walk.browser.jar) == ["__Host-scriba"]
    assert (await account(walk.house, walk.browser.cookies)).name == "Anna"
    (token,) = walk.house.store.tokens.list(anna.id, NOW)
    assert (token.kind, token.name) == (TokenKind.SESSION, "Firefox on Linux")
    assert walk.house.store.users.get(anna.id).sign_in_time == NOW


async def test_what_the_browser_keeps_meanwhile_is_sealed_and_short(walk: Walk) -> None:
    begun = await walk.begin()
    (cookie,) = walk.browser.jar.values()
    assert (begun.status_code, cookie.key, cookie["samesite"], cookie["httponly"]) == (302, "__Host-scriba-oidc", "lax", True)
    assert cookie["max-age"] == str(PENDING_SECONDS)
    state = httpx.URL(begun.headers["location"]).params["state"]
    assert state not in cookie.value
    assert len(cookie.value) < 1_500


async def test_a_name_or_an_address_that_is_ours_lets_nobody_in(walk: Walk) -> None:
    anna = add(walk.house)
    walk.house.store.users.update(anna.id, UserFacts("Anna", Role.ADMIN, email="anna@example.com"), None)
    walk.provider.claims = {"preferred_username": "Anna", "email": "anna@example.com", "email_verified": True}
    answer = await walk.sign_in()
    assert (answer.status_code, "is linked to this sign-in" in answer.text, walk.browser.jar) == (403, True, {})


async def test_a_name_that_is_taken_makes_no_user(open_walk: Walk) -> None:
    add(open_walk.house, "zoë")
    answer = await open_walk.sign_in()
    assert (answer.status_code, "Zoë" in answer.text, open_walk.browser.jar) == (403, True, {})
    assert open_walk.house.store.identities.find(open_walk.vouched()) is None


async def test_who_comes_for_the_first_time_becomes_a_user_where_that_is_wanted(open_walk: Walk) -> None:
    answer = await open_walk.sign_in()
    user = open_walk.house.store.identities.find(open_walk.vouched())
    assert user is not None
    assert (answer.status_code, user.facts) == (200, UserFacts("Zoë", Role.VIEWER, email="zoe@example.com"))
    assert (user.has_password, user.identities) == (False, (open_walk.vouched(),))
    open_walk.provider.claims = {"preferred_username": "another", "email": None}
    await open_walk.sign_in()
    assert (await account(open_walk.house, open_walk.browser.cookies)).user.id == str(user.id)
    assert open_walk.house.store.users.count() == 1


async def test_another_person_there_is_another_here(open_walk: Walk) -> None:
    await open_walk.sign_in()
    open_walk.provider.claims, open_walk.provider.userinfo = {"preferred_username": "bert"}, {"sub": "another"}
    await open_walk.sign_in(subject="another")
    assert (await account(open_walk.house, open_walk.browser.cookies)).name == "bert"


@pytest.mark.parametrize("claims", [{}, {"preferred_username": "local"}, {"preferred_username": "x" * 65}, {"preferred_username": 5}])
async def test_who_has_no_name_that_can_be_kept_is_told_so(open_walk: Walk, claims: dict[str, Any]) -> None:
    open_walk.provider.claims = claims
    answer = await open_walk.sign_in()
    assert (answer.status_code, open_walk.house.store.users.count()) == (403, 0)


async def test_who_is_disabled_stays_out(open_walk: Walk) -> None:
    await open_walk.sign_in()
    user = open_walk.house.store.users.find("Zoë")
    open_walk.house.store.users.update(user.id, replace(user.facts, enabled=False), None)
    open_walk.browser.jar.clear()
    answer = await open_walk.sign_in()
    assert (answer.status_code, open_walk.browser.jar) == (403, {})


async def test_groups_are_those_that_the_provider_names_and_that_we_have(open_walk: Walk) -> None:
    groups = open_walk.house.store.groups
    family, other = groups.create("Family", ()), groups.create("Other", ())
    open_walk.provider.userinfo = {"groups": ["family", "nobody's", 5]}
    await open_walk.sign_in()
    user = open_walk.house.store.users.find("Zoë")
    assert user.groups == (family.id,)
    open_walk.provider.claims |= {"groups": "Other"}
    await open_walk.sign_in()
    assert open_walk.house.store.users.get(user.id).groups == (other.id,)
    assert (await account(open_walk.house, open_walk.browser.cookies)).user.group_ids == [str(other.id)]


async def test_who_is_signed_in_links_himself(walk: Walk) -> None:
    anna = add(walk.house)
    await walk.browser.sign_in()
    answer = await walk.sign_in(f"{START}?link=1&next=/account")
    assert (answer.status_code, "as Anna" in answer.text, 'href="/account"' in answer.text) == (200, True, True)
    assert len(walk.house.store.tokens.list(anna.id, NOW)) == 1
    walk.browser.jar.clear()
    await walk.sign_in()
    assert (await account(walk.house, walk.browser.cookies)).user.id == str(anna.id)


@pytest.mark.parametrize("site", ["cross-site", "same-site", ""])
async def test_no_other_page_has_somebody_link_himself(walk: Walk, site: str) -> None:
    add(walk.house)
    await walk.browser.sign_in()
    cookies = walk.browser.cookies
    answer = await walk.begin(f"{START}?link=1", sec_fetch_site=site, cookie=cookies)
    assert (answer.status_code, "location" in answer.headers) == (403, False)


async def test_nobody_links_himself_without_being_signed_in(walk: Walk) -> None:
    assert (await walk.begin(f"{START}?link=1")).status_code == 403


async def test_a_sign_in_belongs_to_one_user_until_it_is_unlinked(walk: Walk) -> None:
    anna, bert = add(walk.house), add(walk.house, "bert")
    walk.house.store.identities.link(bert.id, walk.vouched(), NOW)
    await walk.browser.sign_in()
    assert "another user" in (await walk.sign_in(f"{START}?link=1")).text
    told = (await walk.house.identity.GetUser(pb.GetUserRequest(id=str(bert.id)))).user
    assert [(known.issuer, known.subject) for known in told.identities] == [(walk.provider.issuer, "248289761001")]
    request = pb.RemoveUserIdentityRequest(user_id=str(bert.id), identity=told.identities[0])
    assert not (await walk.house.identity.RemoveUserIdentity(request)).user.identities
    assert (await failing(walk.house.identity.RemoveUserIdentity(request))).reason == "IDENTITY_NOT_FOUND"
    assert (await walk.sign_in(f"{START}?link=1")).status_code == 200
    assert walk.house.store.users.get(UserId(anna.id)).identities == (walk.vouched(),)


async def test_an_answer_counts_once_in_the_browser_that_has_begun_and_for_ten_minutes(walk: Walk) -> None:
    walk.house.store.identities.link(add(walk.house).id, walk.vouched(), NOW)
    begun = await walk.begin()
    kept, answer = walk.browser.cookies, walk.provider.sign_in(begun.headers["location"])
    walk.browser.jar.clear()
    assert (await walk.come_back(answer)).status_code == 403
    walk.clock.seconds += PENDING_SECONDS
    assert (await walk.browser.ask("GET", f"{BACK}?{httpx.QueryParams(answer)}", cookie=kept, **FROM_PROVIDER)).status_code == 403
    walk.clock.seconds -= PENDING_SECONDS
    assert (await walk.browser.ask("GET", f"{BACK}?{httpx.QueryParams(answer)}", cookie=kept, **FROM_PROVIDER)).status_code == 200
    walk.browser.jar.clear()
    assert (await walk.browser.ask("GET", f"{BACK}?{httpx.QueryParams(answer)}", cookie=kept, **FROM_PROVIDER)).status_code == 403
    assert walk.browser.jar == {}


async def test_nobody_is_signed_in_by_an_answer_that_another_has_brought_about(walk: Walk) -> None:
    walk.house.store.identities.link(add(walk.house).id, walk.vouched(), NOW)
    theirs = walk.provider.sign_in((await walk.begin()).headers["location"])
    await walk.begin()
    answer = await walk.come_back(theirs)
    assert (answer.status_code, session(walk.browser)) == (502, None)


async def test_what_else_was_sealed_here_is_no_sign_in(walk: Walk) -> None:
    for kept in (walk.house.seals.seal("{}"), walk.house.seals.seal("secret"), walk.house.seals.seal("[]"), "guessed", ""):
        answer = await walk.browser.ask("GET", f"{BACK}?code=1&state=2", cookie=f"__Host-scriba-oidc={kept}", **FROM_PROVIDER)
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("accepted", "language", "words", "again"),
    [
        ("de-DE,de;q=0.9", "de", "niemand verknüpft", "Noch einmal versuchen"),
        ("fr", "en", "is linked to this sign-in", "Try again"),
    ],
)
async def test_pages_speak_the_visitors_language(walk: Walk, accepted: str, language: str, words: str, again: str) -> None:
    begun = await walk.begin(accept_language=accepted)
    answer = walk.provider.sign_in(begun.headers["location"])
    page = await walk.browser.ask("GET", f"{BACK}?{httpx.QueryParams(answer)}", accept_language=accepted, **FROM_PROVIDER)
    assert (page.status_code, page.headers["content-language"], page.headers["cache-control"]) == (403, language, "no-store")
    assert f'<html lang="{language}">' in page.text
    assert (words in page.text, f'<a href="{START}">{again}</a>' in page.text) == (True, True)


async def test_who_signs_in_or_links_himself_is_told_so_in_his_language(walk: Walk) -> None:
    add(walk.house)
    await walk.browser.sign_in()
    for path, words in ((f"{START}?link=1", "auch so als Anna anmelden."), (START, "Sie sind angemeldet.")):
        answer = walk.provider.sign_in((await walk.begin(path)).headers["location"], "248289761001")
        page = await walk.browser.ask("GET", f"{BACK}?{httpx.QueryParams(answer)}", accept_language="de", **FROM_PROVIDER)
        assert (page.status_code, words in page.text, ">Weiter</a>" in page.text) == (200, True, True)


async def test_who_could_not_link_himself_is_not_led_to_sign_in_as_another(walk: Walk) -> None:
    add(walk.house)
    walk.house.store.identities.link(add(walk.house, "bert").id, walk.vouched(), NOW)
    await walk.browser.sign_in()
    page = await walk.sign_in(f"{START}?link=1")
    assert (page.status_code, f'<a href="{START}?link=1">Try again</a>' in page.text) == (403, True)


def test_every_language_has_words_for_every_reason() -> None:
    english = SIGN_IN_WORDS["en"]
    assert set(SIGN_IN_WORDS) == set(LANGUAGES)
    for words in SIGN_IN_WORDS.values():
        assert words.reasons.keys() == english.reasons.keys()
        assert {kind: fields(text) for kind, text in words.reasons.items()} == {
            kind: fields(text) for kind, text in english.reasons.items()
        }
    assert english.reason(refusals.NotLinked()) != english.reason(refusals.SignInExpired()) != english.reason(refusals.SignInRefused())
    assert english.reason(StoreUnavailable("away")) == english.other


def fields(text: str) -> set[str | None]:
    """Give the places of a text that are filled in."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


async def test_a_provider_in_trouble_is_said_without_what_it_said(walk: Walk) -> None:
    walk.provider.answers["/.well-known/openid-configuration"] = (500, {}, b'{"secret": "x"}')
    answer = await walk.begin()
    assert (answer.status_code, "secret" in answer.text, answer.headers["cache-control"]) == (502, False, "no-store")


async def test_what_the_provider_says_is_shown_as_text(walk: Walk) -> None:
    await walk.begin()
    state = {"state": "x", "error": "<script>alert(1)</script>"}
    assert "<script" not in (await walk.come_back(state)).text
    asked = httpx.URL((await walk.begin()).headers["location"]).params["state"]
    denied = await walk.come_back({"state": asked, "error": "<b>access_denied</b> {name}"})
    assert (denied.status_code, "&lt;b&gt;access_denied&lt;/b&gt; {name}" in denied.text) == (403, True)


@pytest.mark.parametrize(
    ("told", "to"),
    [
        ("/documents/5?page=2#top", "/documents/5?page=2#top"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/ö", "/"),
        ("", "/"),
        ("/" * 2_000, "/"),
    ],
)
def test_whoever_signs_in_goes_on_to_a_page_of_ours_alone(told: str, to: str) -> None:
    assert page_of_ours(told) == to


async def test_the_audit_tells_who_was_let_in_and_who_was_not(open_walk: Walk) -> None:
    open_walk.house.store.groups.create("Family", ())
    open_walk.provider.userinfo = {"groups": ["Family"]}
    await open_walk.sign_in()
    told = open_walk.house.store.audit.list(AuditFilter(), None, 20)
    user = open_walk.house.store.users.find("Zoë")
    deeds = {(entry.deed.act, entry.deed.noun, entry.author.name, entry.author.address) for entry in told}
    assert deeds >= {(Act.SIGNED_IN, AuditNoun.TOKEN, "Zoë", ADDRESS), (Act.CREATED, AuditNoun.USER, "Zoë", ADDRESS)}
    open_walk.house.store.users.update(user.id, replace(user.facts, enabled=False), None)
    await open_walk.sign_in()
    (refused,) = open_walk.house.store.audit.list(AuditFilter(act=Act.REFUSED), None, 20)
    assert (refused.deed.name, refused.author.kind, refused.author.address) == ("Zoë", AuthorKind.UNKNOWN, ADDRESS)
