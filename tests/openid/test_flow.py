"""What of a provider's answers is believed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from actors.egress.client import Bounds
from actors.openid.calling import Calling
from actors.openid.errors import ProviderUnreachable, ProviderWrong, SignInDenied
from actors.openid.flow import SignInFlow, make_asked
from actors.openid.provider import KEPT_SECONDS, PAUSE_SECONDS
from actors.openid.settings import ProviderSettings
from tests.openid.fake_provider import CLIENT, REDIRECT, SECRET, FakeProvider, serving

NOW = datetime(2026, 11, 27, 22, 0, tzinfo=UTC)
MOMENT = int(NOW.timestamp())
DISCOVERY = "/.well-known/openid-configuration"


@dataclass
class Bench:
    """A provider, and a flow that asks it; `seconds` is the clock."""

    provider: FakeProvider
    seconds: float = 0.0
    bounds: Bounds = field(default_factory=lambda: Bounds(seconds=5.0, answer_bytes=64 * 1024))

    def __post_init__(self) -> None:
        settings = ProviderSettings(self.provider.issuer, CLIENT, REDIRECT, SECRET)
        self.flow = SignInFlow(settings, Calling(settings.rules(), self.bounds), lambda: self.seconds)

    def sign_in(self, wanted: tuple[str, ...] = (), **answer: str) -> dict[str, Any]:
        asked = make_asked()
        return self.flow.claims(asked, self.provider.sign_in(self.flow.address(asked)) | answer, NOW, wanted)


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serving(lambda: NOW) as provider:
        yield Bench(provider)


def test_an_honest_provider_is_believed(bench: Bench) -> None:
    claims = bench.sign_in()
    assert (claims["iss"], claims["sub"], claims["aud"]) == (bench.provider.issuer, "248289761001", CLIENT)
    assert bench.provider.asked == [DISCOVERY, "/token", "/keys"]
    bench.sign_in()
    assert bench.provider.asked[3:] == ["/token"]
    bench.seconds = KEPT_SECONDS
    bench.sign_in()
    assert bench.provider.asked[4:] == [DISCOVERY, "/token", "/keys"]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another", "third"]},
        {"aud": None},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"exp": MOMENT - 61},
        {"exp": None},
        {"exp": "soon"},
        {"iat": MOMENT + 3_600},
        {"iat": None},
        {"nbf": MOMENT + 3_600},
        {"sub": None},
        {"sub": ""},
        {"sub": 5},
        {"sub": "x" * 256},
        {"sub": "a\0b"},
        {"at_hash": "wrong"},
    ],
)
def test_a_token_that_is_not_the_answer_to_our_question_is_not_believed(bench: Bench, claims: dict[str, Any]) -> None:
    bench.provider.claims = claims
    with pytest.raises(ProviderWrong):
        bench.sign_in()


@pytest.mark.parametrize("claims", [{"exp": MOMENT - 59}, {"aud": [CLIENT]}, {"aud": [CLIENT, "another"], "azp": CLIENT}, {"azp": CLIENT}])
def test_what_the_standard_allows_is_believed(bench: Bench, claims: dict[str, Any]) -> None:
    bench.provider.claims = claims
    assert bench.sign_in()["sub"] == "248289761001"


@pytest.mark.parametrize("alg", ["none", "HS256"])
def test_a_token_that_nobody_or_everybody_could_have_signed_is_not_believed(bench: Bench, alg: str) -> None:
    bench.provider.alg = alg
    with pytest.raises(ProviderWrong):
        bench.sign_in()


def test_a_shared_secret_among_the_keys_signs_nothing(bench: Bench) -> None:
    bench.provider.alg, bench.provider.key = "HS256", OctKey.generate_key(256, {"kid": "one"})
    bench.provider.shown = [bench.provider.key.as_dict(private=True)]
    with pytest.raises(ProviderWrong, match="names no keys"):
        bench.sign_in()


@pytest.mark.parametrize(("alg", "kind"), [("ES256", "P-256"), ("ES384", "P-384")])
def test_keys_of_other_kinds_are_known(bench: Bench, alg: str, kind: str) -> None:
    bench.provider.alg, bench.provider.key = alg, ECKey.generate_key(kind, {"kid": "curve"})
    assert bench.sign_in()["sub"] == "248289761001"


def test_keys_that_cannot_be_understood_are_passed_over(bench: Bench) -> None:
    strange: list[dict[str, Any]] = [{"kty": "PQ", "kid": "one"}, {"kty": "RSA", "kid": "one", "n": "!", "e": ""}, {}]
    bench.provider.shown = [*strange, bench.provider.key.as_dict(private=False)]
    assert bench.sign_in()["sub"] == "248289761001"


def test_a_key_for_encryption_signs_nothing(bench: Bench) -> None:
    bench.provider.shown = [bench.provider.key.as_dict(private=False) | {"use": "enc"}]
    with pytest.raises(ProviderWrong):
        bench.sign_in()


@pytest.mark.parametrize(
    "forge", [lambda token: token[:-4] + "AAAA", lambda token: token.rpartition(".")[0] + ".", lambda _: "a.b.c", lambda _: ""]
)
def test_a_changed_token_is_not_believed(bench: Bench, forge: Callable[[str], str]) -> None:
    bench.provider.forge = forge
    with pytest.raises(ProviderWrong):
        bench.sign_in()


def test_a_new_key_is_asked_for_but_not_at_every_token_by_an_unknown_one(bench: Bench) -> None:
    bench.sign_in()
    bench.provider.key = RSAKey.generate_key(2048, {"kid": "two"})
    bench.seconds = PAUSE_SECONDS
    bench.sign_in()
    assert bench.provider.asked.count("/keys") == 2
    bench.provider.shown = [bench.provider.key.as_dict(private=False)]
    bench.provider.header = {"kid": "nobody's"}
    for _ in range(3):
        with pytest.raises(ProviderWrong):
            bench.sign_in()
    assert bench.provider.asked.count("/keys") == 2


def test_another_key_by_the_same_name_is_not_believed(bench: Bench) -> None:
    bench.sign_in()
    bench.provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    with pytest.raises(ProviderWrong):
        bench.sign_in()


def test_an_answer_to_another_question_is_not_believed(bench: Bench) -> None:
    for answer in ({"state": "another"}, {"state": ""}, {"code": ""}, {"code": "guessed"}, {"iss": "https://evil.example"}):
        with pytest.raises(ProviderWrong):
            bench.sign_in((), **answer)


def test_a_code_of_another_sign_in_is_worth_nothing(bench: Bench) -> None:
    mine, theirs = make_asked(), make_asked()
    stolen = bench.provider.sign_in(bench.flow.address(theirs))["code"]
    with pytest.raises(ProviderWrong, match="invalid_grant"):
        bench.flow.claims(mine, bench.provider.sign_in(bench.flow.address(mine)) | {"code": stolen}, NOW)


def test_a_provider_that_names_itself_in_answers_must_do_so(bench: Bench) -> None:
    bench.provider.meta = {"authorization_response_iss_parameter_supported": True}
    assert bench.sign_in(iss=bench.provider.issuer)["sub"] == "248289761001"
    with pytest.raises(ProviderWrong, match="another provider"):
        bench.sign_in()


def test_what_the_provider_denies_is_said(bench: Bench) -> None:
    with pytest.raises(SignInDenied, match="access_denied"):
        bench.sign_in(error="access_denied")


@pytest.mark.parametrize(
    "meta",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": None},
        {"jwks_uri": 5},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "file:///etc/passwd"},
    ],
)
def test_a_provider_that_says_of_itself_what_cannot_be_is_not_asked(bench: Bench, meta: dict[str, Any]) -> None:
    bench.provider.meta = meta
    with pytest.raises(ProviderWrong):
        bench.sign_in()


@pytest.mark.parametrize("place", ["token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("where", ["http://127.0.0.1:1/", "http://localhost/", "http://169.254.169.254/latest", "http://10.0.0.1/"])
def test_the_provider_leads_to_no_other_host_of_the_own_network(bench: Bench, place: str, where: str) -> None:
    bench.provider.meta = {place: where}
    with pytest.raises(ProviderUnreachable):
        bench.sign_in()


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (302, {"location": "http://127.0.0.1:1/secret"}, b""),
        (200, {}, b" " * 70_000),
        (200, {}, b"<html>"),
        (200, {}, b"[]"),
        (200, {}, b"[" * 10_000),
        (500, {}, b"{}"),
        (200, {"content-encoding": "gzip"}, b"{}"),
    ],
)
def test_what_is_no_answer_ends_the_sign_in_in_words(bench: Bench, path: str, status: int, headers: dict[str, str], body: bytes) -> None:
    bench.provider.answers[path] = (status, headers, body)
    with pytest.raises((ProviderUnreachable, ProviderWrong)):
        bench.sign_in()
    assert "/secret" not in bench.provider.asked


def test_a_slow_provider_is_given_up(bench: Bench) -> None:
    slow = Bench(bench.provider, bounds=Bounds(seconds=0.2))
    bench.provider.held = threading.Event()
    with pytest.raises(ProviderUnreachable, match="not reached"):
        slow.sign_in()


def test_the_secret_is_sent_in_the_form_where_the_provider_wants_it(bench: Bench) -> None:
    bench.provider.meta = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert bench.sign_in()["sub"] == "248289761001"


def test_what_a_token_lacks_is_asked_of_userinfo_about_the_same_person(bench: Bench) -> None:
    bench.provider.userinfo = {"groups": ["Family"], "iss": "https://evil.example"}
    claims = bench.sign_in(("groups",))
    assert (claims["groups"], claims["iss"]) == (["Family"], bench.provider.issuer)
    bench.provider.userinfo = {"sub": "somebody else"}
    with pytest.raises(ProviderWrong, match="somebody else"):
        bench.sign_in(("groups",))


def test_no_secret_is_in_what_is_logged(bench: Bench) -> None:
    settings = ProviderSettings(bench.provider.issuer, CLIENT, REDIRECT, SECRET)
    assert SECRET not in repr(settings)
    bench.provider.answers["/token"] = (500, {}, b"{}")
    with pytest.raises(ProviderWrong) as caught:
        bench.sign_in()
    assert "code" not in str(caught.value)


def test_a_token_a_moment_too_old_is_too_old(bench: Bench) -> None:
    asked = make_asked()
    answer = bench.provider.sign_in(bench.flow.address(asked))
    with pytest.raises(ProviderWrong, match="xpired"):
        bench.flow.claims(asked, answer, NOW + timedelta(seconds=361))
