"""A provider grants access to a mailbox, renews it, and takes it back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from actors.egress.client import Bounds
from actors.grants.errors import GrantGone, GrantRefused
from actors.grants.flow import GrantFlow
from actors.grants.grant import Grant, read_grant, write_grant
from actors.grants.providers import PROVIDERS
from actors.openid.calling import Calling
from actors.openid.errors import ProviderUnreachable, ProviderWrong
from actors.openid.flow import make_asked
from tests.grants.fake_provider import SECRET, FakeProvider, serving

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    with serving() as fake:
        yield fake


def flow_of(fake: FakeProvider) -> GrantFlow:
    return GrantFlow(fake.client, Calling(fake.rules, Bounds(seconds=5.0, answer_bytes=64 * 1024)))


def granted(fake: FakeProvider, **answer: str) -> Grant:
    asked = make_asked()
    return flow_of(fake).granted(asked, fake.let_in(flow_of(fake).address(asked, "ada@example.org")) | answer, NOW)


def test_who_is_let_in_comes_back_with_a_grant_that_is_good_for_its_time(fake: FakeProvider) -> None:
    grant = granted(fake)
    assert grant == Grant("access-1", "refresh-1", NOW + timedelta(seconds=3599))
    assert (grant.is_good(NOW + timedelta(minutes=57)), grant.is_good(NOW + timedelta(minutes=58))) == (True, False)


def test_a_grant_is_renewed_by_the_token_that_it_came_with(fake: FakeProvider) -> None:
    renewed = flow_of(fake).renewed(granted(fake), NOW)
    assert (renewed.access_token, renewed.refresh_token) == ("access-2", "refresh-1")


def test_a_provider_that_turns_its_refresh_tokens_is_followed(fake: FakeProvider) -> None:
    fake.turning = True
    first = granted(fake)
    second = flow_of(fake).renewed(first, NOW)
    assert second.refresh_token == "refresh-2"
    with pytest.raises(GrantGone):
        flow_of(fake).renewed(first, NOW)
    assert flow_of(fake).renewed(second, NOW).access_token == "access-3"


def test_a_grant_that_is_taken_back_says_to_sign_in_again(fake: FakeProvider) -> None:
    grant = granted(fake)
    fake.take_back()
    with pytest.raises(GrantGone, match="Example no longer lets Scriba into this mailbox: sign in to it again"):
        flow_of(fake).renewed(grant, NOW)


def test_who_says_no_is_told_so(fake: FakeProvider) -> None:
    with pytest.raises(GrantRefused, match="access_denied"):
        granted(fake, error="access_denied")


@pytest.mark.parametrize("answer", [{"state": "another"}, {"state": "ä"}, {"code": ""}, {"code": "guessed"}])
def test_what_was_not_begun_here_grants_nothing(fake: FakeProvider, answer: dict[str, str]) -> None:
    with pytest.raises(ProviderWrong):
        granted(fake, **answer)


NO_ANSWERS = [(500, b"{}"), (200, b"<html>"), (200, b"[]"), (200, b"{}"), (200, b'{"access_token": 5}'), (302, b"{}"), (200, b" " * 70_000)]


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_is_no_answer_is_told_in_words_without_a_secret(fake: FakeProvider, answer: tuple[int, bytes]) -> None:
    grant = granted(fake)
    fake.answer = answer
    with pytest.raises((ProviderWrong, ProviderUnreachable)) as caught:
        flow_of(fake).renewed(grant, NOW)
    assert not any(secret in str(caught.value) for secret in (SECRET, "refresh-1", "access-1"))


@pytest.mark.parametrize("more", [{"refresh_token": None}, {"expires_in": "soon"}, {"expires_in": []}])
def test_half_a_grant_is_none(fake: FakeProvider, more: dict[str, object]) -> None:
    fake.more = more
    with pytest.raises(ProviderWrong):
        granted(fake)


def test_a_token_that_claims_to_last_for_ever_is_renewed_all_the_same(fake: FakeProvider) -> None:
    fake.more = {"expires_in": "1e300"}
    assert granted(fake).until == NOW + timedelta(days=1)


def test_another_error_than_a_lost_grant_leaves_the_grant(fake: FakeProvider) -> None:
    grant = granted(fake)
    fake.answer = (401, b'{"error": "invalid_client"}')
    with pytest.raises(ProviderWrong, match="invalid_client"):
        flow_of(fake).renewed(grant, NOW)


def test_a_grant_is_read_as_it_was_written_and_a_password_is_none() -> None:
    grant = Grant("access", "refresh", NOW)
    assert read_grant(write_grant(grant)) == grant
    assert [read_grant(text) for text in ("", "a password", "7", "[]", '{"access_token": "a"}')] == [None] * 5
    assert all(token not in repr(grant) for token in ("'access'", "'refresh'"))


def test_real_providers_are_asked_by_https_for_mail_alone_and_for_a_token_that_lasts() -> None:
    for provider in PROVIDERS.values():
        assert provider.authorization.startswith("https://")
        assert provider.token.startswith("https://")
        assert "offline" in f"{provider.scopes} {provider.more}"
